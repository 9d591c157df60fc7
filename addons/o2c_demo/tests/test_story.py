"""The story happens as it is told, and leaves a working day behind."""

import io
from unittest.mock import patch

from odoo.tools.pdf import PdfWriter

from .common import TODAY


class StoryTests:
    """Run by :class:`~.test_demo.TestDemo`, which has a company with a book."""

    def _told(self):
        """Tell the story in a live company whose mail counts as sent."""
        self.env["o2c.demo.house"]._furnish(self.company, TODAY)
        progress = type(self.env["ir.cron"])
        post = type(self.env["ir.mail_server"])
        files = type(self.env["o2c.collection.file"])
        with io.BytesIO() as buffer:
            pages = PdfWriter()
            pages.add_blank_page(210, 297)
            pages.write(buffer)
            page = buffer.getvalue()
        with (
            patch.object(progress, "_commit_progress", lambda *_a, **_k: 1000.0),
            patch.object(post, "_disable_send", lambda _self: False),
            patch.object(files, "_html_to_pdf", lambda _self, _html: page),
        ):
            return self.env["o2c.demo.story"]._tell(today=TODAY)

    def _named(self, reference):
        return self.env["sale.order"].search([("o2c_import_reference", "=", reference)])

    def test_an_order_from_outside_becomes_money(self):
        lines = self._told()
        self.assertGreaterEqual(len(lines), 10)
        order = self._named("WEB-2041")
        hold = self.env["o2c.credit.hold"].search([("order_id", "=", order.id)])
        self.assertEqual(hold.state, "released")
        self.assertTrue(hold.release_reason)
        invoice = order.invoice_ids
        self.assertEqual(invoice.payment_state, "paid")
        self.assertEqual(invoice.amount_total, order.amount_total)
        notices = self.env["o2c.dunning.notice.line"].search(
            [("move_id", "=", invoice.id)]
        )
        self.assertEqual(len(notices), 1, "one reminder")
        self.assertEqual(notices.notice_id.case_id.state, "closed")
        profile = order.partner_id._o2c_profile(self.company)
        scores = profile.history_ids.sorted("date").mapped("score")
        self.assertLess(profile.score, scores[0], "paying late is seen")
        self.assertTrue(self._named("WSM-2026-0815").invoice_ids)

        self._assert_working_day()
        self._assert_steps_brought_something_in()
        count = self.env["sale.order"].search_count([])
        self.assertEqual(self.env["o2c.demo.story"]._tell(today=TODAY), lines)
        self.assertEqual(self.env["sale.order"].search_count([]), count)

    def _assert_steps_brought_something_in(self):
        """Reminders brought money, and not every one: the share says something."""
        month = self.env["o2c.kpi.snapshot"].search(
            [("company_id", "=", self.company.id), ("dimension", "=", "total")]
        )
        steps = month.step_ids
        self.assertTrue(any(steps.mapped("paid")))
        self.assertGreater(sum(steps.mapped("collected")), 0)
        self.assertLess(sum(steps.mapped("collected")), sum(steps.mapped("asked")))
        self.assertFalse(
            month.filtered(lambda one: not one.movement), "movements of every month"
        )

    def _assert_working_day(self):
        """Something true lies on every desk."""
        company = ("company_id", "=", self.company.id)
        for model, domain in (
            ("o2c.credit.hold", [("state", "=", "open")]),
            ("account.move", [("o2c_check_state", "=", "to_check")]),
            ("account.move", [("o2c_send_state", "=", "blocked")]),
            ("o2c.sending", [("channel", "=", "post")]),
            ("o2c.sending", [("channel", "=", "upload")]),
            ("o2c.sending.preference", [("rhythm", "=", "weekly")]),
            ("o2c.billing.event", [("state", "=", "waiting")]),
            ("o2c.dunning.notice", [("state", "=", "preview")]),
            ("o2c.payment.promise", [("state", "=", "open")]),
            ("o2c.dispute", [("state", "=", "open")]),
            ("o2c.payment.plan", [("state", "=", "running")]),
            ("o2c.payment.plan", [("state", "=", "broken")]),
            ("o2c.question", [("state", "=", "open")]),
            ("o2c.question", [("state", "=", "answered")]),
            ("o2c.collection.file", [("state", "=", "proposed")]),
            ("o2c.collection.file", [("state", "=", "ready")]),
            ("o2c.call.result", [("result", "=", "will_pay")]),
            ("o2c.dunning.notice", [("kind", "=", "wik"), ("state", "!=", "preview")]),
            ("payment.transaction", [("state", "=", "done")]),
        ):
            found = self.env[model].search_count([company, *domain])
            self.assertTrue(found, (model, domain))
