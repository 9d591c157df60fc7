"""The proof of a notice: what it said, sealed, hanging on the proof before it."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, split_every

from ...policy.chain import FIRST, Link, build, canonical, digest, verify

BATCH = 500


class O2cNoticeProof(models.Model):
    """One link of the chain of a company. Made after sending, never changed."""

    _name = "o2c.notice.proof"
    _description = "Proof of a Reminder"
    _order = "company_id, sequence"
    _rec_name = "notice_id"

    notice_id = fields.Many2one(
        "o2c.dunning.notice",
        string="Reminder",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="restrict"
    )
    sequence = fields.Integer(string="Link", required=True, readonly=True)
    sealed_at = fields.Datetime(readonly=True)
    meta = fields.Text(
        string="What Is Sealed",
        readonly=True,
        help="To whom, when, how, which invoices, and the hashes of text and files.",
    )
    seal = fields.Char(
        required=True, readonly=True, help="SHA-256 over what is sealed."
    )
    previous = fields.Char(string="Link Before", required=True, readonly=True)
    hash = fields.Char(
        string="Hash of the Link",
        required=True,
        readonly=True,
        help="SHA-256 over the link before, the number and the seal.",
    )
    removal_id = fields.Many2one(
        "o2c.evidence.removal",
        string="Text Removed By",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )

    _notice_uniq = models.Constraint(
        "UNIQUE(notice_id)", "This reminder has its proof already."
    )
    _sequence_uniq = models.Constraint(
        "UNIQUE(company_id, sequence)", "This place in the chain is taken."
    )

    @api.model_create_multi
    def create(self, vals_list):  # pylint: disable=method-required-super
        """Proofs are made by :meth:`_seal_sent` only."""
        raise UserError(self.env._("A proof is made when a reminder has left."))

    def write(self, vals):  # pylint: disable=method-required-super
        """Nobody changes a proof."""
        raise UserError(self.env._("A proof is never changed."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A proof is kept."))

    @api.model
    def _cron_seal(self):
        """Seal what left since the last time, in every company."""
        companies = self.env["res.company"].sudo().search([("parent_id", "=", False)])
        for company in companies:
            self.sudo()._seal_sent(company)

    @api.model
    def _seal_sent(self, company):
        """Hang every sent reminder of a company on its chain.

        Not done while sending: two senders at once would wait for each other. A lock
        of its own connection keeps two of these apart; the schema does as well.

        :param company: the root company
        :return: number of new proofs
        """
        cases = self.env["o2c.dunning.case"]
        with self.env.registry.cursor() as lock:
            lock.execute(
                SQL("SELECT pg_try_advisory_xact_lock(%s, %s)", 7204, company.id)
            )
            if not lock.fetchone()[0]:
                return 0
            cases._commit()
            self.env["o2c.dunning.notice"].flush_model()
            ids = self._unsealed(company)
            cases._commit(remaining=len(ids))
            for batch in split_every(BATCH, ids):
                self._seal_batch(company, list(batch))
                if not cases._commit(processed=len(batch)):
                    break
        return len(ids)

    @api.model
    def _unsealed(self, company):
        """Sent reminders without proof, in the order in which they left."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT n.id FROM o2c_dunning_notice n
                 WHERE n.company_id = %s AND n.state IN ('sent', 'bounced')
                   AND NOT EXISTS (SELECT 1 FROM o2c_notice_proof p
                                    WHERE p.notice_id = n.id)
                 ORDER BY n.sent_at NULLS FIRST, n.id
                """,
                company.id,
            )
        )
        return [notice_id for (notice_id,) in rows]

    @api.model
    def _last_link(self, company):
        """Hash and number of the last link of a company."""
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                "SELECT hash, sequence FROM o2c_notice_proof WHERE company_id = %s"
                " ORDER BY sequence DESC LIMIT 1",
                company.id,
            )
        )
        return rows[0] if rows else (FIRST, 0)

    @api.model
    def _seal_batch(self, company, notice_ids):
        """Proofs of some reminders, with one statement."""
        notices = self.env["o2c.dunning.notice"].browse(notice_ids)
        notices._keep_letters()
        facts = notices._proof_facts()
        metas = {
            notice.id: canonical(facts[notice.id] | notice._proof_party())
            for notice in notices
        }
        seals = [(notice_id, digest(metas[notice_id])) for notice_id in notice_ids]
        rows = [
            {
                "notice_id": link.key,
                "sequence": link.sequence,
                "previous": link.previous,
                "seal": link.seal,
                "hash": link.hash,
                "meta": metas[link.key],
            }
            for link in build(seals, *self._last_link(company))
        ]
        self.env["o2c.dunning.case"]._insert(
            self, rows, company_id=company.id, sealed_at=fields.Datetime.now()
        )
        self.env.invalidate_all()

    def _findings(self):
        """What is wrong with these proofs.

        :return: dict of proof to codes of ``policy.chain.verify`` and "seal"
        """
        found = {}
        for company, proofs in self.sudo().grouped("company_id").items():
            ordered = proofs.sorted("sequence")
            facts = ordered.notice_id._proof_facts()
            links = [proof._link(facts) for proof in ordered]
            before = ordered._links_before(company)
            by_key = {proof.id: proof for proof in ordered}
            for link in links:
                previous, sequence = before[link.key]
                for key, codes in verify([link], previous, sequence).items():
                    found[by_key[key]] = codes
        return found

    def _link(self, facts):
        """The proof as the policy reads it."""
        self.ensure_one()
        now = None
        if not self.removal_id:
            said = self._stored_meta() | facts[self.notice_id.id]
            now = digest(canonical(said))
            if self.notice_id.content_hash not in (False, self.notice_id._seal()):
                now = ""
        return Link(self.id, self.sequence, self.previous, self.seal, self.hash, now)

    def _links_before(self, company):
        """Hash and number of the link before each proof, in one statement.

        :return: dict of proof id to (hash, number)
        """
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id, before, place FROM (
                    SELECT id, lag(hash) OVER w AS before, lag(sequence) OVER w AS place
                      FROM o2c_notice_proof WHERE company_id = %s
                    WINDOW w AS (ORDER BY sequence)) chain
                 WHERE id = ANY(%s)
                """,
                company.id,
                self.ids,
            )
        )
        return {pid: (before or FIRST, place or 0) for pid, before, place in rows}
