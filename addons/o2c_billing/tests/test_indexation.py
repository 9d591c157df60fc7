"""Prices that follow a percentage or an index, from a date."""

from datetime import date
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .indexation_common import NEW_YEAR, IndexationCommon


@tagged("post_install", "-at_install")
class TestIndexation(IndexationCommon):
    def test_the_old_price_holds_until_the_day_and_the_new_one_from_it(self):
        agreement = self._own(10.0, {100: 9.5})
        indexation = self._indexation()
        row = indexation.line_ids
        self.assertEqual((row.old_price, row.new_price), (10.0, 10.3))
        self.assertEqual(row.tiers, [[100.0, 9.5, 9.79]])
        self.assertEqual(agreement.line_ids.fixed_price, 10.0)
        self._approve(indexation)
        self._apply()
        self.assertEqual(indexation.state, "applied")
        self.assertEqual(len(agreement.line_ids), 2)
        self.assertEqual(self._price_on("2026-12-31 12:00:00"), 10.0)
        self.assertEqual(self._price_on("2027-01-01 12:00:00"), 10.3)
        self.assertEqual(self._price_on("2027-01-01 12:00:00", 100), 9.79)

    def test_the_new_line_remembers_price_and_factor_before(self):
        agreement = self._own(10.0)
        self._approve(self._indexation())
        self._apply()
        old, new = agreement.line_ids.sorted("id")
        self.assertEqual(old.date_to, date(2026, 12, 31))
        self.assertEqual(new.date_from, NEW_YEAR)
        self.assertEqual((new.o2c_index_from_price, new.o2c_index_factor), (10.0, 1.03))
        self.assertEqual(new.o2c_index_root, old.id)

    def _explained(self, quantity=1, **values):
        order = self._order(
            self.sme, [(self.wood, quantity, None)], date_order=NEW_YEAR, **values
        )
        steps = order.order_line.o2c_price_explanation["steps"]
        return [
            (one["label"], one["amount"].replace("\N{NO-BREAK SPACE}", " "))
            for one in steps
        ]

    def test_the_index_is_a_step_of_its_own_in_why_this_price(self):
        self._figure("2025-10-01", 125.0)
        self._figure("2026-10-01", 129.0)
        self.wood.list_price = 12.0
        own = self._own(tiers={100: 9.0})
        self._apply(self._approve(self._by_index()))
        name = "Index Proefindex (verzonnen) October 2026: × 1.032"
        agreed = "Agreed in Proefcontract"
        self.assertEqual(
            self._explained(),
            [("List price", "€ 12.00"), (agreed, "€ 10.00"), (name, "€ 10.32")],
        )
        self.assertEqual(
            self._explained(100),
            [
                ("List price", "€ 12.00"),
                (f"{agreed}, from 100 units", "€ 9.00"),
                (name, "€ 9.29"),
            ],
        )
        new = own.line_ids.filtered("date_from")
        self.assertEqual(new.tier_ids.index_from_price, 9.0)

    def test_the_step_gives_the_price_of_the_letter_whatever_its_rounding(self):
        self._own(line={"sequence": 1})
        self._agreement(
            {
                "step": "discount",
                "computation": "percentage",
                "percentage": 10,
                "product_id": self.wood.id,
            },
            partner_id=self.sme.id,
        )
        self._apply(self._approve(self._indexation(price_rounding=0.25)))
        self.assertEqual(
            [amount for _label, amount in self._explained()],
            ["€ 10.00", "€ 10.00", "€ 9.00", "€ 9.225", "€ 9.23"],
            "10.25, not 10.30, less ten percent",
        )

    def test_a_price_changed_by_hand_afterwards_is_no_index_any_more(self):
        own = self._own(tiers={100: 9.0})
        self._apply(self._approve(self._indexation()))
        new = own.line_ids.filtered("date_from")
        new.fixed_price = 10.3
        self.assertEqual(new.o2c_index_factor, 1.03, "the same price")
        new.tier_ids.fixed_price = 9.5
        self.assertEqual(len(self._explained(100)), 2)
        self.assertEqual(len(self._explained(1)), 3)
        new.fixed_price = 11.0
        self.assertFalse(new.o2c_index_factor or new.o2c_index_name)
        self.assertEqual(self._explained(1)[-1][1], "€ 11.00")

    def test_an_index_divides_the_new_figure_by_the_base(self):
        self._figure("2025-10-01", 120.0)
        self._figure("2026-10-01", 123.6)
        agreement = self._own(10.0)
        self._approve(self._by_index())
        self._apply()
        new = agreement.line_ids.sorted("id")[-1]
        self.assertEqual(new.fixed_price, 10.3)
        self.assertEqual(new.o2c_index_base_period, date(2026, 10, 1))
        self.assertEqual(new.o2c_index_base_value, 123.6)

    def test_the_next_year_starts_from_the_figure_of_this_one(self):
        self._figure("2025-10-01", 120.0)
        self._figure("2026-10-01", 123.6)
        self._figure("2027-10-01", 126.072)
        agreement = self._own(10.0)
        self._approve(self._by_index())
        self._apply()
        later = self._by_index(preview=False)
        later.effective_date = "2028-01-01"
        later.index_period = "2027-10-01"
        later.base_period = "2020-01-01"
        later.action_preview()
        row = later.line_ids.filtered(lambda one: one.state == "planned")
        self.assertEqual((row.old_price, row.new_price), (10.3, 10.51))
        self.assertEqual(row.root_id, agreement.line_ids.sorted("id")[0].id)

    def test_cap_of_the_contract_floor_threshold_and_rounding(self):
        self._figure("2025-10-01", 100.0)
        self._figure("2026-10-01", 110.0)
        self._own(10.0, line={"o2c_index_cap": 4.0})
        capped = self._by_index(cap=6.0, price_rounding=0.05)
        self.assertEqual(capped.line_ids.new_price, 10.4)
        capped = self._by_index(cap=6.0, partner_ids=[(6, 0, self.corporate.ids)])
        self.assertFalse(capped.line_ids)
        down = self._indexation(percentage=-2.0, has_floor=True)
        self.assertEqual(down.line_ids.reason, "unchanged")
        small = self._indexation(percentage=0.4, threshold=0.5)
        self.assertEqual(small.line_ids.reason, "small")

    def test_every_price_left_alone_says_why(self):
        self._agreement(
            {"product_id": self.wood.id, "fixed_price": 1, "o2c_index_never": True},
            {
                "product_id": self.hour.id,
                "computation": "percentage",
                "percentage": 5,
            },
            {"product_id": self.hour.id, "fixed_price": 0.0, "sequence": 20},
            {
                "categ_id": self.categ.id,
                "fixed_price": 3.0,
                "date_from": "2027-01-01",
                "sequence": 30,
            },
            partner_id=self.sme.id,
        )
        indexation = self._indexation()
        self.assertEqual(
            set(indexation.line_ids.mapped("reason")),
            {"never", "percentage", "free", "later"},
        )
        with self.assertRaisesRegex(UserError, "changes no price"):
            indexation.action_propose()

    def test_missing_and_provisional_figures_and_a_missing_base(self):
        self._own(10.0)
        self.assertEqual(self._by_index().line_ids.reason, "no_base")
        self._figure("2025-10-01", 120.0)
        self.assertEqual(self._by_index().line_ids.reason, "no_figure")
        self._figure("2026-10-01", 123.6, "provisional")
        self.assertEqual(self._by_index().line_ids.reason, "provisional")
        allowed = self._by_index(provisional_allowed=True)
        self.assertEqual(allowed.line_ids.new_price, 10.3)

    def test_a_base_figure_of_zero_is_refused_by_the_series(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self._figure("2025-10-01", 0.0)
            self.env.flush_all()

    def test_a_line_that_follows_another_index_is_left_alone(self):
        other = self.env["o2c.price.index"].create({"name": "Andere (verzonnen)"})
        self._figure("2025-10-01", 120.0)
        self._figure("2026-10-01", 123.6)
        self._own(10.0, line={"o2c_index_id": other.id})
        self.assertEqual(self._by_index().line_ids.reason, "other_index")

    def test_a_leap_day_as_first_day(self):
        agreement = self._own(10.0)
        self._approve(self._indexation(effective_date="2028-02-29"))
        self._apply()
        old = agreement.line_ids.sorted("id")[0]
        self.assertEqual(old.date_to, date(2028, 2, 28))
        self.assertEqual(self._price_on("2028-02-29 12:00:00"), 10.3)

    def test_agreements_in_a_foreign_currency_keep_it(self):
        usd = self.env.ref("base.USD")
        usd.active = True
        agreement = self._own(10.0, currency_id=usd.id)
        indexation = self._approve(self._indexation())
        self.assertEqual(indexation.line_ids.currency_id, usd)
        self._apply()
        new = agreement.line_ids.sorted("id")[-1]
        self.assertEqual((new.fixed_price, new.currency_id), (10.3, usd))

    def test_the_effect_is_the_turnover_of_each_customer(self):
        self._own(10.0)
        order = self._order(
            self.sme, [(self.wood, 100, None)], date_order="2026-06-01 12:00:00"
        )
        order.action_confirm()
        order.order_line.qty_delivered = 100
        move = order._create_invoices()
        move.invoice_date = "2026-06-02"
        with patch.object(type(move), "_o2c_judge", lambda moves: {}):
            move.action_post()
        row = self._indexation().line_ids
        self.assertEqual((row.turnover, row.effect), (1000.0, 30.0))
        letter = row.indexation_id.letter_ids
        self.assertEqual((letter.partner_id, letter.effect), (self.sme, 30.0))

    def test_a_price_for_everyone_counts_for_who_bought_at_it(self):
        self._agreement({"product_id": self.wood.id, "fixed_price": 8.0})
        order = self._order(
            self.corporate, [(self.wood, 10, None)], date_order="2026-06-01 12:00:00"
        )
        order.action_confirm()
        order.order_line.qty_delivered = 10
        move = order._create_invoices()
        move.invoice_date = "2026-06-02"
        with patch.object(type(move), "_o2c_judge", lambda moves: {}):
            move.action_post()
        indexation = self._indexation(percentage=5.0)
        self.assertEqual(indexation.line_ids.turnover, 80.0)
        self.assertEqual(indexation.letter_ids.partner_id, self.corporate)
        self.assertEqual(indexation.letter_ids.effect, 4.0)
