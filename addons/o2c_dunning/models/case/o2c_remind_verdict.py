"""Tonight's list: for every open item, reminded or not, and why."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_date

from ...policy.message import asks
from ...policy.working_days import next_working_day

#: Days ahead for which a verdict is written.
HORIZON = 14
#: Reason codes of the policy, as people read them.
REASONS = [
    ("remind", "Will be reminded"),
    ("not_due", "Not due yet"),
    ("step_later", "Next step comes later"),
    ("interval", "Too soon after the previous reminder"),
    ("ladder_done", "All steps were taken"),
    ("no_ladder", "No ladder"),
    ("no_followup", "Excluded from follow-up"),
    ("insolvent", "Customer is insolvent"),
    ("factored", "Assigned to a factoring company"),
    ("direct_debit", "Is being collected by direct debit"),
    ("may_offset", "You owe him as much, overdue"),
    ("at_agency", "Handed over for collection"),
    ("not_in_default", "Not in default yet: stays out of the 14-day letter"),
    ("hand_over", "End of the ladder: hand-over proposed"),
    ("vulnerable", "Vulnerable debtor"),
    ("before_start", "Fell due before the start date"),
    ("blocked", "Payment is blocked"),
    ("in_payment", "Payment is being booked"),
    ("payment_under_way", "Online payment under way"),
    ("disputed", "In dispute"),
    ("on_plan", "In a payment plan"),
    ("plan_waits", "A payment plan waits for approval"),
    ("promised", "Payment was promised"),
    ("question", "Customer asked something, not answered yet"),
    ("answered", "Customer wrote back, not read yet"),
    ("on_pause", "Customer is on pause"),
    ("other_payer", "Somebody else pays for him"),
    ("other_channel", "Wants to hear from a person only"),
    ("paused", "Case is paused"),
    ("document_bounced", "Invoice came back"),
    ("never_sent", "Invoice was never sent"),
    ("credit_covers", "Credit note or unmatched payment covers it"),
    ("bank_line", "Unmatched bank line looks like his"),
    ("bank_stale", "Bank data is too old"),
    ("below_tolerance", "Amount too small"),
    ("waits_approval", "Reminder waits for approval"),
    ("not_sent_yet", "Previous reminder has not left yet"),
    ("previous_unsent", "Previous step has not left yet"),
    ("reminder_bounced", "Previous reminder came back"),
    ("previous_bounced", "Previous step came back"),
    ("not_chosen", "Not chosen in this run by hand"),
    ("failed", "Could not be judged"),
]


class O2cRemindVerdict(models.Model):
    """The verdict on one open item in the last run of a company."""

    _name = "o2c.remind.verdict"
    _description = "Reminder Verdict"
    _order = "due, id"
    _rec_name = "label"

    company_id = fields.Many2one(
        "res.company", required=True, index=True, ondelete="cascade", readonly=True
    )
    run_id = fields.Many2one("o2c.run", ondelete="set null", readonly=True)
    date = fields.Date(required=True, readonly=True)
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        required=True,
        index=True,
        ondelete="cascade",
        readonly=True,
    )
    currency_id = fields.Many2one(
        "res.currency", required=True, ondelete="cascade", readonly=True
    )
    move_id = fields.Many2one(
        "account.move",
        string="Invoice",
        required=True,
        index=True,
        ondelete="cascade",
        readonly=True,
    )
    instalment = fields.Integer(readonly=True)
    label = fields.Char(string="Number", readonly=True)
    due = fields.Date(string="Due Date", readonly=True)
    days_late = fields.Integer(readonly=True, aggregator="avg")
    amount_open = fields.Monetary(string="Open", readonly=True)
    amount_asked = fields.Monetary(
        string="Asked",
        readonly=True,
        help="Open, less what is in dispute and what a credit note or payment covers.",
    )
    ladder_id = fields.Many2one(
        "o2c.dunning.ladder", ondelete="set null", readonly=True
    )
    step_id = fields.Many2one("o2c.dunning.step", ondelete="set null", readonly=True)
    reason = fields.Selection(
        REASONS, required=True, readonly=True, help="What weighs most."
    )
    reasons = fields.Char(
        string="Reason Codes", readonly=True, help="Every reason, heaviest first."
    )
    next_on = fields.Date(string="Next Step On", readonly=True)

    @api.model
    def _replace(self, company, run, rules, judged, partner_ids=None):
        """Write the verdicts of a run; those of earlier runs make room.

        :param judged: list of (account, message), message None when judging failed
        :param partner_ids: only these customers were judged; everybody when not given
        """
        some = SQL()
        if partner_ids is not None:
            some = SQL("AND partner_id = ANY(%s)", list(partner_ids))
        self.env.execute_query(
            SQL(
                "DELETE FROM o2c_remind_verdict WHERE company_id = %s %s",
                company.id,
                some,
            )
        )
        rows = [
            row
            for account, message in judged
            for row in self._verdict_rows(account, message, rules)
        ]
        self.env["o2c.dunning.case"]._insert(
            self, rows, company_id=company.id, run_id=run.id, date=rules.today
        )
        self.invalidate_model()

    @api.model
    def _verdict_rows(self, account, message, rules):
        """Values of the verdicts of one customer."""
        today = rules.today
        verdicts = message.verdicts if message else ()
        # nothing leaves tonight: nothing is asked either
        goes = any(verdict.step for verdict in verdicts)
        if message is None:
            return [self._row(account, item, today, "failed") for item in account.items]
        return [
            self._row(
                account,
                verdict.item,
                today,
                verdict.reasons[0] if verdict.reasons else "remind",
                reasons=",".join(verdict.reasons),
                step_id=verdict.step.key if verdict.step else None,
                amount_asked=float(verdict.asked) if goes and asks(verdict) else 0.0,
                next_on=verdict.on and verdict.on.isoformat(),
                facts=self._told(account, verdict, rules),
            )
            for verdict in verdicts
            if not self._far_away(verdict, today)
        ]

    @api.model
    def _far_away(self, verdict, today):
        """Items that nobody asks about yet: their first step is weeks ahead."""
        early = verdict.reasons[:1] == ("not_due",) and not verdict.overdue
        return early and verdict.on and (verdict.on - today).days > HORIZON

    @api.model
    def _row(self, account, item, today, reason, **more):
        """Values of one verdict."""
        ledger = item.key
        return {
            "partner_id": account.partner_id,
            "currency_id": account.currency_id,
            "ladder_id": account.ladder_id or None,
            "move_id": ledger.move_id,
            "instalment": ledger.instalment,
            "label": ledger.label,
            "due": item.due.isoformat(),
            "days_late": max(0, (today - item.due).days),
            "amount_open": float(item.open),
            "amount_asked": 0.0,
            "reason": reason,
            "reasons": "",
            "step_id": None,
            "next_on": None,
            "facts": None,
        } | more

    def action_open_move(self):
        """Open the invoice behind the verdict."""
        self.ensure_one()
        return self.env["o2c.today"]._open_record(self.move_id)

    @api.model
    def action_preview(self):
        """Judge everybody as the next run would, and show it. Nothing is sent.

        In a weekend and on a holiday that is the run of the next working day, where
        reminders count working days.
        """
        company = self.env.company.root_id
        self.env.user._o2c_check_collector()
        if company._o2c_mode("dunning") == "off":
            raise UserError(
                self.env._("Switch collecting to watch in the settings first.")
            )
        today, day = company._o2c_today(), self._next_reminding_day(company)
        cases = self.env["o2c.dunning.case"]
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "o2c_dunning.o2c_remind_verdict_action"
        )
        if day == today:
            cases._night(company, today, preview=True)
            return action
        cases._run(company, day, preview=True)
        words = format_date(self.env, day, date_format="EEEE d MMMM")
        return action | {"name": self.env._("Preview of %s", words)}

    @api.model
    def _next_reminding_day(self, company):
        """Today, or the next working day where today nobody is reminded."""
        today = company._o2c_today()
        counts = self.env["o2c.dunning.ladder"].sudo()
        counts = counts.search_count(
            [
                ("company_id", "in", (False, company.id)),
                ("working_days", "=", True),
            ],
            limit=1,
        )
        if not counts:
            return today
        ahead = today + timedelta(days=30)
        return next_working_day(today, company._o2c_holidays(today, ahead))
