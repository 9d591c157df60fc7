"""What a customer owes, has to pay now and has paid, for his own eyes."""

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

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
        groups = self.env["account.move"]._read_group(
            self._domain(partner), ["company_id", "currency_id"]
        )
        accounts = []
        for company, currency in groups:
            account = self._totals(partner, company, currency)
            if with_lists:
                self._add_lists(account)
            if with_lists or account["to_pay"]:
                accounts.append(account)
        return accounts

    @api.model
    def _totals(self, partner, company, currency):
        """Open, overdue and credit of one account: one SQL over the open items."""
        company, currency = company.sudo(), currency.sudo()
        customer = partner.commercial_partner_id
        today = company._o2c_today()
        rows = self._open_sums(customer, company, currency, today)
        owed, credit, overdue = (currency.round(float(value)) for value in rows[0])
        return {
            "company": company,
            "currency": currency,
            "partner": customer,
            "today": today,
            "open": owed,
            "credit": credit,
            "overdue": overdue,
            "to_pay": max(currency.round(owed - credit), 0.0),
        }

    @api.model
    def _open_sums(self, customer, company, currency, today):
        """Rows with what is owed, what is credit and what is overdue."""
        self.env["account.move.line"].flush_model()
        return self.env.execute_query(
            SQL(
                """
                SELECT COALESCE(sum(residual) FILTER (WHERE residual > 0), 0),
                       COALESCE(sum(-residual) FILTER (WHERE residual < 0), 0),
                       COALESCE(sum(residual) FILTER (
                           WHERE residual > 0 AND due < %(today)s), 0)
                  FROM (SELECT line.amount_residual_currency AS residual,
                               line.date_maturity AS due
                          FROM account_move_line line
                          JOIN account_account account ON account.id = line.account_id
                          JOIN res_partner partner ON partner.id = line.partner_id
                         WHERE partner.commercial_partner_id = %(partner)s
                           AND line.company_id = %(company)s
                           AND line.currency_id = %(currency)s
                           AND line.parent_state = 'posted'
                           AND line.reconciled IS NOT TRUE
                           AND account.account_type = 'asset_receivable') item
                """,
                today=today,
                partner=customer.id,
                company=company.id,
                currency=currency.id,
            )
        )

    @api.model
    def _add_lists(self, account):
        """The open documents, the last paid ones, and how many more there are."""
        moves = self.env["account.move"]
        own = (
            self._domain(account["partner"])
            & Domain("company_id", "=", account["company"].id)
            & Domain("currency_id", "=", account["currency"].id)
        )
        still_open = own & Domain("amount_residual", "!=", 0)
        account["rows"] = moves.search(
            still_open, order="invoice_date_due, id", limit=ROWS
        )
        account["more"] = moves.search_count(still_open) - len(account["rows"])
        account["paid"] = moves.search(
            own
            & Domain("amount_residual", "=", 0)
            & Domain("move_type", "in", DUE_TYPES),
            order="invoice_date desc, id desc",
            limit=10,
        )

    @api.model
    def _pay(self, account):
        """Where to pay: what is late first, else all; with bank details for that.

        :return: dict with path, amount, path of everything, bank
        """
        if not account["to_pay"]:
            return {}
        company, currency = account["company"], account["currency"]
        link = self.env["o2c.payment.link"]._for(
            account["partner"].sudo().with_company(company), currency
        )
        link = link.with_context(lang=self.env.lang)
        offer, _waiting = link._offer()
        late = [item.key for item in offer.late(account["today"])]
        page = link._page()
        if late and account["overdue"] < account["to_pay"]:
            page = link._page(late)
        path = f"/pay/{link._code()}"
        items = "&".join(f"item={move}.{number}" for move, number in late)
        return {
            "path": f"{path}?{items}" if page["is_part"] else path,
            "all": path if page["is_part"] else "",
            "amount": page["amount"],
            "bank": page["bank"],
        }
