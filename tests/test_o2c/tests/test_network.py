"""The network and the postal service answer as they really do: core's own modules talk
to an access point and a printer that stand here."""

import json
from base64 import b64encode
from unittest.mock import patch

from requests import ConnectionError as NoConnection
from requests import Response

from odoo.tests import tagged
from odoo.tools.misc import file_open, mute_logger

from odoo.addons.o2c_billing.tests.sending_common import SendingCommon

KEY = "account_peppol/tests/assets/private_key.pem"
INVOICE = (
    "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2::Invoice##urn:cen.eu:en16931"
    ":2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0::2.1"
)


@tagged("post_install", "-at_install")
class TestNetwork(SendingCommon):
    """An access point: who is known to it, what it takes, what it tells later."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param("account_peppol.edi.mode", "test")
        cls.company.partner_id.write(
            {"peppol_eas": "0106", "peppol_endpoint": "12345678"}
        )
        cls.company.account_peppol_proxy_state = "receiver"
        users = cls.env["account_edi_proxy_client.user"]
        users.create(
            {
                "id_client": "x" * 36,
                "proxy_type": "peppol",
                "edi_mode": "test",
                "edi_identification": "0106:12345678",
                "company_id": cls.company.id,
                "private_key_id": cls.env["certificate.key"]
                .create(
                    {
                        "name": "Test key",
                        "content": b64encode(file_open(KEY, "rb").read()),
                        "company_id": cls.company.id,
                    }
                )
                .id,
                "refresh_token": "y" * 36,
            }
        )
        cls.sme.write(
            {
                "company_registry": "87654321",
                "peppol_eas": "0106",
                "peppol_endpoint": "87654321",
                "invoice_edi_format": "ubl_bis3",
            }
        )
        cls.participants = {"0106:87654321"}

    def setUp(self):
        super().setUp()
        kind = type(self)
        kind.sent, kind.told, kind.reachable = [], {}, True

    @classmethod
    def _request_handler(cls, session, request, /, **kwargs):
        path = request.path_url.lower()
        if "/api/peppol/" not in path:
            return super()._request_handler(session, request, **kwargs)
        if not cls.reachable:
            raise NoConnection
        response = Response()
        response.status_code = 200
        if "/lookup" in path:
            answer = cls._looked_up(path)
            response.status_code = 200 if "result" in answer else 404
        else:
            asked = json.loads(request.body)["params"]
            answer = {"result": cls._answer(path, asked)}
        response.json = lambda: answer
        return response

    @classmethod
    def _looked_up(cls, path):
        known = any(name.replace(":", "%3a") in path for name in cls.participants)
        if not known:
            return {"error": {"code": "NOT_FOUND", "message": "", "retryable": False}}
        service = {"href": "http://iap.example/services", "document_id": INVOICE}
        return {
            "result": {
                "identifier": "0106:87654321",
                "smp_base_url": "http://iap.example",
                "ttl": 60,
                "service_group_url": "http://iap.example/group",
                "services": [service],
            }
        }

    @classmethod
    def _answer(cls, path, asked):
        if path.endswith("send_document"):
            first = len(cls.sent)
            cls.sent += asked["documents"]
            numbers = range(first, len(cls.sent))
            return {"messages": [{"message_uuid": f"uuid-{n}"} for n in numbers]}
        if path.endswith("get_document"):
            return {uuid: cls.told[uuid] for uuid in asked["message_uuids"]}
        return {}

    def _tell(self, **content):
        """The access point says what became of the last document; Odoo asks it."""
        self.told[f"uuid-{len(self.sent) - 1}"] = content
        self.env["account_edi_proxy_client.user"]._cron_peppol_get_message_status()
        self._send()

    def _on_its_way(self):
        self._prefer(self.sme, by_network=True)
        invoice = self._posted()
        self._send()
        return invoice

    def test_sent_then_processing_then_arrived(self):
        invoice = self._on_its_way()
        self.assertEqual(invoice.peppol_move_state, "processing")
        self.assertEqual(self.sent[0]["receiver"], "0106:87654321")
        self.assertEqual(self._ways(invoice), {"einvoice": "sent"})
        self._tell(error={"code": 702, "message": "not ready"})
        self.assertEqual(self._log(invoice), ["queued", "sent"])
        self._tell(state="done")
        self.assertEqual(invoice.peppol_move_state, "done")
        self._send()
        self.assertEqual(self._log(invoice), ["queued", "sent", "accepted"])
        self.assertEqual(len(self.sent), 1)

    def test_refused_by_the_receiver_it_goes_by_mail_with_a_task(self):
        self.company.o2c_other_way = "email"
        invoice = self._on_its_way()
        self._tell(state="error")
        self._send()
        self.assertEqual(self._ways(invoice), {"einvoice": "dropped", "email": "sent"})
        self.assertEqual(self._tasks(self.sme).problem, "einvoice_rejected")
        self.assertIn("rejected", self._log(invoice, "einvoice"))
        self.assertEqual(len(self.mails), 1)
        # the next one does not try the closed way
        other = self._posted()
        self._send()
        self.assertEqual(self._ways(other), {"email": "sent"})
        self.assertEqual(len(self.sent), 1)

    def test_who_is_not_on_the_network_gets_the_file_by_mail(self):
        self.sme.peppol_endpoint = "11223344"
        invoice = self._on_its_way()
        self.assertEqual(self.sme.peppol_verification_state, "not_valid")
        self.assertEqual(self._ways(invoice), {"email": "sent"})
        self.assertEqual(len(self.sent), 0)
        [mail] = self.mails
        names = [part.get_filename() for part in mail.iter_attachments()]
        self.assertTrue(any(name.endswith(".xml") for name in names), names)

    @mute_logger("odoo.addons.account_edi_proxy_client.models.account_edi_proxy_user")
    def test_an_access_point_that_is_away_is_asked_again(self):
        self._prefer(self.sme, by_network=True)
        # known to be on the network from before
        self.sme.button_account_peppol_check_partner_endpoint(company=self.company)
        invoice = self._posted()
        type(self).reachable = False
        self._send()
        [row] = invoice.o2c_sending_ids
        self.assertEqual((row.state, bool(row.next_try)), ("failed", True), row.reason)
        type(self).reachable = True
        self._later(invoice)
        self._send()
        self.assertEqual(self._ways(invoice), {"einvoice": "sent"})
        self.assertEqual(len(self.sent), 1)


@tagged("post_install", "-at_install")
class TestPostalService(SendingCommon):
    """Odoo's Snailmail, whose printer answers here."""

    def setUp(self):
        super().setUp()
        self.company.sudo().o2c_post_by = "snailmail"
        self._prefer(self.sme, by_post=True)
        self.invoice = self._posted()
        self.contact = self.invoice.partner_id

    def _give_address(self):
        self.contact.write(
            {
                "street": "Kade 1",
                "zip": "3011 AA",
                "city": "Rotterdam",
                "country_id": self.env.ref("base.nl").id,
            }
        )

    def _hand_over(self):
        self._give_address()
        self._send()
        self.letter = self.env["snailmail.letter"].search(
            [("model", "=", "account.move"), ("res_id", "=", self.invoice.id)]
        )
        self.assertEqual(self.letter.state, "pending")
        self.assertEqual(self._ways(self.invoice), {"post": "sent"})

    def _print(self, **told):
        """The printer says what it did with the letter."""
        answer = {
            "request_code": 200,
            "total_cost": 1.0,
            "request": {
                "documents": [
                    {"letter_id": self.letter.id, "sent": "error" not in told, **told}
                ]
            },
        }
        letters = type(self.letter)
        with (
            patch(
                "odoo.addons.snailmail.models.snailmail_letter.iap_tools.iap_jsonrpc",
                return_value=answer,
            ),
            patch.object(
                letters,
                "_fetch_attachment",
                lambda letter: letter.env["ir.attachment"].create(
                    {"name": "brief.pdf", "raw": b"%PDF-1.4"}
                ),
            ),
        ):
            self.letter._snailmail_print_valid_address()
        self._send()

    def test_handed_over_then_printed(self):
        self._hand_over()
        self._print(cost=1.0, send_id="42")
        self.assertEqual(self.letter.state, "sent")
        self.assertEqual(self._ways(self.invoice), {"post": "sent"})

    def test_without_credit_at_the_service_it_was_not_posted(self):
        self._hand_over()
        self._print(error="CREDIT_ERROR")
        self.assertEqual(self.letter.state, "error")
        self.assertEqual(self._ways(self.invoice), {"post": "returned"})
        self.assertIn("CREDIT_ERROR", self.invoice.o2c_send_reason)
        self.assertEqual(self._tasks(self.sme).problem, "other")

    def test_who_has_no_address_is_not_passed_over(self):
        """A contact lives at his company for us, nowhere for Snailmail."""
        self.assertTrue(self.contact.parent_id or self.contact == self.sme)
        desk = self.env["res.partner"].create(
            {
                "name": "Crediteuren",
                "parent_id": self.sme.id,
                "type": "invoice",
                "email": "desk@proef.example",
            }
        )
        desk.write(dict.fromkeys(("street", "zip", "city", "country_id"), False))
        self.invoice = self._posted(partner_invoice_id=desk.id)
        self.contact = desk
        self._send()
        self.assertEqual(self._ways(self.invoice), {"post": "blocked"})
        self.assertIn("Snailmail needs", self.invoice.o2c_send_reason)
        letters = self.env["snailmail.letter"]
        about = [("res_id", "=", self.invoice.id), ("model", "=", "account.move")]
        self.assertFalse(letters.search(about))
        self._give_address()
        self.invoice.action_o2c_send_again()
        self.env.flush_all()
        self._send()
        reason = self.invoice.o2c_send_reason
        self.assertEqual(self._ways(self.invoice), {"post": "sent"}, reason)
        self.assertTrue(letters.search(about))
