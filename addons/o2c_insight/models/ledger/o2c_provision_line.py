"""Why a provision is what it is: one line per open item, its disputed part apart."""

from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.o2c_credit.models.profile.o2c_risk_profile import GRADES
from odoo.addons.o2c_dunning.tools.amount import decimal

from ...policy.provision import provided

REASONS = [
    ("band", "Age and grade"),
    ("disputed", "In dispute"),
    ("insolvent", "Insolvent"),
    ("below", "Not late long enough"),
]
#: What a person may change on a line.
BY_HAND = frozenset(("percent", "why"))


class O2cProvisionLine(models.Model):
    """What is open on an invoice or instalment, and the part that may not come."""

    _name = "o2c.provision.line"
    _description = "Provision per Item"
    _order = "provision_id desc, amount desc, id"
    _rec_name = "move_id"

    provision_id = fields.Many2one(
        "o2c.provision",
        string="Proposal",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    state = fields.Selection(related="provision_id.state")
    day = fields.Date(string="Month-End", readonly=True)
    item_id = fields.Integer(string="Journal Item", readonly=True)
    move_id = fields.Many2one(
        "account.move",
        string="Invoice or Entry",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    instalment = fields.Integer(
        readonly=True, aggregator=None, help="Which instalment of the invoice it is."
    )
    instalments = fields.Integer(
        readonly=True, aggregator=None, help="In how many the invoice is paid."
    )
    document = fields.Char(
        compute="_compute_document",
        help="The invoice or entry; with its instalment, when it is paid in several.",
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    due = fields.Date(string="Due Date", readonly=True)
    days_late = fields.Integer(
        readonly=True, aggregator="max", help="Days after the due date, on that day."
    )
    grade = fields.Selection(
        GRADES, readonly=True, help="The customer's grade on that day."
    )
    disputed = fields.Boolean(
        string="In Dispute", readonly=True, help="The part that the customer disputes."
    )
    open = fields.Monetary(readonly=True, help="What was open on that day.")
    covered = fields.Monetary(
        string="Covered by Credit",
        readonly=True,
        help="Credit notes and payments of the customer that are not matched cover his "
        "oldest items.",
    )
    vat = fields.Monetary(
        string="VAT That Comes Back",
        readonly=True,
        help="VAT in what is left: claimed back when it is not paid (art. 29 Wet OB).",
    )
    vat_back_on = fields.Date(
        string="VAT Back From",
        readonly=True,
        help="From this day the VAT can be claimed back in any case.",
    )
    base = fields.Monetary(
        string="At Risk", readonly=True, help="Open less credit and VAT."
    )
    reason = fields.Selection(
        REASONS, required=True, readonly=True, help="Which rule gave the percentage."
    )
    days_from = fields.Integer(
        string="Row of the Matrix",
        readonly=True,
        help="Days from which the row counts that gave the percentage.",
    )
    percent_policy = fields.Float(
        string="By Policy (%)", readonly=True, digits=(5, 2), aggregator=None
    )
    percent = fields.Float(
        string="Provided (%)",
        digits=(5, 2),
        aggregator=None,
        help="The percentage of the policy, or the one that a person chose.",
    )
    amount = fields.Monetary(string="Provision", readonly=True)
    why = fields.Char(
        string="Why Different",
        help="Reason for another percentage than the policy's.",
    )
    changed_by_id = fields.Many2one(
        "res.users", string="Changed By", readonly=True, ondelete="restrict"
    )

    carried = fields.Boolean(
        string="Carried Over",
        readonly=True,
        help="Percentage and reason were set in the provision of this month-end that "
        "was reversed.",
    )

    _item_uniq = models.UniqueIndex("(provision_id, item_id, disputed)")
    _percent_range = models.Constraint(
        "CHECK(percent BETWEEN 0 AND 100)", "A percentage lies between 0 and 100."
    )

    @api.depends("move_id.name", "instalment", "instalments")
    @api.depends_context("lang")
    def _compute_document(self):
        for line in self:
            line.document = line.move_id.name
            if line.instalments > 1:
                line.document = self.env._(
                    "%(invoice)s, instalment %(number)s of %(count)s",
                    invoice=line.move_id.name,
                    number=line.instalment,
                    count=line.instalments,
                )

    def write(self, vals):
        """Another percentage, with a reason, while nothing is decided."""
        if self.env.su:
            return super().write(vals)
        if vals.keys() - BY_HAND:
            raise AccessError(
                self.env._("Only the percentage of a line can be changed.")
            )
        self.provision_id._check_maker()
        self.provision_id._expect("proposed")
        result = super().write(vals)
        self._changed()
        return result

    def _changed(self):
        """Amounts follow the percentage; who changed it is remembered."""
        for line in self:
            other = line.percent != line.percent_policy
            if other and not (line.why or "").strip():
                raise UserError(
                    self.env._(
                        "Say why %(document)s gets another percentage than the "
                        "policy's: fill in Why Different.",
                        document=line.document or line.partner_id.display_name,
                    )
                )
            line.sudo().write(
                {
                    "amount": line._amount(line.percent),
                    "changed_by_id": self.env.uid if other else False,
                    "why": line.why if other else False,
                    "carried": False,
                }
            )
        self.provision_id.sudo()._sum_up()

    def _amount(self, percent):
        """The provision at a percentage."""
        return float(provided(decimal(self.base), Decimal(str(percent))))

    def action_open_document(self):
        """The invoice or entry behind the line."""
        self.ensure_one()
        return self.env["o2c.today"]._open_record(self.move_id)

    @api.ondelete(at_uninstall=False)
    def _unlink_by_calculation(self):
        if not self.env.su:
            raise UserError(
                self.env._("Lines go when the provision is calculated again.")
            )
