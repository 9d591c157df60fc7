"""Days on which a contract stands still: nothing is charged for them."""

from odoo import api, fields, models


class O2cContractPause(models.Model):
    """A pause of a whole contract or of one line; both days included."""

    _name = "o2c.contract.pause"
    _description = "Contract Pause"
    _order = "contract_id, date_from"
    _rec_name = "reason"
    _check_company_auto = True

    contract_id = fields.Many2one(
        "o2c.contract", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="contract_id.company_id", store=True, index=True
    )
    line_id = fields.Many2one(
        "o2c.contract.line",
        index="btree_not_null",
        ondelete="cascade",
        domain="[('contract_id', '=', contract_id)]",
        help="Empty: the whole contract pauses.",
    )
    date_from = fields.Date(string="From", required=True)
    date_to = fields.Date(
        string="Until", required=True, help="Last day without charge."
    )
    reason = fields.Char(required=True, help="Why it pauses; for colleagues.")

    _dates_check = models.Constraint(
        "CHECK(date_to >= date_from)",
        "The pause ends before it begins. Check the two dates.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        pauses = super().create(vals_list)
        pauses._settle()
        return pauses

    def write(self, vals):
        self._settle()
        result = super().write(vals)
        self._settle()
        return result

    def unlink(self):
        self._settle()
        return super().unlink()

    def _settle(self):
        """What was billed for these days is credited, or billed again."""
        for pause in self:
            contract = pause.contract_id
            if contract.state == "draft":
                continue
            contract._check_authority()
            lines = pause.line_id or contract.line_ids
            lines._look_again(pause.date_from)
        self.contract_id._refresh_figures()
