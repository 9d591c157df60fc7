"""Steps that write nothing to the customer: a proposal to hand him over."""

from odoo import api, models

from ...policy.message import part_off

#: Reasons that leave an overdue item to a person for good.
PEOPLE = frozenset(("vulnerable", "other_payer", "other_channel", "may_offset"))


class O2cDunningStep(models.Model):
    _inherit = "o2c.dunning.step"

    @api.model
    def _silent_keys(self):
        """Steps that write nothing to the customer.

        :return: frozenset of ids
        """
        return frozenset(self.sudo().search([("kind", "=", "handover")]).ids)


class O2cDunningCase(models.Model):
    _inherit = "o2c.dunning.case"

    @api.model
    def _split_handover(self, judged, rules):
        """Items that reached the end of their ladder, apart from what is written.

        :param judged: list of (account, message)
        :return: (judged without them, list of (account, verdicts that reached it))
        """
        if not rules.silent:
            return judged, []
        rest, pairs = [], []
        for account, message in judged:
            apart = ()
            if message:
                message, apart = part_off(message, rules.silent, "hand_over", rules)
            rest.append((account, message))
            if apart:
                pairs.append((account, apart))
        return rest, pairs

    @api.model
    def _open_for_people(self, company, today, judged):
        """Customers whom no machine may remind, and who are late: a case for a person.

        Without one nobody would see them on the list of what people must do.
        """
        left = [
            (account, message)
            for account, message in judged
            if message
            and not account.case_id
            and any(v.overdue and PEOPLE & set(v.reasons) for v in message.verdicts)
        ]
        if left:
            self._open_cases(company, today, left)

    @api.model
    def _propose_handover(self, run, company, today, pairs):
        """Hook: what a live run found at the end of the ladder.

        Called in every run for everything that is there, so proposing must be
        idempotent. Nothing was written to the customer, and no step was taken.

        :param run: ``o2c.run``
        :param pairs: list of (``OpenAccount``, tuple of ``policy.message.Verdict``)
        """
