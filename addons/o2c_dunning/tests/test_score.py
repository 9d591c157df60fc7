"""What collecting tells the score: promises, lost disputes, disputed time."""

from odoo import fields
from odoo.tests import tagged

from .common import DunningCommon


@tagged("post_install", "-at_install")
class TestScore(DunningCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._switch("watch", "credit")
        cls.invoice = cls._due(cls.sme, 1000, "2026-03-01")

    def _figures(self):
        """The figures of 1 June 2026."""
        self.env["o2c.risk.profile"].sudo()._rescore(
            self.company, fields.Date.to_date("2026-06-01"), self.sme.ids
        )
        return self.env["o2c.customer.snapshot"].search(
            [("partner_id", "=", self.sme.id), ("company_id", "=", self.company.id)]
        )

    def _disputed(self, amount, opened, closed, state):
        dispute = self.env["o2c.dispute"]._dispute(self.invoice, amount, "price")
        dispute.flush_recordset()
        self.env.cr.execute(
            "UPDATE o2c_dispute SET create_date = %s WHERE id = %s",
            (f"{opened} 10:00:00", dispute.id),
        )
        dispute.sudo().write({"state": state, "closed_on": closed})
        return dispute

    def test_a_broken_promise_costs_points_and_a_kept_one_does_not(self):
        promise = self.env["o2c.payment.promise"].create(
            {
                "case_id": self.cases._case_of(self.invoice).id,
                "move_ids": self.invoice.ids,
                "date": "2026-03-20",
                "amount": 1000,
            }
        )
        self.assertEqual(self._figures().promises_broken, 0)
        self._nightly("2026-03-23")
        self.assertEqual(promise.state, "broken")
        self.assertEqual(self._figures().promises_broken, 1)
        profile = self.sme._o2c_profile(self.company)
        self.assertIn(["promises_broken", -5], profile.reasons)
        promise.sudo().state = "kept"
        self.assertEqual(self._figures().promises_broken, 0)

    def test_disputed_time_is_shown_apart_and_does_not_count(self):
        # 20 days late; half of the invoice disputed on 11 of them: 20 - 5.5 = 14.5
        self._disputed(500, "2026-03-05", "2026-03-15", "settled")
        self._pay(self.invoice, date="2026-03-21")
        figures = self._figures()
        self.assertAlmostEqual(figures.days_late, 20)
        self.assertAlmostEqual(figures.disputed_days, 5.5)
        self.assertEqual(float(figures._score_facts().days_late), 14.5)
        self.assertEqual(figures.on_time, 0)
        row = self.env["o2c.payment.behaviour"].search(
            [("partner_id", "=", self.sme.id)]
        )
        self.assertAlmostEqual(row.disputed_days, 5.5)
        self.assertIn("5.5 days fell in a dispute", figures._behaviour_words())

    def test_a_disputed_day_counts_once_and_before_the_due_date_not_at_all(self):
        # twice all of it, from before the due date until paid: every late day, once;
        # together they are never more than the invoice, so the first one has ended
        self._disputed(1000, "2026-02-20", "2026-03-10", "settled")
        self._disputed(1000, "2026-03-02", False, "open")
        self._pay(self.invoice, date="2026-03-21")
        figures = self._figures()
        self.assertAlmostEqual(figures.disputed_days, 20)
        self.assertEqual(figures.on_time, 1, "he paid when he could")

    def test_a_dispute_that_he_lost_excuses_nothing(self):
        self._disputed(1000, "2026-03-02", "2026-03-20", "rejected")
        self._pay(self.invoice, date="2026-03-21")
        figures = self._figures()
        self.assertEqual((figures.disputed_days, figures.disputes_lost), (0, 1))
        self.assertEqual(float(figures._score_facts().days_late), 20)
        profile = self.sme._o2c_profile(self.company)
        self.assertIn(["disputes_lost", -3], profile.reasons)

    def test_the_hooks_cost_no_statement_of_their_own(self):
        self._pay(self.invoice, date="2026-03-21")
        self._figures()
        day = fields.Date.to_date("2026-06-02")
        profiles = self.env["o2c.risk.profile"].sudo()
        self.env.invalidate_all()
        with self.assertQueryCount(7):
            profiles._rescore(self.company, day, self.sme.ids)
