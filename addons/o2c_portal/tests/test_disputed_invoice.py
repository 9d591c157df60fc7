"""A disputed invoice says so first, is not late for that part, and asks the rest."""

from lxml import html

from odoo.tests import tagged

from .desk_common import ACCOUNT, DeskCommon


@tagged("post_install", "-at_install")
class TestDisputedInvoice(DeskCommon):
    def setUp(self):
        super().setUp()
        self._login()
        self.overview = self.env["o2c.account.overview"].with_user(self.user)

    def _dispute(self, amount, move=None):
        return self.disputes.create(
            {"move_id": (move or self.first).id, "amount": amount, "cause": "price"}
        )

    def _page(self):
        return self.url_open(f"{ACCOUNT}/document/{self.first.id}")

    def _row(self, move=None):
        (row,) = self.overview._document_rows(move or self.first)
        return row

    def test_wholly_disputed_it_says_so_first_and_asks_nothing(self):
        dispute = self._dispute(600)
        page = self._page()
        text = self._text(page)
        self.assertIn("This invoice is in dispute. We look into it", text)
        self.assertNotIn("late", text)
        self.assertFalse(
            html.fromstring(page.text).xpath("//a[contains(@href,'/pay/')]")
        )
        self.assertIn(f"{ACCOUNT}/requests/dispute/{dispute.id}", page.text)
        self.assertLess(page.text.index("is in dispute"), page.text.index("600.00"))
        self.assertNotIn(f"{ACCOUNT}/dispute?document", page.text)

    def test_of_a_part_in_dispute_the_rest_is_asked(self):
        self._dispute(100)
        page = self._page()
        text = self._text(page)
        self.assertIn("100.00 of this invoice is in dispute", text)
        (amount,) = html.fromstring(page.text).xpath(
            "//p[contains(@class,'o2c_account_amount')]"
        )
        self.assertIn("500.00", amount.text_content())
        self.assertIn(self._path(self.links._for(self.first)), page.text)
        self.assertIn("days late", text)

    def test_the_list_tells_the_dispute_before_what_is_late(self):
        self._dispute(100)
        words = [text for _tone, text in self._row()["words"]]
        self.assertEqual(words[0], "in dispute")
        self.assertIn("10 days late", words)
        self.assertEqual(self._row()["late_amount"], 500)
        self._dispute(500)
        words = [text for _tone, text in self._row()["words"]]
        self.assertEqual(words, ["in dispute"])

    def test_the_account_counts_as_overdue_what_nobody_disputes(self):
        self._dispute(100)
        (account,) = self.overview._accounts(self.user.partner_id)
        self.assertEqual((account["open"], account["overdue"]), (1100, 1000))
        text = self._text(self.url_open(ACCOUNT))
        self.assertIn("To pay now €1,000.00", text)
        self.assertIn("Open in all: €1,100.00", text)
        self._dispute(500)
        (account,) = self.overview._accounts(self.user.partner_id)
        self.assertEqual(account["overdue"], 500)
        found = self.overview._documents(self.user.partner_id, "overdue")
        self.assertEqual([row["move"] for row in found["rows"]], [self.second])

    def test_what_is_not_due_yet_takes_the_dispute_first(self):
        term = self.env["account.payment.term"].create(
            {
                "name": "In two",
                "line_ids": [
                    (0, 0, {"value": "percent", "value_amount": 50, "nb_days": days})
                    for days in (0, 90)
                ],
            }
        )
        move = self._invoice(
            self.sme, 800, self._day(-20), invoice_payment_term_id=term.id
        )
        self._dispute(400, move)
        self.assertEqual(self._row(move)["late_amount"], 400)
        self._dispute(100, move)
        self.assertEqual(self._row(move)["late_amount"], 300)
