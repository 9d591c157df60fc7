"""The policy's own examples, and the law's calendar."""

import doctest
import importlib
from collections import Counter
from datetime import date, timedelta

from odoo.tests import BaseCase, tagged

from ..policy.receipt_clock import clock_by_post
from ..tools import holidays, placeholder

POLICIES = (
    "allocation",
    "assignment",
    "bad_debt",
    "bank_line",
    "chain",
    "channel",
    "claim",
    "claim_cost",
    "collection_cost",
    "debt",
    "default_start",
    "dispute_route",
    "fourteen_day_letter",
    "going_live",
    "hand_over",
    "hold_out",
    "interest",
    "ladder",
    "ladder_check",
    "ladder_plan",
    "letter_wording",
    "limitation",
    "machine_mail",
    "may_remind",
    "message",
    "next_action",
    "official_holidays",
    "payment_plan",
    "promise",
    "proportion",
    "receipt_clock",
    "sending_window",
    "unusual_run",
    "work_rank",
    "working_days",
)
#: Algemene termijnenwet, art. 3: official holidays of 2025 to early 2027.
HOLIDAYS = {
    date(2025, 1, 1), date(2025, 4, 21), date(2025, 4, 26), date(2025, 5, 29),
    date(2025, 6, 9), date(2025, 12, 25), date(2025, 12, 26),
    date(2026, 1, 1), date(2026, 4, 6), date(2026, 4, 27), date(2026, 5, 14),
    date(2026, 5, 25), date(2026, 12, 25), date(2026, 12, 26), date(2027, 1, 1),
}  # fmt: skip


@tagged("post_install", "-at_install")
class TestPolicy(BaseCase):
    def test_every_example_in_the_policies_holds(self):
        for name in POLICIES:
            module = importlib.import_module(f"odoo.addons.o2c_dunning.policy.{name}")
            result = doctest.testmod(module)
            self.assertGreater(result.attempted, 0, name)
            self.assertEqual(result.failed, 0, name)
        for module in (holidays, placeholder):
            result = doctest.testmod(module)
            self.assertGreater(result.attempted, 0)
            self.assertEqual(result.failed, 0)

    def test_sixteen_days_never_suffice_by_post(self):
        days = Counter()
        posted = date(2025, 1, 1)
        while posted <= date(2026, 12, 31):
            days[(clock_by_post(posted, HOLIDAYS).cost_from - posted).days] += 1
            posted += timedelta(days=1)
        self.assertEqual(dict(days), {17: 404, 18: 111, 19: 207, 20: 5, 21: 3})
