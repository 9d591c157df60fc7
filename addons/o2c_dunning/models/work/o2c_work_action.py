"""What a collector does from the work list. Every action ends in a next day, or in a
closed case."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from odoo.addons.o2c_base.tools.local_form import day_text

from ...policy.next_action import next_day
from .o2c_call_result import RESULTS


class O2cDunningCase(models.Model):
    _inherit = "o2c.dunning.case"

    def log_call(
        self,
        result,
        note="",
        next_date=None,
        next_action="",
        promise_date=None,
        promise_amount=0.0,
    ):
        """Note what came of a call; the case comes back on the day that was agreed, or
        after the days that the company set for this result.

        :param str result: as in ``o2c.call.result``
        :param next_date: day on which the case comes back; the usual one when empty
        :param promise_date: for *will pay*: the day he promised
        :param float promise_amount: what he promised; all that is overdue when empty
        :return: dict with ``next_date`` and ``words``
        """
        self.ensure_one()
        self._check_workable()
        if result not in dict(RESULTS):
            raise UserError(self.env._("Choose what came of the call."))
        today = self.company_id._o2c_today()
        day = self._day_ahead(next_date, today)
        if result == "will_pay":
            self._promise_on_the_phone(promise_date, promise_amount, note, today)
        day = day or self._usual_day(result, today)
        self.sudo().write({"next_action_date": day, "next_action": next_action or ""})
        self._note_call(result, note, day, today)
        return self._next_words()

    def plan_next(self, next_date, next_action=""):
        """Choose when the case comes back, and for what.

        :return: dict with ``next_date`` and ``words``
        """
        self.ensure_one()
        self._check_workable()
        day = self._day_ahead(next_date, self.company_id._o2c_today())
        if not day:
            raise UserError(
                self.env._("Choose the day on which this case comes back to your list.")
            )
        self.write({"next_action_date": day, "next_action": next_action or ""})
        return self._next_words()

    def after_work(self, stamp):
        """A dialog was closed: when something was done there, the case gets a day.

        :param str stamp: what :meth:`_work_stamp` said before
        :return: dict with ``done``, ``next_date`` and ``words``
        """
        self.ensure_one()
        self._check_collector()
        if self._work_stamp() == stamp:
            return {"done": False}
        today = self.company_id._o2c_today()
        if self.state != "closed" and not (
            self.next_action_date and self.next_action_date > today
        ):
            result = "will_pay" if self._promised_by_me(today) else "other"
            self.write({"next_action_date": self._usual_day(result, today)})
        return {"done": True, **self._next_words()}

    def _promised_by_me(self, today):
        """Whether this collector noted a promise today that still runs."""
        return self.promise_ids.filtered(
            lambda one: one.state == "open"
            and one.create_uid == self.env.user
            and self.company_id._o2c_today(one.create_date) == today
        )

    def read_answer(self):
        """The answer was read from the work list: reminders may go on."""
        self.ensure_one()
        stamp = self._work_stamp()
        self.action_read_answer()
        return self.after_work(stamp)

    def _check_workable(self):
        """A collector works an open case."""
        self._check_collector()
        if self.state == "closed":
            raise UserError(
                self.env._("This case is closed: nothing is left to collect.")
            )

    def _day_ahead(self, day, today):
        """A day as it was typed, not before today.

        :return: date, or None when none was given
        """
        day = fields.Date.to_date(day or None)
        if day and day < today:
            raise UserError(
                self.env._(
                    "%s lies behind us. Choose today or a later day.",
                    day_text(self.env, day),
                )
            )
        return day

    def _promise_on_the_phone(self, day, amount, note, today):
        """Write down what he promised during the call."""
        day = self._day_ahead(day, today)
        if not day:
            raise UserError(
                self.env._("When will he pay? Give the day that he promised.")
            )
        moves = self._promisable_moves()
        if not moves:
            raise UserError(self.env._("Nothing is due: there is nothing to promise."))
        # without invoices: the oldest that the amount reaches
        self.env["o2c.payment.promise"].create(
            {
                "case_id": self.id,
                "date": day,
                "amount": amount or self.amount_due,
                "source": "call",
                "note": note or "",
            }
        )

    def _usual_day(self, result, today):
        """The day on which a case comes back when nobody chose one.

        :param str result: of a call, or *other*
        """
        weights = self.env["o2c.work.weights"]._for_company(self.company_id)
        days = weights._days_after(result)
        if result == "will_pay" and self._left_to_collect(today):
            # he promised a part: the rest stays on the list
            return today
        return next_day(today, days, self._waits_until(today), self._days_off(today))

    def _waits_until(self, today):
        """Hook: last days of what is waited for; the case comes back after the first.

        :return: list of dates
        """
        self.ensure_one()
        waits = []
        if not self._left_to_collect(today):
            promises = self.promise_ids.filtered(lambda one: one.state == "open")
            waits += promises.mapped("until")
        if not self._undisputed(today):
            disputes = self.dispute_ids.filtered(lambda one: one.state == "open")
            waits += disputes.mapped("deadline")
        if self.state == "paused":
            waits.append(self.paused_until)
        return [day for day in waits if day]

    def _undisputed(self, today):
        """What is overdue and not in dispute: it goes on by itself, whatever becomes of
        the dispute.

        :return: amount in the currency of the case, zero at least
        """
        self.ensure_one()
        lines = self.env["account.move.line"].sudo().search(self._open_line_domain())
        late = lines.filtered(
            lambda line: line.amount_residual > 0
            and line.date_maturity
            and line.date_maturity < today
        )
        disputed = self.env["o2c.dunning.case"]._disputed_amounts(
            self.company_id, late.move_id.ids
        )
        left = 0.0
        for move, open_lines in late.grouped("move_id").items():
            part = float(disputed.get(move.id) or 0)
            left += max(0.0, sum(open_lines.mapped("amount_residual_currency")) - part)
        return 0.0 if self.currency_id.is_zero(left) else left

    def _left_to_collect(self, today):
        """What is overdue, and neither in dispute nor promised.

        :return: amount in the currency of the case, zero at least
        """
        self.ensure_one()
        lines = self.env["account.move.line"].sudo().search(self._open_line_domain())
        moves = lines.filtered(
            lambda line: line.date_maturity and line.date_maturity < today
        ).move_id
        promised = self.env["o2c.dunning.case"]._promised_moves(
            self.company_id, today, moves.ids
        )
        part = sum(float(amount) for _day, amount in promised.values())
        left = self._undisputed(today) - part
        return left if self.currency_id.compare_amounts(left, 0) > 0 else 0.0

    def _days_off(self, today):
        """Holidays of the company in the months to come."""
        ahead = fields.Date.add(today, months=6)
        return self.company_id._o2c_holidays(today, ahead)

    def _note_call(self, result, note, day, today):
        """One line in the log; a call that the ladder asked for was made."""
        notice = self.env["o2c.dunning.notice"]
        call = self.env["o2c.call.result"]
        due = notice.sudo().search(
            [
                ("case_id", "=", self.id),
                ("channel", "=", "call"),
                ("state", "=", "queued"),
            ],
            limit=1,
        )
        rates = self._rates_to_company(self.company_id, today, self.currency_id.ids)
        entry = call.sudo().create(
            {
                "case_id": self.id,
                "user_id": self.env.uid,
                "team_id": self.team_id.id,
                "date": today,
                "result": result,
                "note": note or "",
                "amount": self.amount_due * float(rates[self.currency_id.id]),
                "next_date": day,
                "notice_id": due.id,
            }
        )
        if entry.spoken:
            due.sudo(False).action_posted()
        if result == "wrong_number":
            self._ask_for_number(note)
        return entry

    def _ask_for_number(self, note):
        """Somebody has to find another number."""
        self.env["o2c.contact.task"].sudo()._open(
            self.contact_id or self.partner_id,
            self.company_id,
            "other",
            self.env._("The phone number is wrong: %s", note or self.phone or ""),
        )

    def _next_words(self):
        """What the screen says after an action."""
        self.ensure_one()
        day = self.next_action_date
        if self.state == "closed" or not day:
            words = self.env._("%s: closed", self.display_name)
        else:
            words = self.env._(
                "%(customer)s comes back on %(day)s",
                customer=self.display_name,
                day=format_date(self.env, day),
            )
        return {"next_date": day and fields.Date.to_string(day), "words": words}

    @api.model
    def _work_models(self):
        """Hook: models with a case that collectors make records of from the list."""
        return (
            "o2c.payment.promise",
            "o2c.payment.plan",
            "o2c.question",
            "o2c.collection.file",
            "o2c.claim",
        )

    def _work_stamp(self):
        """What was there of this case: differs as soon as something was done."""
        self.ensure_one()
        parts = [self.state, self.paused_until, self.next_action_date, self.user_id.id]
        for name in self._work_models():
            model = self.env.get(name)
            if model is not None and "case_id" in model._fields:
                parts.append(model.sudo().search_count([("case_id", "=", self.id)]))
        disputes = self.env["o2c.dispute"].sudo()
        parts.append(
            disputes.search_count(
                [
                    ("partner_id", "=", self.partner_id.id),
                    ("company_id", "child_of", self.company_id.id),
                ]
            )
        )
        return "|".join(str(part or "") for part in parts)
