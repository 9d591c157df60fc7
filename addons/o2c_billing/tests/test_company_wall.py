"""A colleague of another company, with every right there: he sees, changes and does
nothing in ours, by screen or over RPC."""

import base64
from functools import partial

from odoo import Command
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.tests import new_test_user, tagged

from .sending_common import SendingCommon
from .source_common import SourceCommon

#: Kinds of records that the walk below makes; fewer would prove too little.
LEAST = 14


@tagged("post_install", "-at_install")
class TestCompanyWall(SendingCommon, SourceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.elsewhere = cls._create_company(name="Andere Zaak B.V.")
        cls.stranger = new_test_user(
            cls.env,
            login="o2c_stranger",
            groups="base.group_user,o2c_base.group_billing_approver,"
            "sales_team.group_sale_manager,account.group_account_manager",
            company_id=cls.elsewhere.id,
            company_ids=[Command.set(cls.elsewhere.ids)],
        )
        cls.env["o2c.draft.check.rule"].create(
            {"company_id": cls.company.id, "kind": "amount", "amount": 100000}
        )
        cls.agreement = cls._agreement(
            {"product_tmpl_id": cls.wood.product_tmpl_id.id, "fixed_price": 9.0},
            partner_id=cls.sme.id,
        )
        cls.contract = cls.env["o2c.contract"].create(
            {
                "partner_id": cls.sme.id,
                "company_id": cls.company.id,
                "date_start": "2026-01-01",
                "line_ids": [
                    Command.create({"product_id": cls.hour.id, "price_unit": 60.0})
                ],
            }
        )

    def setUp(self):
        super().setUp()
        self._prefer(self.sme, by_post=True)
        self.invoice = self._posted()
        self._send()
        for values in ({}, {"customer": "nobody", "key": "2"}):
            self.env["o2c.billing.event"].o2c_report(
                "customs",
                [
                    {
                        "key": "1",
                        "customer": "K7",
                        "date": "2026-03-02",
                        "charge": "FEE",
                        "amount": 45.0,
                        **values,
                    }
                ],
            )
        self.env.flush_all()

    def _his(self):
        """His environment, with his own company ticked."""
        context = {"allowed_company_ids": self.elsewhere.ids}
        return self.env(user=self.stranger, context=context)

    def _refused(self, work, guarded=False):
        """It is his rights that stop him; of a guarded record perhaps its guard."""
        self.env.invalidate_all()
        with self.assertRaises(UserError) as refused, self.env.cr.savepoint():
            work()
        if not guarded:
            self.assertIsInstance(refused.exception, (AccessError, MissingError))

    def _ours(self):
        """Every record of our company, per model of billing."""
        ours = self.env["ir.model.data"].search(
            [("module", "=", "o2c_billing"), ("model", "=", "ir.model")]
        )
        for model in self.env["ir.model"].browse(ours.mapped("res_id")):
            records = self.env.get(model.model)
            if (
                records is None
                or not model.model.startswith("o2c.")
                or records._abstract
                or records._transient
                or "company_id" not in records._fields
            ):
                continue
            field = records._fields["company_id"]
            if field.store or field.search or field.related:
                found = records.sudo().search([("company_id", "=", self.company.id)])
                if found:
                    yield model.model, found

    def test_he_sees_and_changes_nothing(self):
        kinds = []
        for name, found in self._ours():
            kinds.append(name)
            with self.subTest(name):
                theirs = found.with_env(self._his())
                self.env.invalidate_all()
                try:
                    seen = theirs.search([("id", "in", found.ids)])
                except AccessError:
                    continue  # not his to see anywhere
                self.assertFalse(seen)
                one = theirs[:1]
                for verb, method, values in (
                    ("read", one.read, [["id", "display_name"]]),
                    ("write", one.write, [{"create_date": False}]),
                    ("unlink", one.unlink, []),
                ):
                    with self.subTest(verb=verb):
                        work = partial(method, *values)
                        self._refused(work, guarded=verb == "write")
        self.assertGreaterEqual(len(kinds), LEAST, kinds)

    def test_no_page_does_it_for_him(self):
        """The dialogs are his own records; what they touch is ours."""
        file = base64.b64encode(
            b"key;customer;date;charge;amount\n9;K7;2026-03-02;FEE;1"
        )
        prices = base64.b64encode(b"article;price\nX;1\n")
        order = self._order(self.sme, [(self.hour, 1, 60.0)])
        draft = self._invoice(self.sme, 100.0, "2026-03-02", post=False)
        draft.action_o2c_ask_approval()
        event = self.env["o2c.billing.event"].search([("key", "=", "1")])
        pages = (
            ("o2c.event.import", "action_look", {
                "source_id": self.source.id, "file": file, "filename": "a.csv"}),
            ("o2c.price.import", "action_look", {
                "agreement_id": self.agreement.id, "file": prices,
                "filename": "a.csv"}),
            ("o2c.early.discount", "action_offer", {"order_id": order.id}),
            ("o2c.bill.again", "action_bill_again", {
                "move_id": self.invoice.id, "partner_id": self.corporate.id,
                "reason": "x"}),
            ("o2c.draft.return", "action_return", {
                "move_ids": [Command.set(draft.ids)], "note": "x",
                "user_id": self.stranger.id}),
            ("o2c.price.overlap", "action_start", {"agreement_id": self.agreement.id}),
            ("o2c.agreement.renewal", "action_renew", {
                "agreement_ids": [Command.set(self.agreement.ids)],
                "date_from": "2027-01-01"}),
            ("o2c.contract.notice", "action_apply", {
                "contract_ids": [Command.set(self.contract.ids)],
                "notice_date": "2026-06-01", "date_end": "2026-12-31",
                "reason": "x"}),
        )  # fmt: skip
        self.env.flush_all()
        his = self._his()
        for model, method, values in pages:
            with self.subTest(model):
                self._refused(
                    lambda: getattr(his[model].create(values), method)()  # noqa: B023
                )
        rows = self.invoice.sudo().o2c_sending_ids
        for record, method in (
            (event, "action_retry"),
            (event, "action_skip"),
            (draft, "action_o2c_approve"),
            (self.agreement, "action_close"),
            (self.contract, "action_start"),
            (rows, "action_by_hand"),
            (rows.batch_id, "action_print"),
        ):
            with self.subTest(f"{record._name}.{method}"):
                self.assertTrue(record)
                self._refused(getattr(record.with_env(his), method))
