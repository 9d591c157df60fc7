"""The documents of a customer as a list to filter, search and leaf through."""

from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain
from odoo.tools.sql import escape_psql

from odoo.addons.o2c_base.tools.local_form import day_text, money_text

from ..policy import choice_text, payment_window

#: Documents on one page.
PER_PAGE = 25
FILTERS = ("all", "open", "overdue", "disputed", "promised", "paid", "credit")
SORTS = {
    "due": "invoice_date_due, id",
    "date": "invoice_date desc, id desc",
    "amount": "amount_total desc, id desc",
    "name": "name, id",
}


class O2cAccountOverview(models.AbstractModel):
    _inherit = "o2c.account.overview"

    @api.model
    def _documents(self, partner, kind="open", search="", sort="", page=1, own=()):
        """One page of the customer's documents, read with the rights of the user.

        :param partner: a contact of the customer
        :param str kind: one of :data:`FILTERS`; anything else counts as "open"
        :param str search: part of a number or reference, or an amount as people type it
        :param str sort: one of :data:`SORTS`
        :param int page: counted from 1
        :param own: ids of payments that the present visitor started
        :return: dict for the page
        """
        kind = kind if kind in FILTERS else "open"
        if sort not in SORTS:
            sort = "due" if kind in ("open", "overdue", "promised") else "date"
        moves = self.env["account.move"]
        domain = self._kind_domain(partner, kind) & self._search_domain(search)
        total = moves.search_count(domain)
        page = max(1, min(page, -(-total // PER_PAGE)))
        found = moves.search(
            domain, order=SORTS[sort], limit=PER_PAGE, offset=(page - 1) * PER_PAGE
        )
        return {
            "kind": kind,
            "search": search,
            "sort": sort,
            "page": page,
            "total": total,
            "rows": self._document_rows(found, own),
        }

    @api.model
    def _kind_domain(self, partner, kind):
        """Documents of the customer that a filter shows."""
        own = self._domain(partner)
        due = Domain("move_type", "in", ("out_invoice", "out_receipt"))
        if kind == "credit":
            return own & Domain("move_type", "=", "out_refund")
        if kind == "open":
            return own & Domain("amount_residual", "!=", 0)
        if kind == "paid":
            return own & due & Domain("amount_residual", "=", 0)
        if kind == "overdue":
            today = self.env.company._o2c_today()
            late = self._late_domain(partner, today)
            disputed = Domain("id", "in", self._wholly_disputed(partner))
            return own & due & late & ~disputed & Domain("amount_residual", ">", 0)
        if kind == "disputed":
            return own & Domain("id", "in", list(self._disputed(self._whose(partner))))
        if kind == "promised":
            return own & Domain("id", "in", list(self._promised(self._whose(partner))))
        return own

    @api.model
    def _late_and_asked(self, partner):
        """Documents of which something is late and asked now."""
        late = self.env["account.move"].search(
            self._kind_domain(partner, "overdue")
            & Domain("payment_state", "not in", ("in_payment", "blocked"))
        )
        told = self.env["o2c.payment.link"]._told_per_move(late)
        by_hand = payment_window.BY_HAND
        return late.filtered(lambda m: told.get(m.id, (None, by_hand))[1] == by_hand)

    @api.model
    def _search_domain(self, search):
        """What a typed text may mean: a number, a reference, an amount."""
        text = (search or "").strip()[:100]
        if not text:
            return Domain.TRUE
        typed = escape_psql(text)
        meant = Domain.OR(
            [
                Domain("name", "ilike", typed),
                Domain("ref", "ilike", typed),
                Domain("payment_reference", "ilike", typed),
            ]
        )
        amounts = [float(amount) for amount in choice_text.meant_amounts(text)]
        amounts = [amount for amount in amounts if amount]
        return (
            meant
            | Domain("amount_total", "in", amounts)
            | Domain("amount_residual", "in", amounts)
        )

    @api.model
    def _whose(self, partner):
        """Part of a domain on disputes and promises: those of the customer."""
        return Domain("partner_id", "=", partner.commercial_partner_id.id)

    @api.model
    def _disputed(self, domain):
        """Open disputes as amount per invoice id.

        Read for the documents that the user may see: callers filter by them.
        """
        groups = (
            self.env["o2c.dispute"]
            .sudo()
            ._read_group(
                Domain("state", "=", "open") & domain, ["move_id"], ["amount:sum"]
            )
        )
        return {move.id: amount for move, amount in groups}

    @api.model
    def _open_part(self, before=None):
        """Instalments that are still to be paid; only those due before a day."""
        part = (
            Domain("account_type", "=", "asset_receivable")
            & Domain("reconciled", "=", False)
            & Domain("amount_residual_currency", ">", 0)
        )
        return part & Domain("date_maturity", "<", before) if before else part

    @api.model
    def _promised_parts(self, moves):
        """What open promises reach of these invoices, per invoice id."""
        parts = {}
        cases = self.env["o2c.dunning.case"].sudo()
        for company, some in (
            moves.sudo().grouped(lambda m: m.company_id.root_id).items()
        ):
            found = cases._promised_moves(company, company._o2c_today(), some.ids)
            parts |= {
                move_id: float(amount) for move_id, (_day, amount) in found.items()
            }
        return parts

    @api.model
    def _promised(self, domain):
        """Open promises as promised day per invoice id that their amount reaches."""
        promises = (
            self.env["o2c.payment.promise"]
            .sudo()
            .search(Domain("state", "=", "open") & domain, order="date desc")
        )
        reached = self._promised_parts(promises.move_ids)
        return {
            move_id: promise.date
            for promise in promises
            for move_id in promise.move_ids.ids
            if move_id in reached
        }

    @api.model
    def _document_rows(self, moves, own=()):
        """What the list says about each document; the same few queries for any page.

        :param own: ids of payments that the present visitor started
        """
        links = self.env["o2c.payment.link"]
        told = links._told_per_move(moves, own)
        paying = links._amounts_under_way(moves, own)
        disputed = self._disputed(Domain("move_id", "in", moves.ids))
        promised = self._promised(Domain("move_ids", "in", moves.ids))
        parts, next_parts = self._promised_parts(moves), self._next_parts(moves)
        rows = []
        for move in moves:
            row = self._document_row(
                move,
                disputed.get(move.id),
                promised.get(move.id),
                next_parts.get(move.id),
                told.get(move.id),
            )
            if row["promised"]:
                _day, *texts = self._promise_texts(
                    move, row["promised"], parts.get(move.id, 0.0)
                )
                row["words"] += [("plain", text) for text in texts]
            if text := links._part_under_way_text(move, paying.get(move.id, 0.0)):
                row["words"].append(("plain", text))
            rows.append(row)
        return rows

    @api.model
    def _document_row(self, move, disputed, promised, part, told=None):
        """One document as a row; it is due when its oldest open instalment is."""
        today = move.company_id.sudo()._o2c_today()
        is_credit = move.move_type == "out_refund"
        sign = -1 if is_credit else 1
        part = None if is_credit else part
        disputed = min(disputed or 0.0, max(move.amount_residual, 0.0))
        part_late = self._late_part(move, part["late"], disputed) if part else 0.0
        due = part["due"] if part else move.invoice_date_due
        late = max((today - due).days, 0) if due and part_late else 0
        paying = told and told[1] != payment_window.BY_HAND
        words = self._document_words(move, late, disputed, promised, told)
        money = move.currency_id
        asked = money.round(move.amount_residual - disputed)
        part_text, part_asked = self._asked_part(move, part, disputed)
        # the next instalment says it when it is the only one that is late
        partly = money.compare_amounts(part_late, asked) < 0 and (
            not part_text or money.compare_amounts(part_late, part_asked)
        )
        if late and not paying and partly:
            amount = money_text(self.env, part_late, money)
            words.append(("late", self.env._("of which late: %s", amount)))
        plan = part["plan"] if part else None
        return {
            "move": move,
            "is_credit": is_credit,
            "total": sign * move.amount_total,
            "open": sign * move.amount_residual,
            "due": due,
            "late": late,
            "late_amount": part_late,
            "part_text": part_text,
            "plan": plan or None,
            "plan_text": self._plan_text(plan) if plan else "",
            "disputed": disputed,
            "asked": asked,
            "dispute_text": self._dispute_text(move, disputed),
            "promised": promised,
            "told": self.env["o2c.payment.link"]._told_text(*told) if told else "",
            "words": words,
        }

    @api.model
    def _document_words(self, move, late, disputed, promised, told=None):
        """How it stands with a document: list of (tone, text).

        :param told: payment that is on its way and what is known of it, or None
        """
        currency = move.currency_id
        if move.move_type == "out_refund":
            if currency.is_zero(move.amount_residual):
                return [("plain", self.env._("credit note, used"))]
            return [("plain", self.env._("credit note, not used yet"))]
        if move.payment_state == "reversed":
            return [("plain", self.env._("credited"))]
        if currency.is_zero(move.amount_residual):
            return [("good", self.env._("paid"))]
        words = [("plain", self.env._("in dispute"))] if disputed else []
        kind = told[1] if told else ""
        if kind == payment_window.BY_HAND:
            words.append(("plain", self._by_hand_text()))
        if move.payment_state == "in_payment" or kind not in (
            "",
            payment_window.BY_HAND,
        ):
            words.append(("plain", self.env._("payment under way")))
        elif late == 1:
            words.append(("late", self.env._("1 day late")))
        elif late:
            words.append(("late", self.env._("%s days late", late)))
        if move.amount_residual < move.amount_total:
            words.append(("plain", self.env._("paid in part")))
        if promised:
            words.append(("plain", self._promise_texts(move, promised)[0]))
        return words

    @api.model
    def _by_hand_text(self):
        """That the customer said he transfers it himself."""
        return self.env._("bank transfer announced")

    @api.model
    def _promise_texts(self, move, day, part=0.0):
        """An announced payment: its day, and its amount when that is not all of it."""
        texts = [self.env._("payment announced for %s", day_text(self.env, day))]
        money = move.currency_id
        if part and money.compare_amounts(part, move.amount_residual) < 0:
            amount = money_text(self.env, part, money)
            texts.append(self.env._("of which announced: %s", amount))
        return texts

    @api.model
    def _add_sums(self, partner, accounts):
        """In dispute, promised and paid in a year, of all accounts at once."""
        sums = {}
        self._sum_disputes(partner, sums)
        self._sum_promises(partner, sums)
        year_ago = self.env.company._o2c_today() - timedelta(days=365)
        paid = self._kind_domain(partner, "paid") & Domain(
            "invoice_date", ">=", year_ago
        )
        for company, currency, amount in self.env["account.move"]._read_group(
            paid, ["company_id", "currency_id"], ["amount_total:sum"]
        ):
            sums["paid", company.id, currency.id] = amount
        for account in accounts:
            key = account["company"].id, account["currency"].id
            for name in ("disputed", "promised", "paid"):
                account[name] = sums.get((name, *key), 0.0)

    @api.model
    def _sum_disputes(self, partner, sums):
        visible = self._kind_domain(partner, "disputed")
        moves = self.env["account.move"].search(visible)
        amounts = self._disputed(Domain("move_id", "in", moves.ids))
        for move in moves:
            key = "disputed", move.company_id.id, move.currency_id.id
            sums[key] = sums.get(key, 0.0) + min(amounts[move.id], move.amount_residual)

    @api.model
    def _sum_promises(self, partner, sums):
        moves = self.env["account.move"].search(self._kind_domain(partner, "promised"))
        parts = self._promised_parts(moves)
        for move in moves:
            key = "promised", move.company_id.id, move.currency_id.id
            sums[key] = sums.get(key, 0.0) + parts.get(move.id, 0.0)
