"""From payments to a grade: behaviour, score, history and figures."""

from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import CreditCommon


@tagged("post_install", "-at_install")
class TestPaymentBehaviour(CreditCommon):
    def _behaviour(self, partner):
        self.env.flush_all()
        return self.env["o2c.payment.behaviour"].search(
            [("partner_id", "=", partner.id)], order="paid_on"
        )

    def test_part_payments_each_count(self):
        invoice = self._invoice(self.sme, 1000, "2026-01-01")
        due = invoice.invoice_date_due
        self._pay(invoice, 400, due)
        self._pay(invoice, 600, due + timedelta(days=10))
        rows = self._behaviour(self.sme)
        self.assertEqual(rows.mapped("amount"), [400, 600])
        self.assertEqual(rows.mapped("days_late"), [0, 10])
        self.assertEqual(rows.mapped("amount_days"), [0, 6000])
        self.assertEqual(sum(rows.mapped("amount_on_time")), 400)
        self.assertEqual(rows.invoice_id, invoice)

    def test_credit_notes_and_write_offs_are_no_payments(self):
        invoice = self._invoice(self.sme, 1000, "2026-01-01")
        refund = invoice._reverse_moves([{"invoice_date": "2026-06-01"}])
        refund.action_post()
        self.assertEqual(invoice.payment_state, "reversed")
        self.assertFalse(self._behaviour(self.sme))
        invoice = self._invoice(self.sme, 70, "2026-01-01")
        receivable = invoice.line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        )
        entry = self.env["account.move"].create(
            {
                "journal_id": self.company_data["default_journal_misc"].id,
                "date": "2026-06-01",
                "line_ids": [
                    Command.create(
                        {
                            "account_id": receivable.account_id.id,
                            "partner_id": self.sme.id,
                            "credit": 70,
                        }
                    ),
                    Command.create(
                        {
                            "account_id": self.company_data[
                                "default_account_expense"
                            ].id,
                            "debit": 70,
                        }
                    ),
                ],
            }
        )
        entry.action_post()
        (receivable | entry.line_ids.filtered("credit")).reconcile()
        self.assertFalse(self._behaviour(self.sme))

    def test_an_exchange_difference_is_no_payment(self):
        usd = self.env.ref("base.USD")
        usd.active = True
        self.env["res.currency.rate"].create(
            [
                {
                    "currency_id": usd.id,
                    "name": day,
                    "rate": rate,
                    "company_id": self.company.id,
                }
                for day, rate in (("2026-01-01", 2.0), ("2026-02-01", 4.0))
            ]
        )
        invoice = self._invoice(self.sme, 1000, "2026-01-10", currency_id=usd.id)
        self._pay(invoice, None, "2026-02-09")
        rows = self._behaviour(self.sme)
        self.assertEqual(invoice.payment_state, "paid")
        self.assertEqual(len(rows), 1, "the exchange entry does not count")


