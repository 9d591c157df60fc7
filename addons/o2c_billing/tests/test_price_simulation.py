"""What would this customer pay, and why; which agreements overlap."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from .common import BillingCommon


@tagged("post_install", "-at_install")
class TestPriceSimulation(BillingCommon):
    def _ask(self, *articles, partner=None, **values):
        return self.env["o2c.price.agreement"].simulate_price(
            (partner or self.sme).id,
            [
                {"product_id": product.id, "quantity": quantity}
                for product, quantity in articles
            ],
            **{"date": "2026-06-15", **values},
        )

    def _wood(self, price, **values):
        line = {"product_id": self.wood.id, "fixed_price": price}
        line |= values.pop("line", {})
        return self._agreement(line, **values)

    def test_steps_tiers_ahead_and_losers_are_told(self):
        self._wood(9.0, name="Voor iedereen")
        self._wood(8.5, partner_id=self.sme.id, line={"tiers": {100: 7.5, 500: 7.0}})
        self._wood(1.0, name="Volgend jaar", date_from="2027-01-01")
        (answer,) = self._ask((self.wood, 50))
        self.assertEqual((answer["list_price"], answer["price"]), (10.0, 8.5))
        self.assertEqual(answer["difference"], -15.0)
        self.assertEqual([s["code"] for s in answer["steps"]], ["base", "fixed"])
        self.assertEqual(
            [(one["label"], one["amount"][-4:]) for one in answer["ahead"]],
            [("from 100", "7.50"), ("from 500", "7.00")],
        )
        self.assertEqual(
            {(one["name"].split(":")[0], one["code"]) for one in answer["lost"]},
            {("Voor iedereen", "scope"), ("Volgend jaar", "not_yet")},
        )
        scope = next(one for one in answer["lost"] if one["code"] == "scope")
        self.assertIn("Proefcontract is made for this customer", scope["reason"])

    def test_the_simulation_is_what_the_quotation_becomes(self):
        self._wood(8.5, line={"tiers": {100: 7.5}})
        for quantity in (1, 99, 100, -100):
            (answer,) = self._ask((self.wood, quantity))
            line = self._order(self.sme, [(self.wood, quantity, None)]).order_line
            self.assertEqual(answer["price"], line.price_unit)

    def test_articles_that_are_asked_together_count_as_one_order(self):
        self._agreement(
            {
                "categ_id": self.categ.id,
                "computation": "percentage",
                "percentage": 0,
                "basis": "order",
                "tiers": {100: 10},
            }
        )
        plank = self._article("Plank", 20.0, categ_id=self.categ_deep.id)
        answers = self._ask((self.wood, 60), (plank, 40))
        self.assertEqual([one["price"] for one in answers], [9.0, 18.0])
        (answer,) = self._ask((self.wood, 60))
        self.assertEqual(answer["price"], 10.0)
        self.assertEqual(answer["ahead"][0]["label"], "from 100 in the order")

    def test_an_agreement_that_does_not_run_yet_can_be_tried(self):
        draft = self._wood(6.0, partner_id=self.sme.id, start=False)
        self.assertEqual(self._ask((self.wood, 1))[0]["price"], 10.0)
        (answer,) = self._ask((self.wood, 1), agreement_id=draft.id)
        self.assertEqual(answer["price"], 6.0)
        (answer,) = self._ask(
            (self.wood, 1), agreement_id=draft.id, partner=self.corporate
        )
        self.assertEqual(answer["price"], 10.0)
        self.corporate.parent_id = self.sme
        (answer,) = self._ask(
            (self.wood, 1), agreement_id=draft.id, partner=self.corporate
        )
        self.assertEqual(answer["price"], 6.0)

    def test_a_draft_for_a_grade_can_be_tried(self):
        draft = self._wood(6.0, grade="A", start=False)
        self.env["o2c.risk.profile"]._ensure(self.company, self.sme).grade = "A"
        (answer,) = self._ask((self.wood, 1), agreement_id=draft.id)
        self.assertEqual(answer["price"], 6.0)

    def test_the_screen_answers_while_one_types(self):
        self._wood(9.0, partner_id=self.sme.id)
        action = self.sme_contact.action_o2c_price_simulation()
        simulation = self.env["o2c.price.simulation"].browse(action["res_id"])
        self.assertEqual(simulation.partner_id, self.sme)
        with Form(simulation) as form:
            with form.line_ids.new() as line:
                line.product_id = self.wood
            self.assertEqual(form.answer[0]["price"], 9.0)
            self.assertEqual(form.answer[0]["kind"], "goods")

    def test_the_agreement_opens_its_own_simulation(self):
        draft = self._wood(6.0, partner_id=self.sme.id, start=False)
        action = draft.action_simulate()
        simulation = self.env["o2c.price.simulation"].browse(action["res_id"])
        self.assertEqual(simulation.answer[0]["price"], 6.0)

    def test_bad_questions_get_clear_answers(self):
        with self.assertRaisesRegex(UserError, "Choose an article"):
            self._ask((self.env["product.product"], 1))
        other = self._create_company(name="Other")
        with self.assertRaisesRegex(UserError, "Choose a company"):
            self.env["o2c.price.agreement"].with_context(
                allowed_company_ids=self.company.ids
            ).simulate_price(
                self.sme.id, [{"product_id": self.wood.id}], company_id=other.id
            )

    def test_sellers_may_ask_and_customers_may_not(self):
        self._wood(9.0, partner_id=self.sme.id)
        seller = self._user("seller", "sales_team.group_sale_salesman")
        asked = [{"product_id": self.wood.id}]
        agreements = self.env["o2c.price.agreement"]
        answer = agreements.with_user(seller).simulate_price(self.sme.id, asked)
        self.assertEqual(answer[0]["price"], 9.0)
        visitor = new_test_user(self.env, "o2c_visitor", groups="base.group_portal")
        with self.assertRaises(AccessError):
            agreements.with_user(visitor).simulate_price(self.sme.id, asked)

    # Overlaps

    def _overlaps(self, agreement):
        return [
            (row["other_price"].split(":")[0], row["winner"], row["why"])
            for row in agreement._overlaps()
        ]

    def test_starting_shows_which_prices_compete_and_who_wins(self):
        self._wood(9.0, name="Algemeen")
        self._agreement(
            {"categ_id": self.categ.id, "computation": "percentage", "percentage": 5},
            name="Hout",
            partner_id=self.sme.id,
        )
        self._wood(1.0, name="Van een ander", partner_id=self.corporate.id)
        self._wood(1.0, name="Voorbij", date_from="2020-01-01", date_to="2020-12-31")
        draft = self._wood(
            8.0, partner_id=self.sme.id, start=False, date_from="2026-01-01"
        )
        found = draft._overlaps()
        rows = {row["other_price"]: row for row in found}
        self.assertEqual(len(rows), 2, rows)
        self.assertEqual({row["winner"] for row in found}, {"mine"})
        action = draft.action_check_start()
        self.assertEqual(draft.state, "draft", "first a look")
        wizard = self.env["o2c.price.overlap"].browse(action["res_id"])
        self.assertEqual(len(wizard.line_ids), 2)
        self.assertIn(
            "names the article more precisely", " ".join(wizard.line_ids.mapped("why"))
        )
        wizard.action_start()
        self.assertEqual(draft.state, "running")

    def test_without_overlaps_it_starts_at_once(self):
        draft = self._wood(8.0, partner_id=self.sme.id, start=False)
        draft.action_check_start()
        self.assertEqual(draft.state, "running")

    def test_the_prices_of_parent_and_subsidiary_compete(self):
        self.corporate.parent_id = self.sme
        self._wood(9.0, partner_id=self.sme.id)
        draft = self._wood(8.0, partner_id=self.corporate.id, start=False)
        self.assertEqual([row["winner"] for row in draft._overlaps()], ["mine"])
        above = self._wood(7.0, partner_id=self.sme.id, start=False)
        draft.action_start()
        winners = sorted(row["winner"] for row in above._overlaps())
        self.assertEqual(winners, ["theirs", "theirs"])

    def test_groups_and_categories_with_articles_in_common_compete(self):
        group = self.env["o2c.discount.group"].create(
            {"name": "Hout", "scope": "article"}
        )
        off = {"computation": "percentage", "percentage": 5}
        self._agreement({"categ_id": self.categ.id, **off})
        draft = self._agreement({"article_group_id": group.id, **off}, start=False)
        self.assertFalse(draft._overlaps())
        self.wood.o2c_discount_group_id = group
        self.assertEqual([row["winner"] for row in draft._overlaps()], ["theirs"])

    def test_discounts_compete_only_where_they_exclude_each_other(self):
        off = {"step": "discount", "computation": "percentage", "percentage": 5}
        group = self.env["o2c.discount.exclusion"].create({"name": "Acties"})
        self._agreement(off)
        draft = self._agreement(off, start=False)
        self.assertFalse(draft._overlaps())
        self._agreement({**off, "exclusion_id": group.id})
        draft.line_ids.exclusion_id = group
        self.assertEqual([row["winner"] for row in draft._overlaps()], ["best"])

    def test_somebody_unknown_reads_for_whom_the_others_are(self):
        segment = self.env["o2c.customer.segment"].search([], limit=1)
        self._wood(8.0, name="Segmentprijs", segment_id=segment.id)
        (answer,) = self.env["o2c.price.agreement"].simulate_price(
            0, [{"product_id": self.wood.id, "quantity": 1}], date="2026-06-15"
        )
        self.assertEqual(answer["price"], 10.0)
        (lost,) = answer["lost"]
        self.assertEqual((lost["code"], lost["name"][:12]), ("segment", "Segmentprijs"))
        self.assertEqual(lost["reason"], f"is for segment {segment.display_name}")

    def test_no_form_chosen_is_not_another_form(self):
        form, other = self.env["o2c.subscription.form"].create(
            [{"name": "Jaar"}, {"name": "Maand"}]
        )
        self._wood(8.0, line={"subscription_form_id": form.id})
        (answer,) = self._ask((self.wood, 1))
        self.assertIn("none is chosen", answer["lost"][0]["reason"])
        (answer,) = self._ask((self.wood, 1), subscription_form_id=other.id)
        self.assertIn("another subscription form", answer["lost"][0]["reason"])

    def test_an_agreement_for_a_segment_is_asked_for_somebody_of_it(self):
        segment = self.env["o2c.customer.segment"].search([], limit=1)
        agreement = self._wood(8.0, segment_id=segment.id)
        action = agreement.action_simulate()
        simulation = self.env["o2c.price.simulation"].browse(action["res_id"])
        self.assertEqual(simulation.answer[0]["price"], 8.0)

    def test_an_agreement_with_a_customer_is_asked_for_him(self):
        agreement = self._wood(8.0, partner_id=self.sme.id)
        action = agreement.action_simulate()
        simulation = self.env["o2c.price.simulation"].browse(action["res_id"])
        self.assertEqual(simulation.partner_id, self.sme)
        self.assertFalse(simulation.agreement_id)
