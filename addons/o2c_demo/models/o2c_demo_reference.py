"""Documents made by Odoo itself, as a pattern for the rows of the book.

Each kind of document is made once through the ORM and undone. What Odoo wrote in
its rows is the default of every row of that kind in the book, so that a column
added by another add-on gets the value that this add-on gives it.
"""

from datetime import date

from odoo import models
from odoo.fields import Command
from odoo.tools import SQL

#: Never copied from a pattern: they belong to one row, or to the moment.
OWN_COLUMNS = {"id", "create_date", "write_date", "create_uid", "write_uid"}


class PatternUndone(Exception):
    """Raised to roll the patterns back."""


class O2cDemoReference(models.AbstractModel):
    _name = "o2c.demo.reference"
    _description = "Demo Reference Documents"

    def _patterns(self, company, day):
        """Rows of one document of each kind, as the ORM stores them.

        :param date day: date of the documents
        :return: {kind: {role of the row: {column: value}}}
        """
        found = {}
        try:
            with self.env.cr.savepoint():
                self._make(company, day, found)
                raise PatternUndone
        except PatternUndone:
            self.env.invalidate_all(flush=False)
        return found

    def _make(self, company, day, found):
        cast = self.env["o2c.demo.cast"].with_company(company)
        customers = cast._customers(company)
        domestic, export = customers["tegelkunst"], customers["bluelake"]
        product = self.env.ref("o2c_demo.product_inst_uur")
        goods = self.env.ref("o2c_demo.product_pomp_40")
        invoice = self._invoice(domestic, product, day)
        payment = self._pay(invoice, day)
        found["invoice"] = self._invoice_rows(invoice)
        found["payment"] = self._payment_rows(payment)
        found["partial"] = {
            "partial": self._row(
                invoice.line_ids.matched_credit_ids,
            )
        }
        found["credit"] = self._invoice_rows(self._credit(domestic, product, day))
        found["exchange"] = self._exchange_rows(export, goods, day)
        found["order"] = self._order_rows(domestic, product)
        found["partner"] = {
            "NL": self._row(self._partner("NL")),
            "US": self._row(self._partner("US")),
        }

    # ------------------------------------------------------ one of each kind

    def _invoice(self, partner, product, day, move_type="out_invoice", **values):
        move = self.env["account.move"].create(
            {
                "move_type": move_type,
                "partner_id": partner.id,
                "invoice_date": day,
                "invoice_line_ids": [
                    Command.create({"product_id": product.id, "quantity": 2})
                ],
                **values,
            }
        )
        move.action_post()
        return move

    def _pay(self, invoice, day):
        return (
            self.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create({"payment_date": day})
            ._create_payments()
        )

    def _credit(self, partner, product, day):
        invoice = self._invoice(partner, product, day)
        wizard = (
            self.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create({"reason": "-", "journal_id": invoice.journal_id.id, "date": day})
        )
        wizard.refund_moves()
        credit = invoice.reversal_move_ids
        credit.action_post()  # settles it with the invoice
        return credit

    def _exchange_rows(self, partner, product, day):
        """A gain and a loss: the dollar moves between invoice and payment."""
        dollar = self.env.ref("base.USD")
        rates = self.env["res.currency.rate"]
        rates.search([("currency_id", "=", dollar.id), ("name", "=", day)]).unlink()
        early = date(day.year - 1, day.month, 1)
        found = {}
        for role, rate in (("loss", 1.5), ("gain", 0.5)):
            today = rates.search([("currency_id", "=", dollar.id), ("name", "=", day)])
            today.unlink()
            rates.create({"currency_id": dollar.id, "name": day, "rate": rate})
            invoice = self._invoice(partner, product, early, currency_id=dollar.id)
            payment = self._pay(invoice, day)
            partials = (invoice + payment.move_id).line_ids.matched_credit_ids
            partials |= (invoice + payment.move_id).line_ids.matched_debit_ids
            move = partials.exchange_move_id
            receivable = move.line_ids.filtered("full_reconcile_id")
            found[role] = {
                "move": self._row(move),
                "receivable": self._row(receivable),
                "result": self._row(move.line_ids - receivable),
            }
        return found

    def _partner(self, country):
        return self.env["res.partner"].create(
            {
                "name": "-",
                "is_company": True,
                "country_id": self.env.ref("base." + country.lower()).id,
                "company_registry": "99000001" if country == "NL" else False,
                "email": "-@example.com",
                "lang": "nl_NL" if country == "NL" else "en_US",
                "customer_rank": 1,
            }
        )

    def _sale(self, partner, product):
        order = self.env["sale.order"].create(
            {
                "partner_id": partner.id,
                "order_line": [
                    Command.create({"product_id": product.id, "product_uom_qty": 2})
                ],
            }
        )
        order.action_confirm()
        return order

    # -------------------------------------------------------------- the rows

    def _invoice_rows(self, move):
        lines = move.line_ids
        return {
            "move": self._row(move),
            "product": self._row(lines.filtered(lambda x: x.display_type == "product")),
            "tax": self._row(lines.filtered(lambda x: x.display_type == "tax")),
            "term": self._row(
                lines.filtered(lambda x: x.display_type == "payment_term")
            ),
        }

    def _payment_rows(self, payment):
        lines = payment.move_id.line_ids
        receivable = lines.filtered("full_reconcile_id")
        return {
            "payment": self._row(payment),
            "move": self._row(payment.move_id),
            "bank": self._row(lines - receivable),
            "receivable": self._row(receivable),
        }

    def _order_rows(self, partner, product):
        order = self._sale(partner, product)
        return {"order": self._row(order), "line": self._row(order.order_line)}

    def _row(self, record):
        """Stored columns of one record that hold something, without its own ones."""
        record.ensure_one()
        self.env.flush_all()
        [row] = self.env.execute_query_dict(
            SQL(
                "SELECT * FROM %s WHERE id = %s",
                SQL.identifier(record._table),
                record.id,
            )
        )
        return {
            column: value
            for column, value in row.items()
            if value is not None and column not in OWN_COLUMNS
        }
