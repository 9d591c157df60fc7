"""The cash desk: what is on the screen, what is chosen by hand, and a browser."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from .common import CashCommon


@tagged("post_install", "-at_install")
class TestDesk(CashCommon):
    def setUp(self):
        super().setUp()
        self.first = self._invoice(self.sme, 100, "2026-02-01")
        self.second = self._invoice(self.sme, 250, "2026-02-02")

    def _open(self, line):
        return self._propose(line).with_user(self.clerk)

    def _line_of(self, move):
        return move.line_ids.filtered(
            lambda row: row.account_id.account_type == "asset_receivable"
        )

    def test_the_list_and_its_totals(self):
        self._bank(100, self.first.name)
        self._bank(77, "onbekend")
        self._propose()
        desk = self.matches.with_user(self.clerk).get_desk()
        self.assertEqual(
            [row["certainty"] for row in desk["rows"]], ["certain", "none"]
        )
        counts = {one["key"]: one["count"] for one in desk["filters"]}
        self.assertEqual((counts["todo"], counts["certain"], counts["none"]), (2, 1, 1))
        self.assertIn("177.00", desk["totals"][0]["all"])
        self.assertIn("100.00", desk["totals"][0]["found"])
        found = self.matches.with_user(self.clerk).get_desk(search=self.first.name)
        self.assertEqual(len(found["rows"]), 1)

    def test_a_line_is_split_by_hand(self):
        match = self._open(self._bank(130, "zie specificatie"))
        told = match.desk_choose(
            [
                {"line_id": self._line_of(self.first).id, "amount": None},
                {"line_id": self._line_of(self.second).id, "amount": 20},
            ]
        )
        self.assertEqual([item["value"] for item in told["chosen"]], [100, 20])
        self.assertEqual(told["rest"], 10)
        words = match.desk_accept()
        self.assertIn(self.sme.name, words)
        self.assertEqual(self.first.payment_state, "paid")
        self.assertEqual(self.second.amount_residual, 230)

    def test_documents_are_offered_before_payments(self):
        older = self._pay(self._invoice(self.sme, 33, "2025-12-01"), date="2026-01-02")
        last = self._pay(self._invoice(self.sme, 34, "2025-12-01"), date="2026-01-09")
        match = self._open(self._bank(130, "zie specificatie"))
        match.desk_customer(self.sme.id)
        offered = match.get_desk_match()["offered"]
        self.assertEqual(
            [(row["name"], row["sort"]) for row in offered],
            [
                (self.first.name, "document"),
                (self.second.name, "document"),
                (last.move_id.name, "payment"),
                (older.move_id.name, "payment"),
            ],
            "the oldest debt first, then the last payment first",
        )
        pays = ["", "", last.memo, older.memo]
        self.assertEqual([row["pays"] for row in offered], pays)
        self.assertTrue(older.memo)
        found = match.get_desk_match(search=older.memo)["offered"]
        self.assertIn(older.move_id.name, [row["name"] for row in found])

    def test_a_registered_payment_is_told_from_an_invoice(self):
        paid = self._pay(self._invoice(self.sme, 33, "2025-12-01"), date="2026-01-02")
        told = self._open(self._bank(33, paid.name)).get_desk_match()
        [item] = told["chosen"]
        self.assertEqual((item["sort"], item["pays"]), ("payment", paid.memo))
        self.assertIn(paid.move_id.name, told["reasons"][-1])
        told = self._open(self._bank(100, self.first.name)).get_desk_match()
        self.assertEqual([one["sort"] for one in told["chosen"]], ["document"])
        self.assertEqual(len(told["reasons"]), 2)

    def test_a_run_leaves_what_was_chosen_alone(self):
        line = self._bank(250, "zie specificatie")
        match = self._open(line)
        match.desk_choose([{"line_id": self._line_of(self.first).id, "amount": 90}])
        self.assertEqual(self._propose(line), match)
        # and nobody else gets what is chosen there
        other = self._propose(self._bank(100, self.first.name))
        self.assertNotEqual(other.certainty, "certain")
        again = match.desk_again()
        self.assertNotEqual(again, match.id)

    def test_parts_that_cannot_be_are_refused_in_words(self):
        match = self._open(self._bank(130))
        item = self._line_of(self.first).id
        for amount in (0, -5, 101, 1e12):
            with self.assertRaises(UserError), self.cr.savepoint():
                match.desk_choose([{"line_id": item, "amount": amount}])
        with self.assertRaises(UserError), self.cr.savepoint():
            match.desk_choose([{"line_id": 0, "amount": 5}])
        more = [
            {"line_id": item, "amount": 100},
            {"line_id": self._line_of(self.second).id, "amount": 250},
        ]
        with (
            self.assertRaisesRegex(UserError, "more than the money"),
            self.cr.savepoint(),
        ):
            match.desk_choose(more)
        self.assertFalse(match.item_ids)

    def test_a_difference_is_written_off_within_his_amount(self):
        item = [{"line_id": self._line_of(self.first).id, "amount": 100}]
        match = self._open(self._bank(96))
        told = match.desk_choose(item, "write_off")
        self.assertEqual((told["write_off"], told["rest"]), (4, 0))
        match.desk_accept()
        self.assertEqual(self.first.payment_state, "paid")
        big = self._open(self._bank(180))
        with self.assertRaises(AccessError), self.cr.savepoint():
            big.desk_choose(
                [{"line_id": self._line_of(self.second).id, "amount": 250}], "write_off"
            )

    def test_without_an_account_no_write_off_is_offered(self):
        """It was proposed and offered, and ended in an error."""
        self.company.o2c_cash_tolerance = 5
        self.company.o2c_cash_difference_account_id = False
        match = self._open(self._bank(96, self.first.name))
        self.assertEqual((match.write_off, self._codes(match)[-1]), (0, "part"))
        told = match.get_desk_match()
        self.assertFalse(told["can_write_off"])
        self.assertIn("manages the settings", told["no_write_off"])
        item = [{"line_id": self._line_of(self.first).id, "amount": 100}]
        with self.assertRaisesRegex(UserError, "manages the settings"):
            match.desk_choose(item, "write_off")
        self.company.o2c_cash_difference_account_id = self.company_data[
            "default_account_expense"
        ]
        told = match.get_desk_match()
        self.assertEqual((told["can_write_off"], told["no_write_off"]), (True, ""))

    def test_too_little_chosen_and_too_much_given_up(self):
        """What is over is written off as well, as income."""
        match = self._open(self._bank(103))
        told = match.desk_choose(
            [{"line_id": self._line_of(self.first).id, "amount": 100}], "write_off"
        )
        self.assertEqual(told["write_off"], -3)
        match.desk_accept()
        given = match.sudo().statement_line_id.line_ids.filtered(
            lambda row: row.account_id == self.company.o2c_cash_difference_account_id
        )
        self.assertEqual(given.balance, -3)

    def test_the_customers_money_without_an_item(self):
        line = self._bank(500, "voorschot")
        match = self._open(line)
        told = match.desk_customer(self.sme_contact.id)
        self.assertEqual(told["debtor"][0], self.sme.id)
        match.desk_accept()
        rest = line._seek_for_lines()[2]
        self.assertEqual((rest.amount_residual, rest.partner_id), (-500, self.sme))

    def test_dismissed_and_back(self):
        line = self._bank(77, "rente")
        match = self._open(line)
        match.desk_dismiss()
        self.assertEqual(self._propose(line), match)
        with self.assertRaises(UserError):
            match.desk_dismiss()
        self.assertEqual(match.desk_reopen(), match.id)
        self.assertEqual(match.state, "proposed")

    def test_the_customer_is_asked_by_mail(self):
        match = self._open(self._bank(77, "betaling", partner_id=self.sme.id))
        action = match.desk_ask()
        self.assertEqual(action["context"]["default_partner_ids"], self.sme.ids)
        self.assertIn("77", action["context"]["default_body"])
        composer = (
            self.env["mail.compose.message"]
            .with_user(self.clerk)
            .with_context(**action["context"])
            .create({})
        )
        composer._action_send_mail()
        self.assertIn(self.sme, match.sudo().message_ids.partner_ids)
        nobody = self._open(self._bank(78, "?"))
        with self.assertRaises(UserError):
            nobody.desk_ask()


@tagged("post_install", "-at_install")
class TestDeskScreen(CashCommon, HttpCase):
    browser_size = "1366x768"

    def test_a_morning_by_keyboard(self):
        first = self._invoice(self.sme, 1210, "2026-02-01")
        second = self._invoice(self.corporate, 605, "2026-02-02")
        self._bank(1210, f"Betaling {first.name}", partner_name="Bakkerij Proef")
        self._bank(600, "Haven restant", day="2026-03-06")
        self._bank(12, "rente spaarrekening", day="2026-03-07")
        self._propose()
        self.env.flush_all()
        self.start_tour(
            "/odoo/action-o2c_cash.o2c_cash_desk_action",
            "o2c_cash_desk",
            login=self.clerk.login,
        )
        self.assertEqual(first.payment_state, "paid")
        self.assertEqual(second.payment_state, "paid")
        states = self.matches.search([("state", "!=", "undone")]).mapped("state")
        self.assertEqual(sorted(states), ["booked", "booked", "dismissed"])

    def test_amounts_as_they_are_typed_and_keys_after_a_click(self):
        """Dutch: 1.50 was read as 150, and Enter did nothing after a click."""
        invoice = self._invoice(self.sme, 2500, "2026-02-01")
        self._bank(2000, "Proef eerste", partner_name="Bakkerij Proef")
        self._bank(1600, "Proef tweede", day="2026-03-06")
        self._propose()
        lang = self.env["res.lang"]._activate_lang("nl_NL")
        lang.write({"decimal_point": ",", "thousands_sep": ".", "grouping": "[3,0]"})
        self.clerk.lang = "nl_NL"
        self.env.flush_all()
        self.start_tour(
            "/odoo/action-o2c_cash.o2c_cash_desk_action",
            "o2c_cash_amounts",
            login=self.clerk.login,
        )
        self.assertEqual(invoice.amount_residual, 1000)
