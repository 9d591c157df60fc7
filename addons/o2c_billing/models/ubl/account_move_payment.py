"""What a document says of its payment, in the customer's words."""

from odoo import models

from odoo.addons.o2c_base.tools.local_form import day_text, money_text


class AccountMove(models.Model):
    _inherit = "account.move"

    def _o2c_term_lines(self):
        """Instalments, by due date."""
        self.ensure_one()
        return self.line_ids.filtered(
            lambda line: line.display_type == "payment_term"
        ).sorted(lambda line: (line.date_maturity or self.invoice_date, line.id))

    def _o2c_payment_words(self):
        """Sentences about paying this invoice, in the language of the context.

        :return: list of texts: instalments, early payment discount, blocked account
        """
        self.ensure_one()
        return [
            *self._o2c_instalment_words(),
            *self._o2c_discount_words(),
            *self._o2c_blocked_words(),
        ]

    def _o2c_instalment_words(self):
        lines = self._o2c_term_lines()
        if len(lines) < 2:
            return []
        return [
            self.env._(
                "Instalment %(number)s: %(amount)s by %(date)s.",
                number=number,
                amount=self._o2c_money(abs(line.amount_currency)),
                date=day_text(self.env, line.date_maturity),
            )
            for number, line in enumerate(lines, 1)
        ]

    def _o2c_money(self, amount):
        """An amount of the document as text, with plain spaces."""
        text = money_text(self.env, amount, self.currency_id)
        return " ".join(text.split())

    def _o2c_link_in_file(self):
        """The pay page, for the file that the customer's system reads.

        Where invoices have a durable link it is that one; else Odoo's own, where the
        company prints it and customers can open it.
        """
        self.ensure_one()
        if self.state != "posted":
            return None
        durable = self._o2c_pay_page_address()
        if durable is not None:
            return durable
        if not self.company_id.sudo().link_qr_code:
            return None
        link = self._get_portal_payment_link() or ""
        return link if link.startswith("https://") else None
