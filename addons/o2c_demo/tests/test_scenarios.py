"""The what-if of the demo: a scenario is what its name says."""

from odoo.fields import Command
from odoo.tests import TransactionCase, tagged

from ..models.o2c_demo_insight import SCENARIOS


@tagged("post_install", "-at_install")
class TestScenarios(TransactionCase):
    def test_a_name_says_its_figures(self):
        said = {}
        for name, rule in SCENARIOS:
            scenario = self.env["o2c.what.if.scenario"].new(
                {"name": name, "rule_ids": [Command.create(rule)]}
            )
            said[name] = scenario.rule_ids.what
        self.assertEqual(said["Limieten een vijfde lager"], "limit × 80 %")
        self.assertIn("14", said["14 dagen, eerder herinneren"])
