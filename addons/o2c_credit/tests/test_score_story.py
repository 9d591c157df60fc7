"""What the screen tells of a score is what the night computed, and it comes true."""

from datetime import timedelta

from odoo.tests import tagged

from odoo.addons.o2c_credit.policy.score import score_customer

from .common import CreditCommon


@tagged("post_install", "-at_install")
class TestScoreStory(CreditCommon):
    def _paid(self, partner, amount, late, count=1, ago=30):
        for _number in range(count):
            paid_on = self.today - timedelta(days=ago)
            invoice = self._invoice(
                partner,
                amount,
                paid_on - timedelta(days=late + 30),
                invoice_payment_term_id=False,
                invoice_date_due=paid_on - timedelta(days=late),
            )
            self._pay(invoice, None, paid_on)

    def _score(self, partner, days=0):
        day = self.today + timedelta(days=days)
        self.profiles._rescore(self.company, day, partner.ids)
        return partner._o2c_profile(self.company)

    def _ways(self, profile):
        figures = profile._figures()[profile.partner_id.id, profile.company_id.id]
        card = self.env["o2c.score.card"]._policy_of(self.company)
        return profile._tell_score(figures, figures._score_facts(), card)["ways"]

    def test_the_screen_counts_as_the_night_did(self):
        self._paid(self.sme, 333, 7, count=3)
        self._paid(self.sme, 111.11, 0, count=2, ago=250)
        self._invoice(self.sme, 70, self.today - timedelta(days=75))
        self.env["o2c.credit.report"].create(
            {"partner_id": self.sme.id, "source": "Bureau", "bureau_score": 0}
        )
        profile = self._score(self.sme)
        figures = profile._figures()[self.sme.id, self.company.id]
        again = score_customer(figures._score_facts(), figures.as_of)
        self.assertEqual(again.score, profile.score)
        self.assertEqual([list(one) for one in again.reasons], profile.reasons)
        self.assertIn("bureau", dict(profile.reasons), "a score of 0 is a score")
        story = profile.score_story
        self.assertEqual(
            story["start"] + sum(one["points"] for one in story["reasons"]),
            profile.score,
        )

    def test_the_way_up_that_is_promised_comes_true(self):
        self._paid(self.sme, 100, 25, count=6)
        profile = self._score(self.sme)
        self.assertEqual(profile.grade, "D")
        way = next(one for one in self._ways(profile) if "on time" in one["text"])
        count = 1 if way["text"].startswith("One") else int(way["text"].split()[0])
        self.assertGreater(count, 1, "the case is no test otherwise")
        self._paid(self.sme, 100, 0, count=count - 1, ago=0)
        self._score(self.sme, 1)
        self.assertEqual(self._score(self.sme, 2).grade, "D", "one less is too few")
        self._paid(self.sme, 100, 0, ago=0)
        self._score(self.sme, 3)
        self.assertEqual(self._score(self.sme, 4).grade, way["grade"])

    def test_the_way_down_comes_true(self):
        self._paid(self.sme, 100, 0, count=6)
        profile = self._score(self.sme)
        self.assertEqual(profile.grade, "A")
        way = next(one for one in self._ways(profile) if not one["up"])
        count = 1 if way["text"].startswith("One") else int(way["text"].split()[0])
        self._paid(self.sme, 100, 30, count=count, ago=0)
        self._score(self.sme, 1)
        self.assertEqual(self._score(self.sme, 2).grade, way["grade"])

    def test_what_is_overdue_comes_first(self):
        self._paid(self.sme, 100, 0, count=6)
        due = self._invoice(self.sme, 4, self.today - timedelta(days=130))
        profile = self._score(self.sme)
        self.assertEqual(profile.grade, "B")
        way = self._ways(profile)[0]
        self.assertIn("4\N{NO-BREAK SPACE}", way["text"])
        self.assertIn("overdue", way["text"])
        self._pay(due, None, self.today)
        self._score(self.sme, 1)
        self.assertEqual(self._score(self.sme, 2).grade, way["grade"])

    def test_a_thin_history_is_said_to_be_thin(self):
        self.assertFalse(self.profiles._ensure(self.company, self.consumer).score_story)
        self._paid(self.sme, 100, 0)
        self.assertEqual(
            self._score(self.sme).confidence_text, "Thin: one payment and no report"
        )
        self._paid(self.sme, 100, 0, count=2)
        self.assertEqual(self._score(self.sme).confidence_text, "Fair: 3 payments")
        self._paid(self.sme, 100, 0, count=3)
        self.assertEqual(self._score(self.sme).confidence_text, "Good: 6 payments")

    def test_a_grade_on_its_way_is_told_and_nothing_else(self):
        self._paid(self.sme, 100, 0, count=6)
        self._score(self.sme)
        self._paid(self.sme, 5000, 80, count=2)
        profile = self._score(self.sme, 1)
        self.assertTrue(profile.pending_grade)
        story = profile.score_story
        self.assertIn(profile.pending_grade, story["coming"])
        self.assertFalse(story["ways"])

    def test_the_bureau_is_set_beside_our_own_experience(self):
        self._paid(self.sme, 100, 0, count=6)
        self.assertFalse(self._score(self.sme).bureau_text)
        self.env["o2c.credit.report"].create(
            {"partner_id": self.sme.id, "source": "Bureau", "bureau_score": 40}
        )
        text = self._score(self.sme).bureau_text
        self.assertIn("gives 40, our own experience 85", text)
        self.assertIn("better than the bureau expects", text)
        collector = self._user("collector", "o2c_base.group_collector")
        profile = self.sme._o2c_profile(self.company)
        read = profile.with_user(collector)
        self.assertFalse(read.bureau_text)
        reasons = {one["code"]: one for one in read.score_story["reasons"]}
        self.assertEqual(reasons["bureau"]["points"], -4)
        self.assertEqual(reasons["bureau"]["detail"], "")

    def test_the_chart_has_each_change_and_the_bounds(self):
        self._paid(self.sme, 100, 0, count=2)
        self.assertFalse(self.profiles._ensure(self.company, self.consumer).score_chart)
        self._score(self.sme)
        self._paid(self.sme, 900, 60, count=2)
        profile = self._score(self.sme, 1)
        chart = profile.score_chart
        self.assertEqual(
            [point["score"] for point in chart["points"]],
            profile.history_ids.sorted("date").mapped("score"),
        )
        self.assertEqual(len(chart["points"]), 2)
        self.assertEqual(chart["bounds"][0], ["A", 80])
