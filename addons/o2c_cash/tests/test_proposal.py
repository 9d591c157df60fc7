"""What a bank line is probably for: in which cases sure, likely, or nothing."""

from decimal import Decimal

from odoo import Command
from odoo.tests import tagged

from ..models import o2c_cash_proposal
from .common import IBAN, CashCommon


@tagged("post_install", "-at_install")
class TestProposal(CashCommon):
    def _said(self, line):
        match = self._propose(line)
        return match.certainty, match.item_ids.move_id, self._codes(match)

    def test_the_number_and_the_exact_amount_are_certain(self):
        invoice = self._invoice(self.sme, 1210, "2026-02-01")
        line = self._bank(1210, f"betaling {invoice.name}")
        self.assertEqual(self._said(line), ("certain", invoice, ["number", "exact"]))

    def test_a_number_with_spaces_and_without_zeros(self):
        self._account_of(self.sme)
        invoice = self._invoice(self.sme, 1210, "2026-02-01")
        prefix, year, number = invoice.name.split("/")
        line = self._bank(1210, f"fact {prefix} {year} {number}")
        self.assertEqual(self._said(line)[0], "certain")
        line.unlink()
        short = self._bank(1210, f"{prefix}{year}-{int(number)}", account_number=IBAN)
        self.assertEqual(
            self._said(short), ("certain", invoice, ["loose", "account", "exact"])
        )

    def test_a_structured_reference_counts_from_any_account(self):
        self._account_of(self.corporate)
        invoice = self._invoice(
            self.sme, 500, "2026-02-01", payment_reference="RF18539007547034"
        )
        line = self._bank(500, "RF18 5390 0754 7034", account_number=IBAN)
        self.assertEqual(
            self._said(line),
            ("certain", invoice, ["structured", "other_payer", "exact"]),
        )

    def test_a_typo_is_likely_when_one_item_fits(self):
        invoice = self._invoice(self.sme, 777, "2026-02-01")
        self._invoice(self.corporate, 778, "2026-02-01")
        digits = "".join(filter(str.isdigit, invoice.name))
        line = self._bank(777, f"fact {digits[:-1]}{(int(digits[-1]) + 5) % 10}")
        self.assertEqual(self._said(line), ("likely", invoice, ["typo", "exact"]))

    def test_the_account_and_the_only_amount_are_certain(self):
        self._account_of(self.sme)
        invoice = self._invoice(self.sme, 1210, "2026-02-01")
        self._invoice(self.sme, 333, "2026-02-01")
        line = self._bank(1210, account_number=IBAN)
        self.assertEqual(
            self._said(line), ("certain", invoice, ["account", "only_amount_of_his"])
        )

    def test_the_name_alone_is_likely(self):
        invoice = self._invoice(self.sme, 1210, "2026-02-01")
        line = self._bank(1210, partner_name="BAKKERIJ PROEF BV")
        self.assertEqual(self._said(line), ("likely", invoice, ["name", "same_amount"]))

    def test_several_items_with_a_credit_note(self):
        first = self._invoice(self.sme, 100, "2026-02-01")
        second = self._invoice(self.sme, 250, "2026-02-02")
        note = self._invoice(self.sme, 50, "2026-02-03", move_type="out_refund")
        line = self._bank(300, f"{first.name} {second.name} min {note.name}")
        match = self._propose(line)
        self.assertEqual(match.certainty, "certain")
        self.assertEqual(match.item_ids.move_id, first | second | note)
        self.assertEqual(sum(match.item_ids.mapped("amount")), 300)

    def test_everything_that_is_due(self):
        self._account_of(self.sme)
        due = self._invoice(self.sme, 100, "2026-01-01")
        due |= self._invoice(self.sme, 250.5, "2026-01-02")
        self._invoice(self.sme, 31, "2026-03-01")
        line = self._bank(350.5, "openstaand saldo", account_number=IBAN)
        self.assertEqual(self._said(line), ("likely", due, ["account", "all_due"]))

    def test_an_amount_that_fits_in_five_ways_is_no_guess(self):
        self._account_of(self.sme)
        for day in range(1, 7):
            self._invoice(self.sme, 10, f"2026-02-0{day}")
        line = self._bank(20, account_number=IBAN)
        match = self._propose(line)
        self.assertEqual(match.certainty, "likely")
        self.assertEqual(self._codes(match), ["account", "ambiguous"])
        self.assertIn("5 ways", match.explanation)

    def test_two_customers_with_one_account(self):
        self._account_of(self.sme)
        self._account_of(self.corporate)
        self._invoice(self.sme, 100, "2026-02-01")
        self._invoice(self.corporate, 100, "2026-02-01")
        line = self._bank(100, account_number=IBAN)
        match = self._propose(line)
        self.assertEqual((match.certainty, match.item_ids.ids), ("none", []))
        self.assertEqual(self._codes(match), ["shared_account"])
        self.assertIn(self.corporate.name, match.explanation)

    def test_discount_in_time_and_a_day_late(self):
        term = self.env["account.payment.term"].create(
            {
                "name": "2% 8 days",
                "early_discount": True,
                "discount_percentage": 2,
                "discount_days": 8,
                "line_ids": [
                    Command.create(
                        {"value": "percent", "value_amount": 100, "nb_days": 30}
                    )
                ],
            }
        )
        invoice = self._invoice(
            self.sme, 1000, "2026-03-01", invoice_payment_term_id=term.id
        )
        good = self._bank(980, invoice.name, "2026-03-09")
        self.assertEqual(self._said(good), ("certain", invoice, ["number", "discount"]))
        self.assertEqual(self._match(good).item_ids.discount, 20)
        good.unlink()
        late = self._bank(980, invoice.name, "2026-03-10")
        self.assertEqual(
            self._said(late), ("likely", invoice, ["number", "discount_late"])
        )
        self.company.o2c_cash_discount_days = 1
        self.assertEqual(self._said(late)[0], "certain")

    def test_bank_costs_a_part_and_too_much(self):
        invoice = self._invoice(self.sme, 100, "2026-02-01")
        for amount, code, rest, off in (
            (95, "small_difference", 0, 5),
            (60, "part", 0, 0),
            (130, "too_much", 30, 0),
        ):
            line = self._bank(amount, invoice.name)
            match = self._propose(line)
            with self.subTest(code):
                self.assertEqual(match.certainty, "likely")
                self.assertEqual(self._codes(match), ["number", code])
                self.assertEqual((match.rest, match.write_off), (rest, off))
            line.unlink()

    def test_the_next_instalment(self):
        term = self.env["account.payment.term"].create(
            {
                "name": "Two parts",
                "line_ids": [
                    Command.create(
                        {"value": "percent", "value_amount": 50, "nb_days": d}
                    )
                    for d in (10, 40)
                ],
            }
        )
        invoice = self._invoice(
            self.sme, 500, "2026-02-01", invoice_payment_term_id=term.id
        )
        match = self._propose(self._bank(250, invoice.name))
        self.assertEqual(match.certainty, "certain")
        self.assertEqual(self._codes(match), ["number", "instalment"])
        self.assertEqual(match.item_ids.due_date, self._day("2026-02-11"))

    def test_a_registered_payment_is_what_the_bank_confirms(self):
        invoice = self._invoice(self.sme, 640, "2026-02-01")
        payment = self._pay(invoice, date="2026-03-01")
        outstanding = payment.outstanding_account_id
        self.assertTrue(outstanding.reconcile)
        match = self._propose(self._bank(640, payment.name))
        self.assertEqual(match.certainty, "certain")
        self.assertEqual(match.item_ids.move_line_id.account_id, outstanding)

    def test_said_again_it_is_the_same_record(self):
        invoice = self._invoice(self.sme, 1210, "2026-02-01")
        line = self._bank(1210, invoice.name)
        first = self._propose(line)
        self.assertEqual(self._propose(line), first)
        self._pay(invoice)
        self.assertNotEqual(self._propose(line), first)

    def test_off_and_before_the_start_nothing_is_proposed(self):
        invoice = self._invoice(self.sme, 1210, "2026-02-01")
        line = self._bank(1210, invoice.name)
        self.company.o2c_cash_start_date = "2026-03-06"
        self.assertFalse(self._propose(line))
        self.company.o2c_cash_start_date = "2026-03-05"
        self.journal.o2c_cash_match = "off"
        self.assertFalse(self._propose(line))
        self._switch("off", "cash")
        self.journal.o2c_cash_match = "company"
        self.assertFalse(self.matches._run(self.company, self._day("2026-03-06")))

    def test_references_of_other_add_ons(self):
        first = self._invoice(self.sme, 100, "2026-02-01")
        second = self._invoice(self.sme, 250, "2026-02-02")
        money = type(self.env["o2c.money.in"])
        self.patch(
            money,
            "_references",
            lambda *_args: [("RF64PL000001", (first | second).ids)],
        )
        match = self._propose(self._bank(350, "RF64PL000001"))
        self.assertEqual(match.certainty, "certain")
        self.assertEqual(match.item_ids.move_id, first | second)
        self.assertIn("RF64PL000001", match.explanation)

    def test_a_part_that_was_agreed_is_certain_under_its_own_reference(self):
        later = self._invoice(self.sme, 250, "2026-02-02")
        first = self._invoice(self.sme, 100, "2026-02-20")
        self.patch(
            type(self.env["o2c.money.in"]),
            "_instalments",
            lambda *_args: [("PLAN/1234-1", (first | later).ids, {Decimal("120")})],
        )
        match = self._propose(self._bank(120, "plan 1234 1"))
        self.assertEqual(match.certainty, "certain")
        self.assertEqual(self._codes(match), ["set_reference", "agreed"])
        self.assertEqual(match.item_ids.move_id, first | later)
        self.assertEqual(sorted(match.item_ids.mapped("amount")), [20, 100])
        self.assertIn("PLAN/1234-1", match.explanation)
        match = self._propose(self._bank(121, "plan 1234 1"))
        self.assertNotEqual(match.certainty, "certain")
        other = self._invoice(self.sme, 40, "2026-02-03")
        match = self._propose(self._bank(120, f"PLAN/1234-1 en {other.name}"))
        self.assertNotEqual(match.certainty, "certain", "it names more than the plan")

    def test_the_database_knows_of_many_new_proposals(self):
        """Planned for an empty table, the next run compared each with each."""
        self.patch(o2c_cash_proposal, "CHUNK", 5)
        self.env.cr.execute("ANALYZE o2c_cash_match, o2c_cash_item")
        for number in range(6):
            self._bank(10 + number, f"onbekend {number}")
        self._propose()
        self.env.cr.execute(
            "SELECT reltuples FROM pg_class WHERE relname = 'o2c_cash_match'"
        )
        self.assertGreaterEqual(self.env.cr.fetchone()[0], 6)

    def test_only_what_a_person_decided_holds_items(self):
        invoice = self._invoice(self.sme, 100, "2026-02-01")
        match = self._propose(self._bank(100, invoice.name))
        self.assertFalse(self.matches._holding_ids(self.company))
        match.state = "accepted"
        self.assertEqual(self.matches._holding_ids(self.company), match.ids)
        self.assertFalse(self.matches._holding_ids(self.company, match.ids))
        match.state = "booked"
        self.assertFalse(self.matches._holding_ids(self.company))

    def test_the_statements_do_not_grow_with_the_lines(self):
        self._account_of(self.sme)

        def cost(count, day):
            for number in range(count):
                invoice = self._invoice(self.sme, 10 + number, "2026-02-01")
                self._bank(10 + number, invoice.name, day)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.matches._propose(self.company)
            return self.env.cr.sql_log_count - before

        few = cost(3, "2026-03-05")
        many = cost(30, "2026-03-06")
        self.assertLessEqual(many, few + 3)
