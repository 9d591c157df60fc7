"""What each step of a ladder brought in, counted by hand."""

from odoo.tests import tagged

from .month_common import MonthCommon


@tagged("post_install", "-at_install")
class TestStepResults(MonthCommon):
    """The standard ladder reminds on day 3 and day 17."""

    def _reminded(self, partner, amount, due="2026-03-01", day="2026-03-04"):
        invoice = self._due(partner, amount, due)
        notice = self._remind(day).filtered(lambda one: one.partner_id == partner)
        self.assertEqual(notice.state, "sent")
        return invoice, notice

    def test_what_the_first_reminder_brought_in(self):
        whole, notice = self._reminded(self.sme, 1000)
        part, _notice = self._reminded(self.corporate, 600)
        self._reminded(self.public_body, 400)
        self._pay(whole, date="2026-03-18")  # the fourteenth day
        self._pay(part, 150, date="2026-03-10")
        self._pay(part, 450, date="2026-03-19")  # a day too late
        row = self._total()
        step = row.step_ids
        self.assertEqual(step.step_id, notice.step_id)
        self.assertEqual((step.reminded, step.paid), (3, 1))
        self.assertEqual((step.asked, step.collected), (2000, 1150))
        self.assertEqual((step.paid_share, step.collected_share), (33.3, 57.5))
        self.assertIn("1 of 3 invoices in full", row.explanation)
        results = self._shown(step.action_open_reminders())
        self.assertEqual(sum(results.mapped("amount_14")), step.collected)
        self.assertEqual(sum(results.mapped("amount")), step.asked)

    def test_a_reminder_counts_in_the_month_in_which_its_time_is_over(self):
        # sent on 18 March: its fourteenth day is 1 April
        invoice, _notice = self._reminded(self.sme, 1000, "2026-03-15", "2026-03-18")
        self._pay(invoice, date="2026-04-01")
        self.assertFalse(self._total().step_ids)
        april = self._total("2026-04-01", "2026-05-01").step_ids
        self.assertEqual((april.reminded, april.collected), (1, 1000))

    def test_money_belongs_to_the_last_reminder_before_it(self):
        invoice, first = self._reminded(self.sme, 1000)
        self._remind("2026-03-18")
        second = (invoice.o2c_notice_line_ids.notice_id - first).sorted("sent_on")[:1]
        self._pay(invoice, date="2026-03-18")
        march = self._total().step_ids
        self.assertEqual((march.step_id, march.collected), (first.step_id, 0))
        april = self._total("2026-04-01", "2026-05-01").step_ids
        self.assertEqual((april.step_id, april.collected), (second.step_id, 1000))

    def test_per_segment_and_salesperson(self):
        one, _notice = self._reminded(self.sme, 1000)
        other, _notice = self._reminded(self.corporate, 600)
        one.invoice_user_id = self.seller
        self._pay(one, date="2026-03-05")
        rows = self._rows()
        sme = rows.filtered(lambda row: row.segment_id == self.sme.o2c_segment_id)
        self.assertEqual(sme.step_ids.mapped("collected"), [1000])
        big = rows.filtered(lambda row: row.segment_id == self.corporate.o2c_segment_id)
        self.assertEqual(big.step_ids.mapped("collected"), [0])
        self.assertEqual(other.amount_residual, 600)
        mine = self.env["o2c.kpi.step"].with_user(self.seller).search([])
        self.assertEqual(mine.sudo().snapshot_id.user_id, self.seller)
        self.assertEqual(sum(mine.mapped("asked")), 1000)
        self.assertFalse(self.env["o2c.kpi.debtor"].with_user(self.seller).search([]))

    def test_a_share_of_a_group_is_money_over_money(self):
        paid, _notice = self._reminded(self.sme, 900)
        self._reminded(self.corporate, 100)
        self._pay(paid, date="2026-03-05")
        rows = self._rows()
        [(share,)] = self.env["o2c.kpi.step"]._read_group(
            [("snapshot_id", "in", rows.ids), ("dimension", "=", "segment")],
            [],
            ["collected_share:avg"],
        )
        self.assertAlmostEqual(share, 90)

    def test_foreign_currency_is_counted_at_its_worth(self):
        dollar = self.env.ref("base.USD")
        dollar.active = True
        self.env["res.currency.rate"].create(
            {
                "currency_id": dollar.id,
                "company_id": self.company.id,
                "name": "2026-01-01",
                "rate": 2.0,
            }
        )
        invoice, _notice = self._reminded_in(dollar)
        self._pay(invoice, 500, date="2026-03-05")
        step = self._total().step_ids
        self.assertEqual((step.asked, step.collected), (500, 250))

    def _reminded_in(self, currency):
        invoice = self._due(self.sme, 1000, "2026-03-01", currency_id=currency.id)
        notice = self._remind("2026-03-04").filtered(
            lambda one: one.partner_id == self.sme
        )
        self.assertEqual(notice.currency_id, currency)
        return invoice, notice

    def _shown(self, action):
        model = self.env[action["res_model"]].with_context(**action["context"])
        with self.mock_datetime_and_now("2026-06-01 10:00:00"):
            model.invalidate_model()
            found = model.search(action["domain"])
            found.read(["amount", "amount_14"])
        return found
