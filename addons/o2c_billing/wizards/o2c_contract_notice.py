"""A contract ends: on which day, and why."""

from odoo import api, fields, models
from odoo.tools import format_date


class O2cContractNotice(models.TransientModel):
    """Proposes the first day that the agreement allows."""

    _name = "o2c.contract.notice"
    _description = "Notice of a Contract"

    contract_ids = fields.Many2many("o2c.contract", required=True, readonly=True)
    notice_date = fields.Date(
        required=True,
        default=fields.Date.context_today,
        help="When notice was received, or when we send it.",
    )
    date_end = fields.Date(
        string="Ends On",
        compute="_compute_date_end",
        store=True,
        readonly=False,
        precompute=True,
        help="Empty: each contract on the first day that its terms allow.",
    )
    reason = fields.Char(
        required=True, help="Why it ends; kept with the contract and counted as lost."
    )
    words = fields.Text(
        string="What Happens", compute="_compute_words", help="Per contract."
    )

    @api.depends("notice_date", "contract_ids")
    def _compute_date_end(self):
        for notice in self:
            contract = notice.contract_ids
            single = len(contract) == 1 and notice.notice_date
            notice.date_end = single and contract._origin._earliest_end(
                notice.notice_date
            )

    @api.depends("notice_date", "date_end", "contract_ids")
    @api.depends_context("lang")
    def _compute_words(self):
        for notice in self:
            notice.words = "\n".join(
                notice._contract_words(contract)
                for contract in notice.contract_ids._origin
                if notice.notice_date
            )

    def _contract_words(self, contract):
        earliest = contract._earliest_end(self.notice_date)
        end = self.date_end or earliest
        words = self.env._(
            "%(contract)s: by its terms it can end on %(earliest)s.",
            contract=contract.name,
            earliest=format_date(self.env, earliest),
        )
        if end < earliest:
            words += " " + self.env._("You end it earlier than the terms say.")
        billed = contract.sudo().period_ids.filtered(lambda p: p.date_to > end)
        if billed:
            words += " " + self.env._(
                "What was billed for days after %(day)s is credited.",
                day=format_date(self.env, end),
            )
        return words

    def action_apply(self):
        """Note the notice; the periods end on that day."""
        self.ensure_one()
        for contract in self.contract_ids:
            end = self.date_end or contract._earliest_end(self.notice_date)
            contract._give_notice(self.notice_date, end, self.reason)
        return {"type": "ir.actions.act_window_close"}
