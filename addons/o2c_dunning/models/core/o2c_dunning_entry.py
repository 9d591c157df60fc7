"""What was chosen for invoices that were late already when collecting started."""

from odoo import fields, models

AGE_BANDS = [
    ("30", "0 to 30 days late"),
    ("60", "31 to 60 days late"),
    ("90", "61 to 90 days late"),
    ("365", "91 days to a year late"),
    ("over", "More than a year late"),
]
ENTRIES = [
    ("out", "Leave out"),
    ("first", "From the first step"),
    ("reached", "At the step they have reached"),
]


class O2cDunningEntry(models.Model):
    """The choice of one company for one age band; without it, it is left out."""

    _name = "o2c.dunning.entry"
    _description = "Entry of Older Invoices"
    _order = "company_id, id"
    _rec_name = "band"

    company_id = fields.Many2one(
        "res.company", required=True, index=True, ondelete="cascade", readonly=True
    )
    band = fields.Selection(AGE_BANDS, string="Age", required=True, readonly=True)
    choice = fields.Selection(
        ENTRIES,
        string="What Happens",
        default="out",
        required=True,
        help="At the step they have reached: the first message is the step that fits "
        "the days late on the start date. Choose it only when another system sent the "
        "steps before.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Chosen By",
        default=lambda self: self.env.uid,
        readonly=True,
        ondelete="restrict",
    )

    _band_uniq = models.Constraint(
        "UNIQUE(company_id, band)", "A company makes one choice per age band."
    )
