"""How long the post takes, as judges may assume it: dated data."""

from odoo import api, fields, models

from .o2c_periodic_cost import CERTAINTY


class O2cPostalTerm(models.Model):
    """Days in which a letter is assumed to arrive, from a date."""

    _name = "o2c.postal.term"
    _description = "Postal Days"
    _inherit = "o2c.legal.figure"
    _order = "start desc, id desc"
    _rec_name = "start"

    start = fields.Date(
        string="Posted From",
        required=True,
        help="Letters posted from this day on are counted so, until the next record.",
    )
    days = fields.Integer(
        string="Arrives on Day",
        required=True,
        help="Counted from the day after posting. A Sunday, a Monday and an official "
        "holiday do not count.",
    )
    certainty = fields.Selection(CERTAINTY, default="uncertain", required=True)
    source = fields.Char(help="Where it was read, so that somebody can check it.")
    active = fields.Boolean(
        default=True, help="What is inactive is not counted with. Check it first."
    )

    _start_uniq = models.UniqueIndex(
        "(start) WHERE active", "There are postal days from this date already."
    )
    _days_positive = models.Constraint(
        "CHECK(days BETWEEN 1 AND 15)", "A letter takes between 1 and 15 days."
    )

    @api.model
    def _signed_fields(self):
        return super()._signed_fields() | {"days"}

    @api.model
    def _terms(self):
        """The active records as the policy reads them.

        :return: tuple of (first day, number of days)
        """
        return tuple((one.start, one.days) for one in self.sudo().search([]))
