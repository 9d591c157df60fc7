"""Reminders carry a pay link, a QR code and one reference."""

from odoo import models
from odoo.exceptions import UserError

#: States in which nobody outside has the reminder, nor will get it as it is.
NOT_LEAVING = ("preview", "withdrawn")


class O2cDunningNotice(models.Model):
    _inherit = "o2c.dunning.notice"

    def _o2c_leaves(self):
        """Whether this is a real reminder, not a sample or a preview."""
        return bool(self._origin) and self.state not in NOT_LEAVING

    def _payment_urls(self):
        """Extends: the durable link of each reminder.

        A preview shows an address that leads nowhere, so that looking at what would be
        sent makes no link. Where customers cannot open the public address, a reminder
        leaves with bank details only.
        """
        unfit = self.filtered(lambda one: one.company_id._o2c_address_refusal())
        if unfit:
            return (
                super(O2cDunningNotice, unfit)._payment_urls()
                | (self - unfit)._payment_urls()
            )
        leaving = self.filtered(lambda one: one._o2c_leaves())
        links = self.env["o2c.payment.link"]._for_each(leaving._origin)
        urls = {
            notice.id: notice._o2c_pay_url(link)
            for notice, link in zip(leaving, links, strict=True)
        }
        for notice in self - leaving:
            address = notice.company_id._o2c_public_address()
            urls[notice.id] = f"{address}/pay/EXAMPLE"
        return urls

    def _o2c_pay_url(self, link):
        """Address of a link in this reminder: what is mailed says that it was mailed,
        what is printed does not."""
        self.ensure_one()
        mailed = self.channel == "email" and self.email_to
        return link._mailed_url(self.email_to) if mailed else link._url()

    def _rendered(self, texts=None, floor=None, urls=None):
        """Extends: where links were promised, nothing leaves with a dead one."""
        company = self.company_id.sudo()
        if urls is not None and company.o2c_pay_links and self._o2c_leaves():
            if problem := company._o2c_address_refusal():
                raise UserError(problem)
        return super()._rendered(texts, floor, urls)

    def _payment_qr_src(self, url, base_url):
        """Extends: our picture; the mail server puts it into the mail itself."""
        if not self._o2c_leaves():
            return super()._payment_qr_src(url, base_url)
        return f"{url}/qr.png"

    def _payment_codes(self, url, lang):
        """Extends: one for the camera, one for the bank's app."""
        links = self.env["o2c.payment.link"].with_context(lang=lang)
        return super()._payment_codes(url, lang) + links._paper_codes(
            url, self._bank_code(), self.company_id, self.partner_id, self.currency_id
        )

    def _bank_code(self):
        """The whole reminder in one transfer; empty where it goes to two accounts."""
        asked = self._asked_lines().move_id
        if not all(move._o2c_one_account() for move in asked):
            return b""
        return self.env["o2c.payment.link"]._bank_code(
            self.company_id.sudo().partner_id.bank_ids[:1],
            self.amount,
            self.currency_id,
            self._payment_reference(),
        )

    def _payment_reference(self):
        """Extends: several invoices get one reference that a bank passes on whole."""
        asked = self._asked_lines()
        if len(asked.move_id) < 2 or not self._o2c_leaves():
            return super()._payment_reference()
        return self.env["o2c.payment.link"]._for(self._origin).reference_printed
