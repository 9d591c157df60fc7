"""Quantities that Odoo works out itself: a nightly look at what is new."""

import logging
from decimal import Decimal

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.tools import SQL

from ...policy import measured_delivery as policy

_logger = logging.getLogger(__name__)

#: How the events of this look are called.
SOURCE = "measured"
#: Order lines looked at together; the work is kept after each batch.
BATCH = 500
#: First half of the advisory lock of a look; the second is the company.
LOCK = 7302


class O2cMeasuredDelivery(models.Model):
    """Where billing began with an order line of which Odoo sums up the quantity.

    Timesheets, milestones, costs that are charged on: nobody reports a delivery, the
    sum just changes. What was there before is remembered here, once per line.
    """

    _name = "o2c.measured.delivery"
    _description = "Measured Delivery"
    _order = "id desc"
    _rec_name = "order_line_id"

    order_line_id = fields.Many2one(
        "sale.order.line", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )
    baseline = fields.Float(
        digits="Product Unit",
        readonly=True,
        help="Delivered before billing began here: part of the backlog, never invoiced "
        "by itself.",
    )
    since = fields.Date(
        readonly=True, help="The first day of which deliveries are invoiced."
    )

    _line_uniq = models.Constraint(
        "UNIQUE(order_line_id)", "Of an order line billing begins only once."
    )

    @api.model
    def _cron_measure(self):
        """Every company where billing runs or watches, as the scheduler runs it."""
        companies = self.env["res.company"]._o2c_companies("billing", ("live", "watch"))
        for company in companies:
            self._measure(company, company._o2c_today())

    @api.model
    def _measure(self, company, today):
        """Tell the queue what is new in a company; safe to repeat and to stop.

        :param company: ``res.company`` record
        :param date today: date in the company
        :return: the run, or an empty one when there is nothing new
        """
        run = self.env["o2c.run"]
        start = company._o2c_start_date("billing") or today
        if company._o2c_mode("billing") == "off" or today < start:
            return run
        look = company._o2c_job(self)
        cron = look.env["ir.cron"]
        cron._commit_progress()  # a fresh look: what another one told is seen
        lines = look._alone(company) and [row[0] for row in look._moved(company)]
        if lines:
            run = run._start("measured", company, today, len(lines))
        batches = [lines[at : at + BATCH] for at in range(0, len(lines or ()), BATCH)]
        cron._commit_progress(remaining=len(batches))
        for ids in batches:
            if not look._alone(company):
                return run
            failed = look._tell_or_apart(ids, company, start, run)
            run._advance(done=len(ids) - failed, failed=failed)
            if not cron._commit_progress(processed=1):
                return run
            look.env.invalidate_all()
        run._finish()
        cron._commit_progress(remaining=0)
        return run

    @api.model
    def _alone(self, company):
        """Nobody else measures this company until we commit; who comes second leaves
        it to the first."""
        [[alone]] = self.env.execute_query(
            SQL("SELECT pg_try_advisory_xact_lock(%s, %s)", LOCK, company.id)
        )
        return alone

    @api.model
    def _moved(self, company, ids=None):
        """Order lines of which the quantity is not what the queue knows: one query.

        :param list ids: look at these only
        :return: list of (line id, delivered, baseline or None, told so far)
        """
        self.flush_model()
        self.env["o2c.billing.event"].flush_model()
        self.env["sale.order"].flush_model(["state"])
        self.env["sale.order.line"].flush_model(
            ["qty_delivered", "qty_delivered_method", "is_downpayment", "order_id"]
        )
        return self.env.execute_query(
            SQL(
                """
                SELECT line.id, COALESCE(line.qty_delivered, 0), own.baseline,
                       COALESCE(told.quantity, 0)
                  FROM sale_order_line line
                  JOIN sale_order o ON o.id = line.order_id
                  JOIN product_product product ON product.id = line.product_id
                  JOIN product_template article ON article.id = product.product_tmpl_id
                  LEFT JOIN o2c_measured_delivery own ON own.order_line_id = line.id
                  LEFT JOIN LATERAL (
                      SELECT sum(event.quantity) AS quantity
                        FROM o2c_billing_event event
                       WHERE event.order_line_id = line.id
                         AND event.source <> 'backlog'
                  ) told ON TRUE
                 WHERE line.company_id = %(company)s
                   AND o.state = 'sale'
                   AND line.qty_delivered_method NOT IN ('manual', 'stock_move')
                   AND line.display_type IS NULL
                   AND NOT COALESCE(line.is_downpayment, FALSE)
                   AND article.invoice_policy = 'delivery'
                   AND article.o2c_contract_period IS NULL
                   AND (own.id IS NULL
                        OR CASE WHEN own.baseline > 0
                                THEN GREATEST(line.qty_delivered - own.baseline, 0)
                                ELSE line.qty_delivered - own.baseline
                           END <> COALESCE(told.quantity, 0))
                   AND %(those)s
                 ORDER BY line.order_id, line.id
                """,
                company=company.id,
                those=SQL("line.id = ANY(%s)", ids) if ids else SQL("TRUE"),
            )
        )

    @api.model
    def _tell_or_apart(self, ids, company, start, run):
        """Tell of these lines at once; when that fails, of each, with its reason.

        :return: how many lines failed; they are looked at again the next night
        """
        try:
            with self.env.cr.savepoint():
                self._tell(ids, company, start)
                self.env.flush_all()
            return 0
        except OperationalError:
            raise
        except Exception as error:
            if len(ids) == 1:
                line = self.env["sale.order.line"].browse(ids)
                _logger.info("Order line %s was not measured", line.id, exc_info=True)
                run._note(
                    "error",
                    self.env._(
                        "%(order)s, %(what)s was not told to the queue: %(error)s",
                        order=line.order_id.name,
                        what=line.name,
                        error=error,
                    ),
                    line.order_id.partner_invoice_id,
                )
                return 1
        return sum(self._tell_or_apart([one], company, start, run) for one in ids)

    @api.model
    def _tell(self, ids, company, start):
        """Remember where new lines begin, and make events of what is new."""
        rows = [
            (line, *(None if one is None else Decimal(str(one)) for one in quantities))
            for line, *quantities in self._moved(company, ids)
        ]
        base = {line: before for line, _now, before, _told in rows}
        fresh = [line for line, before in base.items() if before is None]
        base |= self._begin(self.env["sale.order.line"].browse(fresh), company, start)
        differences = {
            self.env["sale.order.line"].browse(line): float(
                policy.difference(now, base[line], told)
            )
            for line, now, _before, told in rows
        }
        lines = self.env["sale.order.line"].browse(ids)
        lines._o2c_record_deltas(SOURCE, differences)

    @api.model
    def _begin(self, lines, company, start):
        """Remember what lay there before billing began with these lines.

        Core knows for timesheets what was worked until a day; for milestones it knows
        what is reached now, and for that the line must be older than the start date.

        :return: dict of line id to Decimal
        """
        if not lines:
            return {}
        eve = fields.Date.subtract(start, days=1)
        before = lines.with_context(
            accrual_entry_date=fields.Date.to_string(eve)
        )._prepare_qty_delivered()
        found = {}
        for line in lines:
            agreed = max(
                company._o2c_today(line.order_id.date_order or line.create_date),
                company._o2c_today(line.create_date),
            )
            found[line.id] = policy.baseline(
                agreed, start, Decimal(str(round(before.get(line, 0.0), 6)))
            )
        self.create(
            [
                {
                    "order_line_id": line,
                    "company_id": company.id,
                    "baseline": float(quantity),
                    "since": start,
                }
                for line, quantity in found.items()
            ]
        )
        return found
