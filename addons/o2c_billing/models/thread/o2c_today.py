"""Today: what billing should look at."""

from odoo import api, models
from odoo.tools import SQL, format_date

ROWS = 5


class O2cToday(models.AbstractModel):
    _inherit = "o2c.today"

    @api.model
    def _cards(self, company, today):
        cards = super()._cards(company, today)
        if company._o2c_mode("billing") == "off":
            return cards
        if self.env.user.has_group("o2c_base.group_billing_user"):
            cards += [
                self._card_received_billed(company, today),
                self._card_not_sent(company),
            ]
        return cards

    @api.model
    def _card_received_billed(self, company, today):
        """What came in, what was billed of it, what waits and how long."""
        received, billed, waiting, money, oldest = self._billing_figures(company, today)
        waits = self.env["o2c.billing.event"].search(
            [("company_id", "=", company.id), ("state", "in", ("waiting", "failed"))],
            limit=ROWS,
        )
        failed = waits.filtered(lambda event: event.state == "failed")
        hint = self._billing_hint(received, billed, oldest)
        return {
            "key": "billing_waiting",
            "section": "billing",
            "sequence": 200,
            "title": self.env._("Delivered, not invoiced"),
            "value": self._money(money, company.currency_id),
            "hint": hint,
            "tone": "bad" if failed else "warn" if waiting else "good",
            "action": self._billing_action(
                "o2c_billing.o2c_billing_event_action",
                {"search_default_waiting": 1, "search_default_failed": 1},
            ),
            "rows": [
                {
                    "label": f"{event.partner_id.display_name} · "
                    f"{event.order_id.name or event.key}",
                    "value": self._money(event.amount, company.currency_id),
                    "tone": "bad" if event.state == "failed" else "neutral",
                    "action": self._open_record(event),
                }
                for event in waits
            ],
            "empty": self.env._("Everything delivered has been invoiced."),
        }

    @api.model
    def _billing_hint(self, received, billed, oldest):
        """The week in one line."""
        hint = self.env._(
            "Last 7 days: %(received)s received, %(billed)s billed",
            received=received,
            billed=billed,
        )
        if not oldest:
            return hint
        return self.env._(
            "%(hint)s. Oldest waits since %(date)s",
            hint=hint,
            date=format_date(self.env, oldest),
        )

    @api.model
    def _billing_figures(self, company, today):
        """Received and billed in a week; waiting, its worth, its oldest: one SQL."""
        self.env["o2c.billing.event"].flush_model()
        [row] = self.env.execute_query(
            SQL(
                """
                SELECT count(*) FILTER (WHERE date > %(today)s::date - 7),
                       count(*) FILTER (
                           WHERE date > %(today)s::date - 7
                             AND state IN ('posted', 'sent')
                       ),
                       count(*) FILTER (WHERE state IN ('waiting', 'failed')),
                       COALESCE(sum(amount) FILTER (
                           WHERE state IN ('waiting', 'failed')
                       ), 0),
                       min(date) FILTER (WHERE state IN ('waiting', 'failed'))
                  FROM o2c_billing_event
                 WHERE company_id = %(company)s
                   AND (date > %(today)s::date - 7 OR state IN ('waiting', 'failed'))
                """,
                company=company.id,
                today=today,
            )
        )
        return row

    @api.model
    def _card_not_sent(self, company):
        """Invoices that cannot leave."""
        domain = [
            ("company_id", "=", company.id),
            ("o2c_send_state", "in", ("blocked", "failed")),
        ]
        moves = self.env["account.move"]
        stuck = moves.search(domain, order="invoice_date, id", limit=ROWS)
        count = moves.search_count(domain)
        return {
            "key": "billing_not_sent",
            "section": "billing",
            "sequence": 220,
            "title": self.env._("Invoices that cannot be sent"),
            "value": str(count),
            "tone": "bad" if count else "good",
            "action": self._billing_action(
                "o2c_billing.o2c_send_action", {"search_default_problem": 1}
            ),
            "rows": [
                {
                    "label": f"{move.partner_id.display_name} · "
                    f"{move.o2c_send_reason or ''}",
                    "value": self._money(move.amount_total, move.currency_id),
                    "tone": "bad",
                    "action": self._open_record(move),
                }
                for move in stuck
            ],
            "empty": self.env._("Every invoice reached its customer."),
        }

    @api.model
    def _billing_action(self, xmlid, context):
        action = self.env["ir.actions.act_window"]._for_xml_id(xmlid)
        return action | {"context": context}
