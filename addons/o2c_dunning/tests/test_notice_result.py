"""What works: what each reminder brought in, counted by hand."""

from odoo import fields
from odoo.tests import tagged

from .work_common import WorkCommon


@tagged("post_install", "-at_install")
class TestNoticeResult(WorkCommon):
    def _result(self, notice):
        self.env.flush_all()
        self.env.invalidate_all()
        with self._at("2026-06-01"):
            row = self.env["o2c.notice.result"].browse(notice.id)
            row.read(["amount"])
        return row

    def _sent(self, partner, amount, due="2026-03-01", day="2026-03-04"):
        invoice = self._due(partner, amount, due)
        notice = self._remind(day).filtered(lambda one: one.partner_id == partner)
        self.assertEqual(notice.state, "sent")
        return invoice, notice

    def test_money_within_seven_and_fourteen_days_at_the_boundary(self):
        cases = (
            ("2026-03-11", 1, 1),  # the seventh day
            ("2026-03-12", 0, 1),
            ("2026-03-18", 0, 1),  # the fourteenth
            ("2026-03-19", 0, 0),
        )
        for day, in_7, in_14 in cases:
            partner = self._customer(f"Betaalt {day}", "sme")
            invoice, notice = self._sent(partner, 1000)
            self._pay(invoice, date=day)
            row = self._result(notice)
            self.assertEqual((row.paid_7, row.paid_14), (in_7, in_14), day)
            self.assertEqual((row.amount_7, row.amount_14), (1000 * in_7, 1000 * in_14))

    def test_a_part_is_money_but_not_paid_in_full(self):
        invoice, notice = self._sent(self.sme, 1000)
        self._pay(invoice, 250, date="2026-03-05")
        row = self._result(notice)
        self.assertEqual((row.amount, row.amount_7), (1000, 250))
        self.assertEqual((row.paid_7, row.share_7), (0, 0.25))

    def test_a_credit_note_is_no_payment(self):
        invoice, notice = self._sent(self.sme, 1000)
        wizard = (
            self.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create({"journal_id": invoice.journal_id.id, "date": "2026-03-05"})
        )
        wizard.reverse_moves()
        credit = invoice.reversal_move_ids
        credit.action_post()
        lines = (invoice | credit).line_ids.filtered(
            lambda one: one.account_id.account_type == "asset_receivable"
        )
        lines.filtered(lambda one: not one.reconciled).reconcile()
        self.assertFalse(invoice.amount_residual)
        self.assertEqual(self._result(notice).amount_14, 0)

    def test_a_payment_belongs_to_the_last_reminder_before_it(self):
        invoice, first = self._sent(self.sme, 1000, day="2026-03-04")
        self._remind("2026-03-18")
        second = (invoice.o2c_notice_line_ids.notice_id - first).sorted("sent_on")[:1]
        self.assertEqual(str(second.sent_on), "2026-03-18")
        self._pay(invoice, date="2026-03-18")
        self.assertEqual(self._result(first).amount_14, 0)
        self.assertEqual(self._result(second).amount_14, 1000)

    def test_a_share_of_a_group_is_money_over_money(self):
        one, _notice = self._sent(self.sme, 900)
        self._sent(self.corporate, 100)
        self._pay(one, date="2026-03-05")
        self.env.flush_all()
        domain = [
            ("company_id", "=", self.company.id),
            ("partner_id", "in", (self.sme + self.corporate).ids),
        ]
        [(share, paid, sent)] = self.env["o2c.notice.result"]._read_group(
            domain, [], ["share_14:avg", "paid_14:sum", "sent:sum"]
        )
        self.assertAlmostEqual(share, 0.9)
        self.assertEqual((paid, sent), (1, 2))

    def test_bounced_answered_and_disputed_are_counted(self):
        invoice, notice = self._sent(self.sme, 1000)
        case = notice.case_id
        case.sudo().message_post(
            body="Klopt niet", message_type="email", email_from="x@proef.example"
        )
        message = case.message_ids.filtered(lambda one: one.message_type == "email")[:1]
        dispute = self.env["o2c.dispute"].create(
            {"move_id": invoice.id, "cause": "price", "amount": 10}
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE mail_message SET date = '2026-03-05 09:00:00' WHERE id = %s",
            [message.id],
        )
        self.env.cr.execute(
            "UPDATE o2c_dispute SET create_date = '2026-03-06 09:00:00' WHERE id = %s",
            [dispute.id],
        )
        row = self._result(notice)
        self.assertEqual((row.answered, row.disputed), (1, 1))
        self.assertEqual((row.delivered, row.bounced), (1, 0))
        self.notices._bounced(case, "crediteuren@proef.example")
        row = self._result(notice)
        self.assertEqual((row.delivered, row.bounced), (0, 1))

    def test_the_grade_is_that_of_the_day_and_the_row_opens_its_reminder(self):
        profile = (
            self.env["o2c.risk.profile"]
            .sudo()
            .create(
                {
                    "partner_id": self.sme.id,
                    "company_id": self.company.id,
                    "grade": "E",
                }
            )
        )
        self.env["o2c.score.history"].sudo().create(
            [
                {"profile_id": profile.id, "date": "2026-03-01", "grade": "B"},
                {"profile_id": profile.id, "date": "2026-04-01", "grade": "E"},
            ]
        )
        _invoice, notice = self._sent(self.sme, 1000)
        row = self._result(notice)
        self.assertEqual(row.grade, "B")
        self.assertEqual(row.segment_id, self.sme.o2c_segment_id)
        self.assertEqual(row.step_id, notice.step_id)
        self.assertEqual(row.text_id.tone, notice.tone)
        self.assertEqual(row.action_open_notice()["res_id"], notice.id)

    def test_how_old_a_reminder_is_follows_from_the_day_it_is_read(self):
        _invoice, notice = self._sent(self.sme, 1000)
        model = self.env["o2c.notice.result"]
        for day, week, two in (
            ("2026-03-10", False, False),
            ("2026-03-11", True, False),
            ("2026-03-18", True, True),
        ):
            with self._at(day):
                self.env.invalidate_all()
                row = model.browse(notice.id)
                self.assertEqual((row.over_7, row.over_14), (week, two), day)

    def test_what_did_not_leave_is_not_there(self):
        self._due(self.sme, 1000, "2026-03-01")
        notice = self._nightly("2026-03-04").o2c_notice_ids
        self.env.flush_all()
        found = self.env["o2c.notice.result"].search([("notice_id", "=", notice.id)])
        self.assertFalse(found)
        self.assertEqual(fields.Date.to_date("2026-03-04"), notice.date)
