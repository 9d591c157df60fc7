"""The invoice of a contract: address, reference, currency, language, VAT, and why."""

from odoo import Command, fields
from odoo.tests import tagged

from .contract_common import ContractCommon


@tagged("post_install", "-at_install")
class TestContractInvoice(ContractCommon):
    def _billed(self, contract, day="2026-01-01"):
        self._night(day)
        self._run_queue(fields.Date.to_date(day))
        return self._contract_events(contract).move_id

    def test_address_reference_terms_and_days_are_those_of_the_contract(self):
        term = self.env.ref("account.account_payment_term_15days")
        contract = self._contract(
            {"quantity": 5},
            invoice_partner_id=self.sme_contact.id,
            client_ref="PO 4711",
            payment_term_id=term.id,
        )
        invoice = self._billed(contract)
        self.assertEqual(invoice.state, "posted")
        self.assertEqual(invoice.partner_id, self.sme_contact)
        self.assertEqual(
            (invoice.ref, invoice.invoice_payment_term_id), ("PO 4711", term)
        )
        self.assertEqual(invoice.invoice_origin, contract.name)
        line = invoice.invoice_line_ids
        self.assertEqual(line.name, "Beheer op afstand, 1 Jan 2026 – 31 Jan 2026")
        self.assertEqual((line.quantity, line.price_unit), (5, 62.0))
        self.assertEqual(contract.period_ids.state, "posted")
        self.assertEqual(contract.period_ids.move_id, invoice)

    def test_the_text_is_in_the_language_of_the_customer(self):
        self.env["res.lang"]._activate_lang("nl_NL")
        self.sme_contact.lang = "nl_NL"
        self.monitor.with_context(lang="nl_NL").name = "Beheer"
        invoice = self._billed(self._contract())
        self.assertEqual(
            invoice.invoice_line_ids.name, "Beheer, 01-01-2026 – 31-01-2026"
        )

    def test_lines_due_together_share_an_invoice_and_discount_shows(self):
        contract = self._contract(
            {"intro_months": 1, "intro_discount": 50},
            {"kind": "once", "product_id": self.setup_fee.id, "price_unit": 250.0},
        )
        invoice = self._billed(contract)
        self.assertEqual(len(invoice), 1)
        self.assertEqual(invoice.amount_untaxed, 281.0)
        monthly = invoice.invoice_line_ids[0]
        self.assertEqual((monthly.price_unit, monthly.discount), (62.0, 50.0))

    def test_two_references_are_two_invoices(self):
        first = self._contract(client_ref="A")
        second = self._contract(client_ref="B")
        self._billed(first)
        events = self._contract_events(first) + self._contract_events(second)
        self.assertEqual(len(events.move_id), 2)

    def test_another_currency(self):
        dollar = self.env.ref("base.USD")
        dollar.active = True
        self.env["res.currency.rate"].search([("currency_id", "=", dollar.id)]).unlink()
        self.env["res.currency.rate"].create(
            {
                "currency_id": dollar.id,
                "company_id": self.company.id,
                "name": "2025-01-01",
                "rate": 1.25,
            }
        )
        contract = self._contract(currency_id=dollar.id)
        self.assertEqual(contract.mrr, 49.6)
        invoice = self._billed(contract)
        self.assertEqual((invoice.currency_id, invoice.amount_untaxed), (dollar, 62.0))
        self.assertEqual(self._contract_events(contract).amount, 49.6)

    def test_vat_follows_the_fiscal_position(self):
        tax = self.company_data["default_tax_sale"]
        free = self.env["account.tax"].create(
            {"name": "0% intra", "amount": 0, "type_tax_use": "sale"}
        )
        position = self.env["account.fiscal.position"].create({"name": "Abroad"})
        free.write(
            {
                "fiscal_position_ids": [Command.link(position.id)],
                "original_tax_ids": [Command.link(tax.id)],
            }
        )
        self.monitor.taxes_id = tax
        inland = self._billed(self._contract())
        self.assertEqual(inland.invoice_line_ids.tax_ids, tax)
        abroad = self._billed(self._contract(fiscal_position_id=position.id))
        self.assertEqual(abroad.invoice_line_ids.tax_ids, free)

    def test_a_price_by_day_is_exact_to_the_cent(self):
        contract = self._contract(
            {"quantity": 7, "price_unit": 59.0}, date_start="2026-01-15"
        )
        invoice = self._billed(contract, "2026-01-15")
        self.assertEqual(invoice.amount_untaxed, 226.48)
        self.assertEqual(contract.period_ids.amount, 226.48)

    # the price is asked

    def _form_price(self, price):
        self.form = self.env["o2c.subscription.form"].create({"name": "Yearly"})
        return self._agreement(
            {
                "product_id": self.monitor.id,
                "fixed_price": price,
                "subscription_form_id": self.form.id,
            },
            partner_id=self.sme.id,
        )

    def test_the_price_is_asked_with_the_subscription_form_and_explained(self):
        agreement = self._form_price(50.0)
        contract = self._contract(
            {"price_source": "agreed"}, subscription_form_id=self.form.id
        )
        invoice = self._billed(contract)
        line = invoice.invoice_line_ids
        self.assertEqual(line.price_unit, 50.0)
        self.assertIn(
            agreement.name,
            str([step.get("name") for step in line.o2c_price_trace["steps"]]),
        )

    def test_an_asked_price_that_changes_holds_for_periods_to_come(self):
        agreement = self._form_price(50.0)
        contract = self._contract(
            {
                "price_source": "agreed",
                "price_basis": "month",
                "period_unit": "quarter",
            },
            subscription_form_id=self.form.id,
        )
        self._night("2026-01-01")
        agreement.line_ids.fixed_price = 60.0
        contract.line_ids._look_again(fields.Date.to_date("2026-01-01"))
        self._night("2026-04-01")
        self.assertEqual([row[3] for row in self._rows(contract)], [150.0, 180.0])

    def test_asked_prices_are_credited_at_what_was_billed(self):
        agreement = self._form_price(62.0)
        contract = self._contract(
            {"price_source": "agreed"}, subscription_form_id=self.form.id
        )
        self._night("2026-01-01")
        agreement.line_ids.fixed_price = 99.0
        self._notice(contract, "2026-01-02", "2026-01-16")
        self._night("2026-01-20")
        self.assertEqual(
            self._rows(contract)[-1], ("2026-01-17", "2026-01-31", -1.0, -30.0)
        )

    # credits

    def test_a_settlement_that_credits_less_than_is_charged_stays_an_invoice(self):
        contract = self._contract({"quantity": 2})
        self._billed(contract)
        self._change(contract.line_ids, "2026-01-17", quantity=1)
        self._night("2026-02-01")
        self._run_queue(fields.Date.to_date("2026-02-01"))
        invoice = self._contract_events(contract)[-1].move_id
        self.assertEqual(invoice.move_type, "out_invoice")
        self.assertEqual(invoice.amount_untaxed, 32.0)
        self.assertEqual(len(invoice.invoice_line_ids), 2)

    def test_a_cancelled_invoice_is_tried_again_not_billed_twice(self):
        contract = self._contract()
        self.company.o2c_billing_automatic = False
        invoice = self._billed(contract)
        self.assertEqual(invoice.state, "draft")
        invoice.unlink()
        event = self._contract_events(contract)
        self.assertEqual(event.state, "failed")
        self._night("2026-01-02")
        self.assertEqual(len(self._contract_events(contract)), 1)
        event.action_retry()
        self._run_queue(fields.Date.to_date("2026-01-02"))
        self.assertEqual(len(event.move_id.invoice_line_ids), 1)

    def test_exposure_counts_events_not_the_future(self):
        contract = self._contract({"quantity": 10})
        profile = self.env["o2c.risk.profile"]

        def exposure():
            return profile._exposure(self.company, self.sme.ids)

        before = exposure()
        self._night("2026-01-01")
        after = exposure()
        self.assertEqual(float(self._total(after) - self._total(before)), 620.0)
        self._run_queue(fields.Date.to_date("2026-01-01"))
        self.assertEqual(
            float(self._total(exposure()) - self._total(before)),
            self._contract_events(contract).move_id.amount_total,
        )

    def _total(self, exposure):
        return exposure[self.sme.id].total if self.sme.id in exposure else 0
