"""The list of reminders in a browser."""

from odoo.tests import HttpCase, tagged

from .common import DunningCommon


@tagged("post_install", "-at_install")
class TestNoticeScreen(DunningCommon, HttpCase):
    def test_a_button_stands_there_when_it_does_something(self):
        self._due(self.sme, 1000, "2026-03-01")
        self.assertEqual(self._remind("2026-03-04").state, "sent")
        self._due(self.corporate, 500, "2026-03-02")
        waiting = self._nightly("2026-03-05").o2c_notice_ids
        waiting.sudo().write({"state": "waiting", "wait_reason": "step"})
        self.env.flush_all()
        self.start_tour(
            "/odoo/action-o2c_dunning.o2c_dunning_notice_action",
            "o2c_notice_list",
            login=self.manager.login,
        )
