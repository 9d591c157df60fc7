"""The work list in a browser, by keyboard, as a collector."""

from odoo import fields
from odoo.tests import HttpCase, tagged

from .work_common import WorkCommon


@tagged("post_install", "-at_install")
class TestWorkScreen(WorkCommon, HttpCase):
    browser_size = "1366x768"

    def test_a_call_moves_the_case_and_opens_the_next_one(self):
        today = self.company._o2c_today()
        due = fields.Date.to_string(fields.Date.subtract(today, days=40))
        cases = {
            name: self._case(f"{name} Proef B.V.", amount, due, today=today)
            for name, amount in (("Groot", 9000), ("Midden", 4000), ("Klein", 500))
        }
        for case in cases.values():
            case.user_id = self.ann
        self.env.flush_all()
        self.start_tour(
            "/odoo/action-o2c_dunning.o2c_work_list_action",
            "o2c_work_list",
            login=self.ann.login,
        )
        call = cases["Midden"].call_ids
        self.assertEqual((call.result, call.user_id), ("not_reached", self.ann))
        self.assertEqual(call.note, "Voicemail ingesproken")
        ahead = fields.Date.add(today, days=10)
        self.assertIn((call.next_date - ahead).days, (-1, 0, 1))
        self.assertEqual(cases["Midden"].promise_ids.amount, 50)
        self.assertTrue(cases["Midden"].next_action_date > today)
        self.assertFalse(cases["Groot"].call_ids)
