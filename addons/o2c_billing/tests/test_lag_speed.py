"""The lag of ten thousand events is there at once."""

import time

from odoo.tests import tagged

from .common import BillingCommon


@tagged("post_install", "-at_install")
class TestLagSpeed(BillingCommon):
    def test_ten_thousand_events_in_a_fixed_number_of_statements(self):
        self._fill(100)
        few = self._count()
        self._fill(10000, first=100)
        many = self._count()
        self.assertEqual(many, few)
        self.env["o2c.invoicing.lag"].get_board()
        started = time.monotonic()
        groups = self.env["o2c.invoicing.lag"]._read_group(
            [("company_id", "=", self.company.id)],
            ["month:month", "cause"],
            ["days_total:avg", "median_total:avg", "cost:sum"],
        )
        seconds = time.monotonic() - started
        self.assertTrue(groups)
        # under a second on a quiet machine; shared ones take several times as long
        self.assertLess(seconds, 5)

    def _count(self):
        for _time in range(2):  # the first time fills caches
            before = self.env.cr.sql_log_count
            self.env["o2c.invoicing.lag"]._read_group(
                [("company_id", "=", self.company.id)],
                ["month:month"],
                ["days_total:avg", "cost:sum"],
            )
        return self.env.cr.sql_log_count - before

    def _fill(self, number, first=0):
        """Events of a year and the invoices they became, straight into the tables."""
        order = self._order(self.sme, [(self.hour, 1, 60.0)])
        order.action_confirm()
        invoice = self._invoice(self.sme, 10, "2026-03-01")
        self.env.flush_all()
        self.env.cr.execute(
            """
            INSERT INTO o2c_billing_event
                   (company_id, source, key, partner_id, order_id, move_id, quantity,
                    amount, delivered_at, date, create_date, drafted_at, posted_at,
                    sent_at, state)
            SELECT %(company)s, 'delivery', 'speed-' || n, %(partner)s, %(order)s,
                   %(move)s, 1, 10 + n %% 500, at, at::date, at,
                   at + interval '1 hour', at + interval '5 hours' * (n %% 9),
                   CASE WHEN n %% 20 > 0 THEN at + interval '50 hours' END, 'sent'
              FROM generate_series(%(first)s + 1, %(last)s) n
             CROSS JOIN LATERAL (
                   SELECT '2026-01-01'::timestamp + n %% 365 * interval '1 day' AS at
                   ) moment
            """,
            {
                "company": self.company.id,
                "partner": self.sme.id,
                "order": order.id,
                "move": invoice.id,
                "first": first,
                "last": number,
            },
        )
        self.env.invalidate_all()
