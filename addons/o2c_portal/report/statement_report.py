"""The statement on paper, with the code of the account page and of the bank app."""

import base64

from odoo import api, models
from odoo.tools.image import image_data_uri


class StatementReport(models.AbstractModel):
    _name = "report.o2c_portal.report_statement"
    _description = "Statement Report"

    @api.model
    def _get_report_values(self, docids, data=None):
        """One statement per customer; the last quarter when no period is given.

        :param dict data: company_id, currency_id, since, until
        """
        data = data or {}
        companies, currencies = self.env["res.company"], self.env["res.currency"]
        company = companies.browse(data.get("company_id")) or self.env.company
        currency = currencies.browse(data.get("currency_id")) or company.currency_id
        statements = self.env["o2c.account.statement"]
        since, until = statements._period(
            company, data.get("since"), data.get("until")
        )
        docs = []
        for partner in self.env["res.partner"].browse(docids):
            # each customer reads his own language
            spoken = statements.with_context(lang=partner.lang or self.env.lang)
            statement = spoken._statement(partner, company, currency, since, until)
            docs.append(statement | {"pay": spoken._pay_details(statement)})
        return {
            "doc_ids": docids,
            "doc_model": "res.partner",
            "docs": docs,
            "company": company,
        }


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
