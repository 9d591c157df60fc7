"""How long each kind of claim lives: dated data, with its source."""

from odoo import api, fields, models

from ...policy.limitation import Term

CLAIM_KINDS = [
    ("general", "Contract, general"),
    ("consumer", "Sale to a consumer"),
    ("carriage", "Carriage of goods"),
    ("forwarding", "Forwarding"),
    ("periodic", "Periodic payments"),
    ("other", "Other"),
]


class O2cLimitationTerm(models.Model):
    """From a day on, how many years a kind of claim can be pursued."""

    _name = "o2c.limitation.term"
    _description = "Limitation Period"
    _order = "kind, since desc"
    _rec_name = "kind"

    kind = fields.Selection(CLAIM_KINDS, string="Kind of Claim", required=True)
    since = fields.Date(
        required=True, help="For claims that fell due on this day or later."
    )
    years = fields.Integer(required=True)
    renewed_by_letter = fields.Boolean(
        string="A Letter Renews It",
        default=True,
        help="Whether a written demand starts a new term (art. 3:317 BW).",
    )
    source = fields.Char(help="Article of law or contract.")
    confirmed = fields.Boolean(
        help="Whether somebody who knows has confirmed this row. Alarms use every "
        "row; it is shown next to the date."
    )

    _kind_since_uniq = models.Constraint(
        "UNIQUE(kind, since)", "There is a period for this kind from that day already."
    )
    _years_positive = models.Constraint(
        "CHECK(years > 0)", "A claim lives at least one year."
    )

    @api.model
    def _terms(self):
        """All periods as the policy reads them.

        :return: dict of kind to list of ``policy.limitation.Term``
        """
        terms = {}
        for row in self.sudo().search([]):  # pylint: disable=no-search-all
            term = Term(row.since, row.years, row.renewed_by_letter)
            terms.setdefault(row.kind, []).append(term)
        return terms
