"""The year-end bonus is followed every night."""

from datetime import date

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .bonus_common import AFTER, BonusCommon


@tagged("post_install", "-at_install")
class TestVolumeBonus(BonusCommon):
    def test_turnover_without_vat_credit_notes_taken_off_within_the_period(self):
        bonus = self._bonus()
        self._sold(3000)
        self._sold(500, move_type="out_refund")
        self._sold(9999, day="2025-12-31")
        self._sold(9999, day="2027-01-01")
        self._sold(9999, partner=self.corporate)
        draft = self._sold(1.0)
        draft.button_draft()
        bonus._refresh(AFTER)
        self.assertEqual((bonus.turnover, bonus.accrued), (2500.0, 50.0))
        self.assertEqual(bonus.tier_reached, 1000.0)
        self.assertEqual(bonus.to_go, 2500.0)
        self.assertIn("2,500.00", bonus.to_go_words)

    def test_contacts_of_the_customer_count_for_him(self):
        bonus = self._bonus()
        self._sold(2000, partner=self.sme_contact)
        bonus._refresh(AFTER)
        self.assertEqual(bonus.turnover, 2000.0)

    def test_at_the_present_pace(self):
        bonus = self._bonus(date_to="2026-12-31")
        self._sold(1810, day="2026-03-01")
        bonus._refresh(date(2026, 6, 30))
        self.assertEqual(bonus.forecast_turnover, 3650.0)
        self.assertEqual((bonus.accrued, bonus.forecast), (36.2, 73.0))
        bonus._refresh(date(2025, 6, 30))
        self.assertEqual((bonus.turnover, bonus.forecast), (0.0, 0.0))

    def test_units_in_the_unit_of_the_article(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        bonus = self._bonus(((20, 0.5),), measure="units", reward="per_unit")
        self._sold(100.0, quantity=2, line={"product_uom_id": dozen.id})
        bonus._refresh(AFTER)
        self.assertEqual((bonus.units, bonus.accrued), (24.0, 12.0))

    def test_only_the_excess_and_only_some_articles(self):
        bonus = self._bonus(excess=True, categ_ids=[Command.set(self.categ.ids)])
        self._sold(3000)
        self._sold(9000, product=self.hour)
        bonus._refresh(AFTER)
        self.assertEqual((bonus.turnover, bonus.accrued), (3000.0, 40.0))
        by_article = self._bonus(product_ids=[Command.set(self.hour.ids)])
        group = self.env["o2c.discount.group"].create(
            {"name": "Hout", "scope": "article"}
        )
        self.wood.o2c_discount_group_id = group
        by_group = self._bonus(article_group_ids=[Command.set(group.ids)])
        self.assertEqual((by_article.turnover, by_group.turnover), (9000.0, 3000.0))

    def test_only_what_was_paid(self):
        bonus = self._bonus(basis="paid")
        move = self._sold(2000)
        bonus._refresh(AFTER)
        self.assertEqual(bonus.turnover, 0.0)
        self._pay(move, move.amount_total / 2)
        bonus._refresh(AFTER)
        self.assertEqual(bonus.turnover, 1000.0)

    def test_members_of_a_holding_count_together(self):
        group = (
            self.env["o2c.credit.group"]
            .sudo()
            .create(
                {
                    "name": "Proefholding",
                    "company_ids": [Command.set(self.company.ids)],
                    "member_ids": [Command.set((self.sme | self.corporate).ids)],
                }
            )
        )
        bonus = self._bonus(scope="holding", group_id=group.id)
        self._sold(3000)
        self._sold(3000, partner=self.corporate)
        self._sold(3000, partner=self.public_body)
        bonus._refresh(AFTER)
        self.assertEqual((bonus.turnover, bonus.accrued), (6000.0, 180.0))
        with self.assertRaises(ValidationError):
            self._bonus(scope="holding")

    def test_members_of_a_buying_group_count_while_they_are_members(self):
        club = self._customer("Inkoopvereniging Proef", "corporate")
        agreement = (
            self.env["o2c.payment.agreement"]
            .sudo()
            .create(
                {
                    "partner_id": self.sme.id,
                    "company_id": self.company.id,
                    "buying_group_id": club.id,
                    "date_from": "2026-07-01",
                }
            )
        )
        agreement.sudo().state = "confirmed"
        bonus = self._bonus(scope="buying_group", partner_id=club.id)
        self._sold(2000, day="2026-06-30")
        self._sold(3000, day="2026-07-01")
        bonus._refresh(AFTER)
        self.assertEqual(bonus.turnover, 3000.0)

    def test_foreign_currency_counts_in_company_currency(self):
        usd = self.env.ref("base.USD")
        usd.active = True
        self.env["res.currency.rate"].create(
            {
                "name": "2026-01-01",
                "rate": 2.0,
                "currency_id": usd.id,
                "company_id": self.company.id,
            }
        )
        bonus = self._bonus()
        self._sold(4000, currency_id=usd.id)
        bonus._refresh(AFTER)
        self.assertEqual(bonus.turnover, 2000.0)

    def test_the_months_are_kept_and_written_once(self):
        bonus = self._bonus()
        self._sold(2000)
        bonus._refresh(date(2026, 6, 15))
        bonus._refresh(date(2026, 6, 30))
        self._sold(1000, day="2026-07-05")
        bonus._refresh(date(2026, 7, 31))
        months = bonus.month_ids.filtered(lambda one: one.month.year == 2026)
        self.assertIn(
            (date(2026, 6, 1), 2000.0), [(m.month, m.turnover) for m in months]
        )
        self.assertIn(
            (date(2026, 7, 1), 3000.0), [(m.month, m.turnover) for m in months]
        )
        self.assertEqual(len(months.mapped("month")), len(set(months.mapped("month"))))

    def test_the_next_period_is_as_long_also_with_a_leap_day(self):
        bonus = self._bonus(date_from="2027-03-01", date_to="2028-02-29")
        bonus.action_next_period()
        following = self.env["o2c.volume.bonus"].search(
            [("predecessor_id", "=", bonus.id)]
        )
        self.assertEqual(following.date_from, date(2028, 3, 1))
        self.assertEqual(following.date_to, date(2029, 2, 28))
        self.assertEqual(len(following.tier_ids), 2)
        following.date_from = "2028-02-01"
        with self.assertRaisesRegex(ValidationError, "days in common"):
            following.action_start()

    def test_figures_cost_the_same_number_of_statements_for_many(self):
        one = self._bonus()
        many = one
        for _number in range(9):
            many |= self._bonus()
        self._sold(2000)
        (one | many)._refresh(AFTER)
        counts = []
        for bonuses in (one, many):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            bonuses._refresh(AFTER)
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 2)

    def test_who_reads_and_who_decides(self):
        bonus = self._bonus()
        seller = self._user("seller", "sales_team.group_sale_salesman")
        user = self._user("billing", "o2c_base.group_billing_user")
        self.assertEqual(bonus.with_user(seller).accrued, 0.0)
        for reader in (seller, user):
            with self.assertRaises(AccessError):
                bonus.with_user(reader).action_close()
            with self.assertRaises(AccessError):
                bonus.with_user(reader).name = "x"
        other = self._create_company(name="Other")
        stranger = self._user("stranger", "o2c_base.group_billing_approver")
        stranger.write(
            {"company_ids": [Command.set(other.ids)], "company_id": other.id}
        )
        bonus._refresh(AFTER)
        for records in (bonus, bonus.tier_ids, bonus.month_ids):
            self.assertTrue(records)
            self.assertFalse(records.with_user(stranger)._filtered_access("read"))
        approver = self._user("approver", "o2c_base.group_billing_approver")
        with self.assertRaises(AccessError):
            bonus.month_ids.with_user(approver).write({"accrued": 1.0})
