"""The ladder on a time line: the same days as the run, and the law in words."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import DunningCommon


@tagged("post_install", "-at_install")
class TestLadderSimulator(DunningCommon):
    def _steps(self, ladder):
        names = (
            *("name", "days", "kind", "channel", "min_interval", "charge_info"),
            *("pay_within", "min_amount", "debtor_kind"),
        )
        return [
            {name: step[name] for name in names}
            | {"id": step.id, "working_days": ladder.working_days}
            for step in ladder.step_ids
        ]

    def _draw(self, ladder, user=None, **options):
        model = self.env["o2c.dunning.ladder"].with_user(user or self.collector)
        options = {"invoice_date": "2026-03-02", "term": 30} | options
        return model.simulate(self._steps(ladder), options)

    def _shipped(self, name):
        return self.env.ref(f"o2c_dunning.o2c_dunning_ladder_{name}")

    def _texts(self, drawing, weight="bad"):
        return " ".join(
            one["text"] for one in drawing["findings"] if one["weight"] == weight
        )

    def test_the_drawing_has_the_days_of_the_run(self):
        """Every night of a quarter against the points on the line."""
        ladder = self._shipped("strict")
        ladder.working_days = True
        self.sme.o2c_dunning_ladder_id = ladder
        ladder.step_ids.write({"approval": False, "channel": "email"})
        ladder.step_ids.filtered(lambda one: one.kind == "handover").unlink()
        self._due(self.sme, 1000, "2026-04-01", date="2026-03-02")
        points = self._draw(ladder)["points"]
        self.assertEqual(len(points), 5)
        for point in points:
            self.assertEqual(self._remind(point["on"]).step_days, point["days"])

    def test_sixteen_days_by_post_never_suffice_in_words(self):
        ladder = self._shipped("consumer")
        over = ladder.step_ids.filtered(lambda step: step.kind == "handover")
        over.write({"days": 46, "min_interval": 16})
        drawing = self._draw(ladder, debtor="consumer")
        self.assertIn("never suffice: 17 to 21", self._texts(drawing))
        letter, last = drawing["points"][-2:]
        self.assertEqual(letter["on"], "2026-05-01")
        # posted on a Friday, received on Wednesday because of 5 May: until the 20th
        self.assertEqual((letter["free"], last["on"]), ("2026-05-20", "2026-05-21"))
        self.assertIn("waits until the term", last["moved"])
        by_mail = self._draw(ladder, debtor="consumer", by="email")
        self.assertNotIn("never suffice", self._texts(by_mail))

    def test_a_consumer_without_letter_and_with_cost(self):
        drawing = self._draw(self._shipped("corporate"), debtor="consumer")
        self.assertIn("has none", self._texts(drawing))
        self.assertIn("owes no cost before", self._texts(drawing))

    def test_no_shipped_ladder_breaks_a_rule_for_whom_it_is_meant(self):
        for name, debtor in (
            ("gentle", "business"),
            ("strict", "business"),
            ("consumer", "consumer"),
            ("public", "public"),
            ("corporate", "business"),
        ):
            ladder = self._shipped(name)
            ladder.working_days = True
            for month in range(1, 13):
                drawing = self._draw(
                    ladder,
                    debtor=debtor,
                    agreed=False,
                    invoice_date=f"2026-{month:02}-10",
                )
                for weight in ("bad", "warn"):
                    self.assertFalse(self._texts(drawing, weight), (name, month))

    def test_who_may_not_read_ladders_draws_none(self):
        nobody = self._user("nobody", "base.group_user")
        with self.assertRaises(AccessError):
            self._draw(self.standard, user=nobody)

    def test_odd_input_is_answered(self):
        with self.assertRaises(UserError):
            self._draw(self.standard, invoice_date="1026-03-02")
        drawing = self._draw(self.standard, invoice_date="", term=-4, amount=-1)
        self.assertEqual(drawing["example"]["term"], 0)
        self.assertEqual(len(drawing["points"]), 2)
        empty = self.env["o2c.dunning.ladder"].with_user(self.collector)
        self.assertEqual(empty.simulate([], {})["points"], [])
