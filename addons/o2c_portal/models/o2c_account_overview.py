"""What a customer owes, has to pay now and has paid, for his own eyes."""

from odoo import api, models
from odoo.fields import Domain

from .o2c_payment_link_owed import CREDIT_TYPES, DUE_TYPES

#: Rows of a list on the page; the rest is on core's invoice pages.
ROWS = 50


class O2cAccountOverview(models.AbstractModel):
    """Totals and lists per company and currency, at a fixed number of queries."""

    _name = "o2c.account.overview"
    _description = "Account Overview of a Customer"

    @api.model
    def _domain(self, partner):
        """Posted documents of the customer's whole company."""
        return (
            Domain("commercial_partner_id", "=", partner.commercial_partner_id.id)
            & Domain("state", "=", "posted")
            & Domain("move_type", "in", DUE_TYPES + CREDIT_TYPES)
        )

    @api.model
    def _accounts(self, partner, with_lists=True):
        """One account per company and currency in which something is or was owed.

        Read with the rights of the present user, so nobody sees another's invoices.

        :param partner: a contact of the customer
        :param bool with_lists: False for totals only
        :return: list of dicts
        """
        moves = self.env["account.move"]
        groups = moves._read_group(
            self._domain(partner),
            ["company_id", "currency_id", "move_type"],
            ["amount_residual:sum"],
        )
        accounts = {}
        for company, currency, move_type, residual in groups:
            account = accounts.setdefault(
                (company, currency), self._account(partner, company, currency)
            )
            if move_type in CREDIT_TYPES:
                account["credit"] += residual
            else:
                account["open"] += residual
        for (company, _currency), account in accounts.items():
            account["to_pay"] = max(account["open"] - account["credit"], 0)
            self._add_overdue(account, partner, company)
            if with_lists:
                self._add_lists(account, partner, company)
        return list(accounts.values())

    @api.model
    def _account(self, partner, company, currency):
        return {
            "company": company.sudo(),
            "currency": currency.sudo(),
            "partner": partner.commercial_partner_id,
            "open": 0.0,
            "credit": 0.0,
            "overdue": 0.0,
            "overdue_count": 0,
        }

    @api.model
    def _own(self, account, partner):
        return (
            self._domain(partner)
            & Domain("company_id", "=", account["company"].id)
            & Domain("currency_id", "=", account["currency"].id)
        )

    @api.model
    def _add_overdue(self, account, partner, company):
        """What is past its due date, counted by instalment."""
        today = company.sudo()._o2c_today()
        items = self.env["account.move.line"].sudo()._read_group(
            [
                ("company_id", "=", company.id),
                ("currency_id", "=", account["currency"].id),
                ("partner_id", "=", partner.commercial_partner_id.id),
                ("account_id.account_type", "=", "asset_receivable"),
                ("display_type", "=", "payment_term"),
                ("parent_state", "=", "posted"),
                ("move_id.move_type", "in", DUE_TYPES),
                ("reconciled", "=", False),
                ("date_maturity", "<", today),
            ],
            [],
            ["amount_residual_currency:sum", "__count"],
        )
        account["overdue"], account["overdue_count"] = items[0][0] or 0.0, items[0][1]
        account["today"] = today

    @api.model
    def _add_lists(self, account, partner, company):
        """The open documents, the last paid ones, and where to pay."""
        moves = self.env["account.move"]
        own = self._own(account, partner)
        account["rows"] = moves.search(
            own & Domain("amount_residual", "!=", 0),
            order="invoice_date_due, id",
            limit=ROWS,
        )
        account["paid"] = moves.search(
            own
            & Domain("amount_residual", "=", 0)
            & Domain("move_type", "in", DUE_TYPES),
            order="invoice_date desc, id desc",
            limit=10,
        )
        account["more"] = max(
            moves.search_count(own & Domain("amount_residual", "!=", 0))
            - len(account["rows"]),
            0,
        )

    @api.model
    def _pay(self, account):
        """Link of everything that is open on this account, with bank details."""
        if not account["to_pay"]:
            return {}
        company = account["company"]
        link = self.env["o2c.payment.link"]._for(
            account["partner"].sudo().with_company(company), account["currency"]
        )
        page = link.with_context(lang=self.env.lang)._page()
        return {"path": f"/pay/{link._code()}", "bank": page["bank"]}
