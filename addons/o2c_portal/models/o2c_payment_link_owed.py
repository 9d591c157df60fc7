"""What is owed on a link at this moment, and what may be paid of it."""

from decimal import Decimal

from odoo import api, fields, models
from odoo.fields import Command
from odoo.tools import SQL

from ..policy import offer, payment_window

#: Kinds of documents that a customer gets.
DUE_TYPES = ("out_invoice", "out_receipt")
CREDIT_TYPES = ("out_refund",)
#: An invoice that core marks as "do not pay now".
BLOCKED = "blocked"
#: Everything of it is in dispute.
DISPUTED = "disputed"
#: A reminder leaves it out, because its payment was announced.
PROMISED = "promised"


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
        lines = (
            self.env["account.move.line"]
            .sudo()
            .search(
                [
                    ("company_id", "=", self.company_id.id),
                    ("partner_id", "child_of", self.partner_id.id),
                    ("currency_id", "=", self.currency_id.id),
                    ("account_id.account_type", "=", "asset_receivable"),
                    ("parent_state", "=", "posted"),
                    ("reconciled", "=", False),
                    ("amount_residual_currency", "!=", 0),
                ],
                order="date_maturity, id",
            )
        )
        return lines.move_id

    def _offer(self, now=None, own=()):
        """What can be paid on this link now.

        :param datetime now: naive UTC moment; the present one when not given
        :param own: ids of transactions that the present visitor started
        :return: ``policy.offer.Offer`` and dict of (invoice id, number) to why it waits
        """
        self.ensure_one()
        now = now or fields.Datetime.now()
        moves = self._moves()
        items = self._items(moves, self.company_id._o2c_today(now))
        held = payment_window.under_way(self._attempts(moves, now), now, own)
        for move in moves:
            if move.payment_state == "in_payment":
                held.setdefault(move.id, payment_window.PENDING)
            elif move.payment_state == BLOCKED:
                held.setdefault(move.id, BLOCKED)
        found = offer.offer(items, held)
        return found, {
            item.key: held.get(item.key) or held.get(item.move_id) or DISPUTED
            for item in found.waiting
        }

    def _items(self, moves, today):
        """Open items of the posted documents, one SQL for all of them.

        :param date today: date in the company, for the early-payment discount
        :return: list of ``policy.offer.Item``
        """
        rows = self._item_rows(moves)
        aside = self._set_aside(moves)
        # the newest instalments carry what is in dispute: the older ones are still
        # owed without question
        return [
            self._item(row, aside, today)
            for row in sorted(rows, key=lambda row: row[1], reverse=True)
        ]

    def _item_rows(self, moves):
        """Open receivable lines of the documents, numbered within each of them."""
        if not moves:
            return []
        self.env["account.move.line"].flush_model()
        self.env["account.move"].flush_model(["state", "move_type"])
        return self.env.execute_query(
            SQL(
                """
                SELECT item.move_id, item.number, item.date_maturity,
                       item.amount_currency, item.amount_residual_currency,
                       item.discount_date, item.discount_amount_currency
                  FROM (SELECT line.*, row_number() OVER (
                                   PARTITION BY line.move_id
                                   ORDER BY line.date_maturity, line.id) AS number
                          FROM account_move_line line
                          JOIN account_account account ON account.id = line.account_id
                         WHERE line.move_id IN %(moves)s
                           AND line.parent_state = 'posted'
                           AND account.account_type = 'asset_receivable') item
                  JOIN res_partner partner ON partner.id = item.partner_id
                 WHERE partner.commercial_partner_id = %(partner)s
                   AND item.currency_id = %(currency)s
                   AND item.amount_residual_currency <> 0
                """,
                moves=tuple(moves.ids),
                partner=self.partner_id.id,
                currency=self.currency_id.id,
            )
        )

    def _set_aside(self, moves):
        """Hook: amount per invoice id that is open but not asked, such as a dispute.

        :return: dict that the caller may change
        """
        return {}

    def _item(self, row, aside, today):
        """One row of :meth:`_items` as an item; floats become decimals here."""
        move_id, number, due, total, residual, until, discounted = row
        cent = Decimal(1).scaleb(-self.currency_id.decimal_places)
        total, residual, discounted, disputed = (
            Decimal(str(amount or 0)).quantize(cent)
            for amount in (total, residual, discounted, aside.get(move_id))
        )
        disputed = max(min(disputed, residual), Decimal(0))
        if disputed:
            aside[move_id] = float(Decimal(str(aside[move_id])) - disputed)
        # Core gives the discount only on an invoice that nothing was paid on yet.
        untouched = residual == total and not disputed
        holds = until and today <= until and untouched and discounted > 0
        return offer.Item(
            move_id=move_id,
            number=number,
            due=due,
            total=total,
            open=residual,
            discount=total - discounted if holds else Decimal(0),
            discount_until=until if holds else None,
            aside=disputed,
        )

    @api.model
    def _attempts(self, moves, now):
        """Payments that touch these documents and are not booked yet, a row for
        each instalment they pay, one SQL."""
        if not moves:
            return []
        self.env["payment.transaction"].flush_model()
        self.env["o2c.payment.allocation"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT tx.id, link.invoice_id, tx.state, tx.create_date,
                       COALESCE(tx.is_post_processed, FALSE),
                       provider.code IN ('none', 'custom'),
                       COALESCE(paid.number, 0)
                  FROM account_invoice_transaction_rel link
                  JOIN payment_transaction tx ON tx.id = link.transaction_id
                  JOIN payment_provider provider ON provider.id = tx.provider_id
                  LEFT JOIN o2c_payment_allocation paid
                         ON paid.transaction_id = tx.id
                        AND paid.move_id = link.invoice_id
                        AND paid.amount > 0
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

    @api.model
    def _allocation_commands(self, choice):
        """What the customer chose, as lines of a transaction."""
        return [
            Command.create(
                {
                    "sequence": sequence,
                    "move_id": row.move_id,
                    "number": row.number,
                    "amount": float(row.amount),
                    "discount": float(row.discount),
                }
            )
            for sequence, row in enumerate(choice.allocations)
        ]

    def _transaction_values(self, decision):
        """What a payment of this choice is for. Extend per purpose.

        :param decision: ``policy.offer.Choice``
        """
        moves = self._paid_moves(decision)
        return {
            "o2c_link_id": self.id,
            "invoice_ids": [Command.set(moves.ids)],
            "o2c_allocation_ids": self._allocation_commands(decision),
        }

    def _transaction_prefix(self, decision):
        """Reference that the bank shows: the invoice, or one for the set."""
        moves = self._paid_moves(decision)
        return moves.name if len(moves) == 1 else self.reference

    def _paid_moves(self, decision):
        """Documents that get money."""
        rows = [row.move_id for row in decision.allocations if row.amount > 0]
        return self._moves().browse(dict.fromkeys(rows))

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
            offer.ON_HOLD: self.env._(
                "This is in dispute: you do not have to pay it now. Please open the "
                "page again."
            ),
            offer.UNKNOWN_ITEM: self.env._(
                "What is open has changed. Please open the page again."
            ),
            offer.NOTHING_CHOSEN: self.env._(
                "You chose nothing, so there is nothing to pay. Tick at least one "
                "invoice below."
            ),
            offer.AMOUNT_FORM: self.env._("Please enter an amount such as 125.50."),
            offer.AMOUNT_LOW: self.env._("The amount must be more than zero."),
            offer.AMOUNT_HIGH: self.env._("The amount is more than what is open."),
            offer.ONLY_WHOLE: self.env._("This can only be paid in one amount."),
            offer.CREDIT_COVERS: self.env._(
                "Your credit covers this. You do not have to pay."
            ),
        }
        return sentences[reason]
