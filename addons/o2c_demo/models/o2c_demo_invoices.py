"""Writes the invoices and credit notes of the book as rows of the ledger."""

from dataclasses import dataclass
from datetime import datetime, time

from odoo import models
from odoo.tools import SQL

from ..policy.settlement import entry, state

MOVE = SQL("JOIN account_move m ON m.id = g.move_id")
#: What every line takes from its entry.
FROM_MOVE = {
    "journal_id": SQL("m.journal_id"),
    "company_id": SQL("m.company_id"),
    "partner_id": SQL("m.commercial_partner_id"),
    "currency_id": SQL("m.currency_id"),
    "date": SQL("m.date"),
    "invoice_date": SQL("m.invoice_date"),
    "move_name": SQL("m.name"),
    "parent_state": SQL("m.state"),
    "ref": SQL("m.ref"),
    "debit": SQL("greatest(g.balance, 0)"),
    "credit": SQL("greatest(-g.balance, 0)"),
}


@dataclass
class TaxTotal:
    """One VAT line of an invoice; amounts in cents."""

    posting: object
    base: int = 0  # in the company's currency
    cents: int = 0  # in the document's currency
    balance: int = 0  # the same in the company's currency
    id: int = 0


def in_language(names, lang):
    """A name in a language, else in English."""
    return names.get(lang) or names["en_US"]


def matching(sides, matched):
    """Columns that say with what the entries are matched."""
    found = [matched.get(entry(side), (None, None)) for side in sides]
    return {
        "matching_number": [number for number, _full in found],
        "full_reconcile_id": [full for _number, full in found],
    }


