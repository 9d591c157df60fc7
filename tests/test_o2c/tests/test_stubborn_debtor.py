from datetime import timedelta

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.mail.tests.common import MockEmail

from .common import StoryCase


@tagged("post_install", "-at_install")
class TestStubbornDebtor(MockEmail, StoryCase):
    """A ladder is chosen, a night previewed, a call taken; a promise, half a dispute
    and a plan are written down; who does not pay at all is handed over with a dossier.
    """

    def test_from_the_first_reminder_to_the_dossier(self):
        self.collector = self._user("collector", "o2c_base.group_collector")
        self.manager = self._user("manager", "o2c_base.group_collecting_manager")
        self._pick_a_ladder()
        with self._days_ago(100):
            self.stubborn = self._invoiced(self.sme, "WEB-1")
            self.poor = self._invoiced(self.corporate, "WEB-2")
            self.angry = self._invoiced(self.public_body, "WEB-3")
        with self._days_after_due(2):
            self._see_who_is_not_reminded()
            self._remind()
        with self._days_after_due(5):
            self._take_the_call()
            self._agree_a_plan()
        with self._days_after_due(18):
            self._remind()
            self.assertEqual(self._steps(self.stubborn), [2, 18], "he broke his word")
            self.assertEqual(self._steps(self.poor), [2], "he pays by instalments")
            self._dispute_half()
        with self._days_after_due(34):
            self._remind()
            self.assertEqual(self._steps(self.stubborn), [2, 18, 34])
            self.assertEqual(self._steps(self.poor), [2, 18], "he paid no instalment")
            self._answer_the_dispute()
        with self._days_after_due(51):
            self._remind()
            self._hand_over()

    def _days_after_due(self, days):
        day = self.stubborn.invoice_date_due + timedelta(days=days)
        return self._days_ago((self.company._o2c_today() - day).days)

    def _pick_a_ladder(self):
        """Four steps; drawn on a line of time, the law has nothing against it."""
        ladder = self.env.ref("o2c_dunning.o2c_dunning_ladder_four")
        ladder.step_ids.write({"approval": False})
        ladder.working_days = False
        steps = ladder.step_ids.read()
        drawn = self.env["o2c.dunning.ladder"].simulate(steps, {"debtor": "business"})
        self.assertEqual([one["weight"] for one in drawn["findings"]], ["good"])
        self.assertEqual(len(drawn["points"]), len(steps))
        self.company.write(
            {"o2c_dunning_ladder_id": ladder.id, "o2c_term_agreed": "agreed"}
        )
        self.env["o2c.dunning.ladder"].search([]).segment_ids = False

    def _invoiced(self, customer, reference):
        """Ten pumps, delivered and invoiced the same hour."""
        customer.write({"ref": reference, "email": f"{reference}@proef.example"})
        order = self._order_arrives(10, reference, customer)
        order.with_user(self.seller).action_confirm()
        self._deliver(order)
        self._bill()
        self.assertEqual(order.invoice_ids.state, "posted")
        return order.invoice_ids

    def _see_who_is_not_reminded(self):
        """The preview says why an invoice in dispute is left alone."""
        dispute = self.env["o2c.dispute"]._dispute(
            self.angry, 0, "quality", "call", "All of them leak"
        )
        verdicts = self.env["o2c.remind.verdict"].with_user(self.collector)
        verdicts.action_preview()
        found = {
            one.move_id: one.reason
            for one in verdicts.search([("company_id", "=", self.company.id)])
        }
        self.assertEqual(found[self.stubborn], "remind")
        self.assertEqual(found[self.angry], "disputed")
        self.assertFalse(self._steps(self.stubborn), "a preview sends nothing")
        dispute.with_user(self.collector).outcome = "Two were replaced"
        dispute.with_user(self.collector).action_settle()

    def _remind(self):
        """The night, the manager's yes to a first run, and the mails that leave."""
        self._night()
        waiting = self.env["o2c.dunning.notice"].search([("state", "=", "waiting")])
        if waiting:
            waiting.with_user(self.manager).action_approve()
            self._send_notices()
        self._mails_leave()

    def _mails_leave(self):
        """The mail server takes what Odoo's queue has for it."""
        with self.mock_mail_gateway():
            self.env["mail.mail"].sudo().process_email_queue()

    def _steps(self, invoice):
        """Days of the steps that were really sent."""
        lines = self.env["o2c.dunning.notice.line"].search(
            [
                ("move_id", "=", invoice.id),
                ("kind", "=", "remind"),
                ("notice_id.state", "=", "sent"),
            ]
        )
        return sorted(lines.mapped("step_days"))

    def _case(self, invoice):
        return self.env["o2c.dunning.case"].search(
            [("partner_id", "=", invoice.commercial_partner_id.id)]
        )

    def _take_the_call(self):
        """He will pay within three days; the case comes back after that."""
        case = self._case(self.stubborn).with_user(self.collector)
        day = self.company._o2c_today() + timedelta(days=3)
        told = case.log_call("will_pay", "Mrs. Proef", promise_date=day)
        self.assertGreater(fields.Date.to_date(told["next_date"]), day)
        self.assertEqual(case.promise_ids.state, "open")

    def _agree_a_plan(self):
        """The other one pays in three times; his reminders rest."""
        day = self.company._o2c_today() + timedelta(days=15)
        action = self._case(self.poor).with_user(self.collector).action_plan()
        calculator = (
            self.env[action["res_model"]]
            .with_user(self.collector)
            .with_context(**action["context"])
            .create({"count": 3, "signer": "A. Groot", "start_date": day})
        )
        calculator.action_make()
        plan = self.env["o2c.payment.plan"].search(
            [("partner_id", "=", self.corporate.id)]
        )
        if plan.state == "waiting":
            plan.with_user(self.manager).action_approve()
        self.assertEqual(plan.state, "running")
        self.assertEqual(sum(plan.line_ids.mapped("amount")), self.poor.amount_residual)

    def _dispute_half(self):
        """Only half of it rests; the other half is asked on."""
        half = self.stubborn.amount_residual / 2
        self.dispute = self.env["o2c.dispute"]._dispute(
            self.stubborn, half, "quantity", "call", "Five came"
        )

    def _answer_the_dispute(self):
        """All ten came: he reads why, and all of it is asked again."""
        last = self.env["o2c.dunning.notice"].search(
            [("partner_id", "=", self.sme.id), ("state", "=", "sent")],
            order="date desc",
            limit=1,
        )
        self.assertAlmostEqual(last.amount, self.stubborn.amount_residual / 2, 2)
        dispute = self.dispute.with_user(self.collector)
        dispute.outcome = "Ten were signed for on delivery"
        dispute.action_reject()
        self.assertTrue(dispute.untold)
        self._mails_leave()
        self.assertFalse(dispute.untold, "the reasons left, so it is asked again")

    def _hand_over(self):
        """The ladder ends in a proposal; a person decides, the dossier is made."""
        file = self.env["o2c.collection.file"].search(
            [("partner_id", "=", self.sme.id)]
        )
        self.assertEqual((file.state, file.origin), ("proposed", "ladder"))
        agency = self.env["o2c.collection.agency"].create(
            {
                "partner_id": self.env["res.partner"]
                .create({"name": "Incasso Proef"})
                .id,
                "register_number": "WKI-0042",
                "registered_from": "2024-04-01",
                "checked_on": self.company._o2c_today(),
            }
        )
        file = file.with_user(self.collector)
        file.write({"agency_id": agency.id, "reason": "Three reminders, a broken word"})
        file.action_prepare()
        # papers of tests are web pages, which the library for PDF complains of
        with mute_logger("pypdf._reader"), self._job() as env:
            env["o2c.collection.file"]._cron_dossier()
        self.assertEqual(file.state, "ready", file.objection_text)
        self.assertEqual(file.principal, self.stubborn.amount_residual)
        kinds = set(file.part_ids.mapped("kind"))
        self.assertGreaterEqual(kinds, {"invoice", "order", "notice", "agreement"})
        file.with_user(self.manager).action_hand_over()
        self.assertEqual(file.state, "handed_over")
        self._night()
        verdict = self.env["o2c.remind.verdict"].search(
            [("move_id", "=", self.stubborn.id)]
        )
        self.assertEqual(verdict.reason, "at_agency")
