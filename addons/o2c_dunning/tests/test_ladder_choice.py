"""Whose ladder: own choice, grade, segment, company."""

from odoo.tests import tagged

from .common import DunningCommon


@tagged("post_install", "-at_install")
class TestLadderChoice(DunningCommon):
    def _ladder_of(self, partner):
        invoice = self._due(partner, 100, "2026-03-01")
        self._nightly("2026-03-02")
        return self._verdict(invoice).ladder_id

    def _ladder(self, name, **values):
        return self.env["o2c.dunning.ladder"].create(
            {"name": name, "step_ids": [(0, 0, {"name": "One", "days": 5})], **values}
        )

    def test_the_company_default(self):
        self.assertEqual(self._ladder_of(self.sme), self.standard)
        self.company.o2c_dunning_ladder_id = self.four
        self.assertEqual(self._ladder_of(self.corporate), self.four)

    def test_the_segment_goes_before_the_default(self):
        ladder = self._ladder("Public", segment_ids=self.public_body.o2c_segment_id)
        self.assertEqual(self._ladder_of(self.public_body), ladder)
        self.assertEqual(self._ladder_of(self.sme), self.standard)

    def test_the_grade_goes_before_the_segment(self):
        self._ladder("All companies", segment_ids=self.sme.o2c_segment_id)
        strict = self._ladder("Strict")
        policy = self.env["o2c.credit.policy"].sudo()
        policy.search([("grade", "=", "E"), ("segment_id", "=", False)]).unlink()
        policy.create({"grade": "E", "o2c_dunning_ladder_id": strict.id})
        profile = self.env["o2c.risk.profile"].sudo()._ensure(self.company, self.sme)
        profile.grade = "E"
        self.assertEqual(self._ladder_of(self.sme), strict)

    def test_the_customers_own_choice_goes_before_everything(self):
        self._ladder("All companies", segment_ids=self.sme.o2c_segment_id)
        self.sme.o2c_dunning_ladder_id = self.four
        self.assertEqual(self._ladder_of(self.sme), self.four)
