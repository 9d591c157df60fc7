"""Ask a provider for reports: first what it costs and what leaves the database."""

from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_amount

#: A report of the same provider that is younger is not asked for again unsaid.
FRESH_DAYS = 30
#: More names than this are counted, not listed.
NAMES = 8


class O2cReportFetch(models.TransientModel):
    """One provider, one or many customers, one price, one yes."""

    _name = "o2c.report.fetch"
    _description = "Ask for Credit Reports"

    source_id = fields.Many2one(
        "o2c.report.source",
        string="Provider",
        required=True,
        domain="[('state', '!=', 'off'), ('company_id', 'parent_of', company_id)]",
    )
    company_id = fields.Many2one("res.company", required=True)
    currency_id = fields.Many2one(related="source_id.currency_id")
    partner_ids = fields.Many2many("res.partner", string="Customers")
    again = fields.Boolean(
        string="Also who has a recent report",
        help="Asks and pays again for customers whose report of this provider is "
        "younger than 30 days.",
    )
    ask_ids = fields.Many2many("res.partner", compute="_compute_plan")
    calls = fields.Integer(compute="_compute_plan")
    cost = fields.Monetary(compute="_compute_plan")
    budget_left = fields.Monetary(
        string="Left of This Month's Budget", compute="_compute_plan"
    )
    over_budget = fields.Boolean(compute="_compute_plan")
    plan = fields.Text(compute="_compute_plan")
    skipped = fields.Text(compute="_compute_plan")
    fresh_count = fields.Integer(compute="_compute_plan")
    leaves_text = fields.Char(related="source_id.leaves_text")

    @api.model
    def _open(self, partners, sources=None):
        """The page for some customers; says so when no provider is switched on."""
        self.env["o2c.report.source"]._check_controller()
        root = self.env.company.root_id
        found = (sources or self.env["o2c.report.source"]).filtered(
            lambda one: one.state != "off"
        ) or self.env["o2c.report.source"].search(
            [("company_id", "=", root.id), ("state", "!=", "off")]
        )
        if not found:
            raise UserError(
                self.env._(
                    "No provider of credit reports is switched on in %s. A credit "
                    "manager does that in Configuration / Report Providers.",
                    root.display_name,
                )
            )
        wizard = self.create(
            {
                "company_id": root.id,
                "source_id": found[0].id,
                "partner_ids": [Command.set(partners.commercial_partner_id.ids)],
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Ask for Credit Reports"),
            "res_model": self._name,
            "res_id": wizard.id,
            "views": [[False, "form"]],
            "target": "new",
        }

    @api.model
    def _open_for_active(self):
        """From a list of customers, profiles or reports."""
        records = self.env[self.env.context["active_model"]].browse(
            self.env.context["active_ids"]
        )
        if records._name != "res.partner":
            records = records.partner_id
        return self._open(records)

    @api.depends("source_id", "partner_ids", "again")
    def _compute_plan(self):
        for wizard in self:
            source = wizard.source_id
            ask, nameless, fresh, waiting = wizard._sort_customers()
            per_customer = (
                source.sudo()._provider()._calls(source.sudo()) if source else 0
            )
            wizard.ask_ids = ask
            wizard.fresh_count = len(fresh)
            wizard.calls = len(ask) * per_customer
            wizard.cost = wizard.calls * (source._price_now() if source else 0.0)
            wizard.budget_left = source.budget - source.spent - wizard._promised()
            wizard.over_budget = wizard.cost > max(wizard.budget_left, 0) + 0.000001
            wizard.plan = wizard._plan_text(ask)
            wizard.skipped = wizard._skipped_text(nameless, fresh, waiting)

    def _promised(self):
        """What the requests that wait are going to cost."""
        waiting = [
            ("source_id", "=", self.source_id.id),
            ("state", "=", "waiting"),
        ]
        requests = self.env["o2c.report.request"]
        return requests._read_group(waiting, [], ["cost:sum"])[0][0] or 0.0

    def _sort_customers(self):
        """(to ask for, without a number, with a fresh report, already waiting)."""
        partners = self.partner_ids._origin or self.partner_ids
        none = self.env["res.partner"]
        if not self.source_id:
            return none, none, none, none
        provider = self.source_id.sudo()._provider()
        numbered = partners.filtered(provider._number_of)
        requests = self.env["o2c.report.request"].search(
            [("source_id", "=", self.source_id.id), ("partner_id", "in", numbered.ids)]
        )
        since = fields.Datetime.now() - timedelta(days=FRESH_DAYS)
        waiting = requests.filtered(lambda one: one.state == "waiting").partner_id
        fresh = requests.filtered(
            lambda one: one.state == "done" and one.asked_on > since
        ).partner_id
        fresh = none if self.again else fresh - waiting
        return (
            numbered - waiting - fresh,
            partners - numbered,
            fresh,
            waiting,
        )

    def _plan_text(self, ask):
        """What is going to happen, in one sentence."""
        if not ask:
            return self.env._("Nothing to ask for.")
        return self.env._(
            "%(calls)s calls for %(customers)s: %(cost)s.",
            calls=self.calls,
            customers=self._names(ask),
            cost=self._cost_text(),
        )

    def _cost_text(self):
        if not self.cost:
            return self.env._("free of charge")
        return format_amount(self.env, self.cost, self.currency_id)

    def _skipped_text(self, nameless, fresh, waiting):
        """Who is left out, and why."""
        reasons = (
            (nameless, self.env._("no Dutch company with a trade register number")),
            (fresh, self.env._("has a report of less than 30 days old")),
            (waiting, self.env._("was already asked for")),
        )
        return "\n".join(
            f"{self._names(partners)}: {reason}."
            for partners, reason in reasons
            if partners
        )

    def _names(self, partners):
        names = ", ".join(partners[:NAMES].mapped("display_name"))
        more = len(partners) - NAMES
        return (
            self.env._("%(names)s and %(count)s more", names=names, count=more)
            if more > 0
            else names
        )

    def action_ask(self):
        """Queue the requests; the answers come in the background."""
        self.ensure_one()
        self.env["o2c.report.source"]._check_controller()
        if not self.ask_ids:
            raise UserError(self.env._("There is nothing to ask for."))
        if self.source_id.state == "off":
            raise UserError(self.env._("This provider is switched off."))
        if self.cost and self.over_budget:
            raise UserError(
                self.env._(
                    "This costs %(cost)s and %(left)s is left of this month's budget. "
                    "A credit manager can raise it.",
                    cost=self._cost_text(),
                    left=format_amount(self.env, self.budget_left, self.currency_id),
                )
            )
        made = self.env["o2c.report.request"]._ask(
            self.source_id, self.ask_ids, self.env.user
        )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "o2c_credit.o2c_report_request_action"
        )
        action["domain"] = [("id", "in", made.ids)]
        action["context"] = {}
        return action
