"""What another system reports is taken once, or refused with its reason."""

from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .source_common import SourceCommon

INTAKE = "odoo.addons.o2c_billing.models.source.o2c_source_intake"


@tagged("post_install", "-at_install")
class TestSourceIntake(SourceCommon):
    def test_a_clearance_becomes_one_invoice_to_the_cent(self):
        """Duties 1,250.00 without VAT + fee 45.00 + commission 2.5 % = 31.25."""
        results = self._clearance()
        self.assertEqual({r["status"] for r in results.values()}, {"accepted"})
        commission = self.env["o2c.billing.event"].search([("automatic", "=", True)])
        self.assertEqual((commission.amount, commission.state), (31.25, "waiting"))
        self._run_queue()
        invoice = self._event("26NL-1-1").move_id
        self.assertEqual(
            (invoice.state, invoice.ref, invoice.partner_id.commercial_partner_id),
            ("posted", "PO 4711", self.sme),
        )
        self.assertEqual(commission.move_id, invoice)
        # VAT: 21 % of 76.25 = 16.01
        self.assertEqual(invoice.amount_untaxed, 1326.25)
        self.assertEqual(invoice.amount_tax, 16.01)
        self.assertEqual(invoice.amount_total, 1342.26)
        booked = {
            line.account_id: (line.balance, line.tax_ids, line.o2c_pass_through)
            for line in invoice.invoice_line_ids
            if line.account_id == self.advances
        }
        none = self.env["account.tax"]
        self.assertEqual(booked, {self.advances: (-1250.0, none, True)})
        revenue = invoice.invoice_line_ids.filtered(
            lambda line: line.account_id == self.fees
        )
        self.assertEqual(sorted(revenue.mapped("balance")), [-45.0, -31.25])
        self.assertEqual(revenue.tax_ids, self.vat_21)
        self.assertEqual(
            set(invoice.invoice_line_ids.mapped("o2c_dossier")), {"26NL-1"}
        )

    def test_the_minimum_commission_and_a_supplement(self):
        self._clearance(duties=100.0)
        self._run_queue()
        invoice = self._event("26NL-1-1").move_id
        self.assertEqual(invoice.amount_untaxed, 160.0)  # 100 + 45 + 15
        self._send(self._row("26NL-1-3", charge="DUTY", amount=900.0, dossier="26NL-1"))
        self._run_queue()
        later = self._event("26NL-1-3").move_id
        # 2.5 % of 1,000 is 25; 15 was charged
        self.assertEqual(later.amount_untaxed, 910.0)

    def test_the_same_key_is_known_and_with_other_content_refused(self):
        first = self._send(self._row("A1"))["A1"]
        again = self._send(self._row("A1", amount="45,00"))["A1"]
        self.assertEqual((again["status"], again["event"]), ("known", first["event"]))
        other = self._send(self._row("A1", amount=54.0))["A1"]
        self.assertEqual(self._codes(other), [("key", "changed")])
        self.assertIn("correction", other["problems"][0]["reason"])
        refusal = self.env["o2c.source.refusal"].search([("key", "=", "A1")])
        self.assertEqual(
            (refusal.state, refusal.changed, refusal.event_id.id),
            ("open", True, first["event"]),
        )
        self.assertEqual(self._event("A1").amount, 45.0)

    def test_one_bad_event_never_loses_the_others(self):
        results = self._send(
            self._row("1"),
            self._row("2", customer="nobody"),
            self._row("3", charge="WHAT"),
            self._row("4", date="yesterday"),
            {"key": "5", "colour": "red"},
            "six",
            self._row("7"),
        )
        taken = [key for key, one in results.items() if one["status"] == "accepted"]
        self.assertEqual(taken, ["1", "7"])
        self.assertEqual(self._codes(results["2"]), [("customer", "unknown")])
        self.assertEqual(self._codes(results["3"]), [("charge", "unknown")])
        self.assertEqual(self._codes(results["4"]), [("date", "date")])
        waiting = self.env["o2c.source.refusal"].search(
            [("source_id", "=", self.source.id), ("state", "=", "open")]
        )
        self.assertEqual(len(waiting), 5)
        self.assertEqual(waiting.user_id, self.env.user)

    def test_all_or_nothing_takes_nothing(self):
        rows = [self._row("1"), self._row("2", customer="nobody")]
        results = self._send(*rows, all_or_nothing=True)
        self.assertEqual(
            [one["status"] for one in results.values()], ["not_taken", "refused"]
        )
        self.assertFalse(self._event("1"))
        results = self._send(self._row("1"), self._row("3"), all_or_nothing=True)
        self.assertEqual({one["status"] for one in results.values()}, {"accepted"})

    def test_a_key_twice_in_one_call(self):
        answer = self.env["o2c.billing.event"].o2c_report(
            "customs", [self._row("1"), self._row("1"), self._row("1", amount=9)]
        )
        self.assertEqual(
            [one["status"] for one in answer["results"]],
            ["accepted", "known", "refused"],
        )
        self.assertEqual(len(self._event("1")), 1)

    @mute_logger(INTAKE)
    def test_an_unexpected_failure_is_a_refusal_not_a_lost_call(self):
        model = self.env.registry["o2c.billing.event"]
        original = model._event_values

        def values(events, vals):
            if vals["key"] == "2":
                raise ValueError("boom")
            return original(events, vals)

        with patch.object(model, "_event_values", values):
            results = self._send(*(self._row(str(n)) for n in range(4)))
        self.assertEqual(
            [one["status"] for one in results.values()],
            ["accepted", "accepted", "refused", "accepted"],
        )
        self.assertIn("boom", results["2"]["problems"][0]["reason"])

    # Customers

    def test_customers_are_found_by_what_they_are_known_by(self):
        self.corporate.vat = "NL000099998B57"
        self.corporate.email = "inkoop@haven.example"
        for name in ("K7", "87654321"):
            self.assertEqual(self._found(name), self.sme)
        for name in ("NL000099998B57", "Inkoop@Haven.example"):
            self.assertEqual(self._found(name), self.corporate)

    def _found(self, name):
        key = f"of {name}"
        self._send(self._row(key, customer=name))
        return self._event(key).partner_id.commercial_partner_id

    def test_the_invoice_goes_to_the_invoice_address(self):
        self._send(self._row("1"))
        self.assertEqual(self._event("1").partner_id, self.sme_contact)

    def test_an_ambiguous_customer_is_asked_and_remembered(self):
        self.corporate.ref = "K7"
        result = self._send(self._row("1"))["1"]
        self.assertEqual(self._codes(result), [("customer", "several")])
        refusal = self.env["o2c.source.refusal"].search([("key", "=", "1")])
        user = self._user("billing", "o2c_base.group_billing_user")
        refusal.with_user(user).partner_id = self.corporate
        refusal.with_user(user).action_retry()
        self.assertEqual((refusal.state, refusal.closed_by_id), ("solved", user))
        self.assertEqual(refusal.event_id.partner_id, self.corporate)
        self._send(self._row("2"))
        self.assertEqual(self._event("2").partner_id, self.corporate)

    def test_an_archived_customer_is_named(self):
        self.source.customer_ids.create(
            {
                "source_id": self.source.id,
                "external": "X9",
                "partner_id": self.corporate.id,
            }
        )
        self.corporate.active = False
        result = self._send(self._row("1", customer="X9"))["1"]
        self.assertEqual(self._codes(result), [("customer", "archived")])

    def test_a_customer_archived_after_the_event_asks_a_person(self):
        self._send(self._row("1", customer=self._other().ref))
        event = self._event("1")
        event.partner_id.active = False
        self._send(self._row("2"))
        self._run_queue()
        self.assertEqual(event.state, "failed")
        self.assertIn("archived", event.reason)
        self.assertEqual(self._event("2").state, "posted")

    def _other(self):
        return self._customer("Weg B.V.", "sme", ref="W1")

    # Time

    def test_before_the_start_date_is_refused_until_somebody_takes_it_along(self):
        self._switch("live", "billing", start_date="2026-03-02")
        result = self._send(self._row("1", date="2026-03-01"))["1"]
        self.assertEqual(self._codes(result), [("date", "before_start")])
        refusal = self.env["o2c.source.refusal"].search([("key", "=", "1")])
        user = self._user("billing", "o2c_base.group_billing_user")
        with self.assertRaises(AccessError):
            refusal.with_user(user).action_take_along()
        approver = self._user("approver", "o2c_base.group_billing_approver")
        refusal.with_user(approver).action_take_along()
        event = self._event("1")
        self.assertTrue(event.early)
        self._run_queue()
        self.assertEqual(event.state, "posted")

    def test_the_hours_of_the_clock_change(self):
        """In Utrecht 02:30 does not exist on 29 March and exists twice in October."""
        self._send(
            self._row("gap", date="2026-03-29T02:30:00"),
            self._row("twice", date="2026-10-25T02:30:00"),
            self._row("zoned", date="2026-03-29T00:30:00+00:00"),
        )
        moments = [str(self._event(k).delivered_at) for k in ("gap", "twice", "zoned")]
        self.assertEqual(
            moments,
            ["2026-03-29 01:30:00", "2026-10-25 01:30:00", "2026-03-29 00:30:00"],
        )
        self.assertEqual(str(self._event("gap").date), "2026-03-29")

    def test_what_still_has_to_come_is_refused(self):
        result = self._send(self._row("1", date="2099-01-01"))["1"]
        self.assertEqual(self._codes(result), [("date", "future")])

    # Charges

    def test_only_what_was_advanced_goes_without_vat(self):
        with self.assertRaises(ValidationError):
            self._charge("X", "Zonder btw", account_id=self.fees.id)
        with self.assertRaises(ValidationError):
            self._charge("X", "Zonder rekening", pass_through=True)
        with self.assertRaises(ValidationError):
            self._charge(
                "X",
                "Omzet",
                pass_through=True,
                advance_account_id=self.fees.id,
            )
        with self.assertRaises(ValidationError):
            self.duty.tax_ids = self.vat_21

    def test_the_fiscal_position_decides_about_vat(self):
        zero = self.vat_21.copy({"name": "0% buiten EU", "amount": 0})
        position = self.env["account.fiscal.position"].create(
            {
                "name": "Proefexport",
                "company_id": self.company.id,
                "auto_apply": False,
            }
        )
        zero.write(
            {
                "fiscal_position_ids": [(6, 0, position.ids)],
                "original_tax_ids": [(6, 0, self.vat_21.ids)],
            }
        )
        self.sme.property_account_position_id = position
        self.fee.fiscal_tax_ids.create(
            {
                "charge_type_id": self.commission.id,
                "position_id": position.id,
                "tax_ids": [(6, 0, self.vat_21.ids)],
            }
        )
        self._clearance()
        self._run_queue()
        lines = self._event("26NL-1-1").move_id.invoice_line_ids
        by_name = {line.name.split()[0]: line.tax_ids for line in lines}
        self.assertEqual(by_name["Inklaring"], zero)
        self.assertEqual(by_name["Provisie"], self.vat_21)
        self.assertFalse(by_name["Invoerrechten"])

    def test_another_currency_makes_an_invoice_in_it(self):
        dollar = self.setup_other_currency("USD", rates=[("2020-01-01", 2.0)])
        self._send(self._row("1", currency="USD", amount=50.0), self._row("2"))
        event = self._event("1")
        self.assertEqual((event.price_currency_id, event.amount), (dollar, 25.0))
        self._run_queue()
        self.assertEqual(event.move_id.currency_id, dollar)
        self.assertEqual(event.move_id.amount_untaxed, 50.0)
        self.assertNotEqual(self._event("2").move_id, event.move_id)

    def test_a_source_does_not_take_the_name_of_odoo_nor_change_its_own(self):
        with self.assertRaises(ValidationError):
            self.source.copy({"code": "delivery"})
        self._send(self._row("1"))
        with self.assertRaises(UserError):
            self.source.code = "other"

    def test_the_form_of_a_source_saves(self):
        with Form(self.env["o2c.billing.source"]) as form:
            form.name = "Transport"
            form.code = "trips"
        self.assertEqual(form.record.completeness, "none")
