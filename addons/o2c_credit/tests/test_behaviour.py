"""How customers pay, worked out by hand: late, on time, trend, largest, reversed."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo.tests import tagged

from .common import CreditCommon


@tagged("post_install", "-at_install")
class TestBehaviour(CreditCommon):
    def _paid(self, partner, amount, paid_on, late=0):
        """An invoice that fell due ``late`` days before it was paid."""
        invoice = self._invoice(
            partner,
            amount,
            paid_on - timedelta(days=late + 30),
            invoice_payment_term_id=False,
            invoice_date_due=paid_on - timedelta(days=late),
        )
        self._pay(invoice, None, paid_on)
        return invoice

    def _figures(self, partner, day=None):
        self.profiles._rescore(self.company, day or self.today, partner.ids)
        return self.env["o2c.customer.snapshot"].search(
            [("partner_id", "=", partner.id), ("company_id", "=", self.company.id)]
        )

    def test_days_late_are_weighted_by_the_money_of_each_part(self):
        # 1,000 in two parts: 400 in time, 600 ten days late; 3,000 two days late:
        # (400 × 0 + 600 × 10 + 3,000 × 2) / 4,000 = 3 days; 400 / 4,000 = 10 % in time
        day = self.today - timedelta(days=100)
        first = self._invoice(self.sme, 1000, day)
        self._pay(first, 400, first.invoice_date_due)
        self._pay(first, 600, first.invoice_date_due + timedelta(days=10))
        self._paid(self.sme, 3000, day + timedelta(days=40), late=2)
        figures = self._figures(self.sme)
        self.assertEqual(figures.payments, 3)
        self.assertEqual(figures.paid_amount, 4000)
        self.assertAlmostEqual(figures.days_late, 3.0)
        self.assertAlmostEqual(figures.on_time, 0.1)
        self.assertEqual(figures.disputed_days, 0)
        self.assertIn("Pays 3 days late", figures._late_words())

    def test_paying_early_does_not_make_up_for_paying_late(self):
        day = self.today - timedelta(days=50)
        self._paid(self.sme, 100, day, late=-20)
        self._paid(self.sme, 100, day, late=10)
        self.assertAlmostEqual(self._figures(self.sme).days_late, 5.0)

    def test_the_trend_is_the_last_half_year_beside_the_one_before(self):
        # before: (100 × 2 + 300 × 10) / 400 = 8
        # since: (200 × 20 + 200 × 30) / 400 = 25
        half = self.today - relativedelta(months=6)
        self._paid(self.sme, 100, half - timedelta(days=20), late=2)
        self._paid(self.sme, 300, half, late=10)  # the last day of before
        self._paid(self.sme, 200, half + timedelta(days=1), late=20)
        figures = self._figures(self.sme)
        self.assertFalse(figures.has_trend, "one payment is no half year")
        self.assertEqual(figures.trend, 0)
        self._paid(self.sme, 200, self.today, late=30)
        figures = self._figures(self.sme)
        self.assertEqual((figures.recent_payments, figures.earlier_payments), (2, 2))
        self.assertAlmostEqual(figures.earlier_days_late, 8)
        self.assertAlmostEqual(figures.recent_days_late, 25)
        self.assertAlmostEqual(figures.trend, 17)
        self.assertIn("Getting slower: 17 days", figures._trend_words())

    def test_what_is_older_than_two_years_is_forgotten(self):
        self._paid(self.sme, 100, self.today - relativedelta(months=24, days=1), 90)
        self.assertEqual(self._figures(self.sme).payments, 0)

    def test_the_largest_ever_owed_is_a_balance_of_a_day(self):
        first = self._invoice(self.sme, 1000, "2026-01-01")
        self._invoice(self.sme, 500, "2026-01-10")
        self._pay(first, None, "2026-01-20")
        self._invoice(self.sme_contact, 700, "2026-02-01")
        figures = self._figures(self.sme)
        self.assertEqual(figures.largest_owed, 1500)
        self.assertEqual(str(figures.largest_owed_on), "2026-01-10")
        self.assertEqual(figures.receivables, 1200)

    def test_money_that_the_bank_took_back_counts_as_reversed(self):
        day = self.today - timedelta(days=40)
        self._paid(self.sme, 100, day)
        bounced = self._paid(self.sme, 250, day)
        self.assertEqual(self._figures(self.sme).payments_reversed, 0)
        money = bounced.matched_payment_ids.move_id
        money._reverse_moves([{"date": day + timedelta(days=9)}], cancel=True)
        figures = self._figures(self.sme)
        self.assertEqual(figures.payments_reversed, 1)
        self.assertEqual(figures.payments, 1, "it is no payment any longer")
        profile = self.sme._o2c_profile(self.company)
        self.assertIn(["payments_reversed", -8], profile.reasons)

    def test_a_bank_line_that_takes_the_whole_payment_back_counts_once(self):
        day = self.today - timedelta(days=40)
        journal = self.company_data["default_journal_bank"]
        receivable = self.sme.property_account_receivable_id
        lines = self.env["account.move.line"]
        for amount, on in ((300, day), (-300, day + timedelta(days=20))):
            line = self.env["account.bank.statement.line"].create(
                {
                    "journal_id": journal.id,
                    "date": on,
                    "payment_ref": "direct debit",
                    "partner_id": self.sme.id,
                    "amount": amount,
                    "counterpart_account_id": receivable.id,
                }
            )
            lines |= line.move_id.line_ids.filtered(
                lambda item: item.account_id == receivable
            )
        lines.reconcile()
        self.assertEqual(self._figures(self.sme).payments_reversed, 1)
        later = self.today + timedelta(days=800)
        self.assertEqual(self._figures(self.sme, later).payments_reversed, 0)

    def test_a_refused_payment_counts_and_a_refund_of_ours_does_not(self):
        day = self.today - timedelta(days=10)
        values = {
            "partner_id": self.sme.id,
            "partner_type": "customer",
            "amount": 80,
            "date": day,
            "journal_id": self.company_data["default_journal_bank"].id,
        }
        payments = self.env["account.payment"]
        twice = payments.create({**values, "payment_type": "inbound"})
        refund = payments.create({**values, "payment_type": "outbound"})
        (twice | refund).action_post()
        items = (twice | refund).move_id.line_ids.filtered(
            lambda item: item.account_id.account_type == "asset_receivable"
        )
        items.reconcile()
        self.assertTrue(items.matched_debit_ids | items.matched_credit_ids)
        self.assertEqual(self._figures(self.sme).payments_reversed, 0)
        refused = payments.create({**values, "payment_type": "inbound"})
        refused.action_post()
        refused.state = "rejected"
        self.assertEqual(self._figures(self.sme).payments_reversed, 1)

    def test_a_seller_reads_how_he_pays_and_nothing_of_the_bureau(self):
        for number in range(3):
            self._paid(self.sme, 100, self.today - timedelta(days=number + 9), late=12)
        self.env["o2c.credit.report"].create(
            {"partner_id": self.sme.id, "source": "Bureau", "bureau_score": 13}
        )
        self._figures(self.sme)
        seller = self.sme_contact.with_user(self.seller)
        line = seller.o2c_payment_line
        self.assertEqual(
            line, "Pays 12 days late on average; 0% of the money comes on time."
        )
        card = self._quote(self.sme, 100).with_user(self.seller).o2c_verdict_card
        self.assertIn("Pays 12 days late", card)
        self.assertNotIn("13", line)
        self._switch("off", "credit")
        self.env.invalidate_all()
        self.assertFalse(seller.o2c_payment_line)

    def test_a_list_of_customers_asks_once_how_they_pay(self):
        partners = self.sme | self.corporate | self.consumer | self.public_body
        self._paid(self.sme, 100, self.today, late=1)
        self._figures(self.sme)
        self.env.invalidate_all()
        self.sme.with_user(self.seller).o2c_payment_line  # noqa: B018 - warms up
        with self.assertQueryCount(6):
            self.env.invalidate_all()
            partners.with_user(self.seller).mapped("o2c_payment_line")
