"""A dated figure of the law: where it was read, and who confirmed it when."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class O2cLegalFigure(models.AbstractModel):
    """A figure that changes in time: confirmed by somebody who looked it up."""

    _name = "o2c.legal.figure"
    _description = "Dated Figure of the Law"

    confirmed_by_id = fields.Many2one(
        "res.users",
        string="Confirmed By",
        readonly=True,
        copy=False,
        ondelete="restrict",
        help="Who looked the figure up. Empty for what came with the software.",
    )
    confirmed_on = fields.Date(
        readonly=True, copy=False, help="The day on which it was confirmed."
    )

    def action_confirm(self):
        """Looked up and right: from now on it may leave the house."""
        self._check_confirmer()
        for figure in self.filtered(lambda one: one.certainty != "confirmed"):
            figure._check_source()
            figure.write({"certainty": "confirmed", "active": True})
        return True

    def _check_confirmer(self):
        if not self.env.user.has_group("o2c_base.group_collecting_manager"):
            raise AccessError(
                self.env._("A collecting manager confirms the figures of the law.")
            )
        self.check_access("write")

    @api.model_create_multi
    def create(self, vals_list):
        figures = super().create(vals_list)
        figures._sign()
        return figures

    def write(self, vals):
        result = super().write(vals)
        if self._signed_fields() & vals.keys():
            self._sign()
        return result

    def _sign(self):
        """Who says that it is right, and since when; only people confirm."""
        if self.env.su:
            return
        sure = self.filtered(lambda one: one.certainty == "confirmed")
        sure._check_source()
        today = self.env.company._o2c_today()
        signed = {"confirmed_by_id": self.env.uid, "confirmed_on": today}
        super(O2cLegalFigure, sure).write(signed)
        super(O2cLegalFigure, self - sure).write(dict.fromkeys(signed, False))

    def _check_source(self):
        """Nothing is confirmed that nobody can check again."""
        if any(not (figure.source or "").strip() for figure in self):
            raise UserError(
                self.env._(
                    "Write down in the source where the figure was read, such as the "
                    "number of the Staatsblad. Then confirm it."
                )
            )

    @api.model
    def _signed_fields(self):
        """Hook: what cannot change without somebody who says that it is right."""
        return {"certainty", "start"}
