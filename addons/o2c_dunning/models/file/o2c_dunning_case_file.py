"""The case hands over: by hand, or as a proposal when the ladder ends."""

import logging

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .o2c_collection_file import OPEN, OUTSIDE

_logger = logging.getLogger(__name__)


class O2cDunningCase(models.Model):
    _inherit = "o2c.dunning.case"

    file_ids = fields.One2many("o2c.collection.file", "case_id", readonly=True)
    file_state = fields.Selection(
        selection=lambda self: self.env["o2c.collection.file"]
        ._fields["state"]
        ._description_selection(self.env),
        string="Hand-over",
        compute="_compute_file_state",
        help="How far handing over to an agency or a trustee is.",
    )

    @api.depends("file_ids.state")
    def _compute_file_state(self):
        for case in self:
            current = case.file_ids.filtered(lambda file: file.state in OPEN)[:1]
            case.file_state = (current or case.file_ids[:1]).state

    def action_handover(self):
        """Open the collection file of the case; propose one when there is none."""
        return self._open_file("agency")

    def action_insolvency(self):
        """Make the claim for the trustee; a file at an agency ends with it."""
        return self._open_file("insolvency")

    def _open_file(self, kind):
        """The open file of this kind, made when there is none.

        :param str kind: "agency" or "insolvency"
        """
        self.ensure_one()
        self._check_collector()
        if self.state == "closed":
            raise UserError(self.env._("This case is closed: nothing is due."))
        current = self.file_ids.filtered(lambda file: file.state in OPEN)
        if current and current.kind != kind:
            current._check_collector(
                manager=bool(current.filtered(lambda file: file.state in OUTSIDE))
            )
            current._end(
                "withdrawn",
                self.env._("The customer is insolvent")
                if kind == "insolvency"
                else self.env._("Collected by an agency instead"),
            )
            current.flush_recordset()  # before the unique index sees the new file
            current = current.browse()
        if not current:
            current = self._new_file(kind, "hand")
        return self.env["o2c.today"]._open_record(current)

    def _new_file(self, kind, origin, keys=None):
        """A proposal with what is due today.

        :param keys: only these (move id, instalment), at the end of their ladder
        :return: ``o2c.collection.file``
        """
        self.ensure_one()
        today = self.company_id._o2c_today()
        agencies = self.env["o2c.collection.agency"].sudo()
        file = (
            self.env["o2c.collection.file"]
            .sudo()
            .create(
                {
                    "case_id": self.id,
                    "kind": kind,
                    "origin": origin,
                    "proposed_on": today,
                    "user_id": self.user_id.id
                    or (self.env.uid if origin == "hand" else False),
                    "agency_id": kind == "agency"
                    and agencies.search(
                        [("company_id", "in", (self.company_id.id, False))], limit=1
                    ).id,
                }
            )
        )
        file._calculate(today, keys)
        if not file.item_ids:
            raise UserError(
                self.env._(
                    "Nothing of %s is overdue: there is nothing to hand over.",
                    self.partner_id.display_name,
                )
            )
        return file.sudo(self.env.su)

    @api.model
    def _propose_handover(self, run, company, today, pairs):
        """Steps of kind "handover" write no reminder but a proposal; once per case.

        What a person took back is not proposed again: only an item that was not in
        that file yet makes a new proposal. While the term of a 14-day letter runs the
        proposal waits, as the ladder's drawing says.

        :param run: the ``o2c.run`` that proposes
        :param company: the root company that collects
        :param date today: the date there
        :param pairs: list of (``OpenAccount``, verdicts at a step of that kind)
        :return: number of new proposals
        """
        super()._propose_handover(run, company, today, pairs)
        self._open_cases(company, today, pairs)
        case_ids = [account.case_id for account, _verdicts in pairs]
        known = self._proposed_items(case_ids)
        wait = self._in_letter_term(case_ids, today)
        count = 0
        for account, verdicts in pairs:
            has_file, seen = known.get(account.case_id, (False, set()))
            items = {
                (verdict.item.key.move_id, verdict.item.key.instalment)
                for verdict in verdicts
            }
            if has_file or not items - seen or items & wait:
                continue
            case = self.browse(account.case_id)
            try:
                with self.env.cr.savepoint():
                    case._new_file("agency", "ladder", items)
                count += 1
            except Exception as error:
                _logger.exception("No proposal for case %s", case.id)
                self._note_failure(run, account, error)
        if count:
            run._note(
                "info", self.env._("%(count)s proposals to hand over.", count=count)
            )
        return count

    @api.model
    def _in_letter_term(self, case_ids, today):
        """What is in a 14-day letter whose term has not passed.

        :return: set of (move id, instalment)
        """
        letters = self.env["o2c.dunning.notice"].search(
            [
                ("case_id", "in", case_ids),
                ("kind", "=", "wik"),
                ("state", "=", "sent"),
                ("sent_on", ">", fields.Date.subtract(today, days=60)),
            ]
        )
        clocks = letters._wik_clocks()
        running = letters.filtered(
            lambda one: one.id in clocks and today < clocks[one.id].cost_from
        )
        return {
            (line.move_id.id, line.instalment)
            for line in running.line_ids
            if line.kind in ("remind", "open")
        }

    @api.model
    def _proposed_items(self, case_ids):
        """What was proposed before, in one statement.

        :return: dict of case id to (has an open file, set of (move id, instalment))
        """
        self.env["o2c.collection.file"].flush_model()
        self.env["o2c.collection.item"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT f.case_id, f.state = ANY(%s), i.move_id, i.instalment
                  FROM o2c_collection_file f
                  LEFT JOIN o2c_collection_item i ON i.file_id = f.id
                 WHERE f.case_id = ANY(%s)
                """,
                list(OPEN),
                case_ids,
            )
        )
        found = {}
        for case_id, is_open, move_id, instalment in rows:
            has_open, items = found.get(case_id, (False, set()))
            found[case_id] = has_open or is_open, items | {(move_id, instalment)}
        return found

    @api.model
    def _aside_sources(self, company, move_ids):
        """Items that somebody else collects are not reminded by us.

        Instalments of one invoice go together: the agency has the invoice.
        """
        self.env["o2c.collection.file"].flush_model()
        self.env["o2c.collection.item"].flush_model()
        return [
            *super()._aside_sources(company, move_ids),
            SQL(
                """
                (SELECT DISTINCT ON (i.move_id) i.move_id, 'at_agency',
                        jsonb_build_object('text', COALESCE(p.name, t.name),
                                           'day', f.handed_over_on)
                   FROM o2c_collection_item i
                   JOIN o2c_collection_file f ON f.id = i.file_id
                   LEFT JOIN o2c_collection_agency a ON a.id = f.agency_id
                   LEFT JOIN res_partner p ON p.id = a.partner_id
                   LEFT JOIN res_partner t ON t.id = f.trustee_id
                  WHERE i.live AND i.move_id = ANY(%s)
                  ORDER BY i.move_id, f.id DESC)
                """,
                move_ids,
            ),
        ]

    def _join_for_merge(self, sources, target):
        """A file of a case that is joined keeps its history; a proposal is withdrawn,
        what is outside stays outside."""
        result = super()._join_for_merge(sources, target)
        joined = self.search(
            [("partner_id", "in", sources.ids), ("state", "=", "closed")]
        )
        joined.file_ids.filtered(
            lambda file: file.state in OPEN and file.state not in OUTSIDE
        )._end("withdrawn", self.env._("The customer was joined with another"))
        return result
