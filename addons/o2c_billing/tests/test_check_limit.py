"""An invoice that carries its customer over his limit is looked at."""

from odoo.tests import tagged

from .check_common import CheckCommon


@tagged("post_install", "-at_install")
class TestCheckLimit(CheckCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._switch("live", "credit")
        cls.profile = cls.env["o2c.risk.profile"]._ensure(cls.company, cls.sme).sudo()
        cls.profile.write({"limit_kind": "amount", "limit_amount": 1000})
        cls._rule("limit")

    def test_up_to_the_limit_is_not_over_it(self):
        draft = self._draft(1000)
        self.assertFalse(self._reasons(draft))
        draft.invoice_line_ids.price_unit = 1001
        self.assertEqual(self._reasons(draft), ["limit"])
        reasons = draft._o2c_judge()[draft].reasons
        self.assertIn("1 over the limit", draft._o2c_reasons_in_words(reasons))

    def test_the_order_behind_a_draft_counts_once(self):
        order = self._service(15)  # 900
        order.order_line.qty_delivered = 15
        draft = order._create_invoices()
        self.assertFalse(self._reasons(draft), "900 once is within 1,000")

    def test_the_older_draft_fits_the_newer_waits(self):
        first, second = self._draft(700), self._draft(700)
        self.assertFalse(self._reasons(first))
        self.assertEqual(self._reasons(second), ["limit"])
        both = (first | second)._o2c_judge()
        self.assertEqual([both[one].needed for one in (first, second)], [False, True])

    def test_a_payment_makes_room(self):
        first = self._invoice(self.sme, 900, "2026-03-01")
        draft = self._draft(200)
        self.assertEqual(self._reasons(draft), ["limit"])
        self._pay(first)
        self.assertFalse(self._reasons(draft))

    def test_credit_notes_and_customers_without_a_limit_are_no_matter(self):
        self._draft(5000)
        self.assertFalse(self._reasons(self._draft(10, move_type="out_refund")))
        self.assertFalse(self._reasons(self._draft(99999, self.corporate)))

    def test_where_credit_is_off_the_rule_rests(self):
        draft = self._draft(1001)
        self._switch("off", "credit")
        self.assertFalse(self._reasons(draft))
