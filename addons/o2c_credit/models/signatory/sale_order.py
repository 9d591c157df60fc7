"""A quotation accepted by somebody who may not bind the customer."""

from odoo import api, fields, models

from ...policy.credit_decision import Reason


class SaleOrder(models.Model):
    _inherit = "sale.order"

    o2c_accepted_by_id = fields.Many2one(
        "res.partner",
        string="Accepted by Contact",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        groups="base.group_user",
        help="The contact who was logged in when the quotation was accepted.",
    )

    def write(self, vals):
        accepting = vals.get("signature") or vals.get("signed_by")
        contact = self._o2c_logged_in_contact() if accepting else False
        if contact:
            vals = {**vals, "o2c_accepted_by_id": contact.id}
        result = super().write(vals)
        if accepting:
            self._o2c_flag_signatory()
        return result

    @api.model
    def _o2c_logged_in_contact(self):
        """The contact behind the portal user who acts now, if there is one."""
        user = self.env.user
        if user.share and not user._is_public():
            return user.partner_id
        return self.env["res.partner"]

    def _o2c_signatory_verdict(self):
        """What the newest report says of who accepted this order.

        :return: (verdict, name), or (None, "") when nobody signed
        """
        self.ensure_one()
        order = self.sudo()
        contact = order.o2c_accepted_by_id or order._o2c_logged_in_contact()
        signed = order.signed_by if order.signature else ""
        if not (signed or contact):
            return None, ""
        check = self.env["o2c.signatory.check"]
        customer = order.partner_id.commercial_partner_id
        verdict = check._check(
            customer, signed or contact, order._o2c_amount(), order.company_id
        )
        if verdict.refused and signed and contact:
            # he wrote his name otherwise, but we know who was logged in
            by_contact = check._check(
                customer, contact, order._o2c_amount(), order.company_id
            )
            if not by_contact.refused:
                verdict = by_contact
        return verdict, signed or contact.name

    def _o2c_flag_signatory(self):
        """Setting *tell*: an alert with owner, and an internal note on the order."""
        for order in self.sudo():
            company = order.company_id.root_id
            if company.o2c_signatory_mode != "flag":
                continue
            if company._o2c_credit_acting() == "off":
                continue
            verdict, name = order._o2c_signatory_verdict()
            if not verdict or not verdict.refused:
                continue
            self.env["o2c.signatory.check"]._tell(
                order,
                self.env["res.partner"].browse(order._o2c_debtor_id()),
                verdict,
                name,
                order._o2c_amount(),
                order.name,
                key=str(order.id),
            )

    def _o2c_order_codes(self):
        """The codes of :meth:`_o2c_order_blockers`, as the verdict takes them.

        :return: dict of order to list of codes
        """
        return {
            order: [reason.code for reason in reasons]
            for order, reasons in self._o2c_order_blockers().items()
        }

    def _o2c_order_blockers(self):
        """Reasons to hold that lie in the order itself. Hook: extend the lists.

        :return: dict of order to list of ``Reason``
        """
        found = {}
        for order in self:
            if order.sudo().company_id.root_id.o2c_signatory_mode != "hold":
                continue
            verdict, _name = order._o2c_signatory_verdict()
            if verdict and verdict.refused:
                found[order] = [Reason("signatory", "hold", order._o2c_amount())]
        return found


class O2cRiskProfile(models.Model):
    _inherit = "o2c.risk.profile"

    @api.model
    def _reason_name(self, code):
        if code == "signatory":
            return self.env._("who signed")
        return super()._reason_name(code)

    @api.model
    def _verdict_reason(self, reason, money):
        if reason.code == "signatory":
            return self.env._(
                "Signed by somebody who is not an authorised signatory for this "
                "amount, says the newest report."
            )
        return super()._verdict_reason(reason, money)
