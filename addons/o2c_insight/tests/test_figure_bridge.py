"""Key figures and receivables by age: the same books, and what lies between them."""

from datetime import date

from odoo.tests import freeze_time, tagged

from odoo.addons.o2c_base.tests.common import O2cCommon

DAY = date(2026, 3, 31)


@tagged("post_install", "-at_install")
@freeze_time("2026-04-02 09:00:00")
class TestFigureBridge(O2cCommon):
    """1,000 and 500 are open, 120 came that nobody matched, a credit note of 80 waits,
    and another ledger holds 300."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._invoice(cls.sme, 1000, "2026-03-01")
        cls._invoice(cls.corporate, 500, "2026-03-10")
        cls._invoice(cls.sme, 80, "2026-03-12", move_type="out_refund")
        payment = cls.env["account.payment"].create(
            {
                "partner_id": cls.corporate.id,
                "amount": 120,
                "date": "2026-03-20",
                "payment_type": "inbound",
                "journal_id": cls.company_data["default_journal_bank"].id,
            }
        )
        payment.action_post()
        source = (
            cls.env["o2c.memo.source"]
            .sudo()
            .create({"name": "Oude boekhouding", "company_id": cls.company.id})
        )
        cls.env["o2c.memo.item"].sudo().create(
            {
                "source_id": source.id,
                "number": "A1",
                "partner_id": cls.sme.id,
                "currency_id": cls.company.currency_id.id,
                "date": "2026-02-01",
                "due": "2026-03-03",
                "open_amount": 300,
                "open_company": 300,
            }
        )
        cls.env.flush_all()
        cls.report = cls.env["o2c.receivable.report"].with_context(o2c_as_of=str(DAY))

    def _taken(self):
        return (
            self.env["o2c.kpi.snapshot"]
            .sudo()
            ._take(self.company, DAY.replace(day=1), date(2026, 4, 2))
        )

    def _by_age(self, *domain):
        self.report.invalidate_model()
        company = ("company_id", "=", self.company.id)
        return sum(self.report.search([company, *domain]).mapped("amount"))

    def test_figure_and_other_ledgers_are_the_total_by_age(self):
        rows = self._taken()
        total = rows.filtered(lambda row: row.dimension == "total")
        self.assertEqual((total.receivables, total.unapplied), (1300, -200))
        self.assertEqual((total.other_ledgers, total.by_age), (300, 1600))
        self.assertEqual(total.by_age, self._by_age())
        for row in rows.filtered(lambda row: row.dimension == "segment"):
            segment = ("segment_id", "=", row.segment_id.id)
            self.assertEqual(row.by_age, self._by_age(segment), row.label)

    def test_the_list_says_how_its_total_follows(self):
        self._taken()
        _row, found = self.report._bridge()
        self.assertEqual(
            found,
            {"figure": 1300, "since": 0, "others": 300, "total": 1600, "credit": -200},
        )
        self.assertEqual(found["total"], self._by_age())
        message = self.report.action_compare()["params"]["message"]
        for amount in ("1,300.00", "1,600.00", "-200.00"):
            self.assertIn(amount, message.replace("\xa0", " "))

    def test_what_was_booked_since_is_named(self):
        self._taken()
        self._invoice(self.sme, 77, "2026-04-01")
        today = self.env["o2c.receivable.report"].with_context(o2c_as_of="2026-04-02")
        today.invalidate_model()
        _row, found = today._bridge()
        self.assertEqual((found["figure"], found["since"]), (1300, 77))
        self.assertEqual(found["total"], 1677)

    def test_before_any_figures_the_books_speak_for_themselves(self):
        row, found = self.report._bridge()
        self.assertFalse(row)
        self.assertEqual((found["figure"], found["since"]), (0, 1300))
        self.assertIn("in our own books", self.report._comparison())
