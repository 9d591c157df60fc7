"""Why not: bank lines, flags, other payers, and the sentences that say so."""

from datetime import datetime

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import DunningCommon


@tagged("post_install", "-at_install")
class TestReasons(DunningCommon):
    def _reason(self, invoice, day="2026-03-04"):
        self._nightly(day)
        return self._verdict(invoice).reason

    def _line(self, amount, day="2026-03-03", **values):
        """A credit line on the bank account that nobody matched."""
        return self.env["account.bank.statement.line"].create(
            {
                "journal_id": self.company_data["default_journal_bank"].id,
                "date": day,
                "amount": amount,
                "payment_ref": "Overboeking",
                **values,
            }
        )

    def test_reasons_do_not_stutter_or_contradict(self):
        explain = self.env["o2c.remind.verdict"]._explain
        euro = self.env.ref("base.EUR")
        facts = {
            "step_later": {"day": "2026-11-30"},
            "question": {"day": "2026-11-20", "text": "When will it come?"},
        }
        said = explain(["insolvent", "step_later"], facts, euro)
        self.assertNotIn("next step", said)
        self.assertIn("next step", explain(["step_later"], facts, euro))
        said = explain(["not_sent_yet", "previous_unsent"], {}, euro)
        self.assertEqual(said, "Previous reminder has not left yet.")
        said = explain(["question"], facts, euro)
        self.assertTrue(said.endswith("come?"), said)

    def test_a_bank_line_of_the_customer_holds_what_it_may_have_paid(self):
        old = self._due(self.sme, 1000, "2026-03-01")
        new = self._due(self.sme, 250, "2026-03-01")
        self._line(250, partner_id=self.sme.id)
        self.assertEqual(self._reason(new), "bank_line")
        self.assertEqual(self._verdict(old).reason, "remind")
        why = self._verdict(new).explanation
        for words in ("250.00", "03/03/2026", "Overboeking"):
            self.assertIn(words, why)

    def test_a_bank_line_with_his_account_number_is_his(self):
        self.env["res.partner.bank"].create(
            {"acc_number": "NL91 ABNA 0417 1643 00", "partner_id": self.sme_contact.id}
        )
        invoice = self._due(self.sme, 1000, "2026-03-01")
        self._line(1000, account_number="NL91ABNA0417164300")
        self.assertEqual(self._reason(invoice), "bank_line")

    def test_a_bank_line_that_names_the_invoice_holds_that_one(self):
        named = self._due(self.sme, 1000, "2026-03-01")
        other = self._due(self.corporate, 1000, "2026-03-01")
        spaced = named.name.replace("/", " ")
        self._line(10, payment_ref=f"betreft {spaced} met dank")
        self.assertEqual(self._reason(named), "bank_line")
        self.assertEqual(self._verdict(other).reason, "remind")

    def test_a_bank_line_of_somebody_else_or_long_ago_holds_nothing(self):
        invoice = self._due(self.sme, 1000, "2026-03-01")
        self._line(1000, partner_id=self.corporate.id)
        self._line(1000, "2025-11-01", partner_id=self.sme.id)
        self._line(-1000, partner_id=self.sme.id)
        self.assertEqual(self._reason(invoice), "remind")

    def test_a_line_in_other_money_holds_the_oldest_item(self):
        dollar = self.setup_other_currency("USD", rates=[("2020-01-01", 2.0)])
        old = self._due(self.sme, 100, "2026-02-28", currency_id=dollar.id)
        new = self._due(self.sme, 100, "2026-03-01", currency_id=dollar.id)
        self._line(50, partner_id=self.sme.id)
        self.assertEqual(self._reason(old), "bank_line")
        self.assertEqual(self._verdict(new).reason, "remind")

    def test_a_matched_line_that_came_after_the_run_takes_the_reminder_back(self):
        invoice = self._due(self.sme, 1000, "2026-03-01")
        notice = self._nightly("2026-03-04").o2c_notice_ids
        self._line(1000, "2026-03-04", partner_id=self.sme.id)
        self._deliver("2026-03-04")
        self.assertFalse(self._mails)
        self.assertEqual(notice.state, "withdrawn")
        self.assertIn("1,000.00", notice.failure_reason)
        self.assertFalse(invoice.o2c_reminded)

    def test_bank_data_older_than_a_working_day_means_silence(self):
        invoice = self._due(self.sme, 1000, "2026-03-01")
        self._line(-1, "2026-03-05")
        self.assertEqual(self._reason(invoice, "2026-03-06"), "remind")
        self.notices.search([("state", "=", "approved")])._withdraw("again")
        # Friday's data is one working day old on Monday, two on Tuesday
        self._line(-1, "2026-03-06")
        self.assertEqual(self._reason(invoice, "2026-03-10"), "bank_stale")
        self.assertIn("03/06/2026", self._verdict(invoice).explanation)
        self.assertEqual(self._reason(invoice, "2026-03-09"), "remind")

    def test_a_holiday_is_no_working_day_for_the_bank(self):
        invoice = self._due(self.sme, 1000, "2026-04-01")
        self._line(-1, "2026-04-02")
        # 3 April is a working day; 6 April 2026 is Easter Monday
        self._line(-1, "2026-04-03")
        self.assertEqual(self._reason(invoice, "2026-04-07"), "remind")

    def test_each_bank_journal_says_whether_it_is_waited_for(self):
        invoice = self._due(self.sme, 1000, "2026-03-01")
        journal = self.company_data["default_journal_bank"]
        journal.o2c_bank_watch = "always"
        self.assertEqual(self._reason(invoice), "bank_stale")
        self.assertIn(journal.name, self._verdict(invoice).explanation)
        journal.o2c_bank_watch = "never"
        self.assertEqual(self._reason(invoice, "2026-03-05"), "remind")

    def test_no_check_of_bank_data_when_the_company_wants_none(self):
        invoice = self._due(self.sme, 1000, "2026-03-01")
        self._line(-1, "2026-02-20")
        self.assertEqual(self._reason(invoice), "bank_stale")
        self.company.o2c_dunning_bank_days = 0
        self.assertEqual(self._reason(invoice, "2026-03-05"), "remind")

    def test_the_screen_of_today_says_that_the_bank_is_behind(self):
        self._line(-1, "2026-03-02")
        today = self.env["o2c.today"].with_user(self.collector)
        day = self._nightly("2026-03-06").date
        cards = {card["key"]: card for card in today._cards(self.company, day)}
        self.assertEqual(cards["dunning_bank"]["value"], "1")
        cards = today._cards(self.company, self._nightly("2026-03-03").date)
        self.assertNotIn("dunning_bank", [card["key"] for card in cards])

    def _flag(self, kind="pause", **values):
        flags = self.env["o2c.debtor.flag"].with_user(self.collector)
        values = {"until": "2026-03-10"} | values if kind == "pause" else values
        return flags.create(
            {
                "partner_id": self.sme_contact.id,
                "kind": kind,
                "reason": "debt counsellor called",
                **values,
            }
        )

    def test_a_customer_on_pause_is_left_alone_until_its_last_day(self):
        invoice = self._due(self.sme, 1000, "2026-03-01")
        flag = self._flag()
        self.assertEqual(flag.partner_id, self.sme, "the customer, not his contact")
        self.assertEqual(self._reason(invoice, "2026-03-10"), "on_pause")
        why = self._verdict(invoice).explanation
        for words in ("03/10/2026", self.collector.name, "debt counsellor called"):
            self.assertIn(words, why)
        self.assertEqual(self._reason(invoice, "2026-03-11"), "remind")

    def test_a_vulnerable_debtor_gets_a_person_and_a_case(self):
        invoice = self._due(self.sme, 1000, "2026-03-01")
        flag = self._flag("vulnerable")
        self.assertEqual(self._reason(invoice), "vulnerable")
        case = self.cases.search([("partner_id", "=", self.sme.id)])
        self.assertEqual((case.state, case.amount_due), ("open", 1000))
        flag.with_user(self.collector).action_end()
        self.assertEqual(flag.ended_by_id, self.collector)
        self.assertEqual(self._reason(invoice, "2026-03-05"), "remind")

    def test_a_flag_of_another_company_does_not_count_here(self):
        other = self.setup_other_company(name="Tweede Test B.V.")["company"]
        invoice = self._due(self.sme, 1000, "2026-03-01")
        self.env["o2c.debtor.flag"].sudo().create(
            {
                "partner_id": self.sme.id,
                "company_id": other.id,
                "kind": "vulnerable",
                "reason": "there",
            }
        )
        self.assertEqual(self._reason(invoice), "remind")

    def test_another_way_wanted_is_the_way_it_goes(self):
        invoice = self._due(self.sme, 1000, "2026-03-01")
        self._flag("channel", channel="letter")
        notice = self._nightly("2026-03-04").o2c_notice_ids
        self.assertEqual(notice.channel, "letter")
        self.assertIn("debt counsellor called", self._verdict(invoice).explanation)

    def test_who_wants_a_person_only_is_not_reminded(self):
        invoice = self._due(self.sme, 1000, "2026-03-01")
        self._flag("channel", channel="person")
        self.assertEqual(self._reason(invoice), "other_channel")

    def test_a_flag_keeps_its_history(self):
        flag = self._flag()
        with self.assertRaises(UserError):
            flag.unlink()
        with self.assertRaises(UserError):
            flag.kind = "vulnerable"
        seller = self._user("flag_seller", "sales_team.group_sale_salesman")
        with self.assertRaises(AccessError):
            flag.with_user(seller).action_end()

    def test_somebody_else_pays_and_a_person_decides(self):
        invoice = self._due(self.sme, 1000, "2026-03-01")
        agreement = (
            self.env["o2c.payment.agreement"]
            .sudo()
            .create(
                {
                    "partner_id": self.sme.id,
                    "date_from": "2026-01-01",
                    "payer_id": self.corporate.id,
                }
            )
        )
        agreement.state = "confirmed"
        self.assertEqual(self._reason(invoice), "other_payer")
        self.assertIn(self.corporate.name, self._verdict(invoice).explanation)
        self.company.o2c_dunning_other_payer = "remind"
        self.assertEqual(self._reason(invoice, "2026-03-05"), "remind")

    def test_a_promise_and_a_dispute_say_until_when_and_how_much(self):
        invoice = self._due(self.sme, 1000, "2026-03-01")
        case = self.cases._case_of(invoice)
        self.env["o2c.payment.promise"].sudo().create(
            {
                "case_id": case.id,
                "date": "2026-03-10",
                "amount": 1000,
                "move_ids": [(6, 0, invoice.ids)],
            }
        )
        self.assertEqual(self._reason(invoice), "promised")
        self.assertIn("03/12/2026", self._verdict(invoice).explanation)

    def test_a_credit_note_that_covers_it_is_named(self):
        invoice = self._due(self.sme, 120, "2026-03-01")
        refund = self._due(self.sme, 120, "2026-03-02", move_type="out_refund")
        self.assertIn(refund.name, invoice.o2c_next_reminder)
        self.assertEqual(self._reason(invoice), "credit_covers")
        why = self._verdict(invoice).explanation
        self.assertIn(refund.name, why)
        self.assertIn("120.00", why)

    def test_an_invoice_sent_late_says_so(self):
        invoice = self._due(self.sme, 1000, "2026-03-01")
        log = self.env["o2c.delivery.log"]
        log._log(invoice, "email", "sent", at=datetime(2026, 2, 9, 9))
        self.assertEqual(self._reason(invoice, "2026-03-05"), "not_due")
        why = self._verdict(invoice).explanation
        self.assertIn("10 days after its date", why)
        self.assertIn("03/11/2026", why)

    def test_every_reason_has_a_sentence_of_its_own_or_a_label(self):
        verdicts = self.env["o2c.remind.verdict"]
        euro = self.company.currency_id
        for code, _label in verdicts._fields["reason"].selection:
            bare = verdicts._explain([code], {}, euro)
            self.assertTrue(bare.endswith("."), code)
        full = {
            "day": "2026-03-04",
            "since": "2026-03-01",
            "amount": 5.0,
            "text": "words",
            "who": "Somebody",
            "days": 3,
            "labels": ["A", "B", "C", "D", "E"],
        }
        for code in verdicts._sentences():
            text = verdicts._explain([code], {code: full}, euro)
            self.assertNotIn("%(", text, code)
        text = verdicts._explain(["credit_covers"], {"credit_covers": full}, euro)
        self.assertIn("A, B, C and 2 more", text)
