"""Items of other ledgers that customers may see."""

from odoo.tests import tagged

from odoo.addons.o2c_base.tests.common import O2cCommon


@tagged("post_install", "-at_install")
class TestMemoShown(O2cCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.source = (
            cls.env["o2c.memo.source"]
            .sudo()
            .create({"name": "Oud systeem", "company_id": cls.company.id})
        )

    def _item(self, number, amount=100, **values):
        return (
            self.env["o2c.memo.item"]
            .sudo()
            .create(
                {
                    "source_id": self.source.id,
                    "partner_id": self.sme.id,
                    "number": number,
                    "date": "2026-02-01",
                    "due": "2026-03-03",
                    "currency_id": self.company.currency_id.id,
                    "amount": amount,
                    "open_amount": amount,
                    "open_company": amount,
                    **values,
                }
            )
        )

    def _shown(self, **values):
        memos = self.env["o2c.memo.item"].sudo()
        return memos._shown(self.company, **values)

    def test_nothing_is_shown_before_the_company_says_so(self):
        self._item("V1")
        self._item("V2", -30)
        self._item("V3", state="closed")
        self.assertEqual(self._shown(), {})
        self.company.o2c_memo_shown = True
        rows = self._shown()[self.sme.id]
        self.assertEqual([row["number"] for row in rows], ["V1", "V2"])
        self.assertEqual(self._shown(partners=self.corporate), {})
        self.assertEqual(self._shown(currency=self.env.ref("base.USD")), {})
        [ledger] = self.env["o2c.memo.item"]._shown_ledgers(rows, "en_US")
        self.assertIn("Oud systeem", ledger["title"])
        self.assertIn("70.00", ledger["total"])
        self.source.active = False
        self.assertEqual(self._shown(), {}, "a ledger that is put away is not shown")

    def test_each_money_has_a_total_of_its_own(self):
        self._item("V1")
        self._item("V2", currency_id=self.env.ref("base.USD").id)
        self.company.o2c_memo_shown = True
        [rows] = self._shown().values()
        ledgers = self.env["o2c.memo.item"]._shown_ledgers(rows, "en_US")
        self.assertEqual([len(ledger["rows"]) for ledger in ledgers], [1, 1])
