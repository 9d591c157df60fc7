"""The prices of the demo move as the screens promise."""

from odoo.tests import tagged

from .common import TODAY, DemoCase


@tagged("post_install", "-at_install")
class TestDemoPrices(DemoCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["o2c.demo.house"]._furnish(cls.company, TODAY)
        cls.env["o2c.demo.prices"]._deepen(cls.company, TODAY)

    def test_the_agreement_ends_soon_and_its_owner_knows(self):
        agreement = self.env.ref("o2c_demo.agreement_zeemeeuw")
        self.assertEqual(agreement.state, "running")
        self.assertTrue(agreement.activity_ids)
        self.assertTrue(agreement.line_ids.tier_ids)

    def test_every_figure_of_the_index_says_that_it_is_made_up(self):
        index = self.env.ref("o2c_demo.price_index")
        self.assertIn("made-up", index.with_context(lang="en_US").name)
        self.assertEqual(len(index.value_ids), 26)
        newest = index.value_ids.sorted("period")[-1]
        self.assertEqual(newest.state, "provisional")

    def test_the_indexation_waits_for_a_colleague(self):
        indexation = self.env.ref("o2c_demo.price_indexation")
        self.assertEqual(indexation.state, "proposed")
        self.assertTrue(indexation.planned_count)
        self.assertTrue(indexation.letter_ids)

    def test_the_bonus_has_figures(self):
        bonus = self.env.ref("o2c_demo.bonus_zeemeeuw")
        self.assertEqual(bonus.state, "running")
        self.assertEqual(bonus.figures_on, TODAY)
        self.assertTrue(bonus.to_go_words)

    def test_a_second_time_nothing_is_added(self):
        before = self.env["o2c.volume.bonus"].search_count([])
        self.env["o2c.demo.prices"]._deepen(self.company, TODAY)
        self.assertEqual(self.env["o2c.volume.bonus"].search_count([]), before)
