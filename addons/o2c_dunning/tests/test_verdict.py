"""May I remind? Each reason that says no, on real records."""

from datetime import datetime

from odoo import Command
from odoo.tests import tagged

from .common import DunningCommon


@tagged("post_install", "-at_install")
class TestVerdict(DunningCommon):
    def _reason(self, invoice, day="2026-03-04"):
        self._nightly(day)
        return self._verdict(invoice).reason

    def test_an_invoice_that_will_be_reminded_says_so(self):
        invoice = self._due(self.sme, 1000, "2026-03-01")
        self.assertEqual(self._reason(invoice), "remind")
        self.assertEqual(self._verdict(invoice).amount_asked, 1000)

    def test_an_invoice_that_is_not_due_says_when(self):
        invoice = self._due(self.sme, 1000, "2026-03-10")
        self.assertEqual(self._reason(invoice), "not_due")
        self.assertEqual(self._verdict(invoice).next_on.isoformat(), "2026-03-13")

    def test_an_invoice_whose_turn_is_weeks_ahead_has_no_verdict_yet(self):
        invoice = self._due(self.sme, 1000, "2026-03-31")
        self._nightly("2026-03-04")
        self.assertFalse(self._verdict(invoice))

    def test_who_is_insolvent_is_left_to_a_person(self):
        invoice = self._due(self.sme, 1000, "2026-03-01")
        self.env["o2c.risk.profile"].sudo().create(
            {"partner_id": self.sme.id, "company_id": self.company.id}
        ).insolvent = True
        self.assertEqual(self._reason(invoice), "insolvent")

    def _agree(self, **values):
        agreements = self.env["o2c.payment.agreement"].sudo()
        agreement = agreements.create(
            {"partner_id": self.sme.id, "date_from": "2026-01-01", **values}
        )
        agreement.state = "confirmed"

    def test_an_agreed_direct_debit_gets_its_time(self):
        invoice = self._due(self.sme, 1000, "2026-03-01")
        self._agree(direct_debit=True)
        self.assertEqual(self._reason(invoice), "direct_debit")
        self.assertEqual(self._reason(invoice, "2026-03-12"), "remind")

    def test_what_belongs_to_a_factoring_company_is_not_ours_to_ask(self):
        invoice = self._due(self.sme, 1000, "2026-03-01")
        self._agree(factor_id=self.corporate.id)
        self.assertEqual(self._reason(invoice), "factored")

    def _bill(self, amount, due, **values):
        bill = self.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": self.sme.id,
                "invoice_date": "2026-01-01",
                "invoice_date_due": due,
                "invoice_payment_term_id": False,
                "invoice_line_ids": [
                    Command.create(
                        {"name": "Paper", "price_unit": amount, "tax_ids": []}
                    )
                ],
                **values,
            }
        )
        bill.action_post()
        return bill

    def test_who_may_set_it_off_against_what_we_are_late_with_is_not_reminded(self):
        invoice = self._due(self.sme, 1000, "2026-03-01")
        self._bill(999, "2026-02-01")
        self._bill(5000, "2026-03-20")
        self.assertEqual(self._reason(invoice), "remind", "only what is overdue counts")
        more = self._bill(1, "2026-02-01")
        self.assertEqual(self._reason(invoice, "2026-03-05"), "may_offset")
        more.payment_state = "blocked"
        self.assertNotEqual(self._reason(invoice, "2026-03-06"), "may_offset")

    def test_a_bill_in_other_money_is_not_set_off(self):
        invoice = self._due(self.sme, 1000, "2026-03-01")
        usd = self.env.ref("base.USD")
        usd.active = True
        self._bill(9000, "2026-02-01", currency_id=usd.id)
        self.assertEqual(self._reason(invoice), "remind")

    def test_a_collector_sees_who_pays_through_whom_and_what_is_set_off(self):
        self._due(self.sme, 1000, "2026-03-01")
        self._agree(payer_id=self.corporate.id, buying_group_id=self.public_body.id)
        self._bill(70, "2026-02-01")
        self._nightly("2026-03-04")
        case = self.cases.search([("partner_id", "=", self.sme.id)])
        text = case.with_user(self.collector).paying_text
        for words in (self.corporate.name, self.public_body.name, "70.00"):
            self.assertIn(words, text)

    def test_excluded_from_follow_up(self):
        invoice = self._due(self.sme, 1000, "2026-03-01")
        invoice.no_followup = True
        self.assertEqual(self._reason(invoice), "no_followup")

    def test_opening_balance_in_a_general_journal_is_left_alone(self):
        entry = self.env["account.move"].create(
            {
                "move_type": "entry",
                "date": "2026-01-01",
                "line_ids": [
                    Command.create(
                        {
                            "account_id": self.company_data[
                                "default_account_receivable"
                            ].id,
                            "partner_id": self.sme.id,
                            "debit": 800,
                            "date_maturity": "2026-01-31",
                        }
                    ),
                    Command.create(
                        {
                            "account_id": self.company_data[
                                "default_account_revenue"
                            ].id,
                            "credit": 800,
                        }
                    ),
                ],
            }
        )
        entry.action_post()
        self.assertEqual(self._reason(entry), "no_followup")

    def test_older_than_the_start_date_is_left_out_unless_chosen(self):
        self.company.o2c_dunning_start_date = "2026-03-02"
        invoice = self._due(self.sme, 1000, "2026-03-01")
        self.assertEqual(self._reason(invoice), "before_start")
        self.company.o2c_dunning_old_items = True
        self.assertEqual(self._reason(invoice), "remind")

    def test_blocked_for_payment(self):
        invoice = self._due(self.sme, 1000, "2026-03-01")
        invoice.action_toggle_block_payment()
        self.assertEqual(self._reason(invoice), "blocked")

    def test_an_invoice_that_was_never_sent(self):
        invoice = self._due(self.sme, 1000, "2026-03-01", sent=False)
        self.assertEqual(self._reason(invoice), "never_sent")
        self.company.o2c_dunning_sent_required = False
        self.assertEqual(self._reason(invoice), "remind")

    def test_an_invoice_that_came_back(self):
        invoice = self._due(self.sme, 1000, "2026-03-01")
        log = self.env["o2c.delivery.log"]
        log._log(invoice, "email", "sent", at=datetime(2026, 1, 30, 9))
        log._log(invoice, "email", "bounced", at=datetime(2026, 1, 30, 10))
        self.assertEqual(self._reason(invoice), "document_bounced")
        log._log(invoice, "email", "sent", at=datetime(2026, 2, 9, 9))
        self.assertEqual(self._reason(invoice, "2026-03-13"), "step_later")
        self.assertEqual(self._reason(invoice, "2026-03-14"), "remind")

    def test_an_invoice_sent_late_is_due_later_and_a_copy_sent_later_is_not(self):
        invoice = self._due(self.sme, 1000, "2026-03-01")
        log = self.env["o2c.delivery.log"]
        log._log(invoice, "email", "sent", at=datetime(2026, 2, 4, 9))
        log._log(invoice, "email", "sent", at=datetime(2026, 3, 5, 9))
        self.assertEqual(self._reason(invoice, "2026-03-08"), "step_later")
        self.assertEqual(self._reason(invoice, "2026-03-09"), "remind")

    def test_tolerance_is_company_currency_for_a_foreign_invoice(self):
        yen = self.setup_other_currency("JPY", rates=[("2020-01-01", 150.0)])
        self.company.o2c_dunning_tolerance = 10
        small = self._due(self.sme, 1400, "2026-03-01", currency_id=yen.id)
        large = self._due(self.corporate, 1600, "2026-03-01", currency_id=yen.id)
        self.assertEqual(self._reason(small), "below_tolerance")
        self.assertEqual(self._verdict(large).reason, "remind")
        notice = self.notices.search([("partner_id", "=", self.corporate.id)])
        self.assertEqual((notice.amount, notice.currency_id), (1600, yen))
        self.assertAlmostEqual(notice.amount_company, 10.67)

    def test_a_foreign_credit_note_covers_whatever_the_rate_did(self):
        dollar = self.setup_other_currency(
            "USD", rates=[("2020-01-01", 2.0), ("2026-02-15", 1.0)]
        )
        invoice = self._due(self.sme, 1000, "2026-03-01", currency_id=dollar.id)
        self._due(
            self.sme,
            1000,
            "2026-03-02",
            date="2026-02-20",
            move_type="out_refund",
            currency_id=dollar.id,
        )
        self.assertEqual(self._reason(invoice), "credit_covers")

    def test_two_currencies_are_two_cases_and_two_messages(self):
        dollar = self.setup_other_currency("USD", rates=[("2020-01-01", 2.0)])
        self._due(self.sme, 1000, "2026-03-01")
        self._due(self.sme, 500, "2026-03-01", currency_id=dollar.id)
        notices = self._nightly("2026-03-04").o2c_notice_ids
        self.assertEqual(sorted(notices.mapped("amount")), [500, 1000])
        self.assertEqual(len(notices.case_id), 2)

    def test_no_ladder_is_a_reason(self):
        invoice = self._due(self.sme, 1000, "2026-03-01")
        self.standard.step_ids.unlink()
        self.assertEqual(self._reason(invoice), "no_ladder")

    def test_a_pause_holds_until_its_last_day(self):
        invoice = self._due(self.sme, 1000, "2026-03-01")
        case = self.cases._case_of(invoice)
        case.with_user(self.collector)._pause("2026-03-10", "on holiday")
        self.assertEqual(self._reason(invoice, "2026-03-10"), "paused")
        self.assertEqual(self._reason(invoice, "2026-03-11"), "remind")

    def test_an_online_payment_under_way_is_waited_for(self):
        if "payment.transaction" not in self.env:
            self.skipTest("needs online payment")
        invoice = self._due(self.sme, 1000, "2026-03-01")
        provider = self.env["payment.provider"].sudo().create({"name": "Proef"})
        self.env["payment.transaction"].sudo().create(
            {
                "provider_id": provider.id,
                "payment_method_id": self.env.ref("payment.payment_method_unknown").id,
                "amount": 1000,
                "currency_id": self.company.currency_id.id,
                "partner_id": self.sme.id,
                "reference": "proef-1",
                "invoice_ids": [Command.set(invoice.ids)],
                "state": "pending",
                "last_state_change": "2026-03-03 10:00:00",
            }
        )
        self.assertEqual(self._reason(invoice), "payment_under_way")
        self.assertEqual(self._reason(invoice, "2026-03-11"), "remind")
