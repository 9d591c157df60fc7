"""What the policy must know about documents to say what is owed besides them.

One statement per table, whatever the number of documents.
"""

from collections import defaultdict
from datetime import timedelta
from typing import NamedTuple

from odoo import models
from odoo.tools import SQL

from ...policy.allocation import Payment
from ...policy.debt import Debt, Letter, PlanTerms
from ...policy.default_start import BUSINESS, CONSUMER, Notice, Term
from ...policy.official_holidays import holidays_between
from ...policy.receipt_clock import receipt_clock
from ...tools.amount import decimal


class DebtRow(NamedTuple):
    """One instalment of one posted invoice."""

    move_id: int
    instalment: int
    line_id: int
    due: object
    balance: float
    amount_currency: float
    issued: object
    performed: object
    is_sent: bool
    partner_id: int
    contract: str
    is_claim: bool


class AccountMove(models.Model):
    _inherit = "account.move"

    def _o2c_debts(self, company, day=None):
        """Instalments of these documents with all that decides cost and interest.

        :param company: the root company; documents of others are left out
        :param date day: the day of the figures, may lie ahead. What is disputed now
            bears nothing on an earlier day either; what was credited since is a
            correction, and must not count twice.
        :return: list of :class:`policy.debt.Debt`, in company currency
        """
        self.env.flush_all()
        rows = self._o2c_debt_rows(company)
        move_ids = list({row.move_id for row in rows})
        cases = self.env["o2c.dunning.case"].sudo()
        documents, today = self.browse(move_ids), company._o2c_today()
        facts = {
            "applied": self._o2c_applied([row.line_id for row in rows]),
            "delivered": cases._deliveries(company, move_ids),
            "disputed": documents._o2c_disputed_amounts(max(day or today, today)),
            "plans": documents._o2c_plan_terms(),
            "notices": self._o2c_written_notices(company, move_ids),
            "agreed": self._o2c_agreed(company, move_ids),
            "debtors": self._o2c_debtors(company, [row.partner_id for row in rows]),
            "contracts": self._o2c_contract_keys(move_ids),
        }
        debts = []
        for row in reversed(rows):
            # the newest instalments carry the disputed amount, as in the run
            debts.append(self._o2c_debt(company, row, facts))
        return debts[::-1]

    def _o2c_debt_rows(self, company):
        """The receivable lines of posted customer invoices among these."""
        branches = self.env["res.company"].sudo()
        branches = branches.search([("id", "child_of", company.id)])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT l.move_id, row_number() OVER (
                           PARTITION BY l.move_id ORDER BY l.date_maturity, l.id),
                       l.id, COALESCE(l.date_maturity, l.date), l.balance,
                       l.amount_currency, m.invoice_date, m.delivery_date,
                       COALESCE(m.is_move_sent, FALSE), m.commercial_partner_id,
                       COALESCE(m.o2c_periodic_of, ''),
                       EXISTS (SELECT FROM o2c_claim c WHERE c.document_id = m.id)
                  FROM account_move_line l
                  JOIN account_move m ON m.id = l.move_id
                 WHERE l.move_id = ANY(%s) AND l.account_id = ANY(%s)
                   AND l.parent_state = 'posted' AND l.balance > 0
                   AND m.move_type IN ('out_invoice', 'out_receipt')
                   AND m.company_id = ANY(%s)
                 ORDER BY l.move_id, l.date_maturity, l.id
                """,
                list(self.ids),
                self.env["o2c.dunning.case"]._receivable_account_ids(),
                branches.ids,
            )
        )
        return [DebtRow(*row) for row in rows]

    def _o2c_debt(self, company, row, facts):
        """One row with its facts."""
        debtor = facts["debtors"].get(row.partner_id) or {}
        agreed, percent = facts["agreed"].get(row.move_id, (None, 0))
        notices = facts["notices"].get((row.move_id, row.instalment), ())
        corrected, payments = facts["applied"].get(row.line_id, (0, ()))
        kind = debtor.get("kind", BUSINESS)
        term = Term(
            row.due,
            (agreed or debtor.get("agreed") or company.o2c_term_agreed) == "agreed",
            kind,
            self._o2c_received(company, row, facts["delivered"]),
            row.performed,
            notices,
            company.o2c_reasonable_days,
        )
        if not percent and kind != CONSUMER:
            percent = company.o2c_contract_rate
        return Debt(
            row.move_id,
            row.instalment,
            row.partner_id,
            decimal(row.balance),
            term,
            decimal(corrected),
            self._o2c_disputed_part(row, facts["disputed"]),
            tuple(payments),
            debtor.get("letter_needed", False),
            any(notice.delivered > row.due for notice in notices),
            decimal(percent) if percent else None,
            facts["contracts"].get(row.move_id) or row.contract,
            debtor.get("insolvent", False),
            debtor.get("insolvent_on"),
            row.is_claim,
            self._o2c_policy_plan(facts["plans"].get(row.move_id)),
        )

    def _o2c_policy_plan(self, terms):
        """What a plan says about this document, as the policy reads it."""
        return PlanTerms(terms["mode"], terms["since"]) if terms else None

    def _o2c_disputed_part(self, row, disputed):
        """This instalment's part of what is disputed, in company currency."""
        left = decimal(disputed.get(row.move_id))
        if not left:
            return left
        part = min(left, decimal(row.amount_currency))
        disputed[row.move_id] = left - part
        return round(part * decimal(row.balance) / decimal(row.amount_currency), 2)

    def _o2c_received(self, company, row, delivered):
        """Day on which the customer got the invoice, as far as we know."""
        known = delivered.get(row.move_id)
        if known:
            return known[1]
        if row.is_sent or not company.o2c_dunning_sent_required:
            return row.issued
        return None

    def _o2c_applied(self, line_ids):
        """What credit notes took off and what was paid when, per receivable line.

        :return: dict of line id to (amount, list of :class:`Payment`)
        """
        found = defaultdict(lambda: [0, []])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT r.debit_move_id, r.amount, c.date, m.move_type = 'out_refund'
                  FROM account_partial_reconcile r
                  JOIN account_move_line c ON c.id = r.credit_move_id
                  JOIN account_move m ON m.id = c.move_id
                 WHERE r.debit_move_id = ANY(%s)
                 ORDER BY c.date, r.id
                """,
                list(line_ids),
            )
        )
        for line_id, amount, day, correction in rows:
            if correction:
                found[line_id][0] += amount
            else:
                found[line_id][1].append(Payment(day, decimal(amount)))
        return found

    def _o2c_written_notices(self, company, move_ids):
        """Reminders in writing that arrived, per (move, instalment)."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT l.move_id, l.instalment, n.channel, n.sent_on, n.pay_by,
                       COALESCE(n.kind = 'default', FALSE)
                  FROM o2c_dunning_notice_line l
                  JOIN o2c_dunning_notice n ON n.id = l.notice_id
                 WHERE l.move_id = ANY(%s) AND n.company_id = %s
                   AND n.state = 'sent' AND n.sent_on IS NOT NULL
                   AND n.channel IN ('email', 'letter', 'portal')
                   AND l.kind IN ('remind', 'open')
                 ORDER BY n.sent_at, n.id
                """,
                list(move_ids),
                company.id,
            )
        )
        if not rows:
            return {}
        sent = [row[3] for row in rows]
        holidays = self._o2c_postal_holidays(min(sent), max(sent))
        terms = self.env["o2c.postal.term"]._terms()
        found = defaultdict(tuple)
        for move_id, instalment, channel, sent_on, pay_by, of_default in rows:
            clock = receipt_clock(channel, sent_on, holidays, terms)
            delivered = clock.delivered if clock else sent_on
            found[move_id, instalment] += (Notice(delivered, pay_by, of_default),)
        return found

    def _o2c_postal_holidays(self, since, until):
        """Official Dutch holidays around letters of a period; a company's own days off
        do not stop the post."""
        return holidays_between(since, until + timedelta(days=60), "NL")

    def _o2c_letters(self, company):
        """The 14-day letters that named any of these documents and left.

        :return: list of :class:`policy.debt.Letter`, in the order they left
        """
        self.env["o2c.dunning.notice"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT n.id, l.move_id, l.instalment
                  FROM o2c_dunning_notice n
                  JOIN o2c_dunning_notice_line l ON l.notice_id = n.id
                 WHERE n.kind = 'wik' AND n.state = 'sent' AND n.company_id = %s
                   AND l.kind IN ('remind', 'open')
                   AND n.id IN (SELECT notice_id FROM o2c_dunning_notice_line
                                 WHERE move_id = ANY(%s))
                 ORDER BY n.sent_at, n.id
                """,
                company.id,
                list(self.ids),
            )
        )
        items = defaultdict(set)
        for notice_id, move_id, instalment in rows:
            items[notice_id].add((move_id, instalment))
        clocks = self.env["o2c.dunning.notice"].sudo().browse(items)._wik_clocks()
        return [
            Letter(notice_id, clocks.get(notice_id), frozenset(listed))
            for notice_id, listed in items.items()
        ]
