"""What an address proves: the paper that somebody holds, or the mail that he reads."""

from odoo import models
from odoo.tools import consteq, email_normalize_all
from odoo.tools.misc import hmac

from ..policy import mail_proof, pay_code


class O2cPaymentLink(models.Model):
    _inherit = "o2c.payment.link"

    def _known_addresses(self):
        """Mail addresses that we know of the customer, for this link.

        First the ones to which invoices go, then the customer's own. An address that
        was taken out of the books is no longer known, and what was mailed to it proves
        nothing.

        :return: dict of normalized address to contact (``res.partner``, in sudo)
        """
        self.ensure_one()
        customer = self.partner_id
        contacts = self._moves().partner_id.filtered(
            lambda one: one.commercial_partner_id == customer
        )
        contacts |= customer.child_ids.filtered(
            lambda one: one.type == "invoice" and one.active
        )
        known = {}
        for contact in (contacts - customer)[:50] + customer:
            for address in email_normalize_all(contact.email):
                known.setdefault(address, contact)
        return known

    def _mail_digest(self, address):
        """Keyed hash over this link and the address to which it is mailed."""
        message = f"{self.id or 0}|{self.version or 0}|{address}"
        return hmac(self.env(su=True), "o2c.payment.link.mail", message)

    def _mailed_url(self, email):
        """The address for a mail; the one of paper when the mail goes elsewhere.

        :param str email: where the mail goes
        """
        self.ensure_one()
        known = self._known_addresses()
        for address in email_normalize_all(email):
            if address in known:
                code = mail_proof.compose(self._code(), self._mail_digest(address))
                return f"{self.company_id._o2c_public_address()}/pay/{code}"
        return self._url()

    def _mailed_to(self, token):
        """The contact to whom a proof was mailed; empty when it proves nothing.

        Every known address is looked at, so the answer takes the same time.
        """
        self.ensure_one()
        contact = self.env["res.partner"].sudo()
        for address, one in self._known_addresses().items():
            if consteq(pay_code.token(self._mail_digest(address)), token or "-"):
                contact = contact or one
        return contact
