"""Today: what did not arrive, what was refused, what was never charged on."""

from odoo import api, models
from odoo.tools import format_date

ROWS = 5


class O2cToday(models.AbstractModel):
    _inherit = "o2c.today"

    @api.model
    def _cards(self, company, today):
        cards = super()._cards(company, today)
        if company._o2c_mode("billing") == "off":
            return cards
        if not self.env.user.has_group("o2c_base.group_billing_user"):
            return cards
        if not self.env["o2c.billing.source"].search_count(
            [("company_id", "=", company.id)], limit=1
        ):
            return cards
        return [
            *cards,
            self._card_incomplete(company),
            self._card_refused(company),
            self._card_advances(company),
        ]

    @api.model
    def _card_incomplete(self, company):
        """Days of which something did not arrive."""
        domain = [
            ("company_id", "=", company.id),
            ("state", "in", ("missing", "too_many", "no_total")),
        ]
        days = self.env["o2c.source.day"]
        count = days.search_count(domain)
        shown = days.search(domain, limit=ROWS)
        states = dict(days._fields["state"]._description_selection(self.env))
        return {
            "key": "billing_incomplete",
            "section": "billing",
            "sequence": 202,
            "title": self.env._("Days that are not complete"),
            "value": str(count),
            "hint": self.env._("What other systems made, against what arrived here"),
            "tone": "bad" if count else "good",
            "action": self._billing_action(
                "o2c_billing.o2c_source_day_action", {"search_default_red": 1}
            ),
            "rows": [
                {
                    "label": " · ".join(
                        (day.source_id.name, format_date(self.env, day.date))
                    ),
                    "value": day.gap_words or states[day.state],
                    "tone": "warn" if day.state == "no_total" else "bad",
                    "action": self._open_record(day),
                }
                for day in shown
            ],
            "empty": self.env._("Everything that was made arrived."),
        }

    @api.model
    def _card_refused(self, company):
        """Events and mails that could not be taken."""
        events = self.env["o2c.source.refusal"]
        domain = [("company_id", "=", company.id), ("state", "=", "open")]
        count = events.search_count(domain)
        mails = self.env["o2c.source.batch"].search(
            [
                ("company_id", "=", company.id),
                ("channel", "=", "mail"),
                ("state", "=", "failed"),
            ],
            limit=ROWS,
        )
        rows = [
            {
                "label": f"{one.source_id.name} · {one.key}",
                "value": (one.reason or "").split("\n")[0][:60],
                "tone": "bad",
                "action": self._open_record(one),
            }
            for one in events.search(domain, limit=ROWS)
        ]
        rows += [
            {
                "label": f"{mail.source_id.name} · {mail.name}",
                "value": (mail.reason or "").split("\n")[0][:60],
                "tone": "bad",
                "action": self._open_record(mail),
            }
            for mail in mails
        ]
        return {
            "key": "billing_refused",
            "section": "billing",
            "sequence": 204,
            "title": self.env._("Reported, not taken"),
            "value": str(count + len(mails)),
            "tone": "bad" if rows else "good",
            "action": self._billing_action(
                "o2c_billing.o2c_source_refusal_action", {"search_default_open": 1}
            ),
            "rows": rows[:ROWS],
            "empty": self.env._("Everything that was reported was taken."),
        }

    @api.model
    def _card_advances(self, company):
        """Money paid for customers that nobody charged on."""
        advances = self.env["o2c.advance.report"]
        domain = [("company_id", "=", company.id), ("balance", ">", 0)]
        [(total, count)] = advances._read_group(
            domain, aggregates=["balance:sum", "__count"]
        )
        return {
            "key": "billing_advances",
            "section": "billing",
            "sequence": 206,
            "title": self.env._("Paid for customers, not charged on"),
            "value": self._money(total or 0.0, company.currency_id),
            "hint": (
                self.env._("One file")
                if count == 1
                else self.env._("%s files", count)
                if count
                else ""
            ),
            "tone": "warn" if count else "good",
            "action": self._billing_action(
                "o2c_billing.o2c_advance_report_action", {"search_default_open": 1}
            ),
            "rows": [
                {
                    "label": " · ".join(
                        filter(None, (one.partner_id.display_name, one.dossier))
                    ),
                    "value": self._money(one.balance, company.currency_id),
                    "tone": "bad" if one.age > 14 else "warn",
                    "action": one.action_open_entries(),
                }
                for one in advances.search(domain, limit=ROWS)
            ],
            "empty": self.env._("Everything you paid for customers was charged on."),
        }
