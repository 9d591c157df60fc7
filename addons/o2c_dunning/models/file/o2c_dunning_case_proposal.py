"""Proposals to hand over, when the ladder ends: a night's worth in a few statements."""

import logging

from odoo import api, fields, models
from odoo.tools import SQL, split_every

from .o2c_collection_file import OPEN

_logger = logging.getLogger(__name__)
BATCH = 200


class O2cDunningCase(models.Model):
    _inherit = "o2c.dunning.case"

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
        wanted = []
        for account, verdicts in pairs:
            has_file, seen = known.get(account.case_id, (False, set()))
            keys = {
                (verdict.item.key.move_id, verdict.item.key.instalment)
                for verdict in verdicts
            }
            if not has_file and keys - seen and not keys & wait:
                wanted.append((account, keys))
        count = sum(
            self._propose_batch(run, company, today, batch)
            for batch in self._proposal_batches(wanted)
        )
        if count:
            run._note(
                "info", self.env._("%(count)s proposals to hand over.", count=count)
            )
        return count

    @api.model
    def _proposal_batches(self, wanted):
        """Proposals that are made together. Two accounts of one customer are not: cost
        is counted over the invoices that are asked about at once.

        :param wanted: list of (``OpenAccount``, keys of items)
        :return: iterator of lists of these
        """
        rounds = []
        for account, keys in wanted:
            partners = {}
            for partners in rounds:
                if account.partner_id not in partners:
                    break
            else:
                partners = {}
                rounds.append(partners)
            partners[account.partner_id] = account, keys
        for partners in rounds:
            yield from split_every(BATCH, partners.values(), list)

    @api.model
    def _propose_batch(self, run, company, today, batch):
        """Make the proposals of a batch; when that fails, one by one, so that one
        customer stops nobody else.

        :return: number of proposals made
        """
        try:
            with self.env.cr.savepoint():
                return len(self._new_proposals(company, today, batch))
        except Exception as error:
            if len(batch) > 1:
                return sum(
                    self._propose_batch(run, company, today, [one]) for one in batch
                )
            account = batch[0][0]
            _logger.exception("No proposal for case %s", account.case_id)
            self._note_failure(run, account, error)
            return 0

    @api.model
    def _new_proposals(self, company, today, batch):
        """Files with their items and figures, from accounts that the run has read.

        :param batch: list of (``OpenAccount``, keys of items), one per customer
        :return: ``o2c.collection.file``
        """
        agency = self._usual_agency(company)
        cases = self.browse(account.case_id for account, _keys in batch)
        values = []
        for case, (account, keys) in zip(cases, batch, strict=True):
            items = [
                self.env["o2c.collection.file"]._new_item_values(item)
                for item in account.items
                if (item.key.move_id, item.key.instalment) in keys
                and not item.at_agency
            ]
            values.append(
                case._file_values("agency", "ladder", today, agency)
                | {"item_ids": [fields.Command.create(item) for item in items]}
            )
        files = self.env["o2c.collection.file"].sudo()
        files = files.with_context(
            tracking_disable=True, mail_create_nolog=True, mail_create_nosubscribe=True
        ).create(values)
        files._write_figures(today)
        return files

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
