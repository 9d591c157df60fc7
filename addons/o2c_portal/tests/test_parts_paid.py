"""An invoice in instalments: one that is being paid does not hold the other."""

from odoo import Command
from odoo.tests import tagged

from .common import PayHttpCommon


@tagged("post_install", "-at_install")
class TestPartsPaid(PayHttpCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        terms = cls.env["account.payment.term"].create(
            {
                "name": "Two parts",
                "line_ids": [
                    Command.create(
                        {"value": "percent", "value_amount": 50, "nb_days": days}
                    )
                    for days in (4, 34)
                ],
            }
        )
        cls.invoice = cls._invoice(
            cls.sme, 90.0, "2026-01-05", invoice_payment_term_id=terms.id
        )
        cls.link = cls.links._for(cls.invoice)
        cls.keys = [(cls.invoice.id, 1), (cls.invoice.id, 2)]

    def _payable(self, link):
        found, waiting = link._offer()
        return [item.key for item in found.payable], set(waiting)

    def test_a_payment_of_one_instalment_holds_that_one_only(self):
        self._start(self.link, self.keys[:1])
        whole = self.links._for(self.sme)
        for link in (self.link, whole):
            self.assertEqual(self._payable(link), (self.keys[1:], {self.keys[0]}))
        self.assertEqual(self.link._choose().amount, 45)
        self.assertEqual(self.link._choose(self.keys[:1]).reason, "under_way")
        page = self.link._page()
        self.assertEqual(
            {line["number"]: line["waiting"] for line in page["lines"]},
            {1: "started", 2: ""},
        )
        self.assertEqual((page["state"], page["amount"]), ("open", 45.0))

    def test_a_payment_of_the_whole_or_of_unknown_parts_holds_all(self):
        transaction = self._start(self.link)
        self.assertEqual(self._payable(self.link), ([], set(self.keys)))
        transaction.o2c_allocation_ids.unlink()
        self.assertEqual(self._payable(self.link), ([], set(self.keys)))

    def test_the_account_says_how_much_is_under_way(self):
        self._start(self.link, self.keys[:1])
        overview = self.env["o2c.account.overview"]
        (row,) = overview._document_rows(self.invoice)
        words = [text for _tone, text in row["words"]]
        self.assertIn("of which under way: €45.00", self._plain(words))
        self._start(self.link, self.keys[1:])
        (row,) = overview._document_rows(self.invoice)
        words = [text for _tone, text in row["words"]]
        self.assertIn("payment under way", words)
        self.assertNotIn("of which under way", " ".join(words))

    def _plain(self, words):
        return [text.replace("\N{NO-BREAK SPACE}", "") for text in words]

    def test_who_mistypes_the_amount_keeps_his_choice(self):
        for typed in ("abc", "-5", "99999"):
            with self.subTest(typed):
                query = f"?chosen=1&item={self.invoice.id}.1&other={typed}"
                response = self._open_page(self.link, query)
                text = self._text(response)
                self.assertIn("of €90.00 that is open", text)
                self.assertIn("Pay €45.00", text)
                self.assertIn('role="alert"', response.text)
                self.assertIn(f'value="{typed}"', response.text)

    def test_the_link_of_what_is_paid_thanks_and_selects_nothing(self):
        self._paid_online(self.link, self.keys[:1])
        for link in (self.link, self.links._for(self.sme)):
            page = link._page(self.keys[:1])
            self.assertIn("is paid", page["paid_text"])
            self.assertEqual((page["state"], page["amount"]), ("open", 0.0))
            self.assertFalse(any(line["chosen"] for line in page["lines"]))
        response = self._open_page(self.link, f"?item={self.invoice.id}.1")
        text = self._text(response)
        self.assertIn("Paid, thank you", text)
        self.assertIn("Look at what else is open", text)
        self.assertNotIn("has changed", text)
        self.assertNotIn("iDEAL", text)
        self.assertIn("Pay €45.00", self._text(self._open_page(self.link)))

    def test_what_is_unknown_or_of_another_customer_is_not_called_paid(self):
        other = self._invoice(self.corporate, 10.0, "2026-01-05")
        self._pay(other)
        whole = self.links._for(self.sme)
        for keys in ([(other.id, 1)], [(self.invoice.id, 3)], [(0, 0)], self.keys):
            self.assertFalse(whole._is_paid(keys), keys)
            self.assertFalse(self.link._is_paid(keys), keys)
