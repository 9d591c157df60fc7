"""What is owed on a link at this moment, and what may be paid of it."""

from decimal import Decimal

from odoo import api, fields, models
from odoo.tools import SQL

from ..policy import offer, payment_window

#: Kinds of documents that a customer pays, or that lower what he pays.
DUE_TYPES = ("out_invoice", "out_receipt")
CREDIT_TYPES = ("out_refund",)
#: An invoice that core marks as "do not pay now".
BLOCKED = "blocked"


class O2cPaymentLink(models.Model):
    _inherit = "o2c.payment.link"

    def _moves(self):
        """Documents that this link shows, whatever is left of them, in sudo.

        Extend for another kind of purpose.
        """
        self.ensure_one()
        moves = self.env["account.move"].sudo()
        if self.res_model == "account.move":
            return moves.browse(self.res_id).exists()
        if self.res_model == "res.partner":
            return self._open_moves_of_partner()
        return moves

    def _logged_document(self):
        """Record whose delivery log tells that this link was used."""
        self.ensure_one()
        if self.res_model == "res.partner":
            return self
        return self.env[self.res_model].sudo().browse(self.res_id).exists() or self

    def _open_moves_of_partner(self):
        """Everything open of the customer in this company and currency."""
        return (
            self.env["account.move"]
            .sudo()
            .search(
                [
                    ("company_id", "=", self.company_id.id),
                    ("commercial_partner_id", "=", self.partner_id.id),
                    ("currency_id", "=", self.currency_id.id),
                    ("state", "=", "posted"),
                    ("move_type", "in", DUE_TYPES + CREDIT_TYPES),
                    ("amount_residual", "!=", 0),
                ],
                order="invoice_date_due, id",
            )
        )

    def _offer(self, now=None, own=()):
        """What can be paid on this link now.

        :param datetime now: naive UTC moment; the present one when not given
        :param own: ids of transactions that the present visitor started
        :return: ``policy.offer.Offer`` and dict of invoice id to why it waits
        """
        self.ensure_one()
        now = now or fields.Datetime.now()
        moves = self._moves()
        items = self._items(moves, self.company_id._o2c_today(now))
        waiting = payment_window.under_way(self._attempts(moves, now), now, own)
        for move in moves:
            if move.payment_state == "in_payment":
                waiting.setdefault(move.id, payment_window.PENDING)
            elif move.payment_state == BLOCKED:
                waiting.setdefault(move.id, BLOCKED)
        return offer.offer(items, waiting), waiting

    @api.model
    def _items(self, moves, today):
        """Instalments of the posted documents, one SQL for all of them.

        :param date today: date in the company, for the early-payment discount
        :return: list of ``policy.offer.Item``
        """
        if not moves:
            return []
        self.env["account.move.line"].flush_model()
        self.env["account.move"].flush_model(["state", "move_type"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT line.move_id,
                       row_number() OVER (
                           PARTITION BY line.move_id
                           ORDER BY COALESCE(line.date_maturity, 'infinity'),
                                    line.date, line.id
                       ),
                       line.date_maturity, line.amount_currency,
                       line.amount_residual_currency, line.discount_date,
                       line.discount_amount_currency
                  FROM account_move_line line
                  JOIN account_move move ON move.id = line.move_id
                 WHERE line.move_id IN %s
                   AND line.display_type = 'payment_term'
                   AND move.state = 'posted'
                   AND move.move_type IN %s
                """,
                tuple(moves.ids),
                DUE_TYPES + CREDIT_TYPES,
            )
        )
        digits = {move.id: move.currency_id.decimal_places for move in moves}
        return [self._item(row, digits[row[0]], today) for row in rows]

    @api.model
    def _item(self, row, digits, today):
        """One row of :meth:`_items` as an item; floats become decimals here."""
        move_id, number, due, total, residual, until, discounted = row
        cent = Decimal(1).scaleb(-digits)
        total, residual, discounted = (
            Decimal(str(amount or 0)).quantize(cent)
            for amount in (total, residual, discounted)
        )
        # Core gives the discount only on an invoice that nothing was paid on yet.
        holds = until and today <= until and residual == total and discounted > 0
        return offer.Item(
            move_id=move_id,
            number=number,
            due=due,
            total=total,
            open=residual,
            discount=total - discounted if holds else Decimal(0),
            discount_until=until if holds else None,
        )

    @api.model
    def _attempts(self, moves, now):
        """Payments that touch these documents and are not booked yet, one SQL."""
        if not moves:
            return []
        self.env["payment.transaction"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT tx.id, link.invoice_id, tx.state, tx.create_date,
                       COALESCE(tx.is_post_processed, FALSE),
                       provider.code IN ('none', 'custom')
                  FROM account_invoice_transaction_rel link
                  JOIN payment_transaction tx ON tx.id = link.transaction_id
                  JOIN payment_provider provider ON provider.id = tx.provider_id
                 WHERE link.invoice_id IN %(moves)s
                   AND tx.source_transaction_id IS NULL
                   AND tx.operation IS DISTINCT FROM 'refund'
                   AND (tx.state IN ('pending', 'authorized')
                        OR (tx.state = 'draft' AND tx.create_date >=
                            %(now)s::timestamp - make_interval(mins => %(minutes)s))
                        OR (tx.state = 'done'
                            AND NOT COALESCE(tx.is_post_processed, FALSE)))
                """,
                moves=tuple(moves.ids),
                now=now,
                minutes=payment_window.STARTED_MINUTES,
            )
        )
        return [payment_window.Attempt(*row) for row in rows]

    def _choose(self, keys=None, amount=None, own=(), now=None):
        """What paying a choice comes to; the server decides.

        :param keys: iterable of (invoice id, instalment number), None for everything
        :param amount: another amount as typed, or None
        :return: ``policy.offer.Choice``
        """
        now_offer, _waiting = self._offer(now, own)
        return offer.choose(now_offer, keys, amount, self.currency_id.decimal_places)

    def _queue_up(self, choice):
        """Make two people who pay the same invoice at once come one after the other.

        The second one meets a row that changed since he looked; the database refuses
        him and Odoo tries again with fresh figures, which show the first payment.
        """
        for move_id in sorted({row.move_id for row in choice.allocations}):
            self.env.execute_query(
                SQL(
                    """
                    INSERT INTO o2c_payment_lock (move_id, seq) VALUES (%s, 1)
                    ON CONFLICT (move_id)
                    DO UPDATE SET seq = o2c_payment_lock.seq + 1
                    RETURNING seq
                    """,
                    move_id,
                )
            )

    @api.model
    def _refusal(self, reason):
        """The sentence a customer reads when his choice cannot be paid."""
        sentences = {
            offer.NOTHING_OPEN: self.env._("Nothing is open any more. Thank you!"),
            offer.UNDER_WAY: self.env._(
                "A payment of this invoice is already under way. Please wait for its "
                "result before you pay again."
            ),
            offer.UNKNOWN_ITEM: self.env._(
                "What is open has changed. Please open the page again."
            ),
            offer.AMOUNT_FORM: self.env._("Please enter an amount such as 125.50."),
            offer.AMOUNT_LOW: self.env._("The amount must be more than zero."),
            offer.AMOUNT_HIGH: self.env._("The amount is more than what is open."),
            offer.CREDIT_COVERS: self.env._(
                "Your credit covers this. You do not have to pay."
            ),
        }
        return sentences[reason]
