"""A run by hand: only the customers, or only the invoices, that somebody chose."""

from typing import NamedTuple

from odoo import api, models

from ...policy.message import chosen_only


class Selection(NamedTuple):
    """Commercial partners; with moves, only those documents take their step."""

    partner_ids: tuple
    move_ids: tuple = ()


class O2cDunningCase(models.Model):
    _inherit = "o2c.dunning.case"

    @api.model
    def _chosen(self, judged, selection, rules):
        """Messages in which only what was chosen takes its step; the rest is named."""
        if not selection or not selection.move_ids:
            return judged
        chosen = set(selection.move_ids)
        return [
            (
                account,
                message
                and chosen_only(
                    message,
                    {one.key for one in account.items if one.key.move_id in chosen},
                    rules,
                ),
            )
            for account, message in judged
        ]

    @api.model
    def _foresee(self, company, today, selection):
        """What a run would write to these customers. Nothing is written.

        :return: list of (account, message), one per customer and currency
        """
        company = company.sudo().root_id
        cases = self.sudo().with_company(company)
        rules = company._o2c_dunning_rules(today)
        accounts = cases._open_accounts(company, today, selection.partner_ids)
        ladders = cases.env["o2c.dunning.ladder"].browse(
            {account.ladder_id for account in accounts if account.ladder_id}
        )
        steps = {ladder.id: ladder._policy_steps() for ladder in ladders}
        cases._add_kinds(accounts, steps)
        judged = [
            (account, cases._judge_account(account, rules, steps))
            for account in accounts
        ]
        judged, _handover = cases._split_handover(judged, rules)
        judged = cases._chosen(judged, selection, rules)
        return cases._without_early(company, judged, rules)
