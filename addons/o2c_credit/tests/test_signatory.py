"""Who signs: off, told or held; nobody is stopped where the report is silent."""

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import HttpCase, new_test_user, tagged

from .common import CreditCommon

#: a picture of one pixel
SIGNATURE = (
    b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
    b"awAAAABJRU5ErkJggg=="
)


class SignatoryCommon(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._limit(cls.sme, None)
        cls.company.o2c_signatory_amount = 1000
        cls.report = cls.env["o2c.credit.report"].create(
            {
                "partner_id": cls.sme.id,
                "source": "Trade register",
                "person_ids": [
                    Command.create({"name": "J.P. van der Berg", "signs": "alone"}),
                    Command.create(
                        {"name": "Kim Bos", "signs": "amount", "amount": 5000}
                    ),
                ],
            }
        )
        cls.check = cls.env["o2c.signatory.check"]


@tagged("post_install", "-at_install")
class TestSignatory(SignatoryCommon):
    def _sign(self, name, amount=2000, partner=None, user=None):
        order = self._quote(partner or self.sme, amount)
        signer = order.with_user(user).sudo() if user else order.sudo()
        signer.write({"signed_by": name, "signature": SIGNATURE})
        signer.action_confirm()
        return order

    def _alerts(self):
        return self.env["o2c.credit.alert"].search([("kind", "=", "signatory")])

    def test_off_by_default_nobody_looks(self):
        self.assertEqual(self.company.o2c_signatory_mode, "off")
        self.assertEqual(self._sign("Mo Stranger").state, "sale")
        self.assertFalse(self._alerts())

    def test_tell_makes_an_alert_and_a_note_and_stops_nothing(self):
        self.company.o2c_signatory_mode = "flag"
        order = self._sign("Mo Stranger")
        self.assertEqual(order.state, "sale")
        alert = self._alerts()
        self.assertIn("Mo Stranger", alert.text)
        self.assertEqual(alert.user_id, self.controller)
        note = order.message_ids.filtered(lambda m: "Mo Stranger" in (m.body or ""))
        self.assertTrue(note.subtype_id.internal)

    def test_an_authorised_signatory_is_not_told(self):
        self.company.o2c_signatory_mode = "flag"
        self._sign("jan van der BERG", 90000)
        self._sign("K. Bos", 5000)
        self.assertFalse(self._alerts())
        self._sign("K. Bos", 5001)
        self.assertEqual(len(self._alerts()), 1)

    def test_hold_makes_the_order_wait_with_that_reason(self):
        self.company.o2c_signatory_mode = "hold"
        order = self._sign("Mo Stranger")
        self.assertEqual(order.state, "draft")
        hold = order.o2c_hold_id
        self.assertIn("signatory", [one["code"] for one in hold.reasons])
        self.assertIn("signatory", hold.reasons_text)
        hold.with_user(self.manager)._release("Called the director")
        self.assertEqual(order.state, "sale")

    def test_a_small_amount_is_never_looked_at(self):
        self.company.o2c_signatory_mode = "hold"
        self.assertEqual(self._sign("Mo Stranger", 1000).state, "sale")
        self.assertNotEqual(self._sign("Mo Stranger", 1000.01).state, "sale")

    def test_a_report_without_signatories_blocks_nobody(self):
        self.company.o2c_signatory_mode = "hold"
        self.assertEqual(self._sign("Mo", partner=self.corporate).state, "sale")
        self.report.person_ids.signs = "unknown"
        self.assertEqual(self._sign("Mo Stranger").state, "sale")

    def test_a_logged_in_contact_is_known_however_he_writes_his_name(self):
        self.company.o2c_signatory_mode = "hold"
        portal = new_test_user(self.env, "o2c_portal_sign", "base.group_portal")
        portal.partner_id.write({"parent_id": self.sme.id, "name": "Jantje"})
        self.assertNotEqual(self._sign("Jantje", user=portal).state, "sale")
        self.report.person_ids[0].contact_id = portal.partner_id
        order = self._sign("Jantje", user=portal)
        self.assertEqual(order.o2c_accepted_by_id, portal.partner_id)
        self.assertEqual(order.state, "sale")

    def test_a_colleague_who_confirms_is_not_a_signatory(self):
        self.company.o2c_signatory_mode = "hold"
        order = self._quote(self.sme, 9000)
        order.action_confirm()
        self.assertEqual(order.state, "sale")

    def test_others_ask_the_same_question(self):
        self.company.o2c_signatory_mode = "flag"
        ask = self.check._check
        contact = self.sme_contact
        self.assertTrue(ask(contact, "Mo Stranger", 2000, self.company).refused)
        self.assertTrue(ask(contact, contact, 2000, self.company).refused)
        self.assertFalse(ask(contact, "Kim Bos", 2000, self.company).refused)
        self.assertFalse(ask(contact, "", 2000, self.company).refused)

    def test_the_customer_reads_nothing_of_it(self):
        self.company.o2c_signatory_mode = "hold"
        order = self._sign("Mo Stranger")
        for message in order.message_ids.filtered(lambda m: not m.subtype_id.internal):
            self.assertNotIn("signator", (message.body or "").lower())


@tagged("post_install", "-at_install")
class TestSignatoryOfAgreements(SignatoryCommon):
    """Not only quotations: who accepts an agreement binds the customer too."""

    def _agreement(self, **values):
        return self.env["o2c.payment.agreement"].create(
            {"partner_id": self.sme.id, "yearly_amount": 20000, **values}
        )

    def _confirm(self, agreement):
        agreement.with_user(self.manager).action_confirm()
        return agreement

    def test_off_by_default_nobody_looks(self):
        agreement = self._confirm(self._agreement(accepted_name="Mo Stranger"))
        self.assertEqual(agreement.state, "confirmed")
        self.assertFalse(agreement.signatory_warning)
        self.assertFalse(
            self.env["o2c.credit.alert"].search([("kind", "=", "signatory")])
        )

    def test_tell_confirms_and_makes_one_alert_with_owner(self):
        self.company.o2c_signatory_mode = "flag"
        agreement = self._agreement(accepted_name="Mo Stranger")
        self.assertIn("Mo Stranger", agreement.signatory_warning)
        self._confirm(agreement)
        self.assertEqual(agreement.state, "confirmed")
        alert = self.env["o2c.credit.alert"].search([("kind", "=", "signatory")])
        self.assertEqual((alert.user_id, alert.amount), (self.controller, 20000))
        self.assertIn("Mo Stranger", alert.text)
        self.assertTrue(
            agreement.message_ids.filtered(
                lambda m: "Mo Stranger" in (m.body or "") and m.subtype_id.internal
            )
        )

    def test_hold_waits_until_a_manager_says_why(self):
        self.company.o2c_signatory_mode = "hold"
        agreement = self._agreement(accepted_by_id=self.sme_contact.id)
        with self.assertRaisesRegex(UserError, self.sme_contact.name):
            self._confirm(agreement)
        self.assertEqual(agreement.state, "draft")
        agreement.signed_anyway = "The director confirmed by mail."
        self._confirm(agreement)
        self.assertEqual(agreement.state, "confirmed")
        self.assertTrue(
            self.env["o2c.credit.alert"].search([("kind", "=", "signatory")])
        )
        with self.assertRaises(UserError):
            agreement.with_user(self.manager).signed_anyway = "Never mind."

    def test_an_authorised_signatory_and_a_small_amount_pass(self):
        self.company.o2c_signatory_mode = "hold"
        self.report.person_ids[1].contact_id = self.sme_contact
        agreement = self._agreement(accepted_by_id=self.sme_contact.id)
        agreement.yearly_amount = 5000
        self.assertFalse(agreement.signatory_warning)
        self._confirm(agreement)
        agreement.with_user(self.manager).action_end()
        small = self._agreement(
            accepted_name="Mo Stranger", yearly_amount=1000, partner_id=self.sme.id
        )
        self.assertFalse(small.signatory_warning)

    def test_nobody_named_or_no_list_stops_nobody(self):
        self.company.o2c_signatory_mode = "hold"
        self.assertEqual(self._confirm(self._agreement()).state, "confirmed")
        other = self._agreement(
            partner_id=self.corporate.id, accepted_name="Mo Stranger"
        )
        self.assertEqual(self._confirm(other).state, "confirmed")

    def test_the_amount_is_what_he_bought_in_a_year(self):
        self._invoice(self.sme, 3000, self.today)
        self.profiles._rescore(self.company, self.today)
        agreement = self.env["o2c.payment.agreement"].create(
            {"partner_id": self.sme.id}
        )
        self.assertEqual(agreement.yearly_amount, 3000)

    def test_off_for_the_company_means_off(self):
        self.company.o2c_signatory_mode = "hold"
        self._switch("off", "credit")
        agreement = self._agreement(accepted_name="Mo Stranger")
        self.assertEqual(self._confirm(agreement).state, "confirmed")


@tagged("post_install", "-at_install")
class TestSignatoryInThePortal(SignatoryCommon, HttpCase):
    def _accept(self, order, name):
        return self.make_jsonrpc_request(
            f"/my/orders/{order.id}/accept",
            {
                "access_token": order._portal_ensure_token(),
                "name": name,
                "signature": SIGNATURE.decode(),
            },
        )

    def test_a_stranger_signs_in_peace_and_the_order_waits(self):
        self.company.o2c_signatory_mode = "hold"
        order = self._quote(self.sme, 2000, require_signature=True)
        result = self._accept(order, "Mo Stranger")
        self.assertIn("sign_ok", result["redirect_url"], "the signature is kept")
        self.assertEqual(order.signed_by, "Mo Stranger")
        self.assertEqual(order.state, "draft")
        codes = [one["code"] for one in order.sudo().o2c_hold_id.reasons]
        self.assertEqual(codes, ["signatory"])

    def test_a_director_signs_and_the_order_is_confirmed(self):
        self.company.o2c_signatory_mode = "hold"
        order = self._quote(self.sme, 2000, require_signature=True)
        self._accept(order, "Jan van der Berg")
        self.assertEqual(order.state, "sale")
