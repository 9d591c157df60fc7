"""A company book: two years of invoices, payments and orders, made in minutes."""

import random
from dataclasses import replace
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import models
from odoo.tools import SQL

from ..policy.document import Document, credited, priced
from ..policy.payer import PAYERS, complaint, settle
from ..policy.settlement import Transfer
from ..policy.trade import sales

#: Models with many rows in a book.
GROWING = (
    "account.move",
    "account.move.line",
    "account.payment",
    "account.partial.reconcile",
    "res.partner",
    "sale.order",
    "sale.order.line",
)
#: From this number of invoices on, rows are written in bulk.
LARGE = 5000
#: Of these recent days some credit notes and payments are not matched yet.
UNMATCHED_DAYS = 45


class O2cDemoBook(models.AbstractModel):
    """Draws a book and has it written; the same seed gives the same book."""

    _name = "o2c.demo.book"
    _description = "Demo Book"

    def _fill(
        self, company, invoices, customers, months=24, today=None, seed=1, silent=0
    ):
        """Fill an empty company with a book up to and including ``today``.

        :param company: the demo company
        :param int invoices: number of invoices, credit notes not counted
        :param int customers: number of customers, the cast of the demo included
        :param int months: how far the book goes back
        :param date today: last day of the book; the company's today when absent
        :param int seed: another seed gives another book
        :param int silent: of these last days nobody paid anything: the more there
            are, the more there is to remind of
        :return: {what: how many}
        """
        today = today or company._o2c_today()
        env = self.with_company(company).with_context(
            allowed_company_ids=company.ids,
            tz=company._o2c_zone(),
            tracking_disable=True,
        )
        patterns = env.env["o2c.demo.reference"]._patterns(company, today)
        scene = env.env["o2c.demo.scene"]._scene(
            company, customers, today, months, seed, patterns
        )
        dice = random.Random(seed).random
        documents = env._documents(scene, invoices, today, months, dice)
        transfers = env._transfers(scene, documents, today, dice, silent)
        ledger = env.env["o2c.demo.ledger"]
        with ledger._in_bulk(GROWING if invoices >= LARGE else ()):
            count = env._store(scene, patterns, documents, transfers, today)
            count |= env.env["o2c.demo.orders"]._store(
                scene, patterns, invoices // 20, today, dice
            )
        env._analyze()
        self.env.invalidate_all(flush=False)
        return count

    def _store(self, scene, patterns, documents, transfers, today):
        """Write invoices, payments and what is settled with what.

        :return: {what: how many}
        """
        invoices = self.env["o2c.demo.invoices"]
        payments = self.env["o2c.demo.payments"]
        rows = invoices._prepare(scene, patterns, documents)
        settled, matched = payments._prepare(patterns, documents, transfers, today)
        payments._write_full(settled.matches)
        count = invoices._store(scene, patterns, documents, rows, matched)
        count |= payments._store(scene, patterns, transfers, settled, matched)
        return count

    # ------------------------------------------------------------- invoices

    def _documents(self, scene, count, today, months, dice):
        """Invoices with their credit notes, in order of their day.

        :return: list of :class:`Document`
        """
        first = today - relativedelta(months=months) + timedelta(days=1)
        buyers = [(buyer.weight, buyer.large) for buyer in scene.buyers]
        found = []
        for sale in sales(count, first, today, buyers, scene.prices, dice):
            invoice = self._invoice(scene, sale)
            found.append(invoice)
            credit = self._credit(scene, invoice, today, dice)
            if credit:
                found.append(credit)
        found.sort(key=lambda document: document.day)
        return found

    def _invoice(self, scene, sale):
        buyer = scene.buyers[sale.buyer]
        rate = scene.rate(sale.day) if buyer.foreign else 1
        postings = scene.postings[buyer.position]
        lines = [
            priced(
                article,
                scene.prices[article],
                units,
                discount,
                postings[article].percent,
                rate,
            )
            for article, units, discount in sale.lines
        ]
        invoice = Document(sale.day, buyer, lines, rate)
        dates, shares = scene.due(buyer.term, sale.day)
        invoice.ask(dates, shares)
        return invoice

    def _credit(self, scene, invoice, today, dice):
        """The credit note for a complaint, or None."""
        buyer = invoice.buyer
        if buyer.foreign:
            return None
        payer = PAYERS[buyer.payer]
        claim = invoice.claims[-1]
        found = complaint(payer, invoice.day, claim.cents, today, dice)
        if not found:
            return None
        day, cents = found
        lines = [replace(line) for line in invoice.lines]
        if cents < invoice.total:
            line = lines[0]
            lines = [credited(line, cents, line.percent)]
        credit = Document(day, buyer, lines, origin=invoice)
        if not credit.total:
            return None
        credit.ask([day], [100])
        recent = (today - day).days < UNMATCHED_DAYS
        credit.matched = not (recent and dice() < 0.25)
        if credit.matched:
            claim.open_cents -= credit.total
            claim.open_balance -= credit.total
        return credit

    # ------------------------------------------------------------- payments

    def _transfers(self, scene, documents, today, dice, silent=0):
        """What customers pay, as transfers on one day.

        :param int silent: of these last days nobody paid anything
        :return: list of :class:`Transfer`, in order of their day
        """
        gathered = {}
        for number, invoice in enumerate(documents):
            if invoice.origin:
                continue
            payer = PAYERS[invoice.buyer.payer]
            claims = [(claim.due, claim.open_cents) for claim in invoice.claims]
            if invoice.buyer.foreign:
                payer = scene.whole(payer)
            payer = replace(payer, stopped=max(payer.stopped, silent))
            for item in settle(payer, invoice.day, claims, today, dice):
                claim = invoice.claims[item.claim]
                key = (
                    item.day,
                    invoice.buyer.partner if payer.collects else -number,
                )
                gathered.setdefault(key, (invoice.buyer, []))[1].append(
                    (claim, item.cents, invoice)
                )
        found = []
        for (day, _key), (buyer, parts) in sorted(
            gathered.items(), key=lambda item: item[0]
        ):
            recent = (today - day).days < UNMATCHED_DAYS
            rate = scene.rate(day) if buyer.foreign else 1
            matched = buyer.foreign or not (recent and dice() < 0.03)
            found.append(Transfer(day, buyer, parts, rate, matched))
        return found

    def _analyze(self):
        """Fresh statistics: a book of this size did not grow in one night."""
        for model in GROWING:
            self.env.cr.execute(
                SQL("ANALYZE %s", SQL.identifier(self.env[model]._table))
            )
