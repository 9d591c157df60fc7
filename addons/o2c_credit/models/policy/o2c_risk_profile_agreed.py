"""A consumer who agreed himself to pay more than half up front."""

from odoo import api, fields, models


class O2cRiskProfile(models.Model):
    _inherit = "o2c.risk.profile"

    consumer = fields.Boolean(
        related="partner_id.o2c_segment_id.natural_person",
        string="Is a Consumer",
    )
    agreed_up_front = fields.Float(
        string="Agreed Up Front (%)",
        tracking=True,
        help="A consumer can be asked to pay at most half up front, unless he and the "
        "company agreed on more for him, not by general terms (art. 7:26(2) BW).",
    )
    agreed_up_front_on = fields.Date(
        string="Agreed On",
        readonly=True,
        help="The day somebody put this agreement down.",
    )
    agreed_up_front_by_id = fields.Many2one(
        "res.users", string="Put Down By", readonly=True, ondelete="restrict"
    )
    _agreed_up_front_range = models.Constraint(
        "CHECK(agreed_up_front >= 0 AND agreed_up_front <= 100)",
        "What a customer agreed to pay up front is between 0 and 100 percent.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._stamp_agreement(vals)
        return super().create(vals_list)

    def write(self, vals):
        return super().write(self._stamp_agreement(dict(vals)))

    @api.model
    def _stamp_agreement(self, vals):
        """Who put the agreement down and when is not for anybody to type."""
        vals.pop("agreed_up_front_on", None)
        vals.pop("agreed_up_front_by_id", None)
        if "agreed_up_front" in vals:
            agreed = bool(vals["agreed_up_front"])
            vals["agreed_up_front_on"] = agreed and self.env.company._o2c_today()
            vals["agreed_up_front_by_id"] = agreed and self.env.uid
        return vals
