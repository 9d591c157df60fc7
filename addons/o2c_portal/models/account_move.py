"""Invoices carry the durable link, where the company wants it."""

import base64

from odoo import fields, models
from odoo.tools.image import image_data_uri


class AccountMove(models.Model):
    _inherit = "account.move"

    o2c_pay_link_url = fields.Char(
        string="Pay Link",
        compute="_compute_o2c_pay_link_url",
        help="Address where the customer sees and pays what is open today.",
    )

    def _compute_o2c_pay_link_url(self):
        """The live link's address; empty as long as it was never printed or sent."""
        links = self.env["o2c.payment.link"].sudo()
        live = links.search(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", self.ids),
                ("state", "=", "live"),
            ]
        )
        by_move = {link.res_id: link for link in live}
        for move in self:
            link = by_move.get(move.id)
            move.o2c_pay_link_url = link._url() if link else False

    def _o2c_has_pay_link(self):
        """Whether this document is one that a customer pays through our link."""
        self.ensure_one()
        return (
            self.company_id.sudo().o2c_pay_links
            and self.state == "posted"
            and self.move_type in ("out_invoice", "out_receipt")
        )

    def _o2c_print_problem(self):
        """Why these documents may not be printed with their link; empty when fine."""
        linked = self.filtered(lambda move: move._o2c_has_pay_link())
        for company in linked.company_id.sudo():
            if company.link_qr_code:
                if problem := company._o2c_address_refusal():
                    return problem
        return ""

    def _get_portal_payment_link(self):
        """Extends account_payment: the durable link instead of one amount."""
        self.ensure_one()
        if not self._o2c_has_pay_link():
            return super()._get_portal_payment_link()
        return self.env["o2c.payment.link"]._for(self)._url()

    def _o2c_pay_page_address(self):
        """Extends o2c_base: nothing where customers could not open it.

        Trying out is no reason here: an e-invoice goes into somebody's books.
        """
        if not self._o2c_has_pay_link():
            return super()._o2c_pay_page_address()
        if self.company_id._o2c_public_address_problem():
            return ""
        return self._get_portal_payment_link()

    def _generate_portal_payment_qr(self):
        """Extends account_payment: readable from a folded letter."""
        self.ensure_one()
        if not self._o2c_has_pay_link():
            return super()._generate_portal_payment_qr()
        links = self.env["o2c.payment.link"]
        png = links._qr_png(self._get_portal_payment_link())
        return image_data_uri(base64.b64encode(png))

    def action_o2c_pay_link(self):
        """Open the pay link of this invoice; it is made when there is none."""
        self.ensure_one()
        self.env["o2c.payment.link"]._check_may_manage()
        link = self.env["o2c.payment.link"]._for(self)
        return {
            "type": "ir.actions.act_window",
            "res_model": "o2c.payment.link",
            "res_id": link.id,
            "views": [(False, "form")],
        }
