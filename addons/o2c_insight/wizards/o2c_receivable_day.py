"""Which day the receivables are shown of."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class O2cReceivableDay(models.TransientModel):
    """Asks for the day and opens the report as it stood then."""

    _name = "o2c.receivable.day"
    _description = "Receivables on a Day"

    day = fields.Date(
        required=True,
        default=lambda self: fields.Date.add(
            fields.Date.context_today(self).replace(day=1), days=-1
        ),
        help="The ledger as it stood at the end of that day.",
    )

    @api.constrains("day")
    def _check_day(self):
        for one in self:
            if one.day > fields.Date.context_today(one):
                raise ValidationError(
                    self.env._(
                        "Nobody knows what will be open then. Choose today or a day "
                        "that is past."
                    )
                )

    def action_show(self):
        """The receivables of that day."""
        self.ensure_one()
        return self.env["o2c.receivable.report"]._action_by_age(self.day)
