"""What happened to a file once it had left: money, cost, news."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

EVENT_KINDS = [
    ("status", "News from the agency"),
    ("cost", "Cost of the agency"),
    ("paid_to_us", "Paid to us"),
    ("paid_by_agency", "Paid out by the agency"),
    ("step", "Step of the file"),
]


class O2cCollectionEvent(models.Model):
    """A line in the log of a file; money that came to us is told to the agency."""

    _name = "o2c.collection.event"
    _description = "Event of a Collection File"
    _order = "date desc, id desc"
    _rec_name = "text"

    file_id = fields.Many2one(
        "o2c.collection.file",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('state', 'in', ('handed_over', 'partly_paid'))]",
    )
    company_id = fields.Many2one(related="file_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(related="file_id.partner_id", string="Customer")
    agency_id = fields.Many2one(related="file_id.agency_id", store=True)
    currency_id = fields.Many2one(related="file_id.currency_id")
    kind = fields.Selection(EVENT_KINDS, default="status", required=True)
    date = fields.Date(required=True, default=lambda self: fields.Date.today())
    amount = fields.Monetary(help="Money that came in, or cost the agency charges.")
    text = fields.Char(string="What Happened")
    payment_id = fields.Many2one(
        "account.payment", readonly=True, index="btree_not_null", ondelete="set null"
    )
    reported_on = fields.Date(
        string="Told the Agency On",
        readonly=True,
        help="The agency must know of money that came to us, or it goes on "
        "collecting it.",
    )
    user_id = fields.Many2one(
        "res.users", readonly=True, default=lambda self: self.env.user
    )

    _amount_not_negative = models.Constraint(
        "CHECK(amount >= 0)", "Write an amount as a positive number."
    )

    @api.model_create_multi
    def create(self, vals_list):
        events = super().create(vals_list)
        if not self.env.su:
            events.file_id._check_collector()
            if set(events.mapped("kind")) - {"status", "cost"}:
                raise AccessError(
                    self.env._("Money and steps are noted by the books and buttons.")
                )
        return events

    def write(self, vals):
        """A log is written once."""
        if not self.env.su:
            raise UserError(
                self.env._("The log of a file is not changed. Add a line instead.")
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("The log of a file is kept."))

    def action_reported(self):
        """The agency was told of these payments, today."""
        self.file_id._check_collector()
        self.filtered(
            lambda event: event.kind == "paid_to_us" and not event.reported_on
        ).sudo().write({"reported_on": fields.Date.context_today(self)})
        self.file_id.sudo()._close_report_activity()
