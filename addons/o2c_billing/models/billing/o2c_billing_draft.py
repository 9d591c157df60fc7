"""Drafting: events become lines of invoices and credit notes."""

from odoo import models
from odoo.exceptions import UserError

from ...policy import billable as policy
from ...policy import rhythm
from .o2c_billing_document import Documents

#: Sources whose events always speak of an order line.
ORDER_SOURCES = ("delivery", "service", "order", "measured", "backlog")


class O2cBillingEvent(models.Model):
    _inherit = "o2c.billing.event"

    def _draft(self, today):
        """Make the drafts of these events.

        :return: ``account.move`` records
        """
        ordered = self.filtered("order_line_id")
        orphans = (self - ordered).filtered(lambda e: e.source in ORDER_SOURCES)
        if orphans:
            orphans._needs_person(policy.CANCELLED)
        ready, quantities = ordered._settle()
        free = (self - ordered - orphans)._ready_free()
        credits = free.filtered(
            lambda event: event.corrects_id.move_id and event.quantity < 0
        )
        moves = credits._draft_credits(today)
        for setting, events in (ready | free - credits)._by_document(today).items():
            moves |= events._draft_documents(*setting, quantities)
        moves._o2c_refer_to_original()
        return moves

    def _ready_free(self):
        """Those without an order that can be invoiced now; the others know why not."""
        if not self:
            return self
        self._settle_commissions()
        gone = self.filtered(lambda event: not event.partner_id.active)
        if gone:
            gone._needs_person("archived")
        early = (self - gone).filtered(
            lambda event: event.corrects_id.move_id.state == "draft"
            and event.quantity < 0
        )
        for event in early:
            event._silent().write(
                {
                    "reason": self.env._(
                        "Corrects %(key)s, whose invoice is still a draft: this waits "
                        "until that is posted.",
                        key=event.corrects_id.key,
                    )
                }
            )
        return (self - gone - early).filtered(
            lambda event: event.state in ("waiting", "failed")
        )

    def _by_document(self, today):
        """Events by how their invoices are made up.

        :return: dict of (bundle, split, invoice date) to events
        """
        found = {}
        if not self:
            return found
        company = self.company_id
        rhythms = self._rhythms(self.partner_id, company)
        locked = None
        if any(self.mapped("planned_date")):
            journal = self.env["account.move"]._o2c_sale_journal(company)
            locked = company._get_user_fiscal_lock_date(journal)
        closing = {}
        for event in self.filtered("planned_date"):
            last = closing.get(event.group_key, event.planned_date)
            closing[event.group_key] = max(last, event.planned_date)
        for event in self:
            own = rhythms[event.partner_id]
            day = rhythm.invoice_date(closing.get(event.group_key), today, locked)
            setting = (own.bundle or "order", own.split or "none", day)
            found[setting] = found.get(setting, self.browse()) | event
        return found

    def _draft_documents(self, bundle, split, day, quantities):
        """Drafts for events of customers with the same rhythm.

        :param str bundle: what stands together
        :param str split: what is set apart
        :param date day: the invoice date
        :param dict quantities: order line id to quantity
        :return: ``account.move`` records
        """
        ordered = self.filtered("order_line_id")
        free = self - ordered
        documents = Documents(bundle, split, free._free_values(bundle, day))
        orders = ordered.order_id.with_context(
            o2c_quantities=quantities, o2c_invoice_date=day, o2c_documents=documents
        )
        if orders:
            moves = orders._create_invoices(grouped=bundle == "order", final=True)
            ordered._follow(moves)
        else:
            moves = orders._create_account_invoices([], True)
            negative = moves.filtered(lambda move: move.amount_total < 0)
            if negative:
                negative.action_switch_move_type()
        for event in free:
            event._becomes(documents.lines[event.id])
        return moves

    def _follow(self, moves):
        """Remember which invoice line each event became."""
        lines = {}
        for line in moves.invoice_line_ids:
            for order_line in line.sale_line_ids:
                lines[order_line.id] = line
        for event in self:
            line = lines.get(event.order_line_id.id)
            if not line:
                raise UserError(
                    self.env._(
                        "No invoice line came out for %(what)s. Look at the order.",
                        what=event.description,
                    )
                )
            event._becomes(line)

    def _free_values(self, bundle, day):
        """Invoices of events without an order, as values.

        :return: list of (values, ids of the events in the order of the lines)
        """
        groups = {}
        for event in self:
            reference = event.reference or event.dossier
            if bundle == "together":
                reference = False
            key = (event.partner_id, reference, event.price_currency_id)
            groups[key] = groups.get(key, self.browse()) | event
        found, charges = [], {}
        for (partner, _reference, foreign), events in groups.items():
            position = self._fiscal_position(partner)
            references = list(dict.fromkeys(filter(None, events.mapped("reference"))))
            values = {
                "move_type": "out_invoice",
                "company_id": self.company_id.id,
                "partner_id": partner.id,
                "fiscal_position_id": position.id,
                "currency_id": (foreign or self.company_id.currency_id).id,
                "ref": ", ".join(references)[:200] or False,
                "invoice_date": day,
                "delivery_date": max(events.mapped("date")),
                "invoice_origin": events._origin_words(),
                "invoice_line_ids": [
                    (
                        0,
                        0,
                        event._invoice_line_values(position, charges)
                        | {"sequence": place},
                    )
                    for place, event in enumerate(events, 1)
                ],
            }
            found.append((values, events.ids))
        return found

    def _origin_words(self):
        """What the invoice says it comes from: invoices that are corrected."""
        names = self.corrects_id.move_id.filtered("name").mapped("name")
        return ", ".join(dict.fromkeys(names)) or False

    def _draft_credits(self, today):
        """Credit notes for corrections, each with its true original."""
        moves = self.env["account.move"]
        if not self:
            return moves
        charges, values, placed = {}, [], []
        for original, events in self.grouped(lambda e: e.corrects_id.move_id).items():
            lines = []
            for place, event in enumerate(events, 1):
                line = event._invoice_line_values(original.fiscal_position_id, charges)
                line |= {"quantity": -line["quantity"], "sequence": place}
                lines.append((0, 0, line))
            values.append(
                {
                    "move_type": "out_refund",
                    "company_id": original.company_id.id,
                    "partner_id": original.partner_id.id,
                    "currency_id": original.currency_id.id,
                    "fiscal_position_id": original.fiscal_position_id.id,
                    "reversed_entry_id": original.id,
                    "invoice_origin": original.name,
                    "ref": original.ref,
                    "invoice_date": today,
                    "invoice_line_ids": lines,
                }
            )
            placed.append(events)
        moves = self.env["sale.order"]._create_account_invoices(values, False)
        for move, events in zip(moves, placed, strict=True):
            lines = move.invoice_line_ids.sorted("id")
            for line, event in zip(lines, events, strict=True):
                event._becomes(line)
        return moves

    # Lines

    def _fiscal_position(self, partner):
        """The fiscal position of a customer in the company of these events."""
        positions = self.env["account.fiscal.position"].with_company(self.company_id)
        return positions._get_fiscal_position(partner)

    def _invoice_line_values(self, position, charges):
        """The invoice line of an event that has no order.

        :param position: ``account.fiscal.position`` of the customer (may be empty)
        :param dict charges: what is known already of (charge, position); grows
        """
        self.ensure_one()
        values = {
            "product_id": self.product_id.id,
            "name": self.description,
            "quantity": self.quantity,
            "price_unit": self.price_unit,
            "o2c_dossier": self.dossier,
        }
        charge = self.charge_type_id
        if charge:
            key = (charge, position)
            if key not in charges:
                charges[key] = charge._line_values(position)
            values |= charges[key]
        if self.price_given or not self.product_id:
            return values
        company = self.company_id
        price = self._agreed_price(
            {
                "company_id": company.id,
                "partner_id": self.partner_id.id,
                "product_id": self.product_id.id,
                "quantity": self.quantity,
                "delivered_at": self.delivered_at,
                "date": self.date,
            }
        )
        values["price_unit"] = float(price.amount)
        values["o2c_price_trace"] = self.env["o2c.priced.line"]._o2c_snapshot(
            price, "live", company.currency_id, False
        )
        return values

    def _agreed_price(self, values):
        """The price of an article by the agreements of the customer.

        :param dict values: of the event
        :return: the price as the policy gives it, with its steps
        """
        company = self.env["res.company"].browse(values["company_id"])
        partner = self.env["res.partner"].browse(values["partner_id"])
        product = self.env["product.product"].browse(values["product_id"])
        base = partner.with_company(
            company
        ).property_product_pricelist._get_product_price(
            product,
            values["quantity"],
            currency=company.currency_id,
            date=values["delivered_at"],
            o2c_inner=True,
        )
        return self.env["o2c.price.agreement"]._price(
            product,
            base,
            quantity=values["quantity"],
            uom=product.uom_id,
            day=values["date"],
            currency=company.currency_id,
            company=company,
            buyer=partner._o2c_buyer(company),
        )
