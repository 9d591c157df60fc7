"""A report that somebody asked a provider for."""

from odoo import api, fields, models

from .o2c_report_source import HEALTH

FAILURES = [
    ("timeout", "No answer in time"),
    ("unreachable", "Could not be reached"),
    ("certificate", "Could not prove who it is"),
    ("refused", "Refuses our key"),
    ("too_many", "Asked us to wait"),
    ("server", "Is out of order"),
    ("nonsense", "Answered nonsense"),
    ("not_found", "Knows no such number"),
    ("no_number", "The customer has no trade register number"),
    ("broken", "The answer could not be kept"),
]
#: Failure → health of the provider.
HEALTH_OF = {
    "timeout": "down",
    "unreachable": "down",
    "server": "down",
    "too_many": "slow",
    "nonsense": "nonsense",
    "refused": "refused",
    "certificate": "certificate",
}
assert set(HEALTH_OF.values()) <= dict(HEALTH).keys()


class O2cReportRequest(models.Model):
    """One customer, one provider, one time. Nothing is asked twice at once."""

    _name = "o2c.report.request"
    _description = "Requested Report"
    _order = "id desc"
    _rec_name = "partner_id"
    _check_company_auto = True
    _check_company_domain = models.check_company_domain_parent_of

    source_id = fields.Many2one(
        "o2c.report.source",
        string="Provider",
        required=True,
        index=True,
        ondelete="cascade",
        readonly=True,
    )
    company_id = fields.Many2one(related="source_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        required=True,
        index=True,
        ondelete="cascade",
        readonly=True,
    )
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("done", "Arrived"),
            ("missing", "Not in the register"),
            ("failed", "Failed"),
            ("cancelled", "Cancelled"),
        ],
        default="waiting",
        required=True,
        readonly=True,
        index=True,
    )
    user_id = fields.Many2one("res.users", string="Asked By", readonly=True)
    asked_on = fields.Datetime(
        default=fields.Datetime.now, required=True, readonly=True
    )
    cost = fields.Monetary(
        string="Expected Cost", readonly=True, help="As shown before it was asked."
    )
    paid = fields.Monetary(readonly=True, help="Calls made × price per call.")
    calls = fields.Integer(readonly=True)
    calls_last = fields.Integer(string="Calls of the Last Try", readonly=True)
    tries = fields.Integer(readonly=True)
    next_try_at = fields.Datetime(
        string="Next Try", default=fields.Datetime.now, readonly=True, index=True
    )
    asked_last_at = fields.Datetime(string="Last Try", readonly=True, index=True)
    failure = fields.Selection(FAILURES, string="What Happened", readonly=True)
    report_id = fields.Many2one(
        "o2c.credit.report", readonly=True, index="btree_not_null", ondelete="set null"
    )

    _waiting_uniq = models.UniqueIndex(
        "(source_id, partner_id) WHERE state = 'waiting'",
        "A report of this customer was already asked for and is on its way.",
    )
    _queue_idx = models.Index("(source_id, next_try_at) WHERE state = 'waiting'")

    @api.model
    def _ask(self, source, partners, user=None):
        """Queue requests; who already waits is not asked for again.

        :return: the new requests
        """
        waiting = self.sudo().search(
            [
                ("source_id", "=", source.id),
                ("partner_id", "in", partners.ids),
                ("state", "=", "waiting"),
            ]
        )
        provider = source.sudo()._provider()
        cost = source._price_now() * provider._calls(source.sudo())
        made = self.sudo().create(
            [
                {
                    "source_id": source.id,
                    "partner_id": partner.id,
                    "user_id": user.id if user else False,
                    "cost": cost,
                }
                for partner in partners - waiting.partner_id
            ]
        )
        if made:
            self._wake()
        return made

    @api.model
    def _wake(self, at=None):
        """Have the queue looked at, now or at a moment."""
        self.env.ref("o2c_credit.ir_cron_reports").sudo()._trigger(at)

    def action_cancel(self):
        """Forget a request that did not go out yet."""
        self.env["o2c.report.source"]._check_controller()
        self.filtered(lambda one: one.state == "waiting").sudo().state = "cancelled"

    def action_again(self):
        """Ask again after a failure; through the page that shows what it costs."""
        return self.env["o2c.report.fetch"]._open(
            self.partner_id, sources=self.source_id
        )

    def action_report(self):
        """Open the report that arrived."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "o2c.credit.report",
            "res_id": self.report_id.id,
            "views": [[False, "form"]],
        }
