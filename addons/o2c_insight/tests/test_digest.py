"""The digest mail: figures worked out by hand, and to each what he may see."""

from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .month_common import MonthCommon


@tagged("post_install", "-at_install")
class TestDigest(MonthCommon):
    """Seen on 15 March 2026 at 8:00 UTC; the period is the week from 8 March."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.digest = cls.env["digest.digest"].create(
            {
                "name": "Week",
                "periodicity": "weekly",
                "company_id": cls.company.id,
                "kpi_o2c_overdue": True,
                "kpi_o2c_dso": True,
                "kpi_o2c_collected": True,
                "kpi_o2c_promises": True,
                "kpi_o2c_held": True,
            }
        )
        cls.controller = cls._user("digest_c", "o2c_base.group_credit_controller")
        cls.nobody = cls._user("digest_n", "base.group_user")
        late = cls._invoice(
            cls.sme,
            900,
            "2026-01-10",
            invoice_payment_term_id=False,
            invoice_date_due="2026-02-09",
            invoice_user_id=cls.seller.id,
        )
        cls._pay(late, 300, "2026-03-07")
        cls._pay(late, 100, "2026-03-08")
        cls._pay(late, 200, "2026-03-14")
        cls._pay(late, 50, "2026-03-15")
        cls._invoice(
            cls.corporate,
            1850,
            "2026-03-01",
            invoice_payment_term_id=False,
            invoice_date_due="2026-03-10",
        )

    def _value(self, name, user, end="2026-03-15 08:00:00", days=7):
        stop = fields.Datetime.to_datetime(end)
        digest = self.digest.with_context(
            start_datetime=stop - timedelta(days=days), end_datetime=stop
        )
        digest = digest.with_user(user).with_company(self.company)
        digest.invalidate_recordset([f"kpi_o2c_{name}_value"])
        return digest[f"kpi_o2c_{name}_value"]

    def test_by_hand(self):
        # 900 - 650 of January, and 1,850 since 10 March
        self.assertEqual(self._value("overdue", self.controller), 2100)
        # the week before the second was not due yet: 900 - 300 - 100
        self.assertEqual(
            self._value("overdue", self.controller, "2026-03-08 08:00:00"), 500
        )
        # whole days: 8 to 14 March
        self.assertEqual(self._value("collected", self.controller), 300)
        # 2,100 open / 2,750 sold in 31 + 28 + 15 days
        self.assertAlmostEqual(self._value("dso", self.controller), 56.5, 1)

    def test_a_seller_gets_his_own(self):
        self.assertEqual(self._value("overdue", self.seller), 250)
        self.assertEqual(self._value("collected", self.seller), 300)
        self._hold(self.sme, 1000, "2026-03-09 08:00:00")
        gone = ("2026-03-02 08:00:00", "2026-03-10 08:00:00", "released")
        self._hold(self.sme, 500, *gone)
        other = self._hold(self.sme, 1000, "2026-03-09 08:00:00")
        other.order_id.user_id = self.controller
        self.assertEqual(self._value("held", self.seller), 1)
        self.assertEqual(self._value("held", self.controller), 2)
        self.assertEqual(self._value("held", self.controller, "2026-03-05 08:00:00"), 1)

    def test_who_may_see_nothing_gets_nothing(self):
        for name in ("overdue", "dso", "collected", "promises", "held"):
            with self.assertRaises(AccessError):
                self._value(name, self.nobody)
        kpis = self._kpis(self.nobody)
        self.assertEqual(kpis, {})
        other = self.setup_other_company()["company"]
        stranger = self._user("digest_o", "o2c_base.group_credit_manager")
        stranger.write(
            {"company_id": other.id, "company_ids": [Command.set(other.ids)]}
        )
        with self.assertRaises(AccessError):
            self._value("overdue", stranger)

    def test_a_rise_of_what_should_fall_is_not_green(self):
        kpis = self._kpis(self.controller)
        self.assertEqual(
            list(kpis),
            [
                "kpi_o2c_overdue",
                "kpi_o2c_dso",
                "kpi_o2c_collected",
                "kpi_o2c_promises",
                "kpi_o2c_held",
            ],
        )
        week = kpis["kpi_o2c_overdue"]["kpi_col2"]
        self.assertNotIn("margin", week)
        # from 500 to 2,100
        self.assertIn("+320.0 %", week["col_subtitle"])
        self.assertIn("2.1k", week["value"].lower())
        self.assertIn("margin", kpis["kpi_o2c_collected"]["kpi_col2"])
        action = kpis["kpi_o2c_overdue"]["kpi_action"]
        self.assertIn("o2c_receivable_report_action", action)

    def test_the_mail(self):
        self.digest.user_ids = self.controller | self.nobody
        with self._noon(), self.mock_mail_gateway():
            self.digest.action_send_manual()
        mails = {mail.email_to: mail.body_html for mail in self._new_mails}
        self.assertEqual(len(mails), 2)
        self.assertIn("Past Due", mails[self.controller.email_formatted])
        self.assertNotIn("Past Due", mails[self.nobody.email_formatted])

    def test_promises_that_were_broken(self):
        invoice = self._invoice(self.sme, 100, "2026-03-01")
        invoice.invoice_user_id = self.seller
        case = self._case_for(self.sme)
        for state, day in (
            ("broken", "2026-03-08"),
            ("broken", "2026-03-14"),
            ("kept", "2026-03-10"),
            ("broken", "2026-03-15"),
        ):
            promise = (
                self.env["o2c.payment.promise"]
                .sudo()
                .create(
                    {
                        "case_id": case.id,
                        "date": day,
                        "amount": 10,
                        "move_ids": [Command.set(invoice.ids)],
                    }
                )
            )
            self.env.flush_all()
            self.env.cr.execute(
                "UPDATE o2c_payment_promise SET state = %s WHERE id = %s",
                [state, promise.id],
            )
        self.assertEqual(self._value("promises", self.controller), 2)
        self.assertEqual(self._value("promises", self.seller), 2)

    def test_without_sales_there_is_no_dso(self):
        with self.mock_datetime_and_now("2025-03-15 08:00:00"):
            found = self.digest._compute_kpis(self.company, self.controller)
        [dso] = [one for one in found if one["kpi_name"] == "kpi_o2c_dso"]
        self.assertEqual(dso["kpi_col1"]["value"], "–")

    def test_a_second_reader_costs_no_second_gathering(self):
        gathered = []
        model = type(self.snapshots)
        origin = model._owed

        def owed(this, companies, day):
            gathered.append(str(day))
            return origin(this, companies, day)

        self.patch(model, "_owed", owed)
        second = self._user("digest_second", "o2c_base.group_collector")
        self.digest.user_ids = self.controller | second | self.seller
        with self._noon(), self.mock_mail_gateway():
            self.digest.action_send_manual()
        days = ["2026-02-15", "2026-03-08", "2026-03-14", "2026-03-15"]
        self.assertEqual(sorted(gathered), days)
        bodies = {mail.email_to: mail.body_html for mail in self._new_mails}
        self.assertIn("2.1k", bodies[second.email_formatted].lower())
        self.assertNotIn("2.1k", bodies[self.seller.email_formatted].lower())
        # nothing is remembered when the mail has gone
        self._invoice(self.sme, 10, "2026-01-01", invoice_date_due="2026-01-02")
        self.assertEqual(self._value("overdue", self.controller), 2110)

    def test_ours_is_sent_to_nobody_by_itself(self):
        ours = self.env.ref("o2c_insight.digest_digest_receivables")
        self.assertEqual((ours.state, ours.user_ids.ids), ("deactivated", []))
        usual = self.env.ref("digest.digest_digest_default")
        self.assertFalse(usual.kpi_o2c_overdue)

    def _noon(self):
        return self.mock_datetime_and_now("2026-03-15 08:00:00")

    def _kpis(self, user):
        """What the mail of a user shows: {name: columns}."""
        with self._noon():
            found = self.digest._compute_kpis(self.company, user)
        return {one["kpi_name"]: one for one in found}
