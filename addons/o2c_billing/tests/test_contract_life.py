"""A contract starts, renews, gets notice and ends; its owner is told in time, once."""

from datetime import timedelta

from psycopg2 import IntegrityError

from odoo import Command, fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .contract_common import ContractCommon


@tagged("post_install", "-at_install")
class TestContractLife(ContractCommon):
    def test_term_and_last_day_for_notice(self):
        contract = self._contract(notice_months=3)
        self.assertEqual(str(contract.term_end), "2026-12-31")
        self.assertEqual(str(contract.cancel_before), "2026-10-01")
        contract = self._contract(notice_days=30, date_start="2026-01-31")
        self.assertEqual(str(contract.term_end), "2027-01-30")
        self.assertEqual(str(contract.cancel_before), "2027-01-01")

    def test_the_dates_that_are_shown_still_count(self):
        contract = self._contract()
        shown = []
        for today in ("2026-11-30", "2026-12-01"):
            with freeze_time(f"{today} 12:00:00"):
                contract.invalidate_recordset()
                shown.append((str(contract.coming_end), str(contract.coming_notice)))
        self.assertEqual(
            shown, [("2026-12-31", "2026-12-01"), ("2027-12-31", "2027-12-01")]
        )
        contract = self._contract(renewal="open")
        with freeze_time("2027-01-01 12:00:00"):
            contract.invalidate_recordset()
            self.assertFalse(contract.coming_end or contract.coming_notice)

    def test_it_renews_by_itself_for_a_term_and_says_so_once(self):
        contract = self._contract(date_start="2024-03-01")
        self._night("2025-02-28")
        self.assertEqual(contract.terms_renewed, 0)
        self._night("2025-03-01")
        self._night("2025-03-02")
        self.assertEqual(str(contract.term_end), "2026-02-28")
        said = contract.message_ids.filtered(lambda m: "Renewed until" in str(m.body))
        self.assertEqual(len(said), 1)

    def test_the_owner_gets_one_activity_before_the_last_day_for_notice(self):
        contract = self._contract(remind_days=30)
        self._night("2026-10-31")
        self.assertFalse(contract.activity_ids)
        for night in ("2026-11-01", "2026-11-02", "2026-11-20"):
            self._night(night)
        self.assertEqual(len(contract.activity_ids), 1)
        activity = contract.activity_ids
        self.assertEqual(str(activity.date_deadline), "2026-11-30")
        self.assertEqual(activity.user_id, contract.user_id)
        activity.action_done()
        self._night("2026-11-21")
        self.assertFalse(contract.activity_ids)

    def test_watching_makes_no_activity(self):
        self._switch("watch", "billing")
        contract = self._contract(remind_days=30)
        self._night("2026-11-02")
        self.assertFalse(contract.activity_ids)

    def test_notice_in_time_and_a_day_late(self):
        contract = self._contract()
        self._notice(contract, "2026-11-30")
        self.assertEqual(
            (contract.state, str(contract.date_end)), ("notice", "2026-12-31")
        )
        contract.action_withdraw_notice()
        self._notice(contract, "2026-12-01")
        self.assertEqual(str(contract.date_end), "2027-12-31")
        self.assertEqual(contract.end_reason, "test")

    def test_a_contract_that_goes_on_ends_a_month_after_notice(self):
        contract = self._contract(renewal="open", term_months=0)
        self.assertFalse(contract.term_end)
        self._notice(contract, "2026-05-20")
        self.assertEqual(str(contract.date_end), "2026-06-19")

    def test_a_contract_that_ends_bills_no_day_more(self):
        contract = self._contract(renewal="ends", term_months=2)
        self._night("2026-06-01")
        self.assertEqual(sum(row[3] for row in self._rows(contract)), 124.0)
        self.assertEqual(contract.state, "ended")
        self.assertFalse(contract.next_date)

    def test_the_last_period_in_arrears_is_billed_before_it_is_ended(self):
        contract = self._contract({"timing": "arrears"}, renewal="ends", term_months=1)
        self._night("2026-01-31")
        self.assertEqual(contract.state, "running")
        self._night("2026-02-01")
        self.assertEqual((len(contract.period_ids), contract.state), (1, "ended"))

    def test_bad_dates_and_terms_are_refused(self):
        for values in (
            {"date_end": "2025-12-31"},
            {"renewal_months": 0},
            {"notice_days": -1},
        ):
            with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
                with self.env.cr.savepoint():
                    self._contract(start=False, **values)
        with self.assertRaises(UserError):
            self._contract(renewal="ends", term_months=0)
        empty = self.env["o2c.contract"].create(
            {"partner_id": self.sme.id, "company_id": self.company.id}
        )
        with self.assertRaises(UserError):
            empty.action_start()

    def test_a_contact_is_replaced_by_its_company(self):
        contract = self._contract(partner_id=self.sme_contact.id, start=False)
        self.assertEqual(contract.partner_id, self.sme)
        self.assertEqual(contract.invoice_partner_id, self.sme_contact)
        with self.assertRaises(ValidationError):
            contract.invoice_partner_id = self.corporate

    def test_a_started_contract_stands(self):
        contract = self._contract()
        for values in (
            {"partner_id": self.corporate.id},
            {"date_start": "2026-02-01"},
            {"date_end": "2026-02-01"},
        ):
            with self.assertRaises(UserError):
                contract.write(values)
        with self.assertRaises(UserError):
            contract.unlink()
        contract.title = "Beheer"

    def test_back_to_draft_only_before_anything_was_billed(self):
        contract = self._contract()
        contract.action_draft()
        self.assertEqual(contract.state, "draft")
        contract.action_start()
        self._night("2026-01-01")
        with self.assertRaises(UserError):
            contract.action_draft()

    # who signed, and who is on hold

    def _signs_for(self, amount):
        """The newest report: our contact signs for this amount."""
        self.env["o2c.credit.report"].sudo().create(
            {
                "partner_id": self.sme.id,
                "company_id": self.company.id,
                "date": fields.Date.today(),
                "source": "Bureau",
                "person_ids": [
                    Command.create(
                        {
                            "name": "J. de Wit",
                            "contact_id": self.sme_contact.id,
                            "signs": "amount",
                            "amount": amount,
                        }
                    )
                ],
            }
        )

    def test_who_accepts_must_be_allowed_to_sign_for_the_first_year(self):
        self._switch("live", "credit")
        self.company.o2c_signatory_mode = "hold"
        self.company.o2c_signatory_amount = 100
        self._signs_for(700)
        contract = self._contract(accepted_by_id=self.sme_contact.id, start=False)
        self.assertIn("not for this amount", contract.signatory_warning)
        with self.assertRaises(UserError):
            contract.action_start()
        contract.line_ids.price_unit = 50.0
        contract.invalidate_recordset()
        self.assertFalse(contract.signatory_warning)
        contract.action_start()
        self.assertEqual(contract.state, "running")

    def test_a_signature_is_told_and_not_held_by_setting_or_controller(self):
        self._switch("live", "credit")
        self.company.o2c_signatory_mode = "flag"
        self.company.o2c_signatory_amount = 100
        self._signs_for(700)
        contract = self._contract(accepted_by_id=self.sme_contact.id)
        self.assertIn("not for this amount", str(contract.message_ids[0].body))
        self.company.o2c_signatory_mode = "hold"
        self.env.user.group_ids += self.env.ref("o2c_base.group_credit_controller")
        contract = self._contract(accepted_by_id=self.sme_contact.id)
        self.assertEqual(contract.state, "running")

    def test_a_customer_on_hold_is_shown_and_billed(self):
        contract = self._contract()
        self.assertFalse(contract.hold_warning)
        order = self._order(self.sme, [(self.hour, 1, 60.0)])
        profile = self.env["o2c.risk.profile"]._ensure(self.company, self.sme)
        self.env["o2c.credit.hold"].sudo().create(
            {
                "order_id": order.id,
                "company_id": self.company.id,
                "partner_id": self.sme.id,
                "profile_id": profile.id,
                "kind": "confirm",
            }
        )
        contract.invalidate_recordset()
        self.assertIn(self.sme.name, contract.hold_warning)
        self._night("2026-01-01")
        self.assertEqual(len(contract.period_ids), 1)

    def test_a_consumer_contract_that_renews_warns(self):
        contract = self._contract(partner_id=self.consumer.id, start=False)
        self.assertTrue(contract.consumer_warning)
        contract.renewal = "open"
        self.assertFalse(contract.consumer_warning)

    # figures

    def test_what_it_is_worth_and_what_comes_next(self):
        contract = self._contract(
            {"quantity": 2},
            {"period_unit": "year", "price_unit": 1200.0},
            {"kind": "once", "product_id": self.setup_fee.id, "price_unit": 250.0},
            start=False,
        )
        self.assertEqual((contract.mrr, contract.arr), (224.0, 2688.0))
        self.assertEqual(str(contract.next_date), "2026-01-01")
        self.assertEqual(contract.next_amount, 1574.0)
        self.assertEqual(contract._first_year_worth(), 2938.0)
        contract.action_start()
        self._night("2026-01-01")
        self._change(contract.line_ids[0], "2026-01-01", quantity=1)
        self.assertEqual(contract.mrr, 162.0)

    def test_started_today_it_shows_what_tonight_bills(self):
        today = self.company._o2c_today()
        lines = ({"quantity": 2, "alignment": "start"}, {"price_unit": 1.5})
        draft = self._contract(*lines, date_start=today, start=False)
        before = draft.next_amount
        self.assertGreater(before, 124.0)
        draft.action_start()
        self.assertEqual((draft.next_date, draft.next_amount), (today, before))
        self._night(today)
        self.assertEqual(sum(draft.period_ids.mapped("amount")), before)
        self.assertGreater(draft.next_date, today)

    def test_what_starts_later_is_not_due_tonight(self):
        later = self.company._o2c_today() + timedelta(days=40)
        contract = self._contract({"alignment": "start"}, date_start=later)
        self.assertEqual((contract.next_date, contract.next_amount), (later, 62.0))

    def test_the_next_twelve_months_before_the_start(self):
        start = self.company._o2c_today().replace(day=1)
        contract = self._contract(
            {}, {"kind": "once", "price_unit": 250.0}, date_start=start, start=False
        )
        action = contract.action_coming()
        rows = self.env["o2c.contract.coming"].search(action["domain"])
        self.assertEqual(len(rows), 14)
        self.assertEqual(sum(rows.mapped("amount")), 62.0 * 13 + 250.0)
        self.assertFalse(contract.period_ids)

    def test_what_falls_due_together_stands_on_one_day(self):
        """A discount that ends half way a period does not move part of its invoice."""
        start = self.company._o2c_today().replace(month=1, day=1)
        contract = self._contract(
            {"period_unit": "half", "intro_months": 2, "intro_discount": 50},
            date_start=start,
        )
        due = [row["due"] for row in contract._coming(start, 0)]
        self.assertEqual(due, [start, start])
        self._night(start)
        self.assertEqual(self._contract_events(contract).mapped("date"), [start, start])

    def test_a_line_without_price_is_found(self):
        contract = self._contract({"price_unit": 0}, start=False)
        contract.line_ids.price_unit = 0
        self.assertTrue(contract.without_price)
        contract.line_ids.price_unit = 5
        self.assertFalse(contract.without_price)

    def test_the_confirmation_tells_what_was_agreed(self):
        contract = self._contract({"quantity": 5}, client_ref="PO 4711")
        contract.action_confirm_to_customer()
        mail = self.env["mail.mail"].search(
            [("model", "=", "o2c.contract"), ("res_id", "=", contract.id)]
        )
        self.assertIn("PO 4711", mail.body_html)
        self.assertIn("62.00", mail.body_html)
        self.assertEqual(mail.email_to, self.sme.email)
        log = self.env["o2c.delivery.log"].search(
            [("res_model", "=", "o2c.contract"), ("res_id", "=", contract.id)]
        )
        self.assertTrue(log)
