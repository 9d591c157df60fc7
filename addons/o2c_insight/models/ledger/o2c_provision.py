"""The provision for doubtful debts at a month-end: proposed, approved, booked."""

import logging

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

_logger = logging.getLogger(__name__)
#: Who may propose; who decides is an accounting manager.
MAKERS = (
    "o2c_base.group_credit_manager",
    "o2c_base.group_collecting_manager",
    "account.group_account_manager",
)
DECIDERS = "account.group_account_manager"


class O2cProvision(models.Model):
    """One proposal of a company and month-end, with its lines."""

    _name = "o2c.provision"
    _description = "Provision for Doubtful Debts"
    _inherit = ["mail.thread"]
    _order = "day desc, id desc"
    _rec_name = "day"

    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.company.root_id,
        domain="[('parent_id', '=', False)]",
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    day = fields.Date(
        string="Month-End",
        required=True,
        default=lambda self: self._last_month_end(self.env.company.root_id),
        help="Last day of a month: the ledger as it stood at the end of that day.",
    )
    state = fields.Selection(
        [
            ("proposed", "Proposed"),
            ("booked", "Booked"),
            ("refused", "Refused"),
            ("reversed", "Reversed"),
        ],
        default="proposed",
        required=True,
        readonly=True,
        index=True,
        tracking=True,
    )
    receivables = fields.Monetary(
        readonly=True,
        help="Everything that customers owed on that day, credit taken off.",
    )
    target = fields.Monetary(
        string="Provision Needed",
        readonly=True,
        help="What the policy asks, item by item, with what people changed.",
    )
    on_account = fields.Monetary(
        readonly=True, help="Balance of the provision account on that day."
    )
    difference = fields.Monetary(
        string="To Book",
        readonly=True,
        help="Needed less what is on the account: added to the provision, or released "
        "when it is negative.",
    )
    share = fields.Float(
        string="Share of Receivables (%)",
        compute="_compute_share",
        digits=(16, 1),
        help="Provision needed in % of what customers owe.",
    )
    line_ids = fields.One2many("o2c.provision.line", "provision_id")
    note = fields.Text(help="What whoever decides should know.")
    made_by_id = fields.Many2one(
        "res.users",
        string="Made By",
        readonly=True,
        default=lambda self: self.env.user,
        ondelete="restrict",
    )
    calculated_at = fields.Datetime(string="Calculated On", readonly=True)
    decided_by_id = fields.Many2one(
        "res.users", readonly=True, tracking=True, ondelete="restrict"
    )
    decided_at = fields.Datetime(readonly=True)
    alone = fields.Boolean(
        string="Decided Alone",
        readonly=True,
        help="Who made it decided too: nobody else in the company may.",
    )
    entry_id = fields.Many2one(
        "account.move",
        string="Journal Entry",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )

    _live_uniq = models.UniqueIndex(
        "(company_id, day) WHERE state IN ('proposed', 'booked')",
        "There is a provision for this month-end already. Open that one.",
    )
    _month_end = models.Constraint(
        "CHECK(EXTRACT(DAY FROM day + 1) = 1)",
        "A provision is made at the end of a month: choose its last day.",
    )

    @api.model
    def _last_month_end(self, company):
        """The last day of the month before today, in the company."""
        return fields.Date.subtract(company._o2c_today().replace(day=1), days=1)

    @api.depends("target", "receivables")
    def _compute_share(self):
        for one in self:
            one.share = 100 * one.target / one.receivables if one.receivables else 0

    @api.depends("day")
    def _compute_display_name(self):
        for one in self:
            one.display_name = self.env._(
                "Provision %s", format_date(self.env, one.day)
            )

    @api.model_create_multi
    def create(self, vals_list):
        """Only company and day are chosen; the rest is calculated."""
        if not self.env.su:
            self._check_maker()
            free = {"company_id", "day", "note"}
            vals_list = [
                {name: value for name, value in vals.items() if name in free}
                for vals in vals_list
            ]
        made = super().create(vals_list)
        for one in made:
            one._check_possible()
            one.sudo()._calculate()
            one.sudo()._tell_carried()
        return made

    def write(self, vals):
        """Figures and decisions are not typed; the note is."""
        if not self.env.su and vals.keys() - {"note", "line_ids"}:
            raise AccessError(self.env._("Use the buttons to change a provision."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("Provisions are kept. Refuse or reverse them."))

    def _check_maker(self):
        if not any(self.env.user.has_group(group) for group in MAKERS):
            raise AccessError(
                self.env._(
                    "A credit manager, a collecting manager or an accounting manager "
                    "makes the provision."
                )
            )

    def _check_possible(self):
        """Something to calculate with, and a day that is past."""
        self.ensure_one()
        company = self.company_id.sudo()
        if company._o2c_mode("dunning") == "off":
            raise UserError(
                self.env._("Switch collecting to watch in the settings first.")
            )
        if self.day > company._o2c_today():
            raise UserError(
                self.env._(
                    "%s is not past yet: nobody knows what will be open then.",
                    format_date(self.env, self.day),
                )
            )
        if not self.env["o2c.provision.band"]._bands(company):
            raise UserError(
                self.env._(
                    "There are no percentages yet. Fill in Provision Percentages "
                    "under Configuration first; it offers an example."
                )
            )

    def _expect(self, *states):
        """Refuse a second click, and what does not fit the state."""
        self.check_access("read")
        self.sudo().lock_for_update()
        self.invalidate_recordset(["state"])
        if any(one.state not in states for one in self):
            raise UserError(
                self.env._("This was decided by somebody already. Renew the page.")
            )

    def action_calculate(self):
        """Calculate anew; what people changed by hand stays."""
        self._check_maker()
        self._expect("proposed")
        for one in self:
            one._check_possible()
            one.sudo()._calculate()
            one.sudo().made_by_id = self.env.user

    def action_refuse(self):
        """Not this one; another may be made for the same month-end."""
        self._expect("proposed")
        self._check_decider()
        self.sudo().write(
            {
                "state": "refused",
                "decided_by_id": self.env.uid,
                "decided_at": fields.Datetime.now(),
            }
        )
        self.flush_recordset(["state"])  # before the unique index sees a new one

    def _check_decider(self):
        if not self.env.user.has_group(DECIDERS):
            raise AccessError(self.env._("An accounting manager decides."))

    def _is_alone(self):
        """Whether the present user decides about his own work, because nobody else in
        the company may.

        :raises AccessError: somebody else could decide
        """
        self.ensure_one()
        hands = self.made_by_id | self.sudo().line_ids.changed_by_id
        if self.env.user not in hands:
            return False
        if self._deciders() - self.env.user:
            raise AccessError(
                self.env._(
                    "You made this provision or changed a line of it: another "
                    "accounting manager decides."
                )
            )
        return True

    def action_open_lines(self):
        """The lines on a screen of their own, with search and pivot."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "o2c_insight.o2c_provision_line_action"
        )
        return action | {
            "domain": [("provision_id", "=", self.id)],
            "display_name": self.display_name,
        }

    def action_open_entry(self):
        """The journal entry."""
        self.ensure_one()
        return self.env["o2c.today"]._open_record(self.entry_id)

    @api.model
    def _cron_propose(self):
        """Nightly: the proposal of the month that ended, once, where there is a
        matrix."""
        companies = self.env["res.company"]._o2c_companies("dunning", ("watch", "live"))
        for company in companies.root_id:
            proposals = company._o2c_job(self.with_user(SUPERUSER_ID))
            day = self._last_month_end(company)
            known = [("company_id", "=", company.id), ("day", "=", day)]
            if not proposals.search_count(known, limit=1):
                proposals._propose(company, day)
            self.env["ir.cron"]._commit_progress(processed=1)

    @api.model
    def _propose(self, company, day):
        """The proposal of a month-end as a run, when there is a matrix."""
        if not self.env["o2c.provision.band"]._bands(company):
            return
        run = self.env["o2c.run"]._start("provision", company, day, 1)
        try:
            with self.env.cr.savepoint():
                self.create({"company_id": company.id, "day": day})
            run._advance(done=1)
        except Exception as error:
            _logger.exception("Provision of %s on %s", company.name, day)
            run._advance(failed=1)
            run._note("error", str(error))
        run._finish()
