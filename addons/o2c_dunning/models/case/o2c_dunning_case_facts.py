"""Facts: everything the policy needs to know about every open item, set by set.

The ledger is read in one statement, with the receivable accounts as constants. What
we remember ourselves (history, disputes, promises, deliveries) is read in one small
statement per table and joined here, so that no plan depends on the statistics of
tables that have just been filled.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from odoo import api, models
from odoo.tools import SQL

from ...policy.may_remind import ZERO, Debtor, OpenItem
from ...tools.amount import decimal


class LedgerRow(NamedTuple):
    """One open receivable line, as the ledger has it."""

    line_id: int
    move_id: int
    partner_id: int
    currency_id: int
    open: float
    open_currency: float
    due: date
    excluded: bool
    move_type: str
    name: str
    issued: date
    payment_state: str
    is_sent: bool
    alone: bool
    incoming: bool
    reference: str = ""
    instalment: int = 1

    @property
    def label(self) -> str:
        """Number of the document, with the instalment where there are several."""
        return self.name if self.alone else f"{self.name} ({self.instalment})"


@dataclass
class OpenAccount:
    """What one customer owes in one currency, with all that is known about it."""

    partner_id: int
    currency_id: int
    items: list = field(default_factory=list)
    credits: list = field(default_factory=list)
    debtor: Debtor = field(default_factory=Debtor)
    case_id: int = 0
    ladder_id: int = 0
    #: how he wants to hear from us, when he asked for another way than the step's
    channel: str = ""
    #: what a person is told about the reasons, by code
    facts: dict = field(default_factory=dict)
    #: which steps hold for the customer, see ``o2c_dunning_case_climb``
    climber: object = None
    climbing: object = None

    @property
    def credit(self) -> Decimal:
        """Unapplied money and credit notes, as a positive amount."""
        return max(ZERO, -sum((decimal(r.open_currency) for r in self.credits), ZERO))

    def overdue(self, today) -> Decimal:
        """What is overdue, less credit notes and money not yet matched."""
        late = sum((item.open for item in self.items if item.due < today), ZERO)
        return max(ZERO, late - self.credit)

    def _flag(self, kind, channel, told):
        """What a person said about this customer: silence, care, or another way."""
        if kind == "channel" and channel != "person":
            self.channel = channel
            self.facts["channel"] = told
            return
        code = {"pause": "on_pause", "channel": "other_channel"}.get(kind, kind)
        self.debtor = replace(self.debtor, **{code: True})
        self.facts[code] = told


class O2cDunningCase(models.Model):
    _inherit = "o2c.dunning.case"

    @api.model
    def _receivable_account_ids(self):
        """Receivable accounts: few, stable, and what makes the indexes usable."""
        self.env["account.account"].flush_model(["account_type"])
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM account_account WHERE account_type = 'asset_receivable'"
            )
        )
        return [account_id for (account_id,) in rows]

    @api.model
    def _open_accounts(self, company, today, partner_ids=None):
        """Open items per customer and currency, with all facts about them.

        :param company: the root company that collects
        :param date today: the date there
        :param partner_ids: commercial partners; everybody when not given
        :return: list of :class:`OpenAccount`, ordered by customer
        """
        self.env.flush_all()
        rows = self._ledger_rows(company, partner_ids)
        facts = self._item_facts(company, [row.move_id for row in rows], today)
        accounts = {}
        for row in rows:
            key = row.partner_id, row.currency_id
            account = accounts.get(key)
            if account is None:
                account = accounts[key] = OpenAccount(*key)
            if row.open_currency > 0 and not row.incoming:
                account.items.append(row)
            else:
                account.credits.append(row)
        facts["bank"] = self._held_by_bank(company, accounts, today)
        for account in accounts.values():
            account.items = self._open_items(account.items, facts)
        self._add_debtors(company, accounts)
        self._add_ladders(company, accounts, today)
        self._add_flags(company, accounts, today)
        return [accounts[key] for key in sorted(accounts) if accounts[key].items]

    @api.model
    def _ledger_rows(self, company, partner_ids=None):
        """Every open receivable line of the company and its branches: one statement."""
        some = SQL()
        if partner_ids is not None:
            some = SQL("AND p.commercial_partner_id = ANY(%s)", list(partner_ids))
        rows = self.env.execute_query(
            SQL(
                """
                SELECT l.id, l.move_id, p.commercial_partner_id, l.currency_id,
                       l.amount_residual, l.amount_residual_currency,
                       COALESCE(l.date_maturity, l.date),
                       COALESCE(l.no_followup, FALSE),
                       m.move_type, m.name, m.invoice_date, m.payment_state,
                       COALESCE(m.is_move_sent, FALSE),
                       l.balance = m.amount_total_signed,
                       COALESCE(m.origin_payment_id, m.statement_line_id) IS NOT NULL,
                       m.payment_reference
                  FROM account_move_line l
                  JOIN account_move m ON m.id = l.move_id
                  JOIN res_partner p ON p.id = l.partner_id
                 WHERE l.account_id = ANY(%s)
                   AND l.reconciled IS NOT TRUE
                   AND l.parent_state = 'posted'
                   AND l.company_id = ANY(ARRAY(
                       SELECT id FROM res_company
                        WHERE split_part(parent_path, '/', 1) = %s))
                   AND l.amount_residual_currency <> 0
                   %s
                 ORDER BY p.commercial_partner_id, l.date_maturity, l.id
                """,
                self._receivable_account_ids(),
                str(company.id),
                some,
            )
        )
        return self._numbered([LedgerRow(*row) for row in rows])

    @api.model
    def _numbered(self, rows):
        """Instalment numbers: by due date among all receivable lines of the move.

        Lines get new ids when an invoice goes through draft; the number stays.
        """
        parted = list({row.move_id for row in rows if not row.alone})
        if not parted:
            return rows
        numbers = dict(
            self.env.execute_query(
                SQL(
                    """
                    SELECT id, row_number() OVER (
                           PARTITION BY move_id ORDER BY date_maturity, id)
                      FROM account_move_line
                     WHERE move_id = ANY(%s) AND account_id = ANY(%s)
                    """,
                    parted,
                    self._receivable_account_ids(),
                )
            )
        )
        return [
            row if row.alone else row._replace(instalment=numbers.get(row.line_id, 1))
            for row in rows
        ]

    @api.model
    def _open_items(self, rows, facts):
        """Ledger rows with their facts, as the policy reads them."""
        items, disputed = [], {}
        for row in reversed(rows):
            # the newest instalments carry the disputed amount: the older ones are
            # still owed undisputedly
            left = disputed.setdefault(
                row.move_id, decimal(facts["disputed"].get(row.move_id))
            )
            part = min(left, decimal(row.open_currency))
            disputed[row.move_id] = left - part
            items.append(self._open_item(row, facts, part))
        return self._promised_items(items[::-1], facts["promised"])

    @api.model
    def _promised_items(self, items, promises):
        """The items, oldest first, each with what is promised of it."""
        left = {move_id: amount for move_id, (_until, amount) in promises.items()}
        found = []
        for item in items:
            move_id = item.key.move_id
            part = min(left.get(move_id, ZERO), item.open - item.disputed)
            if part > 0:
                left[move_id] -= part
                until = promises[move_id][0]
                item = replace(item, promised=part, promised_until=until)
            found.append(item)
        return found

    @api.model
    def _open_item(self, row, facts, disputed):
        """One item with its facts."""
        amount = decimal(row.open_currency)
        bank, aside = (
            facts["bank"].get(row.line_id),
            facts["aside"].get(row.move_id, {}),
        )
        delivery, delivered_on = facts["delivery"].get(row.move_id) or (
            "sent" if row.is_sent or row.move_type == "entry" else "never",
            None,
        )
        return OpenItem(
            key=row,
            due=row.due,
            open=amount,
            rate=decimal(row.open) / amount,
            issued=row.issued,
            payment_state=row.payment_state or "not_paid",
            excluded=row.excluded,
            disputed=disputed,
            delivery=delivery,
            delivered_on=delivered_on,
            paying_since=facts["paying"].get(row.move_id),
            history=tuple(facts["history"].get((row.move_id, row.instalment), ())),
            bank_line=bool(bank),
            **aside
            | {"facts": aside.get("facts", {}) | ({"bank_line": bank} if bank else {})},
        )
