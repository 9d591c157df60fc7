"""After the hand-over: money here and there, insolvency, and the last days."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .collection_common import CollectionCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-01 09:00:00")
class TestFollow(CollectionCommon):
    def setUp(self):
        super().setUp()
        self.accountant = self._user(
            "accountant",
            "o2c_base.group_collecting_manager,account.group_account_invoice",
        )

    def test_a_payment_to_us_is_noted_once_and_told_to_the_agency(self):
        file = self._handed_over()
        self._pay(self.invoices, 400, "2026-06-01")
        self.files._cron_follow()
        self.files._cron_follow()
        self.assertEqual(
            (file.state, file.paid_to_us, file.to_report), ("partly_paid", 400, 400)
        )
        self.assertEqual(
            len(file.event_ids.filtered(lambda one: one.kind == "paid_to_us")), 1
        )
        activity = file.activity_ids.filtered(lambda a: "Tell the agency" in a.summary)
        self.assertEqual(len(activity), 1)
        file.with_user(self.collector).action_report_payments()
        self.assertFalse(file.to_report)
        self.assertFalse(
            file.activity_ids.filtered(lambda a: "Tell the agency" in a.summary)
        )
        message = file.message_ids.filtered(lambda m: m.partner_ids)
        self.assertEqual(message.partner_ids, self.agency.partner_id)
        self.assertIn("400.00", message.body)
        with self.assertRaisesRegex(UserError, "every payment"):
            file.with_user(self.collector).action_report_payments()

    def test_paid_in_full_ends_the_file_and_gives_the_items_back(self):
        file = self._handed_over()
        self._pay(self.invoices, date="2026-06-01")
        self.files._cron_follow()
        self.assertEqual(file.state, "paid")
        self.assertFalse(any(file.item_ids.mapped("live")))
        self.assertTrue(file.closed_on)

    def test_a_proposal_ends_when_everything_was_paid(self):
        file = self._file()
        self._pay(self.invoices, date="2026-06-01")
        self.assertEqual(file.case_id.state, "closed")
        self.files._cron_follow()
        self.assertEqual(file.state, "withdrawn")

    def test_a_payment_that_is_taken_back_is_seen(self):
        file = self._handed_over()
        payment = self._pay(self.invoices, 400, "2026-06-01")
        self.files._cron_follow()
        self.assertEqual(file.state, "partly_paid")
        payment.move_id.line_ids.remove_move_reconcile()
        self.files._cron_follow()
        self.assertEqual(file.state, "handed_over")
        self.assertEqual(file.open_now, 1000)

    def _cost_account(self):
        self.company.o2c_agency_cost_account_id = self.company_data[
            "default_account_expense"
        ]

    def test_money_from_the_agency_pays_the_items_oldest_first(self):
        file = self._handed_over(self._case(self.sme, "2026-02-01", "2026-03-01"))
        self._cost_account()
        wizard = (
            self.env["o2c.agency.money"]
            .with_user(self.accountant)
            .create(
                {"file_id": file.id, "amount": 1020, "kept": 180, "memo": "Dossier 7"}
            )
        )
        self.assertEqual(wizard.journal_id.type, "bank")
        wizard.action_apply()
        old, new = self.invoices.sorted("invoice_date_due")
        self.assertEqual((old.amount_residual, new.amount_residual), (0, 800))
        self.assertEqual(
            (file.state, file.paid_by_agency, file.agency_cost),
            ("partly_paid", 1200, 180),
        )
        payment = file.event_ids.payment_id
        self.assertEqual(payment.amount, 1020)
        cost = payment.move_id.line_ids.filtered(
            lambda line: line.account_id == self.company.o2c_agency_cost_account_id
        )
        self.assertEqual(cost.balance, 180)
        self.files._cron_follow()
        self.assertFalse(
            file.paid_to_us, "the agency's money is not told to the agency"
        )

    def test_money_of_the_agency_asks_for_rights_an_account_and_no_more_than_is_open(
        self,
    ):
        file = self._handed_over()
        journal = self.company_data["default_journal_bank"]
        day = self.company._o2c_today()
        with self.assertRaises(AccessError):
            file.with_user(self.collector)._agency_paid(100, 0, day, journal, "x")
        mine = file.with_user(self.accountant)
        with self.assertRaisesRegex(UserError, "account for the cost"):
            mine._agency_paid(100, 10, day, journal, "x")
        with self.assertRaisesRegex(UserError, "1,000.00"):
            mine._agency_paid(1001, 0, day, journal, "x")
        with self.assertRaises(UserError):
            mine._agency_paid(0, 0, day, journal, "x")
        self.assertFalse(file.event_ids.filtered(lambda one: one.payment_id))

    def test_the_log_is_added_to_and_never_changed(self):
        file = self._handed_over()
        events = self.env["o2c.collection.event"].with_user(self.collector)
        event = events.create(
            {"file_id": file.id, "kind": "cost", "amount": 25, "text": "Bailiff"}
        )
        self.assertEqual(file.agency_cost, 25)
        with self.assertRaises(UserError):
            event.amount = 1
        with self.assertRaises(AccessError):
            events.create({"file_id": file.id, "kind": "paid_to_us", "amount": 1})
        with self.assertRaises(UserError):
            event.sudo().unlink()

    def test_an_insolvency_stops_everything_and_claims_to_the_day_before(self):
        case = self._case()
        agency_file = self._handed_over(case)
        self._due(self.sme, 500, "2026-07-01")
        case.with_user(self.manager).action_insolvency()
        self.assertEqual(agency_file.state, "withdrawn")
        file = case.file_ids.filtered(lambda one: one.kind == "insolvency")
        self.assertEqual(len(file.item_ids), 2, "what is not due yet is claimed too")
        with self.assertRaisesRegex(UserError, "trustee"):
            file.with_user(self.collector).action_prepare()
        trustee = self.env["res.partner"].create({"name": "Mr. Curator"})
        file.with_user(self.collector).write(
            {"insolvent_on": "2026-04-01", "trustee_id": trustee.id}
        )
        file.with_user(self.collector).action_prepare()
        self.files._cron_dossier()
        self.assertEqual(file.calculated_on.isoformat(), "2026-03-31")
        # 30 days at 10.15 % over 1,000; nothing over what fell due later
        self.assertAlmostEqual(file.interest, 8.34)
        cover = file._cover_html(1)
        self.assertIn("Mr. Curator", cover)
        self.assertIn("for verification", cover)
        file.with_user(self.manager).action_hand_over()
        self.assertFalse(self._nightly("2026-06-02").o2c_notice_ids)

    def test_a_file_at_the_agency_warns_when_the_customer_becomes_insolvent(self):
        file = self._handed_over()
        profile = self.env["o2c.risk.profile"].sudo()
        profile = profile.search(
            [("partner_id", "=", self.sme.id), ("company_id", "=", self.company.id)]
        ) or profile.create({"partner_id": self.sme.id, "company_id": self.company.id})
        self.env.cr.execute(
            "UPDATE o2c_risk_profile SET insolvent = TRUE WHERE id = %s", [profile.id]
        )
        profile.invalidate_recordset()
        self.files._cron_follow()
        self.files._cron_follow()
        self.assertEqual(
            len(file.activity_ids.filtered(lambda one: "Insolvent" in one.summary)), 1
        )


@tagged("post_install", "-at_install")
@freeze_time("2026-06-01 09:00:00")
class TestLastDays(CollectionCommon):
    def _warned(self, case):
        return case.activity_ids.filtered(lambda one: "Time-barred" in one.summary)

    def test_the_alarm_comes_90_and_30_days_before_and_once(self):
        case = self._case(self.consumer, "2026-03-01")
        last = "2028-03-01"
        for day, count in (
            ("2027-12-01", 0),
            ("2027-12-02", 1),
            ("2027-12-03", 1),
            ("2028-01-30", 1),
            ("2028-01-31", 2),
            ("2028-02-29", 2),
        ):
            with freeze_time(f"{day} 09:00:00"):
                self.files._cron_follow()
            self.assertEqual(len(self._warned(case)), count, day)
        self.assertEqual(case.limitation_on.isoformat(), last)

    def test_a_firm_letter_starts_again_a_friendly_one_does_not(self):
        self._due(self.corporate, 1000, "2026-03-01")
        self.standard.step_ids[0].tone = "friendly"
        case = self._remind("2026-03-04").case_id
        self.files._cron_follow()
        self.assertEqual(case.limitation_on.isoformat(), "2031-03-01")
        self.standard.step_ids[1].tone = "firm"
        self._remind("2026-04-04")
        self.files._cron_follow()
        self.assertEqual(case.limitation_on.isoformat(), "2031-04-04")

    def test_a_customer_of_carriage_has_one_year_and_a_barred_claim_is_refused(self):
        case = self._case(self.sme, "2025-03-01")
        self.sme.o2c_claim_kind = "carriage"
        self.files._cron_follow()
        self.assertEqual(case.limitation_on.isoformat(), "2026-03-01")
        file = self._file(case)
        with self.assertRaisesRegex(UserError, "time-barred"):
            file.action_prepare()
        self.sme.o2c_claim_kind = False
        file.action_prepare()

    def test_the_vat_of_a_year_ago_is_told_once(self):
        tax = self.company_data["default_tax_sale"]
        invoice = self._due(self.sme, 1000, "2025-06-01", post=False)
        invoice.invoice_line_ids.tax_ids = tax
        invoice.action_post()
        case = self.cases._case_of(invoice)
        with freeze_time("2026-05-31 09:00:00"):
            self.files._cron_follow()
        self.assertFalse(case.activity_ids.filtered(lambda a: "VAT" in a.summary))
        self.files._cron_follow()
        self.files._cron_follow()
        self.assertEqual(case.vat_back_on.isoformat(), "2026-06-01")
        self.assertEqual(
            len(case.activity_ids.filtered(lambda a: "VAT" in a.summary)), 1
        )
