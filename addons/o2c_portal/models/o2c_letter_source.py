"""Letters about a plan or a promise bring the customer to where he pays."""

from odoo import models

#: Occasions on which the customer is to pay something.
ASKS = (
    "plan_agreed",
    "plan_before",
    "plan_late",
    "plan_broken",
    "plan_withdrawn",
    "promise_before",
    "statement",
)


class O2cLetterSource(models.AbstractModel):
    _inherit = "o2c.letter.source"

    def _letter_pay_link(self):
        """Hook: the pay link for what a letter is about, in sudo; may be empty.

        One invoice is paid on its own page; for several there is no page without a
        login.
        """
        links = self.env["o2c.payment.link"].sudo()
        moves = self.sudo()._letter_moves().filtered("amount_residual")
        return links._for(moves) if len(moves) == 1 else links

    def _write_letter(self, kind, key="", content=None, attachments=None, now=None):
        """Extends o2c_dunning: where to pay stands below what asks for money."""
        company = self.company_id.sudo()
        usable = company.o2c_pay_links and not company._o2c_address_refusal()
        if kind in ASKS and usable and (link := self._letter_pay_link()):
            content = content or self._letter_content(kind)
            if content:
                content = self._letter_with_pay(content, link)
        return super()._write_letter(
            kind, key=key, content=content, attachments=attachments, now=now
        )

    def _letter_with_pay(self, content, link):
        """The content of a letter with button and code, or with codes for paper.

        :param dict content: as from :meth:`_letter_content`
        """
        link = link.with_context(lang=content["lang"])
        codes = [] if content["email"] else self._letter_codes(link)
        block = self.env["ir.qweb"]._render(
            "o2c_portal.letter_pay",
            {"url": link._url(), "codes": codes},
            lang=content["lang"],
        )
        return content | {"body": content["body"] + block}

    def _letter_codes(self, link):
        """Hook: codes of a letter on paper, in the language of the link."""
        return link._paper_codes(
            link._url(), b"", link.company_id, link.partner_id, link.currency_id
        )


class O2cPaymentPlan(models.Model):
    _inherit = "o2c.payment.plan"

    def _letter_codes(self, link):
        """Extends: of an instalment also the one for the bank's app."""
        line = self.line_ids.browse(self.env.context.get("o2c_instalment"))
        if not line:
            return super()._letter_codes(link)
        return self.with_context(lang=link.env.lang)._term_note_codes(line)

    def _letter_pay_link(self):
        """Extends: a plan has a page of its own, which asks what is due of it."""
        return self.env["o2c.payment.link"]._for(self.sudo())

    def _term_note_codes(self, line):
        """Codes on the term note of an instalment: the plan's page, which asks what is
        due on the day it is opened, and this instalment for the bank's app.

        :param line: ``o2c.payment.plan.line``
        :return: list, see ``o2c.payment.link._paper_codes``
        """
        self.ensure_one()
        plan, company = self.sudo(), self.company_id.sudo()
        links = self.env["o2c.payment.link"].with_context(lang=self.env.lang)
        usable = company.o2c_pay_links and not company._o2c_address_refusal()
        url = links._for(plan)._url() if usable and plan.state == "running" else ""
        left, bank = plan.currency_id.round(line.amount - line.paid), b""
        if all(move._o2c_one_account() for move in plan.move_ids) and left > 0:
            account = company.partner_id.bank_ids[:1]
            bank = links._bank_code(account, left, plan.currency_id, line.reference)
        return links._paper_codes(url, bank, company, plan.partner_id, plan.currency_id)
