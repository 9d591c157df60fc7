"""What came of a call: a log that nobody rewrites."""

from odoo import api, fields, models
from odoo.exceptions import UserError

RESULTS = [
    ("reached", "Reached"),
    ("not_reached", "Not reached"),
    ("wrong_number", "Wrong number"),
    ("will_pay", "Will pay"),
    ("disputes", "Disputes it"),
    ("other", "Other"),
]
#: Results after a conversation with the customer.
SPOKEN = ("reached", "will_pay", "disputes", "other")


class O2cCallResult(models.Model):
    """One call to a customer about his case."""

    _name = "o2c.call.result"
    _description = "Call Result"
    _order = "at desc, id desc"
    _rec_name = "result"
    _check_company_auto = True

    case_id = fields.Many2one(
        "o2c.dunning.case",
        required=True,
        index=True,
        readonly=True,
        ondelete="restrict",
        check_company=True,
    )
    partner_id = fields.Many2one(
        related="case_id.partner_id", store=True, index=True, string="Customer"
    )
    segment_id = fields.Many2one(
        related="partner_id.o2c_segment_id", string="Segment", store=True
    )
    company_id = fields.Many2one(related="case_id.company_id", store=True, index=True)
    company_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Company Currency"
    )
    team_id = fields.Many2one(
        "o2c.collecting.team",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Caller",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    at = fields.Datetime(
        string="Moment", required=True, readonly=True, default=fields.Datetime.now
    )
    date = fields.Date(required=True, readonly=True, index=True)
    result = fields.Selection(
        RESULTS,
        required=True,
        readonly=True,
        help="Reached, will pay, disputes and other: somebody was spoken to.",
    )
    spoken = fields.Boolean(
        readonly=True, help="The customer himself was on the phone."
    )
    share_spoken = fields.Float(
        string="Share Spoken To",
        readonly=True,
        aggregator="avg",
        digits=(16, 1),
        help="Calls in which somebody was spoken to, as a part of all calls.",
    )
    note = fields.Text(readonly=True)
    amount = fields.Monetary(
        string="Overdue When Called",
        currency_field="company_currency_id",
        readonly=True,
        help="In company currency.",
    )
    next_date = fields.Date(
        string="Comes Back On", readonly=True, help="The day that was agreed next."
    )
    notice_id = fields.Many2one(
        "o2c.dunning.notice",
        string="Step",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
        help="The step of the ladder that this call was.",
    )

    @api.depends("result", "partner_id", "date")
    def _compute_display_name(self):
        names = dict(self._fields["result"]._description_selection(self.env))
        for call in self:
            who = call.partner_id.display_name or ""
            call.display_name = f"{who}: {names.get(call.result, '')}"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals["spoken"] = vals.get("result") in SPOKEN
            vals["share_spoken"] = 1.0 if vals["spoken"] else 0.0
        return super().create(vals_list)

    def write(self, vals):
        """A log is not rewritten, by nobody."""
        if vals:
            raise UserError(
                self.env._("What was noted of a call stays. Note another call instead.")
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._("What was noted of a call stays. Note another call instead.")
        )

    def action_open_case(self):
        """The case that the call was about."""
        self.ensure_one()
        return self.env["o2c.today"]._open_record(self.case_id)
