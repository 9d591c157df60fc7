"""A 14-day letter asks only what is in default: one rule, when it is written and when
it leaves, so that what is shown before is what the customer reads."""

from odoo import api, models

from ...policy.default_start import default_start, in_default
from ...policy.message import without_early


class O2cDunningCase(models.Model):
    _inherit = "o2c.dunning.case"

    @api.model
    def _without_early(self, company, judged, rules):
        """The messages; a 14-day letter without what is not in default yet.

        :param company: ``res.company`` that collects, the root
        :param judged: list of (account, message)
        :param rules: ``policy.may_remind.Rules``; its day is the one that counts
        :return: the same list, with the messages as they may leave
        """
        steps = self.env["o2c.dunning.step"].browse(
            {one.step.key for _account, one in judged if one and one.step}
        )
        of_law = set(steps.filtered(lambda step: step.kind == "wik").ids)
        if not of_law or not company._o2c_dutch():
            return judged
        letters = {
            number
            for number, (_account, message) in enumerate(judged)
            if message and message.step and message.step.key in of_law
        }
        named = [v.item.key for n in letters for v in judged[n][1].verdicts]
        early = self._not_in_default(company, named, rules.today)
        return [
            (account, without_early(message, early, rules))
            if number in letters
            else (account, message)
            for number, (account, message) in enumerate(judged)
        ]

    @api.model
    def _not_in_default(self, company, ledgers, today):
        """The items among these that are not in default on a day.

        :param ledgers: rows of the ledger, with ``move_id`` and ``instalment``
        :return: set of them
        """
        moves = self.env["account.move"].browse({row.move_id for row in ledgers})
        starts = self._default_starts(company, moves)
        return {
            row
            for row in ledgers
            if not in_default(starts.get((row.move_id, row.instalment)), today)
        }

    @api.model
    def _default_starts(self, company, moves):
        """First day of default per (move id, instalment).

        :return: dict to :class:`policy.default_start.DefaultStart`
        """
        return {
            (debt.move_id, debt.instalment): default_start(debt.term)
            for debt in moves.sudo()._o2c_debts(company.sudo())
        }
