"""The queue: events become drafts, drafts that need no check are posted."""

from decimal import Decimal

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...policy import billable as policy

#: Orders invoiced together; the work is committed after each batch.
BATCH = 50
#: Sources whose events always speak of an order line.
ORDER_SOURCES = ("delivery", "service", "order")


class O2cBillingEvent(models.Model):
    _inherit = "o2c.billing.event"

    @api.model
    def _cron_process_queue(self):
        """Every live company, as the scheduler runs it."""
        for company in self.env["res.company"]._o2c_companies("billing"):
            self._process_queue(company, company._o2c_today())

    @api.model
    def _process_queue(self, company, today):
        """Draft, check and post what waits in a live company; safe to run twice.

        One event that fails never stops another: it stays, with its reason, an owner
        and a next try.

        :param company: ``res.company`` record
        :param date today: invoice date, the date in the company
        :return: the run, or an empty one when nothing waits
        """
        run = self.env["o2c.run"]
        if company._o2c_mode("billing") != "live":
            return run
        queue = self._queue_for(company)
        batches = queue._due_batches(company)
        if not batches:
            return run
        run = run._start("billing", company, today, sum(map(len, batches)))
        cron = queue.env["ir.cron"]
        cron._commit_progress(remaining=len(batches))
        for ids in batches:
            failed = queue.browse(ids)._work(company, today)
            run._advance(done=len(ids) - failed, failed=failed)
            if not cron._commit_progress(processed=1):
                return run
        run._finish()
        cron._commit_progress(remaining=0)
        return run

    @api.model
    def _queue_for(self, company):
        """This model as the queue of a company: its company, its language."""
        reader = company.o2c_responsible_id or company.partner_id
        return (
            self.sudo()
            .with_company(company)
            .with_context(
                tz=company._o2c_zone(),
                allowed_company_ids=company.ids,
                lang=reader.lang or self.env.lang,
            )
        )

    @api.model
    def _due_batches(self, company):
        """Ids of the events to work, all events of an order in the same batch."""
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT array_agg(id ORDER BY delivered_at, id), min(delivered_at)
                  FROM o2c_billing_event
                 WHERE company_id = %(company)s
                   AND state IN ('waiting', 'failed', 'drafted')
                   AND (state = 'waiting' OR next_try <= %(now)s)
                   AND date >= %(start)s
                 GROUP BY COALESCE(order_id, -partner_id)
                 ORDER BY 2, 1
                """,
                company=company.id,
                now=fields.Datetime.now(),
                start=company._o2c_start_date("billing"),
            )
        )
        groups = [ids for ids, _first in rows]
        return [
            [key for ids in groups[start : start + BATCH] for key in ids]
            for start in range(0, len(groups), BATCH)
        ]

    def _work(self, company, today):
        """One batch.

        :return: how many events failed
        """
        events = self.try_lock_for_update()
        drafted = events.filtered(lambda event: event.state == "drafted")
        todo = (events - drafted).filtered(lambda e: e.state in ("waiting", "failed"))
        moves = todo._each_or_apart(lambda part: part._draft(today))
        moves |= drafted.move_id.filtered(lambda move: move.state == "draft")
        moves._o2c_check_and_post(company)
        events.invalidate_recordset(["state"])
        return len(
            events.filtered(
                lambda e: e.state == "failed" or (e.attempts and e.next_try)
            )
        )

    def _each_or_apart(self, action):
        """Do it for all at once; when that fails, per order, and keep the reason.

        :param action: function of events that returns moves
        :return: all moves
        """
        moves = self.env["account.move"]
        if not self:
            return moves
        try:
            with self.env.cr.savepoint():
                return action(self)
        except OperationalError:
            raise
        except Exception as error:
            parts = self._parts()
            if len(parts) == 1:
                self._fail(error)
                return moves
        for part in parts:
            moves |= part._each_or_apart(action)
        return moves

    def _parts(self):
        """The events per order or, without one, each by itself."""
        parts = {}
        for event in self:
            key = ("order", event.order_id.id) if event.order_id else ("own", event.id)
            parts[key] = parts.get(key, self.browse()) | event
        return list(parts.values())

    # Drafting

    def _draft(self, today):
        """Make the drafts of these events.

        :return: ``account.move`` records
        """
        ordered = self.filtered("order_line_id")
        orphans = (self - ordered).filtered(lambda e: e.source in ORDER_SOURCES)
        if orphans:
            orphans._needs_person(policy.CANCELLED)
        ready, quantities = ordered._settle()
        moves = self.env["account.move"]
        if ready:
            moves = ready.order_id.with_context(
                o2c_quantities=quantities, o2c_invoice_date=today
            )._create_invoices(grouped=True, final=True)
            ready._follow(moves)
        moves |= (self - ordered - orphans)._draft_free(today)
        if any(move.move_type != "out_invoice" for move in moves):
            raise UserError(
                self.env._(
                    "The invoice would be negative. Make it by hand, or wait for the "
                    "rest of the delivery and try again."
                )
            )
        return moves

    def _settle(self):
        """Set aside what cannot be invoiced.

        :return: the events to invoice, and a dict of order line id to quantity
        """
        ready, quantities = self.browse(), {}
        for line, events in self.grouped("order_line_id").items():
            decision = policy.billable(
                Decimal(str(sum(events.mapped("quantity")))),
                Decimal(str(line.qty_to_invoice)),
                confirmed=line.state == "sale",
            )
            if decision.code == policy.BILL:
                quantities[line.id] = float(decision.quantity)
                ready |= events
            elif decision.code == policy.NOTHING_LEFT:
                events._set_aside()
            else:
                events._needs_person(decision.code)
        for order, events in ready.grouped("order_id").items():
            blocked = order._o2c_down_payment_blocks(quantities)
            if blocked:
                events._needs_person("down_payment")
                ready -= events
        return ready, quantities

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

    def _draft_free(self, today):
        """Drafts for events of other systems, one per customer and reference."""
        moves = self.env["account.move"]
        if not self:
            return moves
        groups = {}
        for event in self:
            key = (event.partner_id, event.reference)
            groups[key] = groups.get(key, self.browse()) | event
        moves = self.env["sale.order"]._create_account_invoices(
            [
                {
                    "move_type": "out_invoice",
                    "company_id": self.company_id.id,
                    "partner_id": partner.id,
                    "ref": reference,
                    "invoice_date": today,
                    "invoice_line_ids": [
                        (0, 0, event._invoice_line_values(today)) for event in events
                    ],
                }
                for (partner, reference), events in groups.items()
            ],
            False,
        )
        for move, events in zip(moves, groups.values(), strict=True):
            for line, event in zip(
                move.invoice_line_ids.sorted("sequence"), events, strict=True
            ):
                event._becomes(line)
        return moves

    def _invoice_line_values(self, today):
        """The invoice line of an event that has no order."""
        self.ensure_one()
        values = {
            "product_id": self.product_id.id,
            "name": self.description,
            "quantity": self.quantity,
            "price_unit": self.price_unit,
        }
        if self.price_given or not self.product_id:
            return values
        product, company = self.product_id, self.company_id
        pricelist = self.partner_id.property_product_pricelist
        base = pricelist._get_product_price(
            product,
            self.quantity,
            currency=company.currency_id,
            date=self.delivered_at,
            o2c_inner=True,
        )
        price = self.env["o2c.price.agreement"]._price(
            product,
            base,
            quantity=self.quantity,
            uom=product.uom_id,
            day=self.date,
            currency=company.currency_id,
            company=company,
            buyer=self.partner_id._o2c_buyer(company),
        )
        values["price_unit"] = float(price.amount)
        values["o2c_price_trace"] = self.env["o2c.priced.line"]._o2c_snapshot(
            price, "live", company.currency_id, False
        )
        return values
