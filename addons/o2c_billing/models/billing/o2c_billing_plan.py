"""When an event may be invoiced, and what stands together with it."""

from odoo import api, fields, models
from odoo.tools import format_amount, format_date

from ...policy import rhythm as policy


class O2cBillingEvent(models.Model):
    _inherit = "o2c.billing.event"

    planned_date = fields.Date(
        string="Planned",
        readonly=True,
        help="The period of the customer closes on this day; the invoice is made in "
        "the night after it. Empty: at once.",
    )
    group_key = fields.Char(
        readonly=True, help="Events with the same group are worked together."
    )
    invoice_by = fields.Date(
        readonly=True,
        help="The law wants the invoice by the 15th of the month after the delivery.",
    )

    @api.depends("state", "reason", "move_id", "planned_date", "partner_id")
    @api.depends_context("lang")
    def _compute_waits_because(self):
        result = super()._compute_waits_because()
        for event in self:
            if event.state == "waiting" and not event.waits_because:
                event.waits_because = event._planned_words()
        return result

    def _planned_words(self):
        """What a waiting event waits for."""
        if self.planned_date and self.planned_date >= self.company_id._o2c_today():
            rhythm = self._rhythms(self.partner_id, self.company_id)[self.partner_id]
            return rhythm._waiting_words(rhythm.kind, self.planned_date)
        if self.company_id._o2c_mode("billing") == "live":
            return self.env._("Waits for the next run of the billing queue.")
        return self.env._("Billing only watches: invoice it yourself.")

    @api.model
    def _rhythms(self, partners, company):
        """The rhythm of customers in a company.

        :return: dict of partner to ``o2c.billing.rhythm`` (may be empty)
        """
        usual = company.sudo().o2c_billing_rhythm_id
        return {
            partner: partner.commercial_partner_id.sudo()
            .with_company(company)
            .o2c_billing_rhythm_id
            or usual
            for partner in partners
        }

    @api.model
    def _planning(self, values, rhythm, today):
        """Closing day, group and last legal day of an event with these values.

        :param dict values: of the event
        :param rhythm: ``o2c.billing.rhythm`` record of the customer
        :param date today: the day on which it became known
        """
        day = max(values["date"], today)
        planned = policy.closing(rhythm._policy(), day)
        partner, bundle = values["partner_id"], rhythm.bundle or "order"
        if values.get("corrects_id") and values["quantity"] < 0:
            planned, key = None, f"c{partner}/{values.get('dossier')}"
        elif bundle == "together":
            key = f"p{partner}"
        elif values.get("order_id") and bundle == "order":
            key = f"o{values['order_id']}"
        else:
            reference = values.get("reference") or ""
            if values.get("order_id"):
                order = self.env["sale.order"].browse(values["order_id"])
                reference = order.client_order_ref or order.name
            key = f"r{partner}/{reference}"
        return {
            "planned_date": planned,
            "group_key": key,
            "invoice_by": policy.invoice_by(values["date"]),
        }

    def _plan(self):
        """Plan again: the customer or his rhythm changed."""
        for company, events in self.grouped("company_id").items():
            rhythms = self._rhythms(events.partner_id, company)
            today = company._o2c_today()
            for event in events:
                values = {
                    "date": event.date,
                    "partner_id": event.partner_id.id,
                    "order_id": event.order_id.id,
                    "corrects_id": event.corrects_id.id,
                    "quantity": event.quantity,
                    "reference": event.reference,
                    "dossier": event.dossier,
                }
                plan = self._planning(values, rhythms[event.partner_id], today)
                event._silent().write(plan)

    # Amounts too small to invoice

    @api.model
    def _hold_small(self, groups, company, today):
        """Leave out groups whose amount is below the minimum of their customer.

        :param list groups: tuples of ids, partner id, amount, oldest date
        :return: list of lists of ids to work
        """
        minimum = self.env["o2c.billing.rhythm"].search_count(
            [("minimum", ">", 0)], limit=1
        )
        if not minimum:
            return [ids for ids, *_rest in groups]
        partners = self.env["res.partner"].browse([row[1] for row in groups])
        rhythms = self._rhythms(partners, company)
        kept = []
        for ids, partner, amount, oldest in groups:
            rhythm = rhythms[partners.browse(partner)]
            if policy.enough(rhythm._policy(), amount, oldest, today):
                kept.append(ids)
            else:
                self.browse(ids)._wait_for_more(rhythm, oldest)
        return kept

    def _wait_for_more(self, rhythm, oldest):
        reason = self.env._(
            "Waits until %(amount)s can be invoiced, at the latest on %(date)s.",
            amount=format_amount(self.env, rhythm.minimum, self.company_id.currency_id),
            date=format_date(self.env, policy.latest(rhythm._policy(), oldest)),
        )
        self.filtered(lambda event: event.reason != reason)._silent().write(
            {"reason": reason}
        )
