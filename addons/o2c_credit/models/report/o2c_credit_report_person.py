"""Directors and authorised signatories, and what each may sign for."""

from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...policy.report.signing import Signatory, may_sign

ROLES = [
    ("director", "Director"),
    ("proxy", "Authorised signatory"),
    ("owner", "Owner"),
    ("partner", "Partner"),
    ("trustee", "Administrator"),
    ("other", "Other"),
]
SIGNS = [
    ("alone", "Alone, any amount"),
    ("amount", "Up to an amount"),
    ("jointly", "Together with others"),
    ("none", "May not sign"),
    ("unknown", "Not said"),
]


class O2cCreditReportPerson(models.Model):
    """One person in one report. No date of birth, no address: they decide nothing."""

    _name = "o2c.credit.report.person"
    _description = "Person in a Credit Report"
    _order = "report_id desc, sequence, id"
    _check_company_auto = True
    _check_company_domain = models.check_company_domain_parent_of

    report_id = fields.Many2one(
        "o2c.credit.report", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="report_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, index="trigram")
    contact_id = fields.Many2one(
        "res.partner",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
        help="Your contact that is this person, so that his signature is recognised.",
    )
    role = fields.Selection(ROLES, required=True, default="director")
    function = fields.Char(help="As the report writes it.")
    signs = fields.Selection(
        SIGNS,
        required=True,
        default="unknown",
        help="How this person may sign for the company.",
    )
    amount = fields.Monetary(
        string="Up To", help="The highest amount that this person may sign for."
    )
    since = fields.Date(help="In function since.")

    _amount_given = models.Constraint(
        "CHECK(signs <> 'amount' OR amount > 0)",
        "Give the amount that this person may sign for.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        people = super().create(vals_list)
        people._check_may_change(("name",))
        return people

    def write(self, vals):
        self._check_may_change(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_fetched(self):
        self._check_may_change(("name",))

    def _check_may_change(self, names):
        """Of people whom a provider named only the link to a contact is ours."""
        if self.env.su or not set(names) - {"contact_id", "sequence"}:
            return
        if "fetched" in self.report_id.mapped("method"):
            raise UserError(
                self.env._(
                    "A report that a provider sent stays as it came. You can only say "
                    "which of your contacts a person is."
                )
            )

    def _may_sign(self, amount):
        """Whether this person may sign alone for an amount.

        :param Decimal amount: in the company's currency
        :return: True, False, or None when the report does not say
        """
        self.ensure_one()
        return may_sign(
            Signatory(self.name, self.signs, Decimal(str(self.amount))), amount
        )
