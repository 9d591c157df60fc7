"""Instalments of invoices and of payment plans mean the same on every page."""

from lxml import html

from odoo import Command, fields
from odoo.tests import tagged

from .desk_common import ACCOUNT, DeskCommon


@tagged("post_install", "-at_install")
class TestAccountParts(DeskCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.overview = cls.env["o2c.account.overview"].with_user(cls.user)

    def setUp(self):
        super().setUp()
        self._login()

    def _account(self):
        (account,) = self.overview._accounts(self.user.partner_id)
        return account

    def _rows(self, kind="open"):
        found = self.overview._documents(self.user.partner_id, kind)
        return {row["move"].id: row for row in found["rows"]}

    def _planned(self, moves, start=0, count=4):
        plan = self.plans._propose(
            moves,
            count=count,
            start_date=self._day(start),
            source="portal",
            grace_days=60,
        )
        plan._begin(self.today)
        plan._refresh(self.today)
        return plan

    def _in_two_parts(self, *before):
        """An invoice of 90: half was due 6 days ago, half is due in 24 days.

        :param before: percentages that were due before that, taken from the second half
        """
        days = [(50, 4), *((part, 2) for part in before), (50 - sum(before), 34)]
        terms = self.env["account.payment.term"].create(
            {
                "name": "Two parts",
                "line_ids": [
                    Command.create(
                        {"value": "percent", "value_amount": part, "nb_days": number}
                    )
                    for part, number in days
                ],
            }
        )
        return self._invoice(
            self.sme, 90.0, self._day(-10), invoice_payment_term_id=terms.id
        )

    # an invoice in a plan

    def test_what_is_in_a_plan_is_not_late_and_not_asked(self):
        self.assertEqual(self._account()["overdue"], 1100)
        plan = self._planned(self.first + self.second, start=20)
        account = self._account()
        self.assertEqual((account["open"], account["overdue"]), (1100, 0))
        self.assertFalse(self.overview._pay(account))
        self.assertFalse(self._rows("overdue"))
        row = self._rows()[self.first.id]
        self.assertEqual((row["late"], row["due"]), (0, plan.next_due))
        text = self._text(self.url_open(ACCOUNT))
        self.assertIn(f"in payment plan {plan.name}", text)
        self.assertIn(f"Payment plan {plan.name} next instalment:", text)
        self.assertIn("275.00", text)
        self.assertNotIn("days late", text)
        self.assertIn("Nothing is late.", text)

    def test_only_the_instalment_that_is_due_is_asked(self):
        plan = self._planned(self.first + self.second)
        account = self._account()
        self.assertEqual(account["overdue"], 0)
        pay = self.overview._pay(account)
        self.assertEqual(pay["amount"], 275)
        self.assertEqual(pay["path"], self.links._plan_path(plan))
        self.assertEqual(pay["bank"]["reference"], f"{plan.name}-1")

    def test_a_late_instalment_is_late_and_the_rows_add_up_to_it(self):
        self._planned(self.first + self.second, start=-40)
        late = self._account()["overdue"]
        self.assertEqual(late, 550)
        rows = self._rows("overdue").values()
        self.assertEqual(sum(row["late_amount"] for row in rows), late)
        self.assertTrue(all(row["late"] == 40 for row in rows))

    def test_what_is_late_beside_a_plan_is_asked_without_it(self):
        self._planned(self.first, start=20)
        account = self._account()
        self.assertEqual(account["overdue"], 500)
        pay = self.overview._pay(account)
        self.assertEqual(pay["amount"], 500)
        self.assertIn(f"item={self.second.id}.1", pay["path"])
        self.assertNotIn(f"item={self.first.id}.1", pay["path"])
        self.assertEqual(set(self._rows("overdue")), {self.second.id})

    def test_what_is_not_due_beside_a_plan_is_not_called_to_pay_now(self):
        self._planned(self.first + self.second, start=20)
        self._invoice(self.sme, 70.0, self.today)
        pay = self.overview._pay(self._account())
        self.assertEqual((pay["amount"], pay["beside"]), (70, True))
        text = self._text(self.url_open(ACCOUNT))
        self.assertIn("Open besides the payment plan", text)
        self.assertNotIn("To pay now", text)

    def test_the_document_names_its_plan_and_offers_no_second_one(self):
        plan = self._planned(self.first)
        page = self.url_open(f"{ACCOUNT}/document/{self.first.id}")
        self.assertIn(f"{ACCOUNT}/requests/plan/{plan.id}", page.text)
        self.assertIn(self.links._plan_path(plan), page.text)
        self.assertNotIn(f"{ACCOUNT}/plan?", page.text)
        self.assertNotIn(f"{ACCOUNT}/promise?", page.text)
        self.assertIn(f"{ACCOUNT}/question?", page.text)
        other = self.url_open(f"{ACCOUNT}/document/{self.second.id}").text
        self.assertIn(f"{ACCOUNT}/plan?", other)

    def test_a_plan_that_was_only_asked_for_stays_late_and_says_so(self):
        self._send(f"{ACCOUNT}/plan?document={self.first.id}&months=9")
        plan = self.plans.search([("partner_id", "=", self.sme.id)])
        self.assertEqual(plan.state, "waiting")
        self.assertEqual(self._account()["overdue"], 1100)
        row = self._rows()[self.first.id]
        self.assertEqual(row["late"], 10)
        self.assertIn("requested", row["plan_text"])

    def test_who_sees_only_his_own_documents_sees_no_plan_of_others(self):
        self._planned(self.first + self.second, start=-40)
        self.sme_contact.o2c_own_documents = True
        self.assertFalse(self.overview._accounts(self.user.partner_id))

    # an invoice in instalments

    def test_two_instalments_say_the_same_everywhere(self):
        move = self._in_two_parts()
        self.assertEqual(self._account()["overdue"], 1145)
        row = self._rows()[move.id]
        words = [text for _tone, text in row["words"]]
        self.assertEqual(str(row["due"]), self._day(-6))
        self.assertIn("6 days late", words)
        self.assertEqual(row["part_text"], "instalment 1 of 2: €45.00")
        self.assertEqual((row["open"], row["late_amount"]), (90, 45))
        self.assertFalse([text for text in words if "instalment" in text], words)
        self.assertFalse([text for text in words if "of which late" in text], words)
        rows = self._rows("overdue").values()
        self.assertEqual(sum(one["late_amount"] for one in rows), 1145)
        day = fields.Date.subtract(self.today, days=6)
        shown = self.env["o2c.customer.desk"]._day(day)
        last = self.env["o2c.customer.desk"]._day(move.invoice_date_due)
        for path in ("plan", "promise", "question", f"document/{move.id}"):
            text = self._text(self.url_open(f"{ACCOUNT}/{path}"))
            self.assertIn("instalment 1 of 2: €45.00", text, path)
            self.assertIn(shown, text, path)
            self.assertNotIn(last, text, path)

    def test_an_instalment_is_told_with_what_of_it_is_asked(self):
        move = self._in_two_parts()
        self._pay(move, 20.0)
        self.assertIn("1 of 2", self._rows()[move.id]["part_text"])
        self.assertIn("25.00", self._rows()[move.id]["part_text"])
        dispute = {"move_id": move.id, "cause": "price"}
        # not due yet, 45, and 10 of what is
        self.disputes.create({**dispute, "amount": 55.0})
        self.assertIn("15.00", self._rows()[move.id]["part_text"])
        self.disputes.create({**dispute, "amount": 15.0})
        self.assertFalse(self._rows()[move.id]["part_text"])

    def test_two_late_instalments_say_what_is_late_in_all(self):
        move = self._in_two_parts(20)
        row = self._rows()[move.id]
        self.assertIn("1 of 3", row["part_text"])
        self.assertIn("18.00", row["part_text"])
        self.assertEqual(row["late_amount"], 63)
        (text,) = [text for _tone, text in row["words"] if "of which late" in text]
        self.assertIn("63.00", text)

    def test_who_paid_goes_back_to_his_account(self):
        path = f"/pay/{self.links._for(self.first)._code()}"
        self.assertNotIn("Back to your account", self.url_open(path).text)
        self._pay(self.first)
        page = self.url_open(path)
        self.assertIn("Paid, thank you", self._text(page))
        self.assertIn("Back to your account", self._text(page))
        self.assertIn(f'href="/en{ACCOUNT}"', page.text)
        self.authenticate(None, None)
        self.assertNotIn("Back to your account", self.url_open(path).text)

    # what is ticked

    def _ticked(self, path):
        tree = html.fromstring(self.url_open(path).text)
        boxes = tree.xpath("//input[@type='checkbox'][@name='item'][@checked]")
        return {int(box.get("value")) for box in boxes}

    def test_what_is_not_due_is_not_ticked(self):
        soon = self._due(self.sme, 70, self._day(12))
        due = {self.first.id, self.second.id}
        for kind in ("plan", "promise"):
            self.assertEqual(self._ticked(f"{ACCOUNT}/{kind}"), due, kind)
        path = f"{ACCOUNT}/promise?document={soon.id}"
        self.assertEqual(self._ticked(path), {soon.id})

    def test_what_is_in_a_plan_cannot_be_announced(self):
        self._planned(self.first)
        page = self.url_open(f"{ACCOUNT}/promise")
        self.assertEqual(self._ticked(f"{ACCOUNT}/promise"), {self.second.id})
        self.assertIn("is in payment plan", self._text(page))
        action, data = self._filled(
            page, item=[str(self.first.id)], date=self._day(3), amount=""
        )
        self.assertEqual(self.url_open(action, data=data).status_code, 422)
        self.assertFalse(self.promises.search([("move_ids", "in", self.first.ids)]))
