"""Documents of the book, compared with the same ones made by Odoo."""

from odoo.fields import Command
from odoo.tools import SQL

#: Of one row: its ids, its moment, its number, and what only the moment decides.
OWN = {
    "id",
    "create_date",
    "write_date",
    "create_uid",
    "write_uid",
    "move_id",
    "move_name",
    "name",
    "number",
    "sequence_number",
    "payment_reference",
    "full_reconcile_id",
    "matching_number",
    "origin_payment_id",
    "payment_id",
    "reversed_entry_id",
    "ref",
    "memo",
    "exchange_move_id",
    "debit_move_id",
    "credit_move_id",
    "order_id",
    "is_move_sent",
    "access_token",
    "signature",
}


class TwinTests:
    """Run by :class:`~.test_demo.TestDemo`, which has a book."""

    # ------------------------------------------------- compared with the ORM

    def _computed(self, records):
        """Stored fields that nobody can type: Odoo alone decides them."""
        return [
            field
            for field in records._fields.values()
            if field.store and field.compute and field.readonly and field.column_type
        ]

    def _assert_recomputed(self, records):
        """Recompute everything that is computed: nothing changes."""
        self.assertTrue(records)
        fields = self._computed(records)
        before = {
            record.id: {field.name: record[field.name] for field in fields}
            for record in records
        }
        for field in fields:
            self.env.add_to_compute(field, records)
        for record in records:
            for field in fields:
                old, new = before[record.id][field.name], record[field.name]
                if isinstance(new, float):
                    self.assertAlmostEqual(old, new, 6, f"{record} {field.name}")
                else:
                    self.assertEqual(old or False, new or False, f"{record} {field}")

    def test_computed_fields_of_entries_stay_when_recomputed(self):
        self._assert_recomputed(self.moves)

    def test_computed_fields_of_lines_stay_when_recomputed(self):
        self._assert_recomputed(self.moves.line_ids)

    def test_computed_fields_of_payments_stay_when_recomputed(self):
        self._assert_recomputed(self.moves.origin_payment_id)

    def test_computed_fields_of_orders_stay_when_recomputed(self):
        orders = self.env["sale.order"].search([("company_id", "=", self.company.id)])
        self._assert_recomputed(orders)
        self._assert_recomputed(orders.order_line)

    def test_computed_fields_of_customers_stay_when_recomputed(self):
        added = self.moves.partner_id.filtered(lambda partner: partner.ref[0] == "K")
        self._assert_recomputed(added)

    # ------------------------------------------------------------ the twins

    def _rows(self, records):
        """Rows of the records as the database has them, without what is their own."""
        self.env.flush_all()
        found = self.env.execute_query_dict(
            SQL(
                "SELECT * FROM %s WHERE id IN %s ORDER BY id",
                SQL.identifier(records._table),
                tuple(records.ids),
            )
        )
        return [
            {
                key: float(value) if hasattr(value, "quantize") else value
                for key, value in row.items()
                if key not in OWN and value not in (None, False)
            }
            for row in found
        ]

    def _assert_twins(self, mine, theirs, ignored=()):
        self.assertEqual(len(mine), len(theirs))
        order = lambda record: (record.display_type, record.balance)  # noqa: E731
        if mine._name == "account.move.line":
            mine, theirs = mine.sorted(order), theirs.sorted(order)
        for one, other in zip(mine, theirs, strict=True):
            [left], [right] = self._rows(one), self._rows(other)
            for key in sorted({*left, *right} - set(ignored)):
                a, b = left.get(key), right.get(key)
                if isinstance(a, float) and isinstance(b, float):
                    self.assertAlmostEqual(a, b, 6, f"{one} {key}")
                else:
                    self.assertEqual(a, b, f"{one} {key}")

    def _twin(self, invoice):
        """The same invoice, made and posted by Odoo."""
        twin = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": invoice.partner_id.id,
                "invoice_date": invoice.invoice_date,
                "currency_id": invoice.currency_id.id,
                "invoice_line_ids": [
                    Command.create(
                        {
                            "product_id": line.product_id.id,
                            "quantity": line.quantity,
                            "discount": line.discount,
                        }
                    )
                    for line in invoice.invoice_line_ids.sorted("id")
                ],
            }
        )
        twin.action_post()
        return twin

    def _pay_like(self, twin, payment):
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=twin.ids
        ).create(
            {
                "payment_date": payment.date,
                "amount": payment.amount,
                "currency_id": payment.currency_id.id,
                "payment_difference_handling": "open",
            }
        )._create_payments()
        return twin.matched_payment_ids

    def _paid_alone(self, state, count, **has):
        """Invoices with this payment state, each paid by payments of its own."""

        def fits(move):
            payments = move.matched_payment_ids
            return (
                move.move_type == "out_invoice"
                and move.payment_state == state
                and not move.reversal_move_ids
                and all(len(pay.invoice_ids) == 1 for pay in payments)
                and all(getattr(move, key) == value for key, value in has.items())
            )

        found = self.moves.filtered(fits)[:count]
        self.assertTrue(found, (state, has))
        return found

    def _assert_invoice(self, invoice):
        twin = self._twin(invoice)
        for payment in invoice.matched_payment_ids.sorted("id"):
            self._pay_like(twin, payment)
        self._assert_twins(invoice, twin)
        self._assert_twins(invoice.line_ids, twin.line_ids)
        pays, twins = (
            move.matched_payment_ids.sorted("id") for move in (invoice, twin)
        )
        self._assert_twins(pays, twins)
        # The due date of a payment's entry is the day on which it is typed.
        self._assert_twins(pays.move_id, twins.move_id, {"invoice_date_due"})
        self._assert_twins(pays.move_id.line_ids, twins.move_id.line_ids)

    def test_open_invoices_are_as_odoo_makes_them(self):
        for invoice in self._paid_alone("not_paid", 8):
            self._assert_invoice(invoice)

    def test_paid_invoices_are_as_odoo_makes_them(self):
        for invoice in self._paid_alone(
            "paid", 8, currency_id=self.company.currency_id
        ):
            self._assert_invoice(invoice)

    def test_partly_paid_invoices_are_as_odoo_makes_them(self):
        for invoice in self._paid_alone("partial", 3):
            self._assert_invoice(invoice)

    def test_invoices_in_dollars_are_as_odoo_makes_them(self):
        dollar = self.env.ref("base.USD")
        for invoice in self._paid_alone("paid", 4, currency_id=dollar):
            self._assert_invoice(invoice)

    def test_exchange_differences_are_as_odoo_makes_them(self):
        dollar = self.env.ref("base.USD")
        for invoice in self._paid_alone("paid", 4, currency_id=dollar):
            twin = self._twin(invoice)
            self._pay_like(twin, invoice.matched_payment_ids)
            mine, theirs = (self._exchange(move) for move in (invoice, twin))
            self._assert_twins(mine, theirs, {"invoice_date_due"})
            self._assert_twins(mine.line_ids, theirs.line_ids)

    def _exchange(self, move):
        lines = (move + move.matched_payment_ids.move_id).line_ids
        return (lines.matched_debit_ids + lines.matched_credit_ids).exchange_move_id

    def test_credit_notes_are_as_odoo_makes_them(self):
        credit = self.moves.filtered(
            lambda move: move.move_type == "out_refund"
            and move.amount_total == move.reversed_entry_id.amount_total
        )[:1]
        self.assertTrue(credit)
        twin = self._twin(credit.reversed_entry_id)
        wizard = (
            self.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=twin.ids)
            .create(
                {
                    "reason": "-",
                    "journal_id": twin.journal_id.id,
                    "date": credit.invoice_date,
                }
            )
        )
        wizard.refund_moves()
        other = twin.reversal_move_ids
        other.action_post()
        self._assert_twins(credit, other)
        self._assert_twins(credit.line_ids, other.line_ids)
        self._assert_twins(credit.reversed_entry_id, twin)
