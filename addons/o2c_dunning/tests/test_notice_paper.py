"""Papers that are made for a reminder: by the queue, one by one, never in a run."""

from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import DunningCommon

LOGGER = "odoo.addons.o2c_dunning.models.notice.o2c_dunning_notice_paper"


@tagged("post_install", "-at_install")
class TestNoticePaper(DunningCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.step = cls.standard.step_ids.sorted("days")[0]

    def _text(self, file):
        return file.raw.decode()

    def test_the_statement_lists_everything_open_and_is_part_of_the_proof(self):
        self.step.attach_statement = True
        late = self._due(self.sme, 1000, "2026-03-01")
        coming = self._due(self.sme, 400, "2026-03-25")
        credit = self._invoice(
            self.sme, 150, "2026-03-02", move_type="out_refund", invoice_date=False
        )
        notice = self._remind("2026-03-04")
        self.assertEqual(notice.state, "sent")
        file = notice.mail_message_id.attachment_ids
        self.assertEqual((file.res_model, file.res_id), (notice._name, notice.id))
        text = self._text(file)
        for document in (late, coming, credit):
            self.assertIn(document.name, text)
        self.assertIn("1,250.00", text)  # 1000 + 400 - 150
        self.assertIn(file.name, str(notice._proof_facts()[notice.id]["files"]))

    def test_nothing_is_rendered_in_the_run_and_letters_get_none(self):
        self.step.write({"attach_statement": True, "attach_calculation": True})
        self._due(self.sme, 1000, "2026-03-01")
        report = type(self.env["ir.actions.report"])
        with patch.object(report, "_render", side_effect=AssertionError):
            notice = self._nightly("2026-03-04").o2c_notice_ids
        self.assertFalse(notice._papers())
        self.assertTrue(notice._papers_to_make())
        notice.channel = "letter"
        self.assertFalse(notice._papers_to_make())

    def test_the_calculation_only_where_something_is_owed_and_sure(self):
        self.step.attach_calculation = True
        self.company.o2c_term_agreed = "agreed"
        rates = self.env["o2c.interest.rate"].with_context(active_test=False)
        rates.search([]).write({"certainty": "confirmed", "active": True})
        invoice = self._due(self.sme, 1000, "2026-03-01")
        notice = self._remind("2026-03-20")
        file = notice.mail_message_id.attachment_ids
        self.assertIn(invoice.name, self._text(file))
        self.assertIn("40.00", self._text(file), "the least a business owes")
        self.assertIn("a day.", self._text(file))
        self.assertTrue(notice._calculation_paper())
        rates.search([]).write({"certainty": "uncertain"})
        self.assertIsNone(notice._calculation_paper(), "no estimate leaves the house")

    def test_no_calculation_for_who_owes_nothing_besides(self):
        self.step.attach_calculation = True
        self.company.o2c_term_agreed = "invoice"
        self._due(self.sme, 1000, "2026-03-01")
        notice = self._remind("2026-03-04")
        self.assertEqual(notice.state, "sent")
        self.assertFalse(notice.mail_message_id.attachment_ids)

    def test_one_that_cannot_be_made_keeps_its_own_reminder_only(self):
        self.step.attach_statement = True
        self._due(self.sme, 1000, "2026-03-01")
        self._due(self.corporate, 1000, "2026-03-01")
        run = self._nightly("2026-03-04")
        real = type(self.notices)._statement_paper

        def fails(notice):
            if notice.partner_id == self.sme:
                raise ValueError("no paper left")
            return real(notice)

        with (
            patch.object(type(self.notices), "_statement_paper", fails),
            mute_logger(LOGGER),
        ):
            self._deliver("2026-03-04")
        of = {one.partner_id: one for one in run.o2c_notice_ids}
        self.assertEqual(of[self.corporate].state, "sent")
        failed = of[self.sme]
        self.assertEqual((failed.state, failed.tries), ("failed", 1))
        self.assertIn("no paper left", failed.failure_reason)
        self.assertFalse(failed.mail_message_id)
        # tried again, with the paper of that moment
        failed.with_user(self.collector).action_retry()
        self._deliver("2026-03-04")
        self.assertEqual((failed.state, len(failed._papers())), ("sent", 1))

    def test_a_stopped_queue_goes_on_with_the_next_reminder(self):
        self.step.attach_statement = True
        for partner in (self.sme, self.corporate, self.public_body):
            self._due(partner, 1000, "2026-03-01")
        notices = self._nightly("2026-03-04").o2c_notice_ids
        self.assertEqual([len(one) for one in notices._sending_batches()], [1, 1, 1])
        # the time of the job is over after the first one
        with patch.object(
            type(self.cases), "_commit", lambda cases, **told: not told.get("processed")
        ):
            self._deliver("2026-03-04")
        self.assertEqual(
            sorted(notices.mapped("state")), ["approved", "approved", "sent"]
        )
        self._deliver("2026-03-04")
        self.assertEqual(set(notices.mapped("state")), {"sent"})
        self.assertEqual([len(one._papers()) for one in notices], [1, 1, 1])

    def test_a_second_try_has_the_papers_of_its_own_day(self):
        self.step.attach_statement = True
        self._due(self.sme, 1000, "2026-03-01")
        notice = self._nightly("2026-03-04").o2c_notice_ids
        notice._make_papers()
        notice._make_papers()
        self.assertEqual(len(notice._papers()), 1)
        notice.state = "failed"
        notice.with_user(self.collector).action_as_letter()
        self.assertFalse(notice._papers())
