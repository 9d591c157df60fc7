"""Writes the payments of the book, and what is settled with what."""

from odoo import models
from odoo.tools import SQL

from ..policy.matching import groups
from ..policy.settlement import entry, settle_book
from .o2c_demo_invoices import FROM_MOVE, MOVE, matching


class O2cDemoPayments(models.AbstractModel):
    _name = "o2c.demo.payments"
    _description = "Demo Payments"

    # ------------------------------------------------------------- matching

    def _prepare(self, patterns, documents, transfers, today):
        """Number the payments and settle the book.

        :return: (:class:`Settled`, {entry: (matching number, full reconcile)})
        """
        ledger = self.env["o2c.demo.ledger"]
        numbers = self.env["o2c.demo.numbers"]
        numbers._number(patterns["payment"]["move"], transfers)
        ledger._identify("account.payment", transfers)
        ledger._identify("account.move", transfers, "move")
        ledger._identify("account.move.line", transfers, "bank_line")
        ledger._identify("account.move.line", transfers, "line")
        settled = settle_book(documents, transfers, today)
        numbers._number(patterns["exchange"]["loss"]["move"], settled.exchanges)
        ledger._identify("account.move", settled.exchanges, "move")
        ledger._identify("account.move.line", settled.exchanges, "line")
        ledger._identify("account.move.line", settled.exchanges, "result_line")
        ledger._identify("account.partial.reconcile", settled.matches)
        return settled, self._groups(settled.matches, documents)

    def _groups(self, matches, documents):
        """Matching number and full reconcile of each matched entry."""
        group_of = groups([(entry(m.debit), entry(m.credit)) for m in matches])
        unsettled = {
            group_of[claim.id]
            for document in documents
            for claim in document.claims
            if claim.open_cents and claim.id in group_of
        }
        complete = sorted(set(group_of.values()) - unsettled)
        last = self.env["o2c.demo.ledger"]._reserve(
            "account.full.reconcile", len(complete)
        )
        full = {group: last + 1 + number for number, group in enumerate(complete)}
        for match in matches:
            match.full = full.get(group_of[entry(match.debit)])
        return {
            side: (
                str(full[group]) if group in full else f"P{matches[group].id}",
                full.get(group),
            )
            for side, group in group_of.items()
        }

    # -------------------------------------------------------------- writing

    def _write_full(self, matches):
        """Full reconciles come first: lines point at them."""
        ids = sorted({match.full for match in matches if match.full})
        self.env["o2c.demo.ledger"]._insert("account.full.reconcile", {}, {"id": ids})

    def _store(self, scene, patterns, transfers, settled, matched):
        """Write payments, exchange differences and matches.

        :return: {what: how many}
        """
        self._write_payments(scene, patterns["payment"], transfers)
        self._write_entries(scene, patterns["payment"], transfers, matched)
        self._write_exchanges(scene, patterns["exchange"], settled.exchanges, matched)
        self._write_matches(scene, patterns["partial"]["partial"], settled.matches)
        self.env["o2c.demo.ledger"]._relate(
            "account_move__account_payment",
            "payment_id",
            "invoice_id",
            [
                (transfer.id, invoice.id)
                for transfer in transfers
                if transfer.matched
                for invoice in transfer.invoices
            ],
        )
        return {
            "payments": len(transfers),
            "exchange differences": len(settled.exchanges),
            "matches": len(settled.matches),
        }

    def _currencies(self, scene, rows):
        dollar, euro = self.env.ref("base.USD").id, scene.company.currency_id.id
        return [dollar if row.buyer.foreign else euro for row in rows]

    def _memo(self, transfer):
        """What the customer wrote: the invoices, or nothing of use."""
        if not transfer.matched:
            return self.env._("Transfer")
        return " ".join(invoice.name for invoice in transfer.invoices)

    def _write_payments(self, scene, patterns, transfers):
        """Payments; their entries follow, and are linked afterwards."""
        pattern = dict(patterns["payment"])
        pattern.pop("move_id")
        self.env["o2c.demo.ledger"]._insert(
            "account.payment",
            pattern,
            {
                "id": [row.id for row in transfers],
                "name": [row.name for row in transfers],
                "memo": [self._memo(row) for row in transfers],
                "date": [row.day for row in transfers],
                "partner_id": [row.buyer.partner for row in transfers],
                "currency_id": self._currencies(scene, transfers),
                "amount": [row.cents / 100 for row in transfers],
                "amount_company_currency_signed": [
                    row.balance / 100 for row in transfers
                ],
                "is_reconciled": [row.settled for row in transfers],
            },
        )

    def _write_entries(self, scene, patterns, transfers, matched):
        balances = [row.balance / 100 for row in transfers]
        cents = [row.cents / 100 for row in transfers]
        self.env["o2c.demo.ledger"]._insert(
            "account.move",
            patterns["move"],
            {
                "id": [row.move for row in transfers],
                "origin_payment_id": [row.id for row in transfers],
                "name": [row.name for row in transfers],
                "sequence_number": [row.number for row in transfers],
                "sequence_prefix": [
                    row.name.rpartition("/")[0] + "/" for row in transfers
                ],
                "ref": [self._memo(row) for row in transfers],
                "date": [row.day for row in transfers],
                "partner_id": [row.buyer.partner for row in transfers],
                "fiscal_position_id": [row.buyer.position or None for row in transfers],
                "currency_id": self._currencies(scene, transfers),
                "amount_total": cents,
                "amount_total_in_currency_signed": cents,
                "amount_total_signed": balances,
            },
            {
                "commercial_partner_id": SQL("p.commercial_partner_id"),
                "invoice_partner_display_name": SQL("p.complete_name"),
                "invoice_date_due": SQL("g.date"),
            },
            SQL("JOIN res_partner p ON p.id = g.partner_id"),
        )
        self.env.cr.execute(
            SQL(
                """UPDATE account_payment pay SET move_id = m.id
                     FROM account_move m
                    WHERE m.origin_payment_id = pay.id AND pay.move_id IS NULL"""
            )
        )
        self._write_lines(patterns["bank"], transfers, "bank_line", 1, matched)
        self._write_lines(patterns["receivable"], transfers, "line", -1, matched)

    def _write_lines(self, pattern, transfers, which, sign, matched):
        prefix = pattern["name"].removesuffix(pattern["ref"])
        balances = [sign * row.balance / 100 for row in transfers]
        cents = [sign * row.cents / 100 for row in transfers]
        given = {
            "id": [getattr(row, which) for row in transfers],
            "move_id": [row.move for row in transfers],
            "payment_id": [row.id for row in transfers],
            "name": [prefix + self._memo(row) for row in transfers],
            "balance": balances,
            "amount_currency": cents,
            "price_subtotal": cents,
            "price_total": cents,
        }
        if which == "line":
            open_ = [not row.settled for row in transfers]
            given |= {
                "amount_residual": [
                    value * left for value, left in zip(balances, open_, strict=True)
                ],
                "amount_residual_currency": [
                    value * left for value, left in zip(cents, open_, strict=True)
                ],
                "reconciled": [row.settled for row in transfers],
                **matching(transfers, matched),
            }
        else:
            given |= {"amount_residual": balances, "amount_residual_currency": cents}
        derived = {
            **FROM_MOVE,
            "date_maturity": SQL("m.date"),
            "invoice_date": SQL("NULL::date"),
        }
        self.env["o2c.demo.ledger"]._insert(
            "account.move.line", pattern, given, derived, MOVE
        )

    # -------------------------------------------------- exchange differences

    def _write_exchanges(self, scene, patterns, exchanges, matched):
        for role, sign in (("loss", 1), ("gain", -1)):
            rows = [row for row in exchanges if row.cents * sign > 0]
            if rows:
                self._write_exchange(scene, patterns[role], rows, matched)

    def _write_exchange(self, scene, pattern, rows, matched):
        ledger = self.env["o2c.demo.ledger"]
        ledger._insert(
            "account.move",
            pattern["move"],
            {
                "id": [row.move for row in rows],
                "name": [row.name for row in rows],
                "sequence_number": [row.number for row in rows],
                "sequence_prefix": [row.name.rpartition("/")[0] + "/" for row in rows],
                "date": [row.day for row in rows],
                "amount_total_signed": [abs(row.cents) / 100 for row in rows],
            },
            {"invoice_date_due": SQL("g.date")},
        )
        for role, which, sign in (
            ("receivable", "line", -1),
            ("result", "result_line", 1),
        ):
            given = {
                "id": [getattr(row, which) for row in rows],
                "move_id": [row.move for row in rows],
                "partner_id": [row.buyer.partner for row in rows],
                "balance": [sign * row.cents / 100 for row in rows],
                "currency_id": self._currencies(scene, rows),
            }
            if which == "line":
                given |= matching(rows, matched)
            derived = {
                name: FROM_MOVE[name]
                for name in (
                    "journal_id",
                    "company_id",
                    "date",
                    "move_name",
                    "parent_state",
                    "debit",
                    "credit",
                )
            }
            ledger._insert("account.move.line", pattern[role], given, derived, MOVE)

    def _write_matches(self, scene, pattern, matches):
        currencies = self._currencies(scene, matches)
        self.env["o2c.demo.ledger"]._insert(
            "account.partial.reconcile",
            pattern,
            {
                "id": [row.id for row in matches],
                "debit_move_id": [entry(row.debit) for row in matches],
                "credit_move_id": [entry(row.credit) for row in matches],
                "full_reconcile_id": [row.full for row in matches],
                "exchange_move_id": [
                    row.exchange.move if row.exchange else None for row in matches
                ],
                "debit_currency_id": currencies,
                "credit_currency_id": currencies,
                "max_date": [row.day for row in matches],
                "amount": [row.cents / 100 for row in matches],
                "debit_amount_currency": [row.debit_cents / 100 for row in matches],
                "credit_amount_currency": [row.credit_cents / 100 for row in matches],
            },
        )
