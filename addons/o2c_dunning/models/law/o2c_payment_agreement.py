"""An agreement says whether the term, and which interest, was agreed."""

from odoo import api, fields, models

from .res_company import TERM_AGREED


class O2cPaymentAgreement(models.Model):
    _inherit = "o2c.payment.agreement"

    term_agreed = fields.Selection(
        TERM_AGREED,
        string="The Term Is",
        tracking=True,
        help="A term that was agreed makes the customer be in default the day after "
        "the due date. Empty: as the customer or the settings say.",
    )
    interest_percent = fields.Float(
        string="Agreed Interest (%)",
        digits=(5, 2),
        tracking=True,
        help="Interest a year when he pays late. Zero: as the settings say.",
    )

    _interest_positive = models.Constraint(
        "CHECK(interest_percent >= 0)", "Agreed interest cannot be negative."
    )

    @api.model
    def _fixed_terms(self):
        return super()._fixed_terms() | {"term_agreed", "interest_percent"}
