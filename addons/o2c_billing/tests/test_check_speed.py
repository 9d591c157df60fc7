"""Judging many drafts costs no more statements than judging one."""

from odoo.tests import tagged

from .check_common import CheckCommon


@tagged("post_install", "-at_install")
class TestCheckSpeed(CheckCommon):
    def test_judging_needs_as_many_statements_for_200_drafts_as_for_2(self):
        for kind in ("amount", "first", "manual", "limit", "customer", "currency"):
            self._rule(kind, amount=100)
        self._rule("grade", grade="D")
        self._rule("price", percentage=5)
        self._rule("margin", percentage=5)
        self._rule("sample", percentage=5)
        self._rule("pass_through", percentage=5)
        self._rule("reference", (self.chief, None))
        partners = [self.sme, self.corporate, self.consumer, self.public_body]
        drafts = self.env["account.move"].create(
            [
                {
                    "move_type": "out_invoice",
                    "partner_id": partners[number % 4].id,
                    "invoice_line_ids": [
                        (0, 0, {"name": "x", "price_unit": number, "tax_ids": []})
                    ],
                }
                for number in range(200)
            ]
        )
        self.env.flush_all()
        counts = []
        for some in (drafts[:2], drafts):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            verdicts = some._o2c_judge()
            self.assertEqual(len(verdicts), len(some))
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 2, counts)
        asked = []
        for some in (drafts[:2], drafts):
            verdicts = some._o2c_judge()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some._o2c_whom_to_ask(verdicts)
            asked.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(asked[1], asked[0] + 2, asked)
