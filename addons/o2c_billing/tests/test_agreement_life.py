"""Agreements end, are renewed, and keep their history."""

from datetime import date, timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import BillingCommon

LAST = date(2026, 12, 31)


@tagged("post_install", "-at_install")
class TestAgreementLife(BillingCommon):
    def setUp(self):
        super().setUp()
        self.owner = self._user("owner", "o2c_base.group_billing_approver")

    def _yearly(self, **values):
        return self._agreement(
            {"product_id": self.wood.id, "fixed_price": 8.75, "tiers": {100: 8.25}},
            {"product_id": self.hour.id, "computation": "percentage", "percentage": 5},
            **{
                "name": "Raamcontract 2026",
                "partner_id": self.sme.id,
                "date_from": "2026-01-01",
                "date_to": LAST,
                "user_id": self.owner.id,
                **values,
            },
        )

    def _renew(self, agreements, **values):
        wizard = (
            self.env["o2c.agreement.renewal"]
            .with_context(active_ids=agreements.ids)
            .create(values)
        )
        action = wizard.action_renew()
        return self.env["o2c.price.agreement"].search(
            action.get("domain") or [("id", "=", action["res_id"])]
        )

    def _activities(self, agreement):
        return agreement.activity_ids.filtered(
            lambda one: one.activity_type_id
            == self.env.ref("o2c_billing.mail_activity_agreement_ends")
        )

    def test_a_new_agreement_has_no_history(self):
        self.assertEqual(self.env["o2c.price.agreement"].new({}).history_count, 0)
        agreement = self._yearly()
        self.assertEqual(agreement.history_count, 0)

    def test_a_new_line_says_its_article_before_it_is_saved(self):
        lines = self.env["o2c.price.agreement.line"].with_user(self.owner)
        shown = {"product_id": {}, "display_name": {}, "tier_summary": {}}
        view = self.env.ref("o2c_billing.o2c_price_agreement_line_view_form")
        for name in shown:
            self.assertIn(f'name="{name}"', view.arch)
        values = lines.onchange({"product_id": self.wood.id}, ["product_id"], shown)
        self.assertEqual(values["value"]["display_name"], self.wood.display_name)

    def test_renewing_makes_a_draft_for_the_next_period_with_changed_amounts(self):
        old = self._yearly()
        new = self._renew(old, percentage=3.0)
        self.assertEqual(new.state, "draft")
        self.assertEqual(new.name, "Raamcontract 2027")
        self.assertEqual(new.date_from, date(2027, 1, 1))
        self.assertEqual(new.date_to, date(2027, 12, 31))
        self.assertEqual(new.predecessor_id, old)
        self.assertEqual(old.successor_ids, new)
        fixed, percent = new.line_ids
        self.assertEqual(fixed.fixed_price, 9.01)
        self.assertEqual(fixed.tier_ids.fixed_price, 8.5)
        self.assertEqual(percent.percentage, 5)
        self.assertEqual(old.line_ids[0].fixed_price, 8.75)

    def test_starting_the_renewal_ends_an_open_agreement_the_day_before(self):
        old = self._yearly(date_to=False)
        new = self._renew(old, date_from="2026-07-01")
        self.assertFalse(old.date_to)
        new.action_start()
        self.assertEqual(old.date_to, date(2026, 6, 30))
        self.assertEqual(old.state, "running")
        for day, price in (
            ("2026-06-30 12:00:00", 8.75),
            ("2026-07-01 12:00:00", 8.75),
        ):
            order = self._order(self.sme, [(self.wood, 1, None)], date_order=day)
            trace = order.order_line.o2c_price_trace
            self.assertEqual(order.order_line.price_unit, price)
            self.assertEqual(
                trace["steps"][1]["rule"],
                (old if day < "2026-07" else new).line_ids[0].id,
            )

    def test_an_open_agreement_asks_for_the_first_day(self):
        with self.assertRaisesRegex(UserError, "no last day"):
            self._renew(self._yearly(date_to=False))

    def test_an_agreement_is_renewed_once(self):
        old = self._yearly()
        self._renew(old)
        with self.assertRaisesRegex(UserError, "renewed already"):
            self._renew(old)

    def test_dates_with_a_gap_or_before_the_agreement_are_refused(self):
        old = self._yearly()
        with self.assertRaisesRegex(UserError, "without agreed prices"):
            self._renew(old, date_from="2027-02-01")
        with self.assertRaisesRegex(UserError, "must begin after"):
            self._renew(old, date_from="2026-01-01")

    def test_many_are_renewed_each_for_its_own_length(self):
        one = self._yearly()
        leap = self._yearly(
            name="Schrikkel", date_from="2027-03-01", date_to="2028-02-29"
        )
        made = self._renew(one | leap, percentage=2.0)
        self.assertEqual(
            {(new.date_from, new.date_to) for new in made},
            {
                (date(2027, 1, 1), date(2027, 12, 31)),
                (date(2028, 3, 1), date(2029, 2, 28)),
            },
        )

    def test_prices_that_ended_are_not_renewed(self):
        old = self._yearly()
        old.line_ids[1].date_to = "2026-06-30"
        self.assertEqual(len(self._renew(old).line_ids), 1)

    def test_the_history_shows_all_before_and_after(self):
        first = self._yearly()
        second = self._renew(first)
        second.action_start()
        third = self._renew(second)
        self.assertEqual(second._history(), first | second | third)
        self.assertEqual(first.history_count, 2)
        self.assertEqual(third.action_history()["res_model"], first._name)

    def test_a_copy_has_no_past(self):
        old = self._yearly()
        new = self._renew(old)
        copy = new.copy()
        self.assertFalse(copy.predecessor_id)
        self.assertEqual(copy.state, "draft")
        self.assertEqual(len(copy.line_ids), 2)
        self.assertIn("copy", copy.name)

    def test_a_renewal_does_not_cut_prices_that_begin_later(self):
        old = self._yearly(date_to=False)
        new = self._renew(old, date_from="2026-07-01")
        old.line_ids[0].copy({"date_from": "2026-09-01"})
        with self.assertRaisesRegex(ValidationError, "begin after"):
            new.action_start()

    def test_the_owner_gets_one_task_before_the_end_and_never_two(self):
        agreement = self._yearly()
        agreements = self.env["o2c.price.agreement"]
        self.company.o2c_agreement_notice_days = 60
        self.assertFalse(agreements._watch_ends(self.company, date(2026, 10, 31)))
        told = agreements._watch_ends(self.company, date(2026, 11, 1))
        self.assertEqual(told, agreement)
        self.assertEqual(self._activities(agreement).user_id, self.owner)
        self.assertFalse(agreements._watch_ends(self.company, date(2026, 11, 2)))
        self._activities(agreement).action_feedback()
        self.assertFalse(agreements._watch_ends(self.company, date(2026, 11, 3)))
        self.assertFalse(self._activities(agreement))

    def test_another_last_day_is_another_task(self):
        agreement = self._yearly()
        agreements = self.env["o2c.price.agreement"]
        agreements._watch_ends(self.company, date(2026, 12, 1))
        agreement.date_to = "2027-01-15"
        agreements._watch_ends(self.company, date(2026, 12, 2))
        self.assertEqual(len(self._activities(agreement)), 2)

    def test_renewed_or_closed_there_is_nothing_to_do(self):
        renewed, closed = self._yearly(), self._yearly(partner_id=self.corporate.id)
        agreements = self.env["o2c.price.agreement"]
        agreements._watch_ends(self.company, date(2026, 12, 1))
        self._renew(renewed)
        closed.action_close()
        self.assertFalse(self._activities(renewed) | self._activities(closed))
        renewed.end_told = False
        self.assertFalse(agreements._watch_ends(self.company, date(2026, 12, 2)))

    def test_without_an_owner_the_responsible_of_the_company_is_told(self):
        agreement = self._yearly(user_id=False)
        self.company.o2c_responsible_id = self.owner
        self.env["o2c.price.agreement"]._watch_ends(self.company, date(2026, 12, 1))
        self.assertEqual(self._activities(agreement).user_id, self.owner)

    def test_the_job_leaves_companies_alone_where_billing_is_off(self):
        agreement = self._yearly()
        self.company.o2c_billing_mode = "off"
        agreement.date_to = self.company._o2c_today()
        with self.enter_registry_test_mode(), self.registry.cursor() as cr:
            self.env(cr=cr)["o2c.price.agreement"]._cron_watch_ends()
        self.env.invalidate_all()
        self.assertFalse(self._activities(agreement))

    def test_where_an_agreement_stands_today(self):
        today = self.company._o2c_today()
        self.company.o2c_agreement_notice_days = 30
        agreement = self._yearly()
        for begin, end, life in (
            (400, 500, "coming"),
            (-10, None, "in_force"),
            (-10, 31, "in_force"),
            (-10, 30, "ends"),
            (-10, 0, "ends"),
            (-10, -1, "ended"),
        ):
            agreement.write(
                {
                    "date_from": today + timedelta(days=begin),
                    "date_to": end is not None and today + timedelta(days=end),
                }
            )
            self.assertEqual(agreement.life, life)

    def test_the_today_screen_lists_what_ends(self):
        agreement = self._yearly(date_to=self.company._o2c_today())
        cards = self.env["o2c.today"]._cards(self.company, self.company._o2c_today())
        [card] = [card for card in cards if card["key"] == "agreements_end"]
        self.assertEqual(card["value"], "1")
        self.assertIn(self.owner.name, card["rows"][0]["label"])
        self.assertTrue(agreement)

    def test_only_an_approver_renews(self):
        old = self._yearly()
        user = self._user("billing", "o2c_base.group_billing_user")
        with self.assertRaises(AccessError):
            self.env["o2c.agreement.renewal"].with_user(user).with_context(
                active_ids=old.ids
            ).create({}).action_renew()
