"""A provider of reports as one company uses it: switch, key, price and patience."""

from datetime import timedelta
from urllib.parse import urlsplit

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

HEALTH = [
    ("unknown", "Not tried yet"),
    ("ok", "Answers"),
    ("slow", "Asked us to wait"),
    ("down", "Does not answer"),
    ("nonsense", "Answers nonsense"),
    ("refused", "Refuses our key"),
    ("certificate", "Cannot prove who it is"),
]
LOCAL_HOSTS = ("127.0.0.1", "localhost")


class O2cReportSource(models.Model):
    """One per company and provider. Off until somebody switches it on."""

    _name = "o2c.report.source"
    _description = "Report Provider"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "company_id, code desc"
    _rec_name = "code"
    _check_company_auto = True
    _check_company_domain = models.check_company_domain_parent_of

    code = fields.Selection(
        [
            ("kvk", "Trade register (KVK)"),
            ("cir", "Insolvency register (CIR)"),
        ],
        string="Provider",
        required=True,
        readonly=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, ondelete="cascade", readonly=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    state = fields.Selection(
        [("off", "Off"), ("test", "Test"), ("on", "In use")],
        default="off",
        required=True,
        tracking=True,
        help="Off: nothing is asked. Test: the provider's test environment, with its "
        "fictional companies. In use: the real thing.",
    )
    health = fields.Selection(HEALTH, default="unknown", readonly=True, tracking=True)
    health_on = fields.Datetime(string="Last Heard From", readonly=True)
    paused_until = fields.Datetime(
        readonly=True, help="The provider asked us to wait, or did not answer."
    )
    stopped = fields.Boolean(
        readonly=True,
        help="Nothing is asked any more until somebody has mended this and pressed "
        "Try again.",
    )
    api_key = fields.Char(string="API Key", groups="base.group_system", copy=False)
    username = fields.Char(groups="base.group_system", copy=False)
    password = fields.Char(groups="base.group_system", copy=False)
    base_url = fields.Char(
        string="Other Address",
        groups="base.group_system",
        help="Only when your provider gave you another address than usual.",
    )
    ca_file = fields.Char(
        string="Root Certificate",
        groups="base.group_system",
        help="Path on the server of a file with the root certificate, for a provider "
        "whose certificate is not signed by a public authority, such as KVK.",
    )
    with_people = fields.Boolean(
        string="Directors and Signatories Too",
        help="Also asks the register who may sign. This is a subscription and a call "
        "of its own.",
    )
    price = fields.Monetary(
        string="Price per Call",
        tracking=True,
        help="What the provider charges for each call, for the estimate before you ask "
        "and for the budget.",
    )
    budget = fields.Monetary(
        string="At Most per Month",
        default=25.0,
        tracking=True,
        help="No paid call goes out once this is spent in a calendar month. 0: no paid "
        "calls at all.",
    )
    spent = fields.Monetary(
        string="Spent This Month", compute="_compute_spent", help="Calls × price."
    )
    per_minute = fields.Integer(
        string="Calls per Minute",
        default=60,
        help="Never more calls than this in a minute.",
    )
    timeout = fields.Integer(
        string="Wait for an Answer (s)",
        default=20,
        help="After so many seconds without an answer the call counts as failed.",
    )
    refresh = fields.Boolean(
        string="Ask Again by Itself",
        tracking=True,
        help="Off: reports are only asked for by a person. On: customers who owe or "
        "order are asked for again when their report is old, within the budget.",
    )
    refresh_days = fields.Integer(string="When Older Than", default=180)
    request_ids = fields.One2many("o2c.report.request", "source_id")
    waiting_count = fields.Integer(
        string="Requests Waiting", compute="_compute_waiting_count"
    )
    leaves_text = fields.Char(
        string="What Leaves the Database", compute="_compute_leaves_text"
    )

    _company_code_uniq = models.Constraint(
        "UNIQUE(company_id, code)", "This company already has this provider."
    )
    _sane = models.Constraint(
        "CHECK(price >= 0 AND budget >= 0 AND per_minute > 0 AND timeout BETWEEN 1 AND"
        " 120 AND refresh_days > 0)",
        "Prices cannot be negative, at least one call a minute, between 1 and 120 "
        "seconds of patience, and a report stays fresh for at least a day.",
    )

    def _compute_spent(self):
        today = fields.Date.today()
        for source in self:
            source.spent = source._spent_since(today.replace(day=1))

    def _compute_waiting_count(self):
        counts = dict(
            self.env["o2c.report.request"]._read_group(
                [("source_id", "in", self.ids), ("state", "=", "waiting")],
                ["source_id"],
                ["__count"],
            )
        )
        for source in self:
            source.waiting_count = counts.get(source._origin, 0)

    @api.depends_context("lang")
    @api.depends("code")
    def _compute_leaves_text(self):
        for source in self:
            source.leaves_text = source._provider()._leaves() if source.code else ""

    @api.constrains("base_url")
    def _check_base_url(self):
        for source in self.sudo().filtered("base_url"):
            parts = urlsplit(source.base_url)
            if parts.scheme != "https" and parts.hostname not in LOCAL_HOSTS:
                raise ValidationError(
                    self.env._(
                        "The address must begin with https://: a key goes along."
                    )
                )

    @api.constrains("state")
    def _check_ready(self):
        for source in self.sudo().filtered(lambda one: one.state != "off"):
            missing = source._provider()._lacks(source)
            if missing:
                raise ValidationError(
                    self.env._(
                        "%(provider)s cannot be switched on yet: %(missing)s is "
                        "missing. An administrator fills it in.",
                        provider=source.display_name,
                        missing=missing,
                    )
                )

    def write(self, vals):
        result = super().write(vals)
        secrets = {"api_key", "username", "password", "ca_file", "base_url", "state"}
        if secrets & vals.keys():
            self._let_go()
        return result

    @api.depends("code")
    def _compute_display_name(self):
        names = dict(self._fields["code"]._description_selection(self.env))
        for source in self:
            source.display_name = names.get(source.code, source.code)

    @api.model
    def _ensure(self, company):
        """The providers of a company, made (switched off) where missing."""
        root = company.root_id
        known = self.sudo().search([("company_id", "=", root.id)])
        missing = [
            code
            for code in dict(self._fields["code"].selection)
            if code not in known.mapped("code")
        ]
        return known | self.sudo().create(
            [
                {"company_id": root.id, "code": code, **self._defaults_of(code)}
                for code in missing
            ]
        )

    @api.model
    def _defaults_of(self, code):
        return self.env[f"o2c.report.provider.{code}"]._defaults()

    def _provider(self):
        """The model that talks to this provider."""
        self.ensure_one()
        return self.env[f"o2c.report.provider.{self.code}"]

    def action_open_sources(self):
        """Open the providers of this company."""
        if not self.env.user.has_group("base.group_system"):
            self._check_controller()
        self._ensure(self.env.company)
        return self.env["ir.actions.act_window"]._for_xml_id(
            "o2c_credit.o2c_report_source_action"
        )

    def action_requests(self):
        """Open what was asked of this provider."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "o2c_credit.o2c_report_request_action"
        )
        action["domain"] = [("source_id", "=", self.id)]
        action["context"] = {}
        return action

    def action_try_again(self):
        """Go on after somebody mended what was wrong."""
        if not self.env.user.has_group("base.group_system"):
            self._check_controller()
        self.sudo()._let_go()
        self.env["o2c.report.request"].sudo().search(
            [("source_id", "in", self.ids), ("state", "=", "waiting")]
        ).write({"next_try_at": fields.Datetime.now()})
        self.env["o2c.report.request"]._wake()

    @api.model
    def _check_controller(self):
        if not self.env.user.has_group("o2c_base.group_credit_controller"):
            raise AccessError(
                self.env._("Credit reports are asked for by a credit controller.")
            )

    def _let_go(self):
        """Forget the pause and the alert."""
        self.write({"stopped": False, "paused_until": False, "health": "unknown"})
        self.activity_unlink(["o2c_credit.mail_activity_source"])

    def _price_now(self):
        """What a call costs; the test environment of a provider costs nothing."""
        self.ensure_one()
        return self.price if self.state == "on" else 0.0

    def _spent_since(self, day):
        """What was spent from a date on."""
        self.ensure_one()
        requests = self.env["o2c.report.request"].sudo()
        domain = [("source_id", "=", self.id), ("asked_last_at", ">=", day)]
        return requests._read_group(domain, [], ["paid:sum"])[0][0] or 0.0

    def _calls_left(self, now, per_customer):
        """How many customers may be asked for now.

        :return: (number, moment from which more may be asked or False)
        """
        self.ensure_one()
        if self.state == "off" or self.stopped:
            return 0, False
        if self.paused_until and self.paused_until > now:
            return 0, self.paused_until
        minute_ago = now - timedelta(minutes=1)
        calls = (
            self.env["o2c.report.request"]
            .sudo()
            ._read_group(
                [("source_id", "=", self.id), ("asked_last_at", ">", minute_ago)],
                [],
                ["calls_last:sum"],
            )[0][0]
            or 0
        )
        left = max(self.per_minute - calls, 0) // per_customer
        if not left and calls == 0:
            left = 1  # a customer may need more calls than fit in a minute
        later = now + timedelta(minutes=1)
        if price := self._price_now():
            affordable = self.budget - self._spent_since(now.date().replace(day=1))
            count = int((affordable + 0.000001) // (price * per_customer))
            if count < left:
                return max(count, 0), False
        return left, later

    def _alert(self, text):
        """One activity for the controller, whatever the number of failures."""
        self.ensure_one()
        kind = "o2c_credit.mail_activity_source"
        if self.activity_search([kind]):
            return
        owner = self.company_id._o2c_credit_owner()
        self.activity_schedule(kind, user_id=owner.id, note=text)
