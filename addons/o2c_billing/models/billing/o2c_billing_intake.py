"""How events come in: once, whoever reports them."""

import psycopg2

from odoo import api, fields, models


class O2cBillingEvent(models.Model):
    _inherit = "o2c.billing.event"

    @api.model
    def _record(self, vals_list):
        """Remember what was delivered, once per company, source and key.

        Nothing is remembered where billing is off, nor what was delivered before the
        start date. The queue is woken where billing is live.

        :param list vals_list: dicts with ``company_id``, ``source``, ``key``,
            ``quantity``, ``delivered_at``, and either ``order_line_id`` or
            ``partner_id`` with ``product_id`` or ``description``; optionally
            ``price_unit``, ``reference``, and ``early`` for what is taken along from
            before the start date
        :return: the new events
        """
        events = self.sudo()
        wanted = [
            values
            for values in (events._event_values(vals) for vals in vals_list)
            if values
        ]
        known = events._known_keys(wanted)
        new = []
        for values in wanted:
            name = (values["company_id"], values["source"], values["key"])
            if name not in known:
                known.add(name)
                new.append(values)
        created = events._create_once(new)
        if any(c._o2c_mode("billing") == "live" for c in created.company_id):
            events.env.ref("o2c_billing.o2c_billing_queue_cron")._trigger()
        return created

    @api.model
    def _create_once(self, vals_list):
        """Create; what another transaction recorded in the meantime is left to it."""
        if not vals_list:
            return self
        quiet = self.with_context(tracking_disable=True)
        try:
            with self.env.cr.savepoint():
                return quiet.create(vals_list)
        except psycopg2.errors.UniqueViolation:
            created = self
            for values in vals_list:
                try:
                    with self.env.cr.savepoint():
                        created |= quiet.create([values])
                except psycopg2.errors.UniqueViolation:
                    continue
            return created

    @api.model
    def _known_keys(self, vals_list):
        """Which of these events are recorded already: one query."""
        if not vals_list:
            return set()
        found = self.search_fetch(
            [
                ("company_id", "in", list({v["company_id"] for v in vals_list})),
                ("source", "in", list({v["source"] for v in vals_list})),
                ("key", "in", [v["key"] for v in vals_list]),
            ],
            ["company_id", "source", "key"],
        )
        return {(event.company_id.id, event.source, event.key) for event in found}

    @api.model
    def _event_values(self, vals):
        """Complete what the source reported; None when it is none of our business."""
        company = self.env["res.company"].browse(vals["company_id"])
        if company._o2c_mode("billing") == "off":
            return None
        moment = fields.Datetime.to_datetime(vals["delivered_at"])
        date = company._o2c_today(moment)
        start = company._o2c_start_date("billing")
        if start and date < start and not vals.get("early"):
            return None
        line = self.env["sale.order.line"].browse(vals.get("order_line_id"))
        values = dict(
            vals, delivered_at=moment, date=date, price_given="price_unit" in vals
        )
        if line:
            order = line.order_id
            values |= {
                "order_id": order.id,
                "partner_id": order.partner_invoice_id.id,
                "product_id": line.product_id.id,
                "description": line.name,
                "user_id": order.user_id.id,
                "amount": line._o2c_billing_amount(vals["quantity"]),
            }
        else:
            product = self.env["product.product"].browse(vals.get("product_id"))
            values.setdefault("description", product.display_name)
            values["amount"] = self._expected_amount(values)
            if values.get("source_id"):
                values.setdefault("reported_amount", values["amount"])
        values.setdefault("user_id", company.o2c_responsible_id.id)
        partner = self.env["res.partner"].browse(values["partner_id"])
        rhythm = self._rhythms(partner, company)[partner]
        return values | self._planning(values, rhythm, company._o2c_today())

    @api.model
    def _expected_amount(self, values):
        """What an event without an order will come to, in company currency."""
        company = self.env["res.company"].browse(values["company_id"])
        price = values.get("price_unit", 0.0)
        if not values["price_given"] and values.get("product_id"):
            price = float(self._agreed_price(values).amount)
        amount = price * values["quantity"]
        foreign = self.env["res.currency"].browse(values.get("price_currency_id"))
        if not foreign or foreign == company.currency_id:
            return company.currency_id.round(amount)
        return foreign._convert(amount, company.currency_id, company, values["date"])

    def _recount(self):
        """Its amount follows what a correction changed."""
        for event in self:
            values = {
                "company_id": event.company_id.id,
                "partner_id": event.partner_id.id,
                "product_id": event.product_id.id,
                "price_given": event.price_given,
                "price_unit": event.price_unit,
                "quantity": event.quantity,
                "price_currency_id": event.price_currency_id.id,
                "delivered_at": event.delivered_at,
                "date": event.date,
            }
            event._silent().write({"amount": self._expected_amount(values)})
