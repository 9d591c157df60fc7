import base64

from odoo import Command
from odoo.tests import tagged

from .common import StoryCase

FILE = """key;customer;date;charge;amount;dossier;reference
26NL-1-1;PROEF-1;{day};DUTY;1250,00;26NL-1;PO 4711
26NL-1-2;PROEF-1;{day};FEE;45,00;26NL-1;PO 4711
26NL-2-1;GROOT-1;{day};FEE;45,00;26NL-2;
26NL-3-1;NOBODY;{day};FEE;45,00;26NL-3;
"""


@tagged("post_install", "-at_install")
class TestClearances(StoryCase):
    """Yesterday's customs clearances are invoiced within the hour; two wait, and say
    why; a price is explained from the screen."""

    def test_from_the_file_of_yesterday_to_the_sent_invoice(self):
        self._set_up_the_source()
        biller = self._user("biller", "o2c_base.group_billing_user")
        self._import_file(biller)
        self._bill()

        invoice = self._event("26NL-1-1").move_id
        self.assertEqual(invoice, self._event("26NL-1-2").move_id)
        # duties as advanced; 21 % over fee and commission of 2.5 %
        self.assertEqual(invoice.amount_total, 1250.0 + (45.0 + 31.25) + 16.01)
        self.assertEqual((invoice.state, invoice.ref), ("posted", "PO 4711"))
        self.assertEqual(invoice.o2c_send_state, "sent", invoice.o2c_send_reason)

        self._find_the_two_that_wait(biller)
        self._explain_a_price(biller)

    def _set_up_the_source(self):
        """Duties advanced without VAT, a fee, a commission; an order number wanted."""
        income = self.company_data["default_account_revenue"]
        vat = Command.set(self.company_data["default_tax_sale"].ids)
        advances = self.env["account.account"].create(
            {
                "code": "129900",
                "name": "Voorgeschoten rechten",
                "account_type": "asset_current",
            }
        )
        own = {"company_id": self.company.id}
        charges = self.env["o2c.charge.type"]
        earned = own | {"account_id": income.id, "tax_ids": [vat]}
        commission = charges.create(
            earned
            | {
                "code": "COMM",
                "name": "Provisie",
                "commission_percentage": 2.5,
                "commission_minimum": 15.0,
            }
        )
        charges.create(earned | {"code": "FEE", "name": "Inklaring"})
        charges.create(
            own
            | {
                "code": "DUTY",
                "name": "Invoerrechten",
                "pass_through": True,
                "advance_account_id": advances.id,
                "commission_type_id": commission.id,
            }
        )
        self.source = self.env["o2c.billing.source"].create(
            own | {"name": "Douane", "code": "customs", "user_id": self.env.user.id}
        )
        self.corporate.write(
            {
                "ref": "GROOT-1",
                "email": "facturen@groot.example",
                "o2c_order_reference_required": True,
            }
        )

    def _import_file(self, biller):
        """He looks first: one of four rows has a customer that nobody knows."""
        yesterday = self.company._o2c_today()
        wizard = (
            self.env["o2c.event.import"]
            .with_user(biller)
            .create(
                {
                    "source_id": self.source.id,
                    "filename": "clearances.csv",
                    "file": base64.b64encode(FILE.format(day=yesterday).encode()),
                }
            )
        )
        wizard.action_look()
        self.assertEqual((wizard.accepted_count, wizard.bad_count), (3, 1))
        wizard.action_import()

    def _event(self, key):
        return self.env["o2c.billing.event"].search(
            [("source", "=", "customs"), ("key", "=", key)]
        )

    def _find_the_two_that_wait(self, biller):
        """One was not taken, one misses the order number of the customer."""
        refusal = self.env["o2c.source.refusal"].with_user(biller)
        refusal = refusal.search([("source_id", "=", self.source.id)])
        self.assertEqual((refusal.key, refusal.state), ("26NL-3-1", "open"))
        event = self._event("26NL-2-1").with_user(biller)
        self.assertEqual(event.state, "posted")
        self.assertEqual(event.move_id.o2c_send_state, "blocked")
        self.assertIn("order number", event.waits_because)

        event.move_id.sudo().ref = "GROOT-PO-9"
        event.move_id.action_o2c_send_again()
        self._bill()
        self.assertEqual(event.state, "sent")

    def _explain_a_price(self, biller):
        """Why do 12 pumps cost this customer 88.20 each?"""
        (told,) = (
            self.env["o2c.price.agreement"]
            .with_user(biller)
            .simulate_price(self.sme.id, [{"product_id": self.pump.id, "quantity": 12}])
        )
        self.assertEqual(float(told["price"]), 88.2)
        labels = " ".join(step["label"] for step in told["steps"])
        self.assertIn("Raamovereenkomst pompen", labels)
