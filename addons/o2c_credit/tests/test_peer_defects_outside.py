"""Failures **b4** and **b6** of other credit add-ons, tried from outside by HTTP."""

import logging

from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .common import CreditCommon
from .test_signatory import SIGNATURE

#: logger of refused calls
REFUSALS = "odoo.addons.o2c_credit.models.refusal.ir_http"


@tagged("post_install", "-at_install")
class TestPeerDefectsOutside(CreditCommon, HttpCase):
    """What a customer or a seller does from outside, by HTTP as he would."""

    def setUp(self):
        super().setUp()
        self.held = self._quote(self.sme, 2000)
        self.held.action_confirm()
        self.hold = self.held.o2c_hold_id

    def _as_seller(self):
        self.seller.password = "seller-of-tests"
        self.authenticate(self.seller.login, "seller-of-tests")

    def _call(self, model, method, *args, **kwargs):
        """An RPC call as the web client makes it. :return: the answer"""
        return self.url_open(
            f"/web/dataset/call_kw/{model}/{method}",
            json={
                "jsonrpc": "2.0",
                "params": {
                    "model": model,
                    "method": method,
                    "args": list(args),
                    "kwargs": kwargs,
                },
            },
        ).json()

    def _refused(self, model, method, *args, **kwargs):
        """Refused, and the log says who asked what."""
        with self.assertLogs(REFUSALS, logging.INFO) as log, self.muted():
            answer = self._call(model, method, *args, **kwargs)
        self.assertEqual(
            answer.get("error", {}).get("data", {}).get("name"),
            "odoo.exceptions.AccessError",
            f"{model}.{method}: {answer}",
        )
        said = "\n".join(log.output)
        self.assertIn(f"{model}/{method}", said)
        self.assertIn(self.seller.login, said)

    def muted(self):
        return mute_logger("odoo.http", "odoo.addons.base.models.ir_access")

    def test_b4_a_signed_order_over_the_limit_tells_everybody_what_he_needs(self):
        order = self._quote(self.sme, 2000, require_signature=True)
        order.action_quotation_sent()
        answer = self.make_jsonrpc_request(
            f"/my/orders/{order.id}/accept",
            {
                "access_token": order._portal_ensure_token(),
                "name": "P. Proef",
                "signature": SIGNATURE.decode(),
            },
        )
        self.assertIn("redirect_url", answer)
        order.invalidate_recordset()
        self.assertEqual(order.state, "sent")
        hold = order.o2c_hold_id
        self.assertEqual(hold.activity_ids.user_id, hold.user_id)
        self.assertTrue(hold.activity_ids.date_deadline)
        page = self.url_open(order.get_portal_url()).text
        self.assertIn("We are checking it", page)

    def test_b6_a_seller_cannot_release_whatever_he_calls(self):
        self._as_seller()
        ids = self.hold.ids
        keys = {"bypass_risk": True, "o2c_cleared": True, "active_test": False}
        self._refused("o2c.credit.hold", "action_release", ids)
        self._refused("o2c.credit.hold", "action_release", ids, context=keys)
        self._refused("o2c.credit.hold", "action_recheck", ids)
        self._refused("o2c.credit.hold", "write", ids, {"state": "released"})
        self._refused("o2c.credit.hold", "write", ids, {"amount": 0})
        self._refused("o2c.credit.hold", "unlink", ids)
        self._refused(
            "o2c.credit.release", "create", {"hold_ids": ids, "reason": "please"}
        )
        self._refused(
            "o2c.credit.release", "web_save", [], {"reason": "x"}, specification={}
        )
        self.env.invalidate_all()
        self.assertEqual((self.held.state, self.hold.state), ("draft", "open"))

    def test_b6_no_context_key_and_no_direct_write_confirms(self):
        self._as_seller()
        keys = {"bypass_risk": True, "ignore_exception": True, "install_mode": True}
        orders = self.held.ids
        self._call("sale.order", "action_confirm", orders, context=keys)
        self._call("sale.order", "write", orders, {"state": "sale"}, context=keys)
        self._call("sale.order", "web_save", orders, {"state": "sale"}, {"state": {}})
        self.env.invalidate_all()
        self.assertEqual(self.held.state, "draft")
        made = self._call(
            "sale.order",
            "create",
            {
                "partner_id": self.sme.id,
                "state": "sale",
                "order_line": [
                    [0, 0, {"product_id": self.service.id, "price_unit": 5000}]
                ],
            },
        )["result"]
        order = self.env["sale.order"].browse(made)
        self.assertEqual(order.state, "draft")
        self.assertTrue(order.o2c_hold_id)

    def test_b6_a_seller_with_contact_rights_changes_no_limit_policy_or_grade(self):
        self.seller.group_ids += self.env.ref("base.group_partner_manager")
        profile = self.sme._o2c_profile(self.company)
        cell = self.env.ref("o2c_credit.o2c_credit_policy_d")
        report = self.env["o2c.credit.report"].create(
            {"partner_id": self.sme.id, "source": "Bureau", "bureau_score": 10}
        )
        self.env.flush_all()
        self._as_seller()
        self._refused("o2c.risk.profile", "write", profile.ids, {"limit_amount": 9e6})
        self._refused("o2c.risk.profile", "write", profile.ids, {"grade": "A"})
        self._refused("o2c.risk.profile", "unlink", profile.ids)
        self._refused("o2c.credit.policy", "write", cell.ids, {"over_limit": "warn"})
        self._refused("o2c.credit.report", "write", report.ids, {"bureau_score": 99})
        self._refused("o2c.limit.change", "create", {"profile_id": profile.id})
        self._refused("o2c.limit.proposal", "create", {"profile_id": profile.id})
        self._refused("o2c.credit.cover", "create", {"profile_id": profile.id})
        self._refused("o2c.payment.agreement", "create", {"partner_id": self.sme.id})
        self._refused("res.partner", "write", self.sme.ids, {"credit_limit": 9e6})
        self.env.invalidate_all()
        self.assertEqual(profile.limit_amount, 1000)

    def test_b6_the_portal_opens_no_door(self):
        """Reading another's order, the hold, or accepting without its token."""
        stranger = self._portal_user()
        self.authenticate(stranger.login, stranger.login)
        url = f"/my/orders/{self.held.id}"
        self.assertNotIn(self.held.name, self.url_open(url).text)
        answer = self.make_jsonrpc_request(
            f"{url}/accept", {"name": "Me", "signature": SIGNATURE.decode()}
        )
        self.assertIn("error", answer)
        with self.muted():
            told = self._call("o2c.credit.hold", "search_read", [])
        self.assertIn("error", told)
        self.env.invalidate_all()
        self.assertEqual(self.held.state, "draft")
        self.assertFalse(self.held.signature)

    def _portal_user(self):
        return new_test_user(
            self.env, "o2c_stranger", "base.group_portal", password="o2c_stranger"
        )
