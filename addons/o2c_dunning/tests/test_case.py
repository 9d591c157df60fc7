"""Cases: one open per customer, company and currency."""

from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import DunningCommon


@tagged("post_install", "-at_install")
class TestCase(DunningCommon):
    def _values(self, **more):
        return {
            "partner_id": self.sme.id,
            "company_id": self.company.id,
            "currency_id": self.company.currency_id.id,
        } | more

    @mute_logger("odoo.sql_db")
    def test_there_is_one_open_case_by_schema(self):
        self.cases.create(self._values(state="closed"))
        self.cases.create(self._values())
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.cases.create(self._values())

    @mute_logger("odoo.sql_db")
    def test_an_item_takes_a_step_once_by_schema(self):
        self._due(self.sme, 1000, "2026-03-01")
        line = self._remind("2026-03-04").line_ids
        notice = self.notices.create(
            {
                "case_id": line.notice_id.case_id.id,
                "partner_id": self.sme.id,
                "company_id": self.company.id,
                "currency_id": self.company.currency_id.id,
                "date": "2026-03-05",
                "channel": "email",
            }
        )
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            line.copy({"notice_id": notice.id}).flush_recordset()

    def test_a_case_keeps_its_customer(self):
        case = self.cases.create(self._values())
        with self.assertRaises(UserError):
            case.partner_id = self.corporate

    def test_merging_customers_leaves_one_open_case_and_both_histories(self):
        self._due(self.sme, 1000, "2026-03-01")
        self._due(self.corporate, 500, "2026-03-01")
        notices = self._remind("2026-03-04")
        wizard = self.env["base.partner.merge.automatic.wizard"].sudo().create({})
        wizard._merge([self.corporate.id, self.sme.id], self.sme, extra_checks=False)
        self.env.invalidate_all()
        self.assertEqual(len(notices.exists()), 2)
        self.assertEqual(notices.partner_id, self.sme)
        self.assertEqual(sorted(notices.case_id.mapped("state")), ["closed", "open"])
        again = self._nightly("2026-03-20").o2c_notice_ids
        self.assertEqual((len(again), again.amount, again.step_days), (1, 1500, 17))
