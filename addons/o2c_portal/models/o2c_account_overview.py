"""What a customer owes, has to pay now and has paid, for his own eyes."""

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..policy import choice_text, offer
from .o2c_payment_link_owed import CREDIT_TYPES, DUE_TYPES


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
    def _accounts(self, partner, own=()):
        """One account per company and currency in which something is or was owed.

        Read with the rights of the present user, so nobody sees another's invoices.

        :param partner: a contact of the customer
        :param own: ids of payments that the present visitor started
        :return: list of dicts
        """
        groups = self.env["account.move"]._read_group(
            self._domain(partner), ["company_id", "currency_id"]
        )
        return [
            self._totals(partner, company, currency, own)
            for company, currency in groups
        ]

    @api.model
    def _companies(self, partner):
        """Companies from which the customer has documents, in sudo."""
        groups = self.env["account.move"]._read_group(
            self._domain(partner), ["company_id"]
        )
        return self.env["res.company"].sudo().union(*(one for (one,) in groups))

    @api.model
    def _totals(self, partner, company, currency, own=()):
        """Open, overdue and credit of one account: one SQL over the open items."""
        company, currency = company.sudo(), currency.sudo()
        customer = partner.commercial_partner_id
        today = company._o2c_today()
        rows = self._open_sums(partner, company, currency, today)
        owed, credit, overdue = (currency.round(float(value)) for value in rows[0])
        overdue -= self._disputed_late(partner, company, currency)
        plans, late = self._plan_heads(partner, company, currency, own)
        return {
            "company": company,
            "currency": currency,
            "partner": customer,
            "contact": partner,
            "today": today,
            "open": owed,
            "credit": credit,
            # what is in a running plan is late as far as its instalments are, what
            # is in dispute is not
            "overdue": currency.round(overdue + late),
            "plans": plans,
            "own": own,
            "to_pay": max(currency.round(owed - credit), 0.0),
        }

    @api.model
    def _lines_sql(self, customer, company, currency):
        """Condition on receivable lines of a customer in one account.

        Contacts and accounts are asked first and stand in it as numbers: a join lets
        the database read everything once per line when its statistics are old.
        """
        contacts = (
            self.env["res.partner"]
            .sudo()
            .with_context(active_test=False)
            .search([("commercial_partner_id", "=", customer.id)])
        )
        self.env["account.move.line"].flush_model()
        return SQL(
            """
                line.partner_id = ANY(%s)
            AND line.account_id = ANY(%s)
            AND line.company_id = %s
            AND line.currency_id = %s
            AND line.parent_state = 'posted'
            """,
            contacts.ids,
            self.env["o2c.dunning.case"].sudo()._receivable_account_ids(),
            company.id,
            currency.id,
        )

    @api.model
    def _open_sums(self, contact, company, currency, today):
        """Rows with what is owed, what is credit and what is overdue.

        A contact who sees only his own documents gets the sums of those.
        """
        own = SQL()
        if not contact._o2c_sees_company():
            own = SQL(
                "AND line.move_id IN (SELECT id FROM account_move WHERE partner_id=%s)",
                contact.id,
            )
        customer = contact.commercial_partner_id
        self.env["o2c.payment.plan.item"].flush_model(["live", "move_id"])
        return self.env.execute_query(
            SQL(
                """
                SELECT COALESCE(sum(residual) FILTER (WHERE residual > 0), 0),
                       COALESCE(sum(-residual) FILTER (WHERE residual < 0), 0),
                       COALESCE(sum(residual) FILTER (
                           WHERE residual > 0 AND due < %(today)s
                             AND NOT EXISTS (
                                 SELECT FROM o2c_payment_plan_item plan_item
                                  WHERE plan_item.live
                                    AND plan_item.move_id = item.move_id)), 0)
                  FROM (SELECT line.move_id,
                               line.amount_residual_currency AS residual,
                               line.date_maturity AS due
                          FROM account_move_line line
                         WHERE %(lines)s
                           AND line.reconciled IS NOT TRUE
                           %(own)s) item
                """,
                today=today,
                own=own,
                lines=self._lines_sql(customer, company, currency),
            )
        )

    @api.model
    def _other_ledgers(self, partner, accounts):
        """What is open in other ledgers, where the companies let customers see it.

        :param partner: a contact of the customer; who sees only his own documents
            sees none of these, they are the whole company's
        :return: list of ledgers with rows and total, as ``o2c.memo.item`` writes them
        """
        if not partner._o2c_sees_company():
            return []
        memos = self.env["o2c.memo.item"].sudo()
        roots = {account["company"].root_id for account in accounts}
        roots |= {self.env.company.sudo().root_id}
        rows = []
        for root in sorted(roots, key=lambda one: one.id):
            shown = memos._shown(root, partner.sudo())
            rows += shown.get(partner.commercial_partner_id.id, [])
        return memos._shown_ledgers(rows)

    @api.model
    def _pay(self, account):
        """Where to pay: what is late first, then the instalment of a plan that is due,
        else all that is in no plan; with bank details for that.

        :return: dict with path, amount, path of everything, bank, and whether a plan
            takes care of the rest; empty, and ``rests`` noted in the account, where
            all that is open is in dispute, on hold or being paid
        """
        if not account["to_pay"] or not account["contact"]._o2c_sees_company():
            return {}
        company, currency = account["company"], account["currency"]
        link = self.env["o2c.payment.link"]._for(
            account["partner"].sudo().with_company(company), currency
        )
        link = link.with_context(lang=self.env.lang)
        found, _waiting = link._offer(own=account["own"])
        if not found.payable:
            account["rests"] = True
            return {}
        digits = currency.decimal_places
        planned = {
            move_id for one in account["plans"] for move_id in one["plan"].move_ids.ids
        }
        free = [item for item in found.payable if item.move_id not in planned]
        past = {item.key for item in found.late(account["today"])}
        late = [item.key for item in free if item.key in past]
        path = f"/pay/{link._code()}"
        due = [one for one in account["plans"] if one["is_due"]]
        if planned and not late and (due or not free):
            asked = [one for one in due if one["path"]]
            account["rests"] = bool(due and not asked)
            everything = path + link._whole_query(found)
            return self._pay_plan(asked[0], everything, account["own"]) if asked else {}
        if planned:
            part = late or [item.key for item in free]
        else:
            wanted = late and len(late) < len(found.payable)
            part = late if wanted and account["overdue"] < account["to_pay"] else None
        if part and len(part) > choice_text.MOST_ITEMS:
            part = None
        choice = offer.choose(found, part, None, digits)
        items = "&".join(f"item={move}.{number}" for move, number in part or ())
        return {
            "path": f"{path}?{items}" if part else path,
            "all": path + (link._whole_query(found) if planned else "") if part else "",
            "amount": float(choice.amount),
            # less than what is open, although nothing was left out by choice
            "rest": currency.compare_amounts(float(choice.amount), account["to_pay"])
            < 0,
            "bank": link._page_bank(link._moves(), choice, part),
            "beside": bool(planned and not late),
        }

    @api.model
    def _pay_plan(self, head, everything, own=()):
        """The same for an instalment of a plan that is due."""
        link = self.env["o2c.payment.link"]._for(head["plan"].sudo())
        link = link.with_context(lang=self.env.lang)
        choice = link._choose(amount=head["amount"], own=own)
        return {
            "path": head["path"],
            "all": everything,
            "amount": float(head["amount"]),
            "rest": False,
            "bank": link._page_bank(link._moves(), choice, None),
            "beside": False,
        }

    @api.model
    def _told(self, account):
        """Payments of an account that are on their way, as sentences."""
        moves = self.env["account.move"].search(
            self._domain(account["contact"])
            & Domain("company_id", "=", account["company"].id)
            & Domain("currency_id", "=", account["currency"].id)
            & Domain("amount_residual", ">", 0)
        )
        links = self.env["o2c.payment.link"]
        told = links._payments_told(moves, account["own"])
        return [links._told_text(*one) for one in told.items()]

    @api.model
    def _document_pay_path(self, move, own=()):
        """Where one document is paid; empty when nothing is asked: it is paid, being
        paid or in dispute.

        :param move: a document that the user may read
        :param own: ids of payments that the present visitor started
        """
        if move.move_type not in DUE_TYPES or move.amount_residual <= 0:
            return ""
        links = self.env["o2c.payment.link"]
        if not links._for(move)._offer(own=own)[0].payable:
            return ""
        plan = self._plans(move).get(move.id)
        if plan and self.env.user.partner_id._o2c_sees_company():
            # what was agreed is asked, not the invoice
            if path := links._plan_path(plan):
                return path
        return f"/pay/{links._for(move)._code()}"
