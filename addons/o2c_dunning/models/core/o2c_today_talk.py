"""Cards of the Today screen about what was agreed, objected to and asked."""

from odoo import api, models
from odoo.tools import format_date


class O2cToday(models.AbstractModel):
    _inherit = "o2c.today"

    @api.model
    def _cards(self, company, today):
        cards = super()._cards(company, today)
        if company._o2c_mode("dunning") == "off":
            return cards
        cards += [
            self._questions_card(company, today),
            self._disputes_card(company, today),
            self._plans_card(company),
            self._told_card(company),
        ]
        return [card for card in cards if card]

    @api.model
    def _talk_card(self, model, domain, action, label, **values):
        """A card that counts records; nothing when there are none.

        :param str action: xmlid of the list
        :param label: what a record's row says on the right
        """
        records = self.env[model].search(domain, limit=500)
        if not records:
            return None
        found = self.env["ir.actions.act_window"]._for_xml_id(action)
        return {
            "section": "collecting",
            "value": str(len(records)),
            "action": found | {"domain": domain, "context": {}},
            "rows": [
                {
                    "label": one.partner_id.display_name,
                    "value": label(one),
                    "action": self._open_record(one),
                }
                for one in records[:5]
            ],
            **values,
        }

    @api.model
    def _questions_card(self, company, today):
        """Questions that wait for this user, or that everybody let pass."""
        domain = [("company_id", "=", company.id), ("state", "=", "open")]
        domain += ["|", ("user_id", "in", (False, self.env.uid))]
        domain += [("deadline", "<", today)]
        return self._talk_card(
            "o2c.question",
            domain,
            "o2c_dunning.o2c_question_action",
            lambda one: format_date(self.env, one.deadline),
            key="dunning_questions",
            sequence=402,
            title=self.env._("Questions to answer"),
            tone="warn",
        )

    @api.model
    def _disputes_card(self, company, today):
        """Disputes of this user and those past their deadline; who collects or guards
        the credit also sees what waits for others."""
        domain = [("company_id", "child_of", company.id), ("state", "=", "open")]
        user = self.env.user
        if not (
            user.has_group("o2c_base.group_collector")
            or user.has_group("o2c_base.group_credit_controller")
        ):
            domain += ["|", ("user_id", "=", user.id), ("deadline", "<", today)]
        return self._talk_card(
            "o2c.dispute",
            domain,
            "o2c_dunning.o2c_dispute_action",
            lambda one: self.env._(
                "%(amount)s, by %(day)s",
                amount=self._money(one.amount, one.currency_id),
                day=format_date(self.env, one.deadline),
            ),
            key="dunning_disputes",
            sequence=404,
            title=self.env._("Disputes to answer"),
            tone="warn",
        )

    @api.model
    def _plans_card(self, company):
        """Payment plans that wait for approval, for those who may give it."""
        if not self.env.user.has_group("o2c_base.group_collecting_manager"):
            return None
        return self._talk_card(
            "o2c.payment.plan",
            [("company_id", "=", company.id), ("state", "=", "waiting")],
            "o2c_dunning.o2c_payment_plan_action",
            lambda one: self._money(one.total, one.currency_id),
            key="dunning_plans",
            sequence=408,
            title=self.env._("Payment plans to approve"),
            tone="warn",
        )

    @api.model
    def _told_card(self, company):
        """Letters to print, and mails that did not leave."""
        if not self.env.user.has_group("o2c_base.group_collector"):
            return None
        return self._talk_card(
            "o2c.customer.letter",
            [("company_id", "=", company.id), ("state", "in", ("print", "failed"))],
            "o2c_dunning.o2c_customer_letter_action",
            lambda one: one.failure_reason or one.subject or "",
            key="dunning_told",
            sequence=422,
            title=self.env._("Other letters to print or send again"),
            tone="neutral",
        )
