"""The policy as a matrix: own cells, inherited cells, and who may change them."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import CreditCommon


@tagged("post_install", "-at_install")
class TestPolicyMatrix(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._general_policy_only()
        cls.policies = cls.env["o2c.credit.policy"]
        cls.segment = cls.sme.o2c_segment_id

    def _cell(self, grade, segment, company_id=None, user=None):
        policies = self.policies.with_user(user or self.controller)
        matrix = policies.get_matrix(company_id)
        column = [one["id"] for one in matrix["segments"]].index(segment.id or 0)
        row = next(row for row in matrix["rows"] if row["grade"] == grade)
        return row["cells"][column]

    def test_rows_are_grades_and_not_rated_yet_columns_are_segments(self):
        matrix = self.policies.with_user(self.controller).get_matrix()
        grades = [row["grade"] for row in matrix["rows"]]
        self.assertEqual(grades, ["A", "B", "C", "D", "E", "unrated"])
        segments = self.env["o2c.customer.segment"].search([])
        self.assertEqual([one["id"] for one in matrix["segments"]], [0, *segments.ids])
        self.assertFalse(matrix["may_change"])
        as_manager = self.policies.with_user(self.manager).get_matrix()
        self.assertTrue(as_manager["may_change"])

    def test_an_inherited_cell_says_from_where_and_becomes_an_own_one(self):
        general = self.env.ref("o2c_credit.o2c_credit_policy_d")
        cell = self._cell("D", self.segment, 0)
        self.assertFalse(cell["cell_id"])
        self.assertEqual(cell["source_id"], general.id)
        self.assertEqual(cell["inherited"], "as all segments")
        defaults = {
            key.removeprefix("default_"): value
            for key, value in cell["defaults"].items()
        }
        self.assertEqual(defaults["down_payment"], general.down_payment)
        own = self.policies.with_user(self.manager).create(
            {**defaults, "down_payment": 40}
        )
        cell = self._cell("D", self.segment, 0)
        self.assertEqual((cell["cell_id"], cell["inherited"]), (own.id, ""))
        self.assertIn("40% up front", [one["text"] for one in cell["effects"]])

    def test_the_matrix_shows_the_cell_that_the_verdict_uses(self):
        segment, company = self.segment.id, self.company.id
        for values in (
            {"segment_id": segment},
            {"company_id": company},
            {"company_id": company, "segment_id": segment},
        ):
            self.policies.create({"grade": "unrated", **values})
            for partner in (self.sme, self.corporate):
                shown = self._cell("unrated", partner.o2c_segment_id, company)
                used = self.policies._terms_of(self.company, partner.ids)[partner.id]
                self.assertEqual(shown["source_id"], used.cell_id, values)

    def test_a_new_customer_starts_with_a_limit_of_his_own_row(self):
        cell = self.env.ref("o2c_credit.o2c_credit_policy_unrated")
        cell.start_limit = 2500
        texts = self._cell("unrated", self.segment.browse(), 0)["effects"]
        self.assertIn("2,500", texts[0]["text"])
        self.profiles._rescore(self.company, self.today, self.public_body.ids)
        snapshot = self.env["o2c.customer.snapshot"].search(
            [("partner_id", "=", self.public_body.id)]
        )
        self.assertEqual(snapshot.advised_limit, 2500)

    def test_sellers_and_other_companies_do_not_read_the_matrix(self):
        with self.assertRaises(AccessError):
            self.policies.with_user(self.seller).get_matrix()
        other = self.env["res.company"].create({"name": "Andere Test B.V."})
        with self.assertRaises(AccessError):
            self.policies.with_user(self.controller).get_matrix(other.id)
        own = self.policies.create({"grade": "A", "company_id": self.company.id})
        stranger = self._user("stranger", "o2c_base.group_credit_manager")
        stranger.write(
            {"company_ids": [Command.set(other.ids)], "company_id": other.id}
        )
        matrix = self.policies.with_user(stranger).get_matrix()
        shown = {cell["source_id"] for row in matrix["rows"] for cell in row["cells"]}
        self.assertNotIn(own.id, shown)

    def test_the_chooser_starts_with_the_present_company(self):
        self.policies.create({"grade": "A", "company_id": self.company.id})
        matrix = self.policies.with_user(self.controller).get_matrix()
        self.assertEqual(matrix["company_id"], self.company.id)
        ids = [one["id"] for one in matrix["companies"]]
        self.assertEqual(ids, [self.company.id, 0])

    def test_who_may_only_look_reads_who_changes_it(self):
        matrix = self.policies.with_user(self.controller).get_matrix()
        self.assertFalse(matrix["may_change"])
        self.assertIn(self.manager.name, matrix["managers"])
        self.assertNotIn(self.controller.name, matrix["managers"])
