"""Who switched which part on or off, and when."""

from odoo import fields, models

from .res_company import O2C_MODES


class O2cSwitchLog(models.Model):
    """One line per turn of a switch."""

    _name = "o2c.switch.log"
    _description = "Switch History"
    _order = "id desc"
    _rec_name = "part"

    company_id = fields.Many2one(
        "res.company", required=True, index=True, ondelete="cascade", readonly=True
    )
    part = fields.Selection(
        [
            ("credit", "Credit"),
            ("billing", "Billing"),
            ("dunning", "Collecting"),
            ("cash", "Cash matching"),
        ],
        required=True,
        readonly=True,
    )
    mode_before = fields.Selection(O2C_MODES, readonly=True)
    mode_after = fields.Selection(O2C_MODES, readonly=True)
    start_date = fields.Date(readonly=True)
    create_uid = fields.Many2one("res.users", string="Switched By", readonly=True)
    create_date = fields.Datetime(string="Switched On", readonly=True)
