"""The customer on one card: who he is, what he owes and why, what to say to him."""

from odoo import api, models
from odoo.tools import format_amount, format_date

ITEMS = 60
#: What can be done with a case: the method with its key and its sign. Methods belong
#: to their own concepts; a system that lacks one shows no button for it.
BUTTONS = {
    "action_promise": ("p", "fa-handshake-o"),
    "action_plan": ("l", "fa-calendar"),
    "action_dispute": ("d", "fa-balance-scale"),
    "action_question": ("q", "fa-question-circle-o"),
    "action_pause": ("u", "fa-pause"),
    "action_resume": ("u", "fa-play"),
    "action_claim": ("i", "fa-percent"),
    "action_handover": ("h", "fa-gavel"),
}


class O2cDunningCase(models.Model):
    _inherit = "o2c.dunning.case"

    def get_work_case(self):
        """Everything the screen shows of one case, in a bounded number of queries.

        :return: dict for the screen
        """
        self.ensure_one()
        self._check_collector()
        today = self.company_id._o2c_today()
        states = dict(self._fields["state"]._description_selection(self.env))
        judged = self._judged_now(today)
        items, total = self._work_items(today, judged)
        return {
            "id": self.id,
            "name": self.display_name,
            "state": self.state,
            "state_label": states[self.state],
            "news": self._news_labels()[self.id],
            "news_items": self._news_items(),
            "pause": self.state == "paused" and self._pause_words(),
            "away": self._away_words(),
            "vulnerable": self._vulnerable_words(),
            "judged": self._judged_words(judged),
            "contact": self.contact_id != self.partner_id
            and self.contact_id.display_name,
            "phone": self.phone or "",
            "email": self.email or "",
            "amount": format_amount(self.env, self.amount_due, self.currency_id),
            "amount_due": self.amount_due,
            "promisable": round(self.amount_due, self.currency_id.decimal_places),
            "symbol": self.currency_id.symbol,
            "open": format_amount(self.env, total, self.currency_id),
            "collector": self.user_id.sudo().name or "",
            "team": self.team_id.sudo().name or "",
            "next_date": self._iso(self.next_action_date),
            "next_label": self.next_action_date
            and format_date(self.env, self.next_action_date),
            "next_action": self.next_action or "",
            "today": today.isoformat(),
            "why": self._rank_factors(),
            "rank": self.env["o2c.today"]._money(
                self.work_rank, self.company_id.currency_id
            ),
            "figures": self._work_figures(),
            "paying": (self.paying_text or "").splitlines(),
            "items": items,
            "script": self._work_script(),
            "timeline": self._work_timeline(),
            "results": self._work_results(),
            "buttons": self._work_buttons(),
            "stamp": self._work_stamp(),
        }

    def _iso(self, day):
        """A date as the screen wants it."""
        return day and day.isoformat() or ""

    def _pause_words(self):
        """Until when the case rests, and why."""
        return self.env._(
            "Paused until %(day)s: %(reason)s",
            day=format_date(self.env, self.paused_until),
            reason=self.pause_reason or "",
        )

    def _work_figures(self):
        """What credit knows of the customer, from the figures of last night.

        :return: dict with ``grade``, ``rows`` of label and value, and ``behaviour``;
            empty when credit keeps no figures
        """
        snapshot = self.env["o2c.customer.snapshot"].sudo()
        snapshot = snapshot.search(
            [
                ("partner_id", "=", self.partner_id.id),
                ("company_id", "=", self.company_id.id),
            ],
            limit=1,
        )
        if not snapshot:
            return {}
        money = self.env["o2c.today"]._money
        # the items beside it are of this moment
        day = format_date(self.env, snapshot.as_of, date_format="d MMM")
        owed = money(snapshot.receivables, self.company_id.currency_id)
        rows = [(self.env._("All receivables on %s", day), owed)]
        rows += self._work_limit(snapshot, money)
        if snapshot.open_holds:
            rows.append((self.env._("Orders on hold"), str(snapshot.open_holds)))
        if snapshot.last_paid_on:
            day = format_date(self.env, snapshot.last_paid_on)
            rows.append((self.env._("Last payment"), day))
        return {
            "grade": snapshot.grade or "",
            "insolvent": snapshot.insolvent,
            "over": snapshot.over_limit > 0,
            "rows": [{"label": label, "value": value} for label, value in rows],
            "behaviour": snapshot._behaviour_words().splitlines(),
        }

    def _work_limit(self, snapshot, money):
        """His limit, and what stands against it besides receivables."""
        currency = self.company_id.currency_id
        if snapshot.limit_kind == "cash":
            return [(self.env._("Credit limit"), self.env._("Cash only"))]
        if snapshot.limit_kind != "amount":
            return []
        rows = []
        besides = snapshot.exposure - snapshot.receivables
        if not currency.is_zero(besides):
            label = self.env._("Orders, drafts and credits")
            rows.append((label, money(besides, currency)))
        limit = money(snapshot.effective_limit, currency)
        rows.append((self.env._("Credit limit"), limit))
        if snapshot.over_limit > 0:
            over = money(snapshot.over_limit, currency)
            return [*rows, (self.env._("Over the limit"), over)]
        left = money(snapshot.headroom, currency)
        return [*rows, (self.env._("Can still order"), left)]

    def _work_items(self, today, judged):
        """The open items with the verdict on each, the oldest first.

        :param judged: verdicts of this moment, see ``_judged_now``; those of last night
            where there are none
        :return: (list of dicts, total open in the case's currency)
        """
        lines = self.env["account.move.line"].search(
            self._open_line_domain(), order="date_maturity, id"
        )
        reasons = dict(
            self.env["o2c.remind.verdict"]
            ._fields["reason"]
            ._description_selection(self.env)
        )
        verdicts = judged or self._judged_last_night()
        disputed = self.env["o2c.dunning.case"]._disputed_amounts(
            self.company_id, lines.move_id.ids
        )
        away, items = self._moves_away(lines.move_id.ids), []
        for line in lines[:ITEMS]:
            verdict = verdicts.get((line.move_id.id, line.date_maturity))
            late = line.date_maturity and (today - line.date_maturity).days
            part = min(
                disputed.get(line.move_id.id) or 0,
                max(0, line.amount_residual_currency),
            )
            reason = verdict and verdict["reason"]
            if line.move_id.id in away:
                reason = "at_agency"
            items.append(
                {
                    "id": line.id,
                    "move_id": line.move_id.id,
                    "label": verdict["label"] if verdict else line.move_id.name or "",
                    "due": format_date(self.env, line.date_maturity),
                    "late": max(0, late or 0),
                    "open": format_amount(
                        self.env, line.amount_residual_currency, self.currency_id
                    ),
                    "credit": line.amount_residual_currency < 0,
                    "verdict": reason and reasons.get(reason, ""),
                    "reminds": reason == "remind",
                    "next": verdict
                    and verdict["next_on"]
                    and reason not in ("remind", "at_agency")
                    and format_date(self.env, verdict["next_on"]),
                    "disputed": part
                    and format_amount(self.env, float(part), self.currency_id),
                }
            )
        return items, sum(lines.mapped("amount_residual_currency"))

    def _work_results(self):
        """What may come of a call, with the key that chooses it."""
        labels = self.env["o2c.call.result"]._fields["result"]
        return [
            {"key": key, "label": label, "hotkey": str(number)}
            for number, (key, label) in enumerate(
                labels._description_selection(self.env), 1
            )
        ]

    def _work_buttons(self):
        """What can be done with the case here: only what this system knows.

        :return: list of dicts with ``name`` (a method), ``label``, ``hotkey``, ``icon``
        """
        if self.state == "closed":
            return []
        labels, warnings = self._work_button_labels(), self._button_warnings()
        paused = self.state == "paused"
        return [
            {
                "name": name,
                "label": labels[name],
                "hotkey": key,
                "icon": icon,
                "ask": warnings.get(name, ""),
            }
            for name, (key, icon) in BUTTONS.items()
            if hasattr(self, name)
            and name != ("action_pause" if paused else "action_resume")
        ]

    @api.model
    def _work_button_labels(self):
        """What is written on each button."""
        return {
            "action_promise": self.env._("Promise"),
            "action_plan": self.env._("Payment plan"),
            "action_dispute": self.env._("Dispute"),
            "action_question": self.env._("Question"),
            "action_pause": self.env._("Pause"),
            "action_resume": self.env._("Resume"),
            "action_claim": self.env._("Cost and interest"),
            "action_handover": self.env._("Hand over"),
        }

    def run_work_button(self, name):
        """The dialog of one of the buttons; nothing else can be called this way.

        :param str name: a method that :meth:`_work_buttons` offered
        :return: action dict
        """
        self.ensure_one()
        self._check_workable()
        if name not in {button["name"] for button in self._work_buttons()}:
            return False
        action = getattr(self, name)()
        if isinstance(action, dict) and action.get("target") == "new":
            # what is made there leaves the collector in his list
            context = dict(action.get("context") or {}, o2c_stay=True)
            action = action | {"context": context}
        return action
