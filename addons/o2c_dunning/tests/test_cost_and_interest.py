"""Cost and interest from the books: payments, credit notes, disputes, rates."""

from datetime import date

from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import DunningCommon


@tagged("post_install", "-at_install")
class TestCostAndInterest(DunningCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.o2c_term_agreed = "agreed"
        cls.rates = cls.env["o2c.interest.rate"].sudo()

    def _figures(self, invoice, day):
        return invoice._o2c_cost_and_interest(date.fromisoformat(day))[invoice]

    def _confirm(self):
        """Every shipped rate is looked up and right."""
        self.rates.with_context(active_test=False).search([]).write(
            {"certainty": "confirmed", "active": True}
        )

    def test_a_business_from_the_first_day_of_default(self):
        invoice = self._due(self.sme, 1000, "2025-08-01")
        on_time = self._figures(invoice, "2025-08-01")
        self.assertEqual((on_time.interest, on_time.cost), (0, 0))
        self.assertEqual(on_time.reasons, ("not_default",))
        self.assertEqual(on_time.default_from, date(2025, 8, 2))
        month = self._figures(invoice, "2025-08-31")
        self.assertEqual(str(month.interest), "8.34")
        self.assertEqual(str(month.cost), "40.00", "never reminded: the minimum")
        self.assertIn("not_reminded", month.reasons)
        self.assertTrue(month.sure)

    def test_after_a_reminder_the_scale(self):
        invoice = self._due(self.sme, 1000, "2025-08-01")
        self._remind("2025-08-04")
        self.assertEqual(str(self._figures(invoice, "2025-08-31").cost), "150.00")

    def test_a_consumer_owes_statutory_interest_and_no_cost(self):
        self._confirm()
        invoice = self._due(self.consumer, 1000, "2025-08-01")
        figures = self._figures(invoice, "2025-08-31")
        self.assertEqual(str(figures.interest), "4.93", "six percent, not 10.15")
        self.assertEqual((figures.cost, figures.cost_from), (0, None))
        self.assertEqual(figures.reasons, ("no_letter",))

    def test_only_confirmed_rates_are_sure(self):
        invoice = self._due(self.sme, 1000, "2025-12-15")
        self.assertTrue(self._figures(invoice, "2025-12-31").sure)
        year_end = self._figures(invoice, "2026-01-01")
        self.assertFalse(year_end.sure)
        self.assertIn("rate_unconfirmed", year_end.reasons)
        self.assertGreater(year_end.interest, 0, "an estimate all the same")
        self._confirm()
        self.assertTrue(self._figures(invoice, "2026-12-31").sure)
        self.assertFalse(
            self._figures(invoice, "2027-01-01").sure, "nobody looked up 2027 yet"
        )

    def test_a_payment_stops_interest_the_day_after_and_pays_cost_first(self):
        invoice = self._due(self.sme, 1000, "2025-08-01")
        self._remind("2025-08-04")
        self._pay(invoice, 500, "2025-08-31")
        law = self._figures(invoice, "2025-09-30")
        made = law.statements[0][1]
        self.assertEqual(
            [str(part) for part in (made.lines[2].cost, made.lines[2].interest)],
            ["150.00", "8.34"],
        )
        self.assertEqual(str(made.open_principal), "658.34")
        self.assertEqual(str(law.principal), "500.00", "the books")
        self.company.o2c_payment_order = "principal"
        agreed = self._figures(invoice, "2025-09-30")
        self.assertEqual(str(agreed.statements[0][1].open_principal), "500.00")
        self.assertLess(agreed.interest, law.interest)

    def test_a_payment_before_default_leaves_nothing(self):
        invoice = self._due(self.sme, 1000, "2025-08-01")
        self._pay(invoice, date="2025-08-01")
        figures = self._figures(invoice, "2025-09-30")
        self.assertEqual((figures.interest, figures.cost), (0, 0))
        self.assertEqual(figures.reasons, ("paid_in_time",))

    def test_a_payment_too_late_still_owes_its_interest(self):
        invoice = self._due(self.sme, 1000, "2025-08-01")
        self._pay(invoice, date="2025-08-31")
        figures = self._figures(invoice, "2025-12-31")
        self.assertEqual(figures.principal, 0)
        self.assertGreaterEqual(str(figures.interest), "8.34")

    def test_a_credit_note_was_never_owed(self):
        invoice = self._due(self.sme, 1000, "2025-08-01")
        refund = invoice._reverse_moves(
            [{"invoice_date": date(2025, 8, 20), "date": date(2025, 8, 20)}]
        )
        refund.invoice_line_ids.price_unit = 400
        refund.action_post()
        (refund + invoice).line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        ).reconcile()
        self.assertEqual(invoice.amount_residual, 600)
        self.assertEqual(str(self._figures(invoice, "2025-08-31").interest), "5.01")

    def test_what_is_disputed_bears_nothing(self):
        invoice = self._due(self.sme, 1000, "2025-08-01")
        self.env["o2c.dispute"]._dispute(invoice, 400, "quality")
        figures = self._figures(invoice, "2025-08-31")
        self.assertEqual(str(figures.interest), "5.01")
        self.assertIn("disputed", figures.reasons)
        self.assertEqual(str(figures.principal), "600.00")

    def test_a_dispute_that_was_lost_bore_interest_all_the_time(self):
        invoice = self._due(self.sme, 1000, "2025-08-01")
        whole = self._figures(invoice, "2025-08-31").interest
        dispute = self.env["o2c.dispute"]._dispute(invoice, 400, "quality")
        self.assertEqual(str(self._figures(invoice, "2025-08-31").interest), "5.01")
        dispute.outcome = "Everything was delivered."
        dispute.action_reject()
        self.assertEqual(self._figures(invoice, "2025-08-31").interest, whole)

    def test_what_was_credited_in_a_dispute_is_taken_off_once(self):
        invoice = self._due(self.sme, 1000, "2025-08-01")
        dispute = self.env["o2c.dispute"]._dispute(invoice, 400, "quality")
        dispute.action_credit()
        dispute.credit_note_id.action_post()
        for day in ("2025-08-31", "2026-12-31"):
            self.assertEqual(str(self._figures(invoice, day).principal), "600.00")

    def test_interest_stops_at_insolvency(self):
        invoice = self._due(self.sme, 1000, "2025-08-01")
        self.env["o2c.credit.report"].sudo().create(
            {
                "partner_id": self.sme.id,
                "company_id": self.company.id,
                "date": "2025-08-20",
                "source": "Insolventieregister",
                "insolvency_known": True,
                "insolvent": True,
                "insolvency_on": "2025-08-12",
            }
        )
        profile = self.env["o2c.risk.profile"].sudo()._ensure(self.company, self.sme)
        profile.insolvent = True
        figures = self._figures(invoice, "2025-12-31")
        self.assertEqual(str(figures.interest), "2.78", "2 to 11 August: ten days")
        self.assertIn("insolvent", figures.reasons)

    def test_invoices_of_a_business_are_summed_or_each_counts(self):
        invoices = self._due(self.sme, 100, "2025-08-01")
        invoices += self._due(self.sme, 100, "2025-08-02")
        self._remind("2025-08-06")

        def costs():
            found = invoices._o2c_cost_and_interest(date(2025, 9, 1))
            return [str(found[move].cost) for move in invoices]

        self.assertEqual(costs(), ["20.00", "20.00"])
        self.company.o2c_business_cost = "each"
        self.assertEqual(costs(), ["40.00", "40.00"])

    def test_vat_on_cost_only_where_it_cannot_be_deducted(self):
        invoice = self._due(self.sme, 1000, "2025-08-01")
        self._remind("2025-08-04")
        self.company.o2c_cost_vat = True
        self.assertEqual(str(self._figures(invoice, "2025-09-01").cost), "181.50")

    def test_a_contractual_rate_replaces_the_statutory_one_for_businesses(self):
        self.company.o2c_contract_rate = 12
        business = self._due(self.sme, 1000, "2025-08-01")
        consumer = self._due(self.consumer, 1000, "2025-08-01")
        self.assertEqual(str(self._figures(business, "2025-08-31").interest), "9.86")
        self.assertEqual(str(self._figures(consumer, "2025-08-31").interest), "4.93")
        self.assertTrue(self._figures(business, "2026-08-31").sure, "no table needed")

    def test_a_foreign_invoice_is_counted_in_the_currency_of_the_books(self):
        dollar = self.env.ref("base.USD")
        dollar.active = True
        self.env["res.currency.rate"].create(
            {"currency_id": dollar.id, "name": "2025-01-01", "rate": 2}
        )
        invoice = self._due(self.sme, 2000, "2025-08-01", currency_id=dollar.id)
        self.assertEqual(str(self._figures(invoice, "2025-08-31").interest), "8.34")

    def test_the_number_of_queries_does_not_grow_with_the_invoices(self):
        few = self._due(self.sme, 100, "2025-08-01")
        many = few
        for _number in range(15):
            many += self._due(self.sme, 100, "2025-08-01")
        day = date(2025, 9, 1)

        def queries(moves):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            moves._o2c_cost_and_interest(day)
            return self.env.cr.sql_log_count - before

        few._o2c_cost_and_interest(day)
        self.assertLessEqual(queries(many), queries(few) + 2)

    def test_a_reminder_shows_what_is_owed_and_no_estimate(self):
        self._due(self.sme, 1000, "2025-08-01")
        sure = self._remind("2025-08-29")
        figures = sure._charge_figures("en_US")
        self.assertEqual(len(figures), 2, figures)
        self.assertIn("7.79", figures[0][1])
        self.assertIn("150.00", figures[1][1], "this reminder is in writing")
        self._due(self.corporate, 1000, "2026-03-01")
        unsure = self._remind("2026-03-31").filtered(
            lambda one: one.partner_id == self.corporate
        )
        self.assertEqual(unsure._charge_figures("en_US"), [])

    def test_a_manager_confirms_a_figure_with_its_source(self):
        figures = {
            "o2c.interest.rate": {"kind": "trade", "percent": 9},
            "o2c.postal.term": {"days": 2},
            "o2c.periodic.cost": {
                "first": 40,
                "following": 20,
                "maximum": 200,
                "below": 500,
            },
        }
        for model, values in figures.items():
            with self.subTest(model):
                values |= {"start": "2027-01-01", "active": False}
                one = self.env[model].with_user(self.manager).create(values)
                with self.assertRaises(AccessError):
                    one.with_user(self.collector).action_confirm()
                with self.assertRaisesRegex(UserError, "source"):
                    one.action_confirm()
                one.invalidate_recordset()
                one.source = "Stb. 2026, 999"
                one.action_confirm()
                self.assertEqual((one.certainty, one.active), ("confirmed", True))
                self.assertEqual(one.confirmed_by_id, self.manager)
                self.assertTrue(one.confirmed_on)
                one.certainty = "uncertain"
                self.assertFalse(one.confirmed_by_id)
                column = self._column(model, "certainty")
                self.assertFalse(column.get("widget"), "a badge cannot be chosen")
        new = (
            self.env["o2c.interest.rate"]
            .with_user(self.manager)
            .create(
                {
                    "kind": "civil",
                    "start": "2027-01-01",
                    "percent": 4,
                    "certainty": "confirmed",
                    "source": "Stb. 2026, 999",
                }
            )
        )
        self.assertEqual(new.confirmed_by_id, self.manager)

    def _column(self, model, name):
        arch = self.env[model].with_user(self.manager).get_view(view_type="list")
        return etree.fromstring(arch["arch"]).find(f"field[@name='{name}']")

    def test_somebody_is_asked_for_the_new_rates_once(self):
        activities = self.env["mail.activity"].sudo()
        self._confirm()
        self.assertFalse(self.rates._ask(self.company, date(2026, 12, 31)))
        first = self.rates._ask(self.company, date(2027, 1, 1))
        self.assertEqual(len(first), 1)
        self.assertIn(self.company.name, first.summary)
        self.assertEqual(self.rates._ask(self.company, date(2027, 1, 2)), first)
        self.rates.create(
            [
                {
                    "kind": kind,
                    "start": "2027-01-01",
                    "percent": 4,
                    "certainty": "confirmed",
                }
                for kind in ("civil", "trade")
            ]
        )
        self.rates._ask(self.company, date(2027, 1, 3))
        self.assertFalse(activities.search([("id", "=", first.id)]), "done by itself")
        self.assertTrue(self.rates._ask(self.company, date(2027, 7, 1)), "and in July")
