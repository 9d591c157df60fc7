"""Cards of collecting on the Today screen."""

from odoo import api, models


class O2cToday(models.AbstractModel):
    _inherit = "o2c.today"

    @api.model
    def _cards(self, company, today):
        cards = super()._cards(company, today)
        collects = self.env.user.has_group("o2c_base.group_collector")
        if not collects or company._o2c_mode("dunning") == "off":
            return cards
        cards += [
            self._answered_card(company),
            self._approval_card(company),
            self._failed_card(company),
            self._letters_card(company),
            self._tonight_card(company),
            self._work_card(company, today),
        ]
        return [card for card in cards if card]

    @api.model
    def _notice_card(self, company, key, states, title, **values):
        """A card that counts reminders in a state; nothing when there are none."""
        domain = [("company_id", "=", company.id), ("state", "in", states)]
        domain += values.pop("domain", [])
        notices = self.env["o2c.dunning.notice"].search(domain, limit=500)
        if not notices:
            return None
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "o2c_dunning.o2c_dunning_notice_action"
        )
        return {
            "key": key,
            "section": "collecting",
            "title": title,
            "value": str(len(notices)),
            "hint": self._money(
                sum(notices.mapped("amount_company")), company.currency_id
            ),
            "action": action | {"domain": domain, "context": {}},
            "rows": [
                {
                    "label": notice.partner_id.display_name,
                    "value": notice.failure_reason
                    or self._money(notice.amount, notice.currency_id),
                    "action": self._open_record(notice),
                }
                for notice in notices[:5]
            ],
            **values,
        }

    @api.model
    def _approval_card(self, company):
        return self._notice_card(
            company,
            "dunning_approval",
            ["waiting"],
            self.env._("Reminders to approve"),
            sequence=410,
            tone="warn",
        )

    @api.model
    def _failed_card(self, company):
        return self._notice_card(
            company,
            "dunning_failed",
            ["failed"],
            self.env._("Reminders that did not leave"),
            sequence=415,
            tone="bad",
        )

    @api.model
    def _letters_card(self, company):
        return self._notice_card(
            company,
            "dunning_letters",
            ["approved", "queued"],
            self.env._("Letters to print and post"),
            domain=[("channel", "=", "letter")],
            sequence=420,
            tone="neutral",
        )

    @api.model
    def _answered_card(self, company):
        domain = [("company_id", "=", company.id), ("state", "!=", "closed")]
        domain += ["|", ("state", "=", "answered"), ("news", "!=", False)]
        cases = self.env["o2c.dunning.case"].search(domain, limit=500)
        if not cases:
            return None
        return self._case_card(
            cases,
            domain,
            key="dunning_answered",
            sequence=400,
            title=self.env._("Customers who wrote back"),
            tone="warn",
        )

    @api.model
    def _work_card(self, company, today):
        """The cases that the work list calls to do now."""
        model = self.env["o2c.dunning.case"]
        domain = list(model._work_due(company.root_id, today))
        cases = model.search(domain, limit=500)
        return self._case_card(
            cases,
            domain,
            key="dunning_work",
            sequence=430,
            title=self.env._("Your cases for today"),
            tone="neutral",
            empty=self.env._("Nothing planned for today."),
        )

    @api.model
    def _case_card(self, cases, domain, **values):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "o2c_dunning.o2c_dunning_case_action"
        )
        return {
            "section": "collecting",
            "value": str(len(cases)),
            "action": action | {"domain": domain, "context": {}},
            "rows": [
                {
                    "label": case.display_name,
                    "value": self._money(case.amount_due, case.currency_id),
                    "action": self._open_record(case),
                }
                for case in cases[:5]
            ],
            **values,
        }

    @api.model
    def _tonight_card(self, company):
        """What the last run decided, and why it left others alone."""
        verdicts = self.env["o2c.remind.verdict"]._read_group(
            [
                ("company_id", "=", company.id),
                ("reason", "not in", ("not_due", "step_later")),
            ],
            ["reason"],
            ["__count"],
        )
        if not verdicts:
            return None
        labels = dict(
            self.env["o2c.remind.verdict"]
            ._fields["reason"]
            ._description_selection(self.env)
        )
        counts = dict(verdicts)
        reminded = counts.pop("remind", 0)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "o2c_dunning.o2c_remind_verdict_action"
        )
        top = sorted(counts.items(), key=lambda item: -item[1])[:5]
        return {
            "key": "dunning_run",
            "section": "collecting",
            "sequence": 440,
            "title": self.env._("Invoices reminded in the last run"),
            "value": str(reminded),
            "hint": self.env._("%s left alone, by reason:", sum(counts.values())),
            "tone": "neutral",
            "action": action,
            "rows": [
                {
                    "label": labels[reason],
                    "value": str(count),
                    "action": action
                    | {"domain": [("reason", "=", reason)], "context": {}},
                }
                for reason, count in top
            ],
        }
