"""The queue: which events are worked, in which batch, and what becomes of them."""

from decimal import Decimal

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.tools import SQL

from ...policy import billable as policy

#: Orders, or customers, invoiced together; the work is committed after each batch.
BATCH = 50
#: And so many events at most, unless one customer has more on one invoice.
EVENTS = 200


class _TriedOutError(Exception):
    """It would have worked; undo it."""


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
        queue = company._o2c_job(self)
        batches = queue._due_batches(company, today)
        if not batches:
            return run
        run = run._start("billing", company, today, sum(map(len, batches)))
        cron = queue.env["ir.cron"]
        cron._commit_progress(remaining=len(batches))
        for ids in batches:
            failed = queue.browse(ids)._work(company, today)
            run._advance(done=len(ids) - failed, failed=failed)
            goes_on = cron._commit_progress(processed=1)
            queue.env.invalidate_all()  # ten thousand events fit in the memory of one
            if not goes_on:
                return run
        run._finish()
        cron._commit_progress(remaining=0)
        return run

    @api.model
    def _due_batches(self, company, today):
        """Ids of the events to work; what stands together is in the same batch."""
        self.flush_model()
        groups = self.env.execute_query(
            SQL(
                """
                SELECT array_agg(id ORDER BY delivered_at, id), min(partner_id),
                       sum(amount), min(date)
                  FROM o2c_billing_event
                 WHERE company_id = %(company)s
                   AND state IN ('waiting', 'failed', 'drafted')
                   AND (state = 'waiting' OR next_try <= %(now)s)
                   AND (date >= %(start)s OR early)
                   AND (planned_date IS NULL OR planned_date < %(today)s)
                 GROUP BY COALESCE(group_key, 'o' || order_id, 'e' || id)
                 ORDER BY min(delivered_at), 1
                """,
                company=company.id,
                now=fields.Datetime.now(),
                start=company._o2c_start_date("billing"),
                today=today,
            )
        )
        batches, batch, count = [], [], 0
        for ids in self._hold_small(groups, company, today):
            if batch and (count == BATCH or len(batch) + len(ids) > EVENTS):
                batches.append(batch)
                batch, count = [], 0
            batch, count = batch + ids, count + 1
        return [*batches, batch] if batch else batches

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
                return self._without_bad(action, error)
        for part in parts:
            moves |= part._each_or_apart(action)
        return moves

    def _parts(self):
        """The events per invoice; those of one invoice that fails, each by itself."""
        parts = {}
        for event in self:
            key = event.group_key or event.id
            parts[key] = parts.get(key, self.browse()) | event
        return list(parts.values())

    def _without_bad(self, action, error):
        """One invoice fails: leave out what fails by itself too, invoice the rest.

        :param error: why the whole failed
        """
        parts = self._order_parts()
        good = self.browse()
        for part in parts if len(parts) > 1 else ():
            try:
                with self.env.cr.savepoint():
                    action(part)
                    raise _TriedOutError
            except _TriedOutError:
                good |= part
            except OperationalError:
                raise
            except Exception as reason:
                part._fail(reason)
        if len(parts) == 1 or good == self:
            self._fail(error)
            return self.env["account.move"]
        return good._each_or_apart(action)

    def _order_parts(self):
        """Of one invoice: the events per order or, without one, each by itself."""
        parts = {}
        for event in self:
            key = ("order", event.order_id.id) if event.order_id else ("own", event.id)
            parts[key] = parts.get(key, self.browse()) | event
        return list(parts.values())

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
