"""The year-end bonus: followed every night, settled once, corrected later."""

from datetime import date
from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import BillingCommon

AFTER = date(2027, 2, 1)


@tagged("post_install", "-at_install")
class TestVolumeBonus(BillingCommon):
    def setUp(self):
        super().setUp()
        self.high = self.env.ref(f"account.{self.company.id}_btw_21")
        self.low = self.env.ref(f"account.{self.company.id}_btw_9")
        self.startPatcher(
            patch.object(type(self.env["account.move"]), "_o2c_judge", lambda moves: {})
        )

    def _bonus(self, tiers=((1000, 2.0), (5000, 3.0)), start=True, **values):
        bonus = self.env["o2c.volume.bonus"].create(
            {
                "name": "Jaarbonus 2026",
                "company_id": self.company.id,
                "partner_id": self.sme.id,
                "date_from": "2026-01-01",
                "date_to": "2026-12-31",
                "tier_ids": [
                    Command.create({"threshold": threshold, "rate": rate})
                    for threshold, rate in tiers
                ],
                **values,
            }
        )
        if start:
            bonus.action_start()
        return bonus

    def _sold(self, amount, day="2026-06-01", partner=None, tax=None, **values):
        kind = values.pop("move_type", "out_invoice")
        line = {
            "product_id": values.pop("product", self.wood).id,
            "quantity": values.pop("quantity", 1.0),
            "price_unit": amount,
            "tax_ids": [Command.set((tax or self.high).ids)],
            **values.pop("line", {}),
        }
        move = self.env["account.move"].create(
            {
                "move_type": kind,
                "partner_id": (partner or self.sme).id,
                "invoice_date": day,
                "invoice_line_ids": [Command.create(line)],
                **values,
            }
        )
        move.action_post()
        return move

    def _approve(self, move):
        """As an approver would: the draft check is tested elsewhere."""
        move.write({"o2c_check_state": "approved", "invoice_date": AFTER})
        with patch.object(type(move), "_o2c_checked", lambda moves: moves):
            move.action_post()

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

    def test_the_credit_note_has_the_vat_of_the_turnover(self):
        bonus = self._bonus()
        self._sold(2000)
        self._sold(1000, tax=self.low)
        move = bonus._propose(AFTER)
        self.assertEqual(move.move_type, "out_refund")
        self.assertEqual(move.state, "draft")
        self.assertEqual(move.partner_id, self.sme)
        self.assertEqual(
            {(line.tax_ids, line.price_subtotal) for line in move.invoice_line_ids},
            {(self.high, 40.0), (self.low, 20.0)},
        )
        self.assertEqual(round(move.amount_tax, 2), 10.2)
        self.assertEqual(bonus.settlement_ids.move_id, move)

    def test_taxes_that_are_in_the_price_leave_the_same_net_amount(self):
        included = self.high.copy(
            {"name": "21% incl", "price_include_override": "tax_included"}
        )
        bonus = self._bonus()
        self._sold(2420, tax=included)
        bonus._refresh(AFTER)
        self.assertEqual(bonus.turnover, 2000.0)
        self.assertEqual(bonus._propose(AFTER).amount_untaxed, 40.0)

    def test_it_waits_for_an_approver_like_every_draft(self):
        bonus = self._bonus()
        self._sold(2000)
        move = self.env["account.move"]
        with patch.object(type(move), "action_o2c_ask_approval", autospec=True) as ask:
            move = bonus._propose(AFTER)
        ask.assert_called_once_with(move)

    def test_it_is_proposed_once(self):
        bonus = self._bonus()
        self._sold(2000)
        move = bonus._propose(AFTER)
        self.assertFalse(bonus._propose(AFTER))
        self._approve(move)
        self.assertFalse(bonus._propose(AFTER))
        self.assertEqual(len(bonus.settlement_ids), 1)
        self.assertEqual((bonus.settled, bonus.turnover), (40.0, 2000.0))

    def test_a_deleted_or_cancelled_draft_can_be_made_again(self):
        bonus = self._bonus()
        self._sold(2000)
        bonus._propose(AFTER).unlink()
        second = bonus._propose(AFTER)
        self.assertTrue(second)
        second.button_cancel()
        self.assertTrue(bonus._propose(AFTER))
        self.assertEqual(bonus.settlement_ids.mapped("number"), [1])

    def test_a_later_credit_note_takes_back_only_the_difference(self):
        bonus = self._bonus()
        self._sold(6000)
        self._approve(bonus._propose(AFTER))
        self.assertEqual(bonus.settled, 180.0)
        self._sold(4000, day="2026-12-31", move_type="out_refund")
        correction = bonus._propose(AFTER)
        self.assertEqual(correction.move_type, "out_invoice")
        self.assertEqual(correction.amount_untaxed, 140.0)
        self._approve(correction)
        self.assertEqual(bonus.settled, 40.0)
        self._sold(1000, day="2026-12-31")
        more = bonus._propose(AFTER)
        self.assertEqual((more.move_type, more.amount_untaxed), ("out_refund", 20.0))

    def test_a_correction_gives_each_tax_its_own_back(self):
        bonus = self._bonus()
        self._sold(2000)
        self._approve(bonus._propose(AFTER))
        self._sold(2000, day="2026-12-31", move_type="out_refund")
        self._sold(2000, day="2026-12-31", tax=self.low)
        correction = bonus._propose(AFTER)
        self.assertEqual(
            {
                (line.tax_ids, line.price_subtotal)
                for line in correction.invoice_line_ids
            },
            {(self.high, -40.0), (self.low, 40.0)},
        )

    def test_the_night_proposes_after_the_days_of_waiting_and_only_live(self):
        bonus = self._bonus(wait_days=14)
        self._sold(2000)
        with self.enter_registry_test_mode(), self.registry.cursor() as cr:
            own = bonus.with_env(self.env(cr=cr))
            self.assertFalse(own._propose_due(date(2027, 1, 14)))
            self.assertTrue(own._propose_due(date(2027, 1, 15)))
            self.assertFalse(own._propose_due(date(2027, 1, 16)))
        other = self._bonus(partner_id=self.corporate.id)
        self.company.o2c_billing_mode = "watch"
        with self.assertRaisesRegex(UserError, "not live"):
            other.action_propose()

    def test_one_that_fails_does_not_stop_the_others(self):
        bad = self._bonus()
        good = self._bonus(partner_id=self.corporate.id)
        self._sold(2000)
        self._sold(2000, partner=self.corporate)
        whole = type(bad)._move_values

        def values(bonus, *args):
            if bonus.id == bad.id:
                raise ValueError("broken")
            return whole(bonus, *args)

        with (
            patch.object(type(bad), "_move_values", values),
            self.enter_registry_test_mode(),
            self.registry.cursor() as cr,
        ):
            moves = (bad | good).with_env(self.env(cr=cr))._propose_due(AFTER)
            self.assertEqual(moves.partner_id.id, self.corporate.id)
        self.env.invalidate_all()
        self.assertIn("broken", bad.message_ids[0].body)
        self.assertFalse(bad.settlement_ids)

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

    def test_before_the_end_nothing_is_settled(self):
        bonus = self._bonus(date_from="2020-01-01", date_to="2099-12-31")
        with self.assertRaisesRegex(UserError, "settled after it"):
            bonus.action_propose()

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
