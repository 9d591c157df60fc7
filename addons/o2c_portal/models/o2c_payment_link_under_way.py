"""Payments that are on their way: the same words for them on every page."""

from odoo import api, fields, models

from odoo.addons.o2c_base.tools.local_form import day_text

from ..policy import payment_window


class O2cPaymentLink(models.Model):
    _inherit = "o2c.payment.link"

    @api.model
    def _payments_told(self, moves, own=(), now=None):
        """Payments of these documents that are not booked yet.

        :param own: ids of transactions that the present visitor started
        :return: dict of ``payment.transaction``, in sudo, to what is known of it
        """
        now = now or fields.Datetime.now()
        told = payment_window.told(self._attempts(moves.sudo(), now), now, own)
        transactions = self.env["payment.transaction"].sudo().browse(sorted(told))
        return {tx: told[tx.id] for tx in transactions}

    @api.model
    def _told_per_move(self, moves, own=()):
        """The same per document: dict of invoice id to (transaction, kind), the one
        that holds the document before a transfer that was only promised."""
        found = {}
        if not moves:
            return found
        told = self._payments_told(moves, own)
        by_hand = payment_window.BY_HAND
        for tx in sorted(told, key=lambda one: (told[one] != by_hand, one.id)):
            found |= dict.fromkeys((tx.invoice_ids & moves.sudo()).ids, (tx, told[tx]))
        return found

    @api.model
    def _amounts_under_way(self, moves, own=()):
        """How much of each document is being paid, as far as its payments say for what
        they are; a transfer that was only promised holds nothing.

        :return: dict of invoice id to amount
        """
        found = {}
        if not moves:
            return found
        for tx, kind in self._payments_told(moves, own).items():
            if kind == payment_window.BY_HAND:
                continue
            for row in tx.o2c_allocation_ids:
                if row.amount > 0:
                    found[row.move_id.id] = found.get(row.move_id.id, 0.0) + row.amount
        return found

    @api.model
    def _part_under_way_text(self, move, amount):
        """How much of a document is being paid, when that is not all that is open."""
        money = move.currency_id
        if not amount or money.compare_amounts(amount, move.amount_residual) >= 0:
            return ""
        return self.env._("of which under way: %s", self._money_of(amount, money))

    @api.model
    def _told_text(self, transaction, kind):
        """A payment under way, for who looks at what it is for."""
        day = transaction.company_id._o2c_today(transaction.create_date)
        values = {
            "amount": self._money_of(transaction.amount, transaction.currency_id),
            "day": day_text(self.env, day),
        }
        if kind == payment_window.BY_HAND:
            return self.env._(
                "Bank transfer of %(amount)s announced on %(day)s. We book it when it "
                "has arrived.",
                **values,
            )
        if kind == payment_window.RECEIVED:
            return self.env._(
                "Payment of %(amount)s of %(day)s received. We are booking it now.",
                **values,
            )
        return self.env._(
            "Payment of %(amount)s started on %(day)s, being processed. You do not "
            "have to pay it again.",
            **values,
        )

    def _changed_text(self, page):
        """Why the payment did not start: the page was older than what is open."""
        if page["state"] == "open":
            return self.env._(
                "What is open has changed since you opened this page. Nothing was "
                "charged. This is what is open now."
            )
        return self.env._(
            "It was paid or settled in the meantime, in another window or by somebody "
            "else. You were not charged again."
        )

    def _own_text(self, transaction, by_hand, bank):
        """What happens now, for who just came back from paying.

        :param bool by_hand: whether he said that he transfers it himself
        :param bank: whether the page shows where to
        """
        money = self._money_of(transaction.amount, transaction.currency_id)
        if not by_hand:
            return self.env._(
                "Your payment of %s is with your bank. This can take some days. You do "
                "not have to do anything or pay again: this page says so when it has "
                "arrived.",
                money,
            )
        if not bank:
            return self.env._(
                "You transfer %s yourself. We book it as soon as it is on our account.",
                money,
            )
        return self.env._(
            "You transfer %s yourself, with the bank details on this page. We book it "
            "as soon as it is on our account; here you see when it is.",
            money,
        )
