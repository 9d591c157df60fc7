"""What an account manager's customers will hear tomorrow, and a way to say: not now."""

from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError

from ..models.case.o2c_dunning_case_hand import Selection

#: Last day of a pause that a seller sets: he asks for time, he does not stop collecting.
LONGEST = 30


class O2cTomorrow(models.TransientModel):
    """Tomorrow's reminders to the customers of one account manager."""

    _name = "o2c.tomorrow"
    _description = "Reminders of Tomorrow"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="cascade"
    )
    date = fields.Date(readonly=True)
    user_id = fields.Many2one("res.users", string="Account Manager", readonly=True)
    line_ids = fields.One2many("o2c.tomorrow.line", "list_id", readonly=True)

    @api.model
    def action_open(self):
        """The list of the user's own customers, judged as tomorrow's run would."""
        user = self.env.user
        if not user.has_group("sales_team.group_sale_salesman"):
            raise AccessError(self.env._("Only account managers can do this."))
        company = self.env.company.root_id
        if company._o2c_mode("dunning") == "off":
            raise UserError(self.env._("Nobody is reminded: collecting is off."))
        mine = self.create(
            {
                "company_id": company.id,
                "date": company._o2c_today() + timedelta(days=1),
                "user_id": user.id,
            }
        )
        mine._foresee()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Reminders Tomorrow"),
            "res_model": "o2c.tomorrow.line",
            "view_mode": "list",
            "domain": [("list_id", "=", mine.id)],
            "context": {"create": False},
        }

    def _customers(self):
        """Commercial partners whose account manager is the user of this list."""
        self.ensure_one()
        partners = self.env["res.partner"].sudo()
        mine = partners.search([("user_id", "=", self.user_id.id)])
        return mine.commercial_partner_id.filtered(
            lambda one: not one.user_id or one.user_id == self.user_id
        )

    def _foresee(self):
        """Fill the list with what tomorrow's run would write."""
        self.ensure_one()
        cases = self.env["o2c.dunning.case"].sudo()
        selection = Selection(tuple(self._customers().ids))
        steps = self.env["o2c.dunning.step"].sudo()
        rows = []
        judged = cases._foresee(self.company_id, self.date, selection)
        for account, message in judged:
            if not message.step:
                continue
            step = steps.browse(message.step.key)
            numbers = [v.item.key.label for v in message.verdicts if v.step]
            rows.append(
                {
                    "partner_id": account.partner_id,
                    "currency_id": account.currency_id,
                    "amount": float(message.total),
                    "invoices": ", ".join(numbers),
                    "step_name": step.display_name,
                    "channel": account.channel or step.channel,
                    "oldest_due": min(v.item.due for v in message.verdicts if v.step),
                }
            )
        self.line_ids = [Command.create(row) for row in rows]


class O2cTomorrowLine(models.TransientModel):
    """One customer who will be reminded tomorrow."""

    _name = "o2c.tomorrow.line"
    _description = "Reminder of Tomorrow"
    _order = "amount desc, id"
    _rec_name = "partner_id"

    list_id = fields.Many2one("o2c.tomorrow", required=True, ondelete="cascade")
    company_id = fields.Many2one(related="list_id.company_id")
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    amount = fields.Monetary(string="Asked", readonly=True)
    invoices = fields.Char(readonly=True, help="Invoices that take a step.")
    step_name = fields.Char(string="Reminder", readonly=True)
    channel = fields.Char(readonly=True)
    oldest_due = fields.Date(readonly=True)
    paused = fields.Boolean(readonly=True)

    def action_pause(self):
        """Ask until when, and why."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Not Now"),
            "res_model": "o2c.tomorrow.pause",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_line_id": self.id},
        }


class O2cTomorrowPause(models.TransientModel):
    """The account manager's word: until when, and why."""

    _name = "o2c.tomorrow.pause"
    _description = "Pause by the Account Manager"

    line_id = fields.Many2one("o2c.tomorrow.line", required=True, ondelete="cascade")
    company_id = fields.Many2one(related="line_id.company_id")
    partner_id = fields.Many2one(related="line_id.partner_id", string="Customer")
    until = fields.Date(
        string="No Reminders Until",
        required=True,
        default=lambda self: fields.Date.add(fields.Date.context_today(self), days=7),
        help="The last day without reminders, at most a month ahead.",
    )
    reason = fields.Char(required=True, help="The collector reads it.")

    def action_apply(self):
        """Put the customer on pause; collectors see who did it and why."""
        self.ensure_one()
        line = self.line_id
        mine = line.list_id.user_id == self.env.user
        if not mine or line.partner_id not in line.list_id._customers():
            raise AccessError(self.env._("This is not your customer."))
        today = line.company_id.sudo()._o2c_today()
        if not today <= self.until <= today + timedelta(days=LONGEST):
            raise UserError(
                self.env._("Choose a day from today on, at most a month ahead.")
            )
        self.env["o2c.debtor.flag"].sudo().create(
            {
                "partner_id": line.partner_id.id,
                "company_id": line.company_id.id,
                "kind": "pause",
                "until": self.until,
                "reason": self.reason,
                "user_id": self.env.uid,
            }
        )
        line.sudo().paused = True
        return {"type": "ir.actions.act_window_close"}