@tagged("post_install", "-at_install")
class TestScoring(CreditCommon):
    def _history(self, partner, count, days_late, amount=100):
        day = self.today - timedelta(days=400)
        for number in range(count):
            invoice = self._invoice(partner, amount, day + timedelta(days=number * 10))
            self._pay(
                invoice, None, invoice.invoice_date_due + timedelta(days=days_late)
            )

    def _rescore(self, partners=None, day=None):
        self.profiles._rescore(
            self.company, day or self.today, partners and partners.ids
        )
        return self.env["o2c.customer.snapshot"].search(
            [("company_id", "=", self.company.id)]
        )

    def test_nobody_is_judged_on_nothing(self):
        self._rescore(self.public_body)
        profile = self.public_body._o2c_profile(self.company)
        self.assertFalse(profile.grade)
        self.assertEqual(profile.confidence, "none")
        self.assertFalse(profile.history_ids)

    def test_a_good_payer_and_a_slow_one(self):
        self._history(self.sme, 6, -2)
        self._history(self.corporate, 6, 45)
        self._rescore()
        good = self.sme._o2c_profile(self.company)
        slow = self.corporate._o2c_profile(self.company)
        self.assertEqual((good.grade, good.confidence), ("A", "good"))
        self.assertIn(slow.grade, ("D", "E"))
        self.assertIn(["days_late", 20], good.reasons)
        self.assertIn("+20", good.reasons_text)
        self.assertEqual(len(good.history_ids), 1)
        figures = self.env["o2c.customer.snapshot"].search(
            [("partner_id", "=", self.corporate.id)]
        )
        self.assertEqual(figures.days_late, 45)
        self.assertEqual(figures.payments, 6)
        self.assertEqual(figures.paid_amount, 600)
        self.assertEqual(figures.on_time, 0)

    def test_a_grade_changes_after_two_nights_and_history_keeps_each_change(self):
        self._history(self.sme, 6, 0)
        self._rescore(self.sme)
        profile = self.sme._o2c_profile(self.company)
        self.assertEqual(profile.grade, "A")
        self._history(self.sme, 6, 200, amount=5000)
        tomorrow = self.today + timedelta(days=1)
        self._rescore(self.sme, self.today)
        self.assertEqual((profile.grade, profile.pending_grade), ("A", "E"))
        self._rescore(self.sme, self.today)
        self.assertEqual(profile.grade, "A", "the same day counts once")
        self._rescore(self.sme, tomorrow)
        self.assertEqual((profile.grade, profile.pending_grade), ("E", False))
        self.assertEqual(profile.history_ids.mapped("date"), [tomorrow, self.today])

    def test_a_second_night_without_change_writes_no_profile(self):
        self._history(self.sme, 3, 0)
        self._rescore(self.sme)
        profile = self.sme._o2c_profile(self.company)
        before = profile.write_date, profile.graded_on
        self._rescore(self.sme, self.today + timedelta(days=1))
        self.assertEqual((profile.write_date, profile.graded_on), before)
        self.assertEqual(len(profile.history_ids), 1)

    def test_the_newest_report_counts_and_insolvency_at_once(self):
        self._history(self.sme, 6, 0)
        self._rescore(self.sme)
        profile = self.sme._o2c_profile(self.company)
        score = profile.score
        reports = self.env["o2c.credit.report"].with_user(self.controller)
        reports.create(
            {
                "partner_id": self.sme_contact.id,
                "date": "2026-01-01",
                "source": "Bureau",
                "bureau_score": 20,
            }
        )
        self.assertEqual(reports.search([]).partner_id, self.sme)
        self.assertEqual(profile.score, score - 12)
        reports.create(
            {
                "partner_id": self.sme.id,
                "date": "2026-02-01",
                "source": "Register",
                "has_score": False,
                "insolvent": True,
            }
        )
        self.assertEqual((profile.grade, profile.insolvent), ("E", True))
        order = self._quote(self.sme, 1)
        order.action_confirm()
        self.assertIn("insolvent", [one["code"] for one in order.o2c_hold_id.reasons])
        with self.assertRaises(AccessError):
            order.o2c_hold_id.with_user(self.controller)._release("no")

    def test_the_figures_add_up_and_lead_to_their_documents(self):
        self._invoice(self.sme, 1500, self.today - timedelta(days=75))
        order = self._quote(self.sme, 200)
        self._limit(self.sme, 5000)
        order.action_confirm()
        order.o2c_hold_id.with_user(self.controller)._release("ok")
        self._rescore(self.sme)
        figures = self.env["o2c.customer.snapshot"].search(
            [("partner_id", "=", self.sme.id)]
        )
        self.assertEqual(figures.exposure, 1700)
        self.assertEqual(figures.headroom, 3300)
        self.assertEqual(figures.over_limit, 0)
        self.assertEqual((figures.due_60, figures.overdue), (1500, 1500))
        self.assertEqual(figures.overdue_days, 45)
        self.assertEqual(figures.sales_year, 1500)
        user = figures.with_user(self.controller)
        for action in (
            user.action_open_receivables(),
            user.action_open_overdue(),
            user.action_open_orders(),
        ):
            found = self.env[action["res_model"]].search(action["domain"])
            self.assertEqual(len(found), 1, action["name"])
        self.assertEqual(user.action_open_profile()["res_model"], "o2c.risk.profile")
        user.action_refresh()

    def test_the_night_resumes_and_isolates_one_failing_customer(self):
        self._history(self.sme, 1, 0)
        self._history(self.corporate, 1, 0)
        origin = type(self.profiles)._rescore
        broken = self.corporate.id

        def fail_for_one(profiles, company, today, partners=None):
            if broken in (partners or ()):
                raise ValueError("broken customer")
            return origin(profiles, company, today, partners)

        self.patch(type(self.profiles), "_rescore", fail_for_one)
        with (
            self.assertLogs("odoo.addons.o2c_credit", "WARNING"),
            self.enter_registry_test_mode(),
        ):
            self.env.ref("o2c_credit.ir_cron_rescore").method_direct_trigger()
        run = self.env["o2c.run"].search([("kind", "=", "credit_rescore")], limit=1)
        self.assertEqual((run.state, run.failed_count), ("partly", 1))
        self.assertEqual(run.note_ids.partner_id, self.corporate)
        self.assertTrue(self.sme._o2c_profile(self.company).graded_on)
        todo = self.profiles._customers_to_score(self.company, self.today)
        self.assertIn(broken, todo)
        self.assertNotIn(self.sme.id, todo)

    def test_the_number_of_statements_does_not_grow_with_customers(self):
        self._history(self.sme, 2, 0)
        self._history(self.corporate, 2, 3)
        self._rescore()
        self.env.invalidate_all()
        with self.assertQueryCount(7):
            self.profiles._rescore(
                self.company, self.today + timedelta(days=1), [self.sme.id]
            )
        self.env.invalidate_all()
        with self.assertQueryCount(9):
            self.profiles._rescore(
                self.company,
                self.today + timedelta(days=2),
                (self.sme | self.corporate | self.public_body | self.consumer).ids,
            )

    def test_the_advised_limit_follows_the_policy(self):
        self._history(self.sme, 6, 0, amount=1200)
        day = self.today - timedelta(days=30)
        self._pay(self._invoice(self.sme, 12000, day), None, day)
        self._rescore(self.sme)
        figures = self.env["o2c.customer.snapshot"].search(
            [("partner_id", "=", self.sme.id)]
        )
        self.assertEqual(figures.grade, "A")
        self.assertEqual(figures.advised_limit, round(3 * figures.sales_year / 12, -2))
        self.assertTrue(figures.advised_limit)

    def test_today_for_controller_and_seller(self):
        self.sme.user_id = self.seller
        self._limit(self.sme, 9000)
        self._history(self.sme, 6, 0)
        self._invoice(self.sme, 400, self.today - timedelta(days=33))
        self._limit(self.corporate, 10)
        order = self._quote(self.corporate, 500)
        order.action_confirm()
        self._rescore()
        cards = self._cards(self.controller)
        self.assertEqual(cards["credit_holds"]["value"], "1")
        [row] = cards["credit_holds"]["rows"]
        self.assertEqual(row["label"], self.corporate.display_name, "the whole name")
        self.assertIn(order.name, row["text"])
        self.assertIn("decision by", row["text"])
        self.assertEqual(row["tone"], "warn")
        order.o2c_hold_ids.deadline = self.today - timedelta(days=1)
        [row] = self._cards(self.controller)["credit_holds"]["rows"]
        self.assertIn("decision was due on", row["text"])
        self.assertEqual(row["tone"], "bad", "past its day")
        self.assertIn("400", cards["credit_overdue"]["value"])
        self.assertIn("money_in", cards)
        cards = self._cards(self.seller)
        self.assertNotIn("credit_holds", cards)
        self.assertEqual(cards["my_holds"]["value"], "1")
        self.assertEqual(cards["my_overdue"]["value"], "1")
        self.assertEqual(cards["can_sell"]["rows"], [])
        self._pay(self.env["account.move"].search([("amount_residual", "=", 400)]))
        self._rescore()
        cards = self._cards(self.seller)
        self.assertIn("9", cards["can_sell"]["value"])
        self._switch("off", "credit")
        self.assertNotIn("my_holds", self._cards(self.seller))

    def _cards(self, user):
        today = self.env["o2c.today"].with_user(user)
        return {card["key"]: card for card in today._cards(self.company, self.today)}
