"""What an account manager's customers will hear on the next working day, and a way to
say: not now."""

from datetime import timedelta

from markupsafe import Markup

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from ..models.case.o2c_dunning_case_hand import Selection
from ..policy.working_days import next_working_day

#: Longest pause that a seller sets: he asks for time, he does not stop collecting.
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
        """The list of the user's own customers, judged as the run of the next working
        day would."""
        user = self.env.user
        if not user.has_group("sales_team.group_sale_salesman"):
            raise AccessError(self.env._("Only account managers can do this."))
        company = self.env.company.root_id
        if company._o2c_mode("dunning") == "off":
            raise UserError(self.env._("Nobody is reminded: collecting is off."))
        mine = self.create(
            {
                "company_id": company.id,
                "date": self._next_day(company),
                "user_id": user.id,
            }
        )
        mine._foresee()
        day = format_date(self.env, mine.date, date_format="EEEE d MMMM")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Reminders on %s", day),
            "res_model": "o2c.tomorrow.line",
            "view_mode": "list",
            "domain": [("list_id", "=", mine.id)],
            "context": {"create": False},
            "help": mine._nobody_words(day),
        }

    @api.model
    def _next_day(self, company):
        """The next day on which reminders are written and leave: after tonight's run,
        never in a weekend or on a holiday of the company."""
        tomorrow = company._o2c_today() + timedelta(days=1)
        ahead = tomorrow + timedelta(days=30)
        return next_working_day(tomorrow, company._o2c_holidays(tomorrow, ahead))

    def _nobody_words(self, day):
        """What an empty list says: on which day nobody is reminded, and when they
        leave."""
        self.ensure_one()
        head = self.env._("None of your customers is reminded on %s", day)
        window = self.company_id.sudo()._o2c_dunning_window()
        if self.company_id.sudo()._o2c_mode("dunning") != "live":
            more = self.env._(
                "Collecting watches here: nothing is sent to anybody until it goes "
                "live."
            )
        elif window:
            more = self.env._(
                "Reminders are decided in the night and leave that day from %s "
                "o'clock.",
                f"{int(window.opens)}:{round(window.opens % 1 * 60):02}",
            )
        else:
            more = self.env._("Reminders are decided in the night and leave at once.")
        return Markup('<p class="o_view_nocontent_smiling_face">%s</p><p>%s</p>') % (
            head,
            more,
        )

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
            "name": self.env._("Not now: %s", self.partner_id.display_name),
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
        flag = (
            self.env["o2c.debtor.flag"]
            .sudo()
            .create(
                {
                    "partner_id": line.partner_id.id,
                    "company_id": line.company_id.id,
                    "kind": "pause",
                    "until": self.until,
                    "reason": self.reason,
                    "user_id": self.env.uid,
                }
            )
        )
        line.sudo().paused = True
        return self._answer(flag)

    def _answer(self, flag):
        """What was done, to who asked for it and in the customer's conversation."""
        words = self.env._(
            "No reminders to %(customer)s up to and including %(day)s. Collectors "
            "read your reason under Left Alone.",
            customer=flag.partner_id.display_name,
            day=format_date(self.env, flag.until),
        )
        trace = self.env._(
            "Asked for time: no reminders up to and including %s.",
            format_date(self.env, flag.until),
        )
        cases = self.env["o2c.dunning.case"].sudo()
        cases = cases.search(
            [
                ("partner_id", "=", flag.partner_id.id),
                ("company_id", "=", flag.company_id.id),
                ("state", "!=", "closed"),
            ]
        )
        for record in (*cases, flag.partner_id.sudo()):
            record._message_log(body=trace, author_id=self.env.user.partner_id.id)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": words,
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
