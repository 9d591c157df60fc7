"""The statement on paper, with the code of the account page and of the bank app."""

import base64

from odoo import api, models
from odoo.tools.image import image_data_uri


class O2cAccountStatement(models.AbstractModel):
    _inherit = "o2c.account.statement"

    @api.model
    def _pay_details(self, statement):
        """Link, codes and bank details for what is open at the end of the period.

        Only where the company gave its documents links that customers can open, and
        only when the period runs to today: an older balance is not what is owed.

        :return: dict, empty when there is nothing to pay
        """
        company = statement["company"].sudo()
        if (
            statement["closing"] <= 0
            or statement["until"] < company._o2c_today()
            or not company.o2c_pay_links
            or company._o2c_address_refusal()
        ):
            return {}
        links = self.env["o2c.payment.link"]
        customer = statement["partner"].sudo().with_company(company)
        link = links._for(customer, statement["currency"]).with_context(
            lang=self.env.lang
        )
        page = link._page()
        png = links._qr_png(link._url())
        return {
            "url": link._url(),
            "qr": image_data_uri(base64.b64encode(png)),
            "amount": page["amount"],
            "bank": page["bank"] if page["amount"] else {},
        }


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _o2c_statement(self, company_id=None, currency_id=None, since=None, until=None):
        """The statement that is printed; the last quarter when no period is given.

        :return: dict, see ``o2c.account.statement``
        """
        self.ensure_one()
        companies, currencies = self.env["res.company"], self.env["res.currency"]
        company = companies.browse(company_id) if company_id else self.env.company
        currency = currencies.browse(currency_id) if currency_id else None
        statements = self.env["o2c.account.statement"]
        since, until = statements._period(company, since, until)
        statement = statements._statement(
            self, company, currency or company.currency_id, since, until
        )
        rows = statements._memo_rows(statement)
        return statement | {
            "pay": statements._pay_details(statement),
            "ledgers": self.env["o2c.memo.item"].sudo()._shown_ledgers(rows),
        }
