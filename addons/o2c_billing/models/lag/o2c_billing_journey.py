"""From quotation to customer: the moments of everything that is or will be invoiced."""

from odoo import api, fields, models
from odoo.tools import SQL

#: Seconds of a day.
DAY = 86400


class O2cBillingJourney(models.AbstractModel):
    """The SQL below the lag: one row per event of the queue, per invoice made without
    it, and per order that is still on its way.

    Moments that core does not keep are read from where they are really written down:
    when a quotation was first sent and when an order was confirmed, from the first
    message of that kind in its chatter; the signature from the order; the posting of an
    invoice made by hand from its chatter too. Odoo keeps no moment of the signature on
    a delivery note, so a delivery counts from its validation. What is nowhere written
    down stays empty and is not counted.
    """

    _name = "o2c.billing.journey"
    _description = "From Quotation to Customer"

    @api.model
    def _journey_models(self):
        """Models whose changes the statement must see."""
        return (
            "account.move",
            "mail.message",
            "o2c.billing.event",
            "o2c.credit.hold",
            "res.company",
            "res.partner",
            "sale.order",
            "sale.order.line",
        )

    @api.model
    def _journey_sql(self):
        """One row per journey, its moments in their order.

        ``id`` is unique; ``event_id``, ``move_id`` and ``order_id`` say what it is.
        A moment never lies before the delivery or after a later one, and what is not
        written down takes no time: so the stages after the delivery add up to the lag.

        With ``o2c_still_open`` in the context only what has not left: who asks for
        open stages need not have the moments of all that was ever sent looked up.
        """
        steps = ("billable_at", "drafted_at", "approved_at", "sent_at")
        ordered = [
            SQL(
                "CASE WHEN LEAST(%(later)s) IS NOT NULL"
                " THEN GREATEST(w.delivered_at, LEAST(%(later)s)) END AS %(name)s",
                later=SQL(", ").join(
                    SQL.identifier("w", later) for later in steps[number:]
                ),
                name=SQL.identifier(name),
            )
            for number, name in enumerate(steps)
        ]
        return SQL(
            """
            SELECT w.id, w.company_id, w.event_id, w.move_id, w.order_id,
                   w.partner_id, w.source, w.amount, w.quoted_at, w.agreed_at, w.held,
                   w.delivered_at, %(ordered)s, w.ended, w.planned, w.failed,
                   w.user_id, w.seller_id
              FROM (%(written)s) w
            """,
            ordered=SQL(", ").join(ordered),
            written=self._written_sql(),
        )

    @api.model
    def _written_sql(self):
        """One row per journey with its moments as they are written down."""
        for model in self._journey_models():
            self.env[model].flush_model()
        self.env["o2c.risk.profile"]._spare_compiling()
        return SQL(
            """
            SELECT 3 * e.id AS id, e.company_id, e.id AS event_id, e.move_id,
                   e.order_id, e.partner_id, e.source, e.amount,
                   sale.quoted_at, sale.agreed_at, sale.held, e.delivered_at,
                   GREATEST(e.create_date, e.delivered_at, %(planned)s) AS billable_at,
                   e.drafted_at, e.posted_at AS approved_at, e.sent_at,
                   COALESCE(m.is_move_sent AND e.sent_at IS NULL, FALSE) AS ended,
                   COALESCE(%(planned)s > e.delivered_at, FALSE) AS planned,
                   e.attempts > 0 OR e.state = 'failed' AS failed,
                   e.user_id, sale.user_id AS seller_id
              FROM o2c_billing_event e
              JOIN res_company c ON c.id = e.company_id
         LEFT JOIN account_move m ON m.id = e.move_id
         LEFT JOIN (%(orders)s) sale ON sale.id = e.order_id
             WHERE e.state <> 'skipped' AND e.amount > 0 AND %(open_events)s
         UNION ALL
            SELECT 3 * m.id + 1, m.company_id, NULL, m.id, NULL, m.partner_id,
                   'invoice', m.amount_untaxed_signed, NULL, NULL, FALSE,
                   %(delivered)s, %(delivered)s, GREATEST(m.create_date, %(delivered)s),
                   posted.at, m.o2c_sent_at,
                   m.state = 'posted' AND (posted.at IS NULL
                       OR COALESCE(m.is_move_sent, FALSE) AND m.o2c_sent_at IS NULL),
                   FALSE, FALSE, m.invoice_user_id, m.invoice_user_id
              FROM account_move m
              JOIN res_company c ON c.id = m.company_id
         LEFT JOIN LATERAL (
                   SELECT min(message.date) AS at FROM mail_message message
                    WHERE message.model = 'account.move' AND message.res_id = m.id
                      AND COALESCE(message.subtype_id, 0) = %(validated)s
                      AND m.state = 'posted') posted ON TRUE
             WHERE m.move_type = 'out_invoice' AND m.state <> 'cancel'
               AND m.amount_untaxed_signed > 0
               AND c.o2c_billing_mode <> 'off'
               AND m.create_date >= c.o2c_billing_start_date AND %(open_invoices)s
               AND NOT EXISTS (SELECT 1 FROM o2c_billing_event e
                                WHERE e.move_id = m.id)
         UNION ALL
            %(open_orders)s
            """,
            planned=self._planned_sql(),
            delivered=self._midnight_sql(SQL("m.delivery_date")),
            orders=self._order_moments_sql(),
            validated=self.env.ref("account.mt_invoice_validated").id,
            open_orders=self._open_orders_sql(),
            **self._still_open_sql(),
        )

    @api.model
    def _still_open_sql(self):
        """Conditions on events and on invoices without one."""
        if not self.env.context.get("o2c_still_open"):
            return {"open_events": SQL("TRUE"), "open_invoices": SQL("TRUE")}
        return {
            "open_events": SQL("e.sent_at IS NULL"),
            "open_invoices": SQL(
                "m.o2c_sent_at IS NULL AND m.is_move_sent IS NOT TRUE"
            ),
        }

    @api.model
    def _planned_sql(self):
        """Moment from which the rhythm of the customer lets an event be invoiced."""
        if "planned_date" not in self.env["o2c.billing.event"]._fields:
            return SQL("NULL::timestamp")
        return self._midnight_sql(SQL("e.planned_date + 1"))

    @api.model
    def _midnight_sql(self, day):
        """Start of a day in the company ``c``, in UTC."""
        return SQL(
            "(%s)::timestamp AT TIME ZONE COALESCE((SELECT tz FROM res_partner"
            " WHERE id = c.partner_id), 'Europe/Amsterdam') AT TIME ZONE 'UTC'",
            day,
        )

    @api.model
    def _order_moments_sql(self):
        """When orders were first sent and agreed: signed, else confirmed."""
        return SQL(
            """
            SELECT o.id, o.user_id,
                   LEAST(told.quoted_at, COALESCE(o.signed_on, told.confirmed_at))
                       AS quoted_at,
                   COALESCE(o.signed_on, told.confirmed_at, o.date_order) AS agreed_at,
                   EXISTS (SELECT 1 FROM o2c_credit_hold hold
                            WHERE hold.order_id = o.id) AS held
              FROM sale_order o
         LEFT JOIN LATERAL (
                   SELECT min(message.date) FILTER (WHERE subtype_id = %(sent)s)
                              AS quoted_at,
                          min(message.date) FILTER (WHERE subtype_id = %(confirmed)s)
                              AS confirmed_at
                     FROM mail_message message
                    WHERE message.model = 'sale.order' AND message.res_id = o.id
                      AND COALESCE(message.subtype_id, 0)
                          IN (%(sent)s, %(confirmed)s)) told ON TRUE
             WHERE o.state = 'sale'
            """,
            sent=self.env.ref("sale.mt_order_sent").id,
            confirmed=self.env.ref("sale.mt_order_confirmed").id,
        )

    @api.model
    def _open_orders_sql(self):
        """Quotations that were sent and are still valid, and what of confirmed orders
        is not delivered yet."""
        return SQL(
            """
            SELECT 3 * o.id + 2, o.company_id, NULL, NULL, o.id, o.partner_id,
                   'order', left_over.amount / COALESCE(NULLIF(o.currency_rate, 0), 1),
                   told.quoted_at,
                   CASE WHEN o.state = 'sale'
                        THEN COALESCE(o.signed_on, told.confirmed_at, o.date_order) END,
                   EXISTS (SELECT 1 FROM o2c_credit_hold hold
                            WHERE hold.order_id = o.id AND hold.state = 'open'),
                   NULL, NULL, NULL, NULL, NULL, FALSE, FALSE, FALSE,
                   o.user_id, o.user_id
              FROM sale_order o
              JOIN res_company c ON c.id = o.company_id
        CROSS JOIN LATERAL (
                   SELECT sum(l.price_subtotal * CASE WHEN o.state = 'sent' THEN 1
                              ELSE GREATEST(l.product_uom_qty - l.qty_delivered, 0)
                                   / l.product_uom_qty END) AS amount
                     FROM sale_order_line l
                    WHERE l.order_id = o.id AND l.display_type IS NULL
                      AND l.is_downpayment IS NOT TRUE AND l.product_uom_qty > 0
                   ) left_over
         LEFT JOIN LATERAL (
                   SELECT min(message.date) FILTER (WHERE subtype_id = %(sent)s)
                              AS quoted_at,
                          min(message.date) FILTER (WHERE subtype_id = %(confirmed)s)
                              AS confirmed_at
                     FROM mail_message message
                    WHERE message.model = 'sale.order' AND message.res_id = o.id
                      AND COALESCE(message.subtype_id, 0)
                          IN (%(sent)s, %(confirmed)s)) told ON TRUE
             WHERE left_over.amount > 0
               AND c.o2c_billing_mode <> 'off'
               AND o.date_order >= c.o2c_billing_start_date
               AND (o.state = 'sent'
                    AND COALESCE(o.validity_date, 'infinity'::date) >= %(today)s
                    OR o.state = 'sale' AND o.invoice_status <> 'invoiced')
            """,
            today=self.env.company._o2c_today(fields.Datetime.now()),
            sent=self.env.ref("sale.mt_order_sent").id,
            confirmed=self.env.ref("sale.mt_order_confirmed").id,
        )

    @api.model
    def _stages_sql(self, journeys):
        """One row per stage of a journey that began: with its end, or still open.

        ``cause`` says what the time went to, ``owner_id`` who could have shortened it.

        :param journeys: SQL of a table of journeys, as :meth:`_journey_sql` makes it
        """
        return SQL(
            """
            SELECT 8 * j.id + stage.number AS id, j.id AS journey_id, j.company_id,
                   j.event_id, j.move_id, j.order_id, j.source, j.amount,
                   j.delivered_at, j.sent_at,
                   customer.commercial_partner_id AS partner_id,
                   stage.name AS stage, stage.began_at, stage.ended_at,
                   stage.ended_at IS NULL AS open,
                   GREATEST(EXTRACT(EPOCH FROM
                       COALESCE(stage.ended_at, %(now)s) - stage.began_at)
                       / %(day)s, 0)::float8 AS days,
                   stage.cause, stage.owner_id
              FROM %(journeys)s j
         LEFT JOIN res_partner customer ON customer.id = j.partner_id
         LEFT JOIN account_move m ON m.id = j.move_id
        CROSS JOIN LATERAL (VALUES %(values)s)
                   stage (number, name, began_at, ended_at, cause, owner_id)
             WHERE stage.began_at IS NOT NULL
               AND (stage.ended_at IS NOT NULL OR NOT j.ended)
            """,
            now=self._now_sql(),
            day=DAY,
            journeys=journeys,
            values=self._stage_values_sql(),
        )

    @api.model
    def _stage_values_sql(self):
        """The stages of the journey ``j`` with its invoice ``m``: number, name, begin,
        end, cause, owner."""
        return SQL(
            """
                   (1, 'quote', j.quoted_at, j.agreed_at, 'customer', j.seller_id),
                   (2, 'delivery', j.agreed_at, j.delivered_at,
                    CASE WHEN j.held THEN 'hold' ELSE 'delivery' END, j.seller_id),
                   (3, 'report', j.delivered_at, j.billable_at,
                    CASE WHEN j.planned THEN 'rhythm' ELSE 'source' END, j.user_id),
                   (4, 'draft', j.billable_at, j.drafted_at,
                    CASE WHEN j.failed THEN 'failed' WHEN j.event_id IS NULL
                         THEN 'by_hand' ELSE 'queue' END, j.user_id),
                   (5, 'approve', j.drafted_at, j.approved_at,
                    CASE WHEN m.o2c_return_count > 0 THEN 'returned'
                         WHEN m.o2c_check_since IS NOT NULL THEN 'check'
                         WHEN j.event_id IS NULL THEN 'by_hand' ELSE 'queue' END,
                    COALESCE(CASE WHEN m.o2c_check_state = 'returned'
                                  THEN m.o2c_mender_id ELSE m.o2c_approved_by_id END,
                             m.o2c_approver_id, j.user_id)),
                   (6, 'send', j.approved_at, j.sent_at,
                    CASE WHEN m.o2c_send_attempts > 0 OR m.o2c_send_state = 'failed'
                         THEN 'mail'
                         WHEN m.o2c_send_state = 'blocked'
                              OR m.o2c_send_user_id IS NOT NULL THEN 'missing'
                         WHEN j.event_id IS NULL THEN 'by_hand' ELSE 'queue' END,
                    COALESCE(m.o2c_send_user_id, m.invoice_user_id, j.user_id))
            """
        )

    @api.model
    def _now_sql(self):
        """The present moment in UTC, as Odoo stores moments."""
        return SQL("%s::timestamp", fields.Datetime.now())