class O2cDemoInvoices(models.AbstractModel):
    _name = "o2c.demo.invoices"
    _description = "Demo Invoices"

    def _prepare(self, scene, patterns, documents):
        """Give documents and lines their numbers and ids.

        :return: rows of the ledger (document, kind, content)
        """
        numbers = self.env["o2c.demo.numbers"]
        for kind in ("invoice", "credit"):
            chosen = [doc for doc in documents if self._kind(doc) == kind]
            numbers._number(patterns[kind]["move"], chosen)
        rows = []
        for document in documents:
            rows += [(document, "product", line) for line in document.lines]
            rows += [(document, "tax", tax) for tax in self._taxes(scene, document)]
            rows += [(document, "term", claim) for claim in document.claims]
        ledger = self.env["o2c.demo.ledger"]
        ledger._identify("account.move", documents)
        ledger._identify("account.move.line", [content for *_doc, content in rows])
        return rows

    def _kind(self, document):
        return "credit" if document.origin else "invoice"

    def _taxes(self, scene, document):
        """VAT per tax."""
        totals = {}
        postings = scene.postings[document.buyer.position]
        for line in document.lines:
            if line.percent:
                posting = postings[line.article]
                total = totals.setdefault(posting.tax, TaxTotal(posting))
                total.base += line.balance
                total.cents += line.tax
                total.balance += line.tax_balance
        return list(totals.values())

    def _store(self, scene, patterns, documents, rows, matched):
        """Write the documents and their lines.

        :param dict matched: {entry: (matching number, full reconcile)}
        :return: {what: how many}
        """
        counted = {}
        for kind, what in (("invoice", "invoices"), ("credit", "credit notes")):
            chosen = [doc for doc in documents if self._kind(doc) == kind]
            counted[what] = len(chosen)
            self._write_moves(scene, patterns[kind]["move"], kind, chosen)
            lines = {"product": [], "tax": [], "term": []}
            for document, role, content in rows:
                if self._kind(document) == kind:
                    lines[role].append((document, content))
            pattern = patterns[kind]
            self._write_products(scene, pattern["product"], kind, lines["product"])
            self._write_taxes(pattern["tax"], kind, lines["tax"])
            self._write_terms(pattern["term"], kind, lines["term"], matched)
        self._write_sendings(scene, documents)
        return counted

    # ------------------------------------------------------------- entries

    def _write_moves(self, scene, pattern, kind, documents):
        dollar = self.env.ref("base.USD").id
        euro = scene.company.currency_id.id
        given = {
            "id": [doc.id for doc in documents],
            "name": [doc.name for doc in documents],
            "sequence_number": [doc.number for doc in documents],
            "sequence_prefix": [doc.name.rpartition("/")[0] + "/" for doc in documents],
            "partner_id": [doc.buyer.partner for doc in documents],
            "fiscal_position_id": [doc.buyer.position or None for doc in documents],
            "currency_id": [dollar if doc.buyer.foreign else euro for doc in documents],
            "invoice_currency_rate": [float(doc.rate) for doc in documents],
            "date": [doc.day for doc in documents],
            "invoice_date_due": [
                max(claim.due for claim in doc.claims) for doc in documents
            ],
            "payment_state": [state(doc) for doc in documents],
            "is_manually_modified": [
                doc.matched or bool(doc.origin) or None for doc in documents
            ],
            **self._amounts(documents, 1 if kind == "invoice" else -1),
        }
        derived = {
            "commercial_partner_id": SQL("p.commercial_partner_id"),
            "partner_shipping_id": SQL("g.partner_id"),
            "invoice_partner_display_name": SQL("p.complete_name"),
            "invoice_date": SQL("g.date"),
            "is_move_sent": SQL("TRUE"),
        }
        if kind == "invoice":
            given["invoice_payment_term_id"] = [doc.buyer.term for doc in documents]
            derived["payment_reference"] = SQL("g.name")
        else:
            given["reversed_entry_id"] = [doc.origin.id for doc in documents]
            given["ref"] = [self._reason(doc) for doc in documents]
        self.env["o2c.demo.ledger"]._insert(
            "account.move",
            pattern,
            given,
            derived,
            SQL("JOIN res_partner p ON p.id = g.partner_id"),
        )

    def _amounts(self, documents, sign):
        """Totals in the document's and in the company's currency."""
        untaxed = [doc.untaxed / 100 for doc in documents]
        total = [doc.total / 100 for doc in documents]
        tax = [doc.tax / 100 for doc in documents]
        return {
            "amount_untaxed": untaxed,
            "amount_tax": tax,
            "amount_total": total,
            "amount_residual": [
                sum(claim.open_cents for claim in doc.claims) / 100 for doc in documents
            ],
            "amount_untaxed_signed": [
                sign * (doc.balance - doc.tax_balance) / 100 for doc in documents
            ],
            "amount_untaxed_in_currency_signed": [sign * value for value in untaxed],
            "amount_tax_signed": [sign * doc.tax_balance / 100 for doc in documents],
            "amount_total_signed": [sign * doc.balance / 100 for doc in documents],
            "amount_total_in_currency_signed": [sign * value for value in total],
            "amount_residual_signed": [
                sign * sum(claim.open_balance for claim in doc.claims) / 100
                for doc in documents
            ],
        }

    def _reason(self, credit):
        """The reference of a credit note, in the customer's language."""
        return self.with_context(lang=credit.buyer.lang).env._(
            "Reversal of: %(invoice)s, complaint", invoice=credit.origin.name
        )

    def _write_sendings(self, scene, documents):
        """Each document left by e-mail on the afternoon of its day."""
        self.env["o2c.demo.ledger"]._insert(
            "o2c.delivery.log",
            {
                "res_model": "account.move",
                "company_id": scene.company.id,
                "channel": "email",
                "event": "sent",
            },
            {
                "res_id": [doc.id for doc in documents],
                "document": [doc.name for doc in documents],
                "partner_id": [doc.buyer.partner for doc in documents],
                "at": [datetime.combine(doc.day, time(14)) for doc in documents],
            },
            {"detail": SQL("p.email")},
            SQL("JOIN res_partner p ON p.id = g.partner_id"),
        )

    # --------------------------------------------------------------- lines

    def _write_products(self, scene, pattern, kind, rows):
        sign = -1 if kind == "invoice" else 1
        lines = [line for _doc, line in rows]
        postings = [
            scene.postings[doc.buyer.position][line.article] for doc, line in rows
        ]
        products = scene.products.ids
        given = {
            "id": [line.id for line in lines],
            "move_id": [doc.id for doc, _line in rows],
            "name": [
                in_language(scene.names[line.article], doc.buyer.lang)
                for doc, line in rows
            ],
            "product_id": [products[line.article] for line in lines],
            "product_uom_id": [scene.uoms[line.article] for line in lines],
            "account_id": [posting.account for posting in postings],
            "quantity": [line.quantity for line in lines],
            "price_unit": [line.price for line in lines],
            "discount": [line.discount for line in lines],
            "price_subtotal": [line.cents / 100 for line in lines],
            "price_total": [(line.cents + line.tax) / 100 for line in lines],
            "balance": [sign * line.balance / 100 for line in lines],
            "amount_currency": [sign * line.cents / 100 for line in lines],
        }
        ledger = self.env["o2c.demo.ledger"]
        ledger._insert("account.move.line", pattern, given, FROM_MOVE, MOVE)
        ledger._relate(
            "account_move_line_account_tax_rel",
            "account_move_line_id",
            "account_tax_id",
            [
                (line.id, posting.tax)
                for line, posting in zip(lines, postings, strict=True)
            ],
        )
        self._tag(
            (line.id, posting.repartition[kind]["base_tags"])
            for line, posting in zip(lines, postings, strict=True)
        )

    def _write_taxes(self, pattern, kind, rows):
        sign = -1 if kind == "invoice" else 1
        totals = [total for _doc, total in rows]
        booked = [total.posting.repartition[kind] for total in totals]
        given = {
            "id": [total.id for total in totals],
            "move_id": [doc.id for doc, _total in rows],
            "name": [
                in_language(total.posting.name, doc.buyer.lang) for doc, total in rows
            ],
            "account_id": [row["account"] for row in booked],
            "tax_line_id": [total.posting.tax for total in totals],
            "tax_group_id": [total.posting.group for total in totals],
            "tax_repartition_line_id": [row["line"] for row in booked],
            "tax_base_amount": [sign * total.base / 100 for total in totals],
            "balance": [sign * total.balance / 100 for total in totals],
            "amount_currency": [sign * total.cents / 100 for total in totals],
        }
        self.env["o2c.demo.ledger"]._insert(
            "account.move.line", pattern, given, FROM_MOVE, MOVE
        )
        self._tag(
            (total.id, row["tax_tags"])
            for total, row in zip(totals, booked, strict=True)
        )

    def _write_terms(self, pattern, kind, rows, matched):
        sign = 1 if kind == "invoice" else -1
        claims = [claim for _doc, claim in rows]
        given = {
            "id": [claim.id for claim in claims],
            "move_id": [doc.id for doc, _claim in rows],
            "name": [self._term_name(doc, claim) for doc, claim in rows],
            "date_maturity": [claim.due for claim in claims],
            "balance": [sign * claim.balance / 100 for claim in claims],
            "amount_currency": [sign * claim.cents / 100 for claim in claims],
            "amount_residual": [sign * claim.open_balance / 100 for claim in claims],
            "amount_residual_currency": [
                sign * claim.open_cents / 100 for claim in claims
            ],
            "reconciled": [not claim.open_cents for claim in claims],
            **matching(claims, matched),
        }
        self.env["o2c.demo.ledger"]._insert(
            "account.move.line", pattern, given, FROM_MOVE, MOVE
        )

    def _term_name(self, document, claim):
        """What Odoo writes on a receivable line."""
        if document.origin:
            return None
        if len(document.claims) == 1:
            return document.name
        number = document.claims.index(claim) + 1
        return f"{document.name} installment #{number}"

    def _tag(self, tagged):
        self.env["o2c.demo.ledger"]._relate(
            "account_account_tag_account_move_line_rel",
            "account_move_line_id",
            "account_account_tag_id",
            [(line, tag) for line, tags in tagged for tag in tags],
        )
