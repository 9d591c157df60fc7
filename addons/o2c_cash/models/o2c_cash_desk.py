"""The cash desk: what stands on the screen."""

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import format_amount, format_date, html2plaintext

from ..policy.reference import sent_amount

#: Filters of the desk: name to domain.
SHOWN = {
    "todo": [("state", "=", "proposed")],
    "certain": [("state", "=", "proposed"), ("certainty", "=", "certain")],
    "likely": [("state", "=", "proposed"), ("certainty", "=", "likely")],
    "none": [("state", "=", "proposed"), ("certainty", "=", "none")],
    "accepted": [("state", "=", "accepted")],
    "booked": [("state", "=", "booked")],
    "dismissed": [("state", "=", "dismissed")],
}
#: Open items offered for choosing.
OFFERED = 60


class O2cCashMatch(models.Model):
    _inherit = "o2c.cash.match"

    @api.model
    def get_desk(self, shown="todo", search="", limit=60):
        """The list of the desk, with what there is in all.

        :param str shown: a key of the filters
        :param str search: part of a text, a payer or a customer
        :return: dict for the screen
        """
        if not self.env.user.has_group("o2c_cash.group_cash_clerk"):
            raise AccessError(self.env._("Only a cash clerk opens the cash desk."))
        company = self.env.company
        mine = Domain("company_id", "=", company.id)
        domain = mine & Domain(SHOWN.get(shown, SHOWN["todo"]))
        if search:
            domain &= (
                Domain("text", "ilike", search)
                | Domain("payer", "ilike", search)
                | Domain("debtor_id", "ilike", search)
                | Domain("item_ids.name", "ilike", search)
            )
        rows = self.search(domain, limit=limit + 1, order=self._desk_order(shown))
        return {
            "mode": company._o2c_mode("cash"),
            "automatic": company.sudo().o2c_cash_automatic,
            "shown": shown,
            "filters": self._desk_filters(mine),
            "rows": [match._desk_row() for match in rows[:limit]],
            "more": len(rows) > limit,
            "totals": self._desk_totals(mine),
        }

    @api.model
    def _desk_order(self, shown):
        if shown in ("booked", "dismissed"):
            return "decided_at desc, id desc"
        return "certainty, date, id"  # certain, likely, none

    @api.model
    def _desk_filters(self, mine):
        labels = {
            "todo": self.env._("To decide"),
            "certain": self.env._("Certain"),
            "likely": self.env._("Likely"),
            "none": self.env._("Nothing found"),
            "accepted": self.env._("Waits for booking"),
            "booked": self.env._("Booked"),
            "dismissed": self.env._("Dismissed"),
        }
        return [
            {
                "key": key,
                "label": label,
                "count": self.search_count(mine & Domain(SHOWN[key])),
            }
            for key, label in labels.items()
        ]

    @api.model
    def _desk_totals(self, mine):
        """Open on the bank per currency, and how much of it is certain or likely."""
        rows = self._read_group(
            mine & Domain(SHOWN["todo"]), ["currency_id", "certainty"], ["amount:sum"]
        )
        totals = {}
        for currency, certainty, amount in rows:
            found = totals.setdefault(currency, dict.fromkeys(("all", "found"), 0.0))
            found["all"] += amount
            found["found"] += amount if certainty != "none" else 0.0
        return [
            {
                "currency": currency.name,
                "all": format_amount(self.env, found["all"], currency),
                "found": format_amount(self.env, found["found"], currency),
            }
            for currency, found in totals.items()
        ]

    def _desk_row(self):
        labels = dict(self._fields["certainty"]._description_selection(self.env))
        return {
            "id": self.id,
            "date": format_date(self.env, self.date),
            "amount": format_amount(self.env, self.amount, self.currency_id),
            "who": self.debtor_id.sudo().name or self.payer or "",
            "text": self.text or "",
            "certainty": self.certainty,
            "label": labels[self.certainty],
            "kind": self.kind,
            "error": bool(self.error),
        }

    def get_desk_match(self, search=""):
        """One line: its proposal, its reasons, and the items that may be chosen.

        :param str search: number, customer or amount of an item
        """
        self.ensure_one()
        self._check_clerk()
        states = dict(self._fields["state"]._description_selection(self.env))
        return self._desk_row() | {
            "payer": self.payer or "",
            "account": self.account_number or "",
            "sent": self._sent_words(),
            "bank": self.journal_id.display_name,
            "state": self.state,
            "state_label": states[self.state],
            "debtor": [self.debtor_id.id, self.debtor_id.sudo().name or ""],
            "reasons": [words for words in self._sentences() if words],
            "error_text": self.error or "",
            "chosen": [item._desk_item() for item in self.item_ids],
            "offered": self._desk_offered(search),
            "value": self.amount,
            "digits": self.currency_id.decimal_places,
            "currency": self.currency_id.name,
            "rest": self.rest,
            "write_off": self.write_off,
            "rest_text": format_amount(self.env, self.rest, self.currency_id),
            "write_off_text": format_amount(self.env, self.write_off, self.currency_id),
            "can_write_off": self._is_small() and bool(self._difference_account()),
            "no_write_off": self._no_write_off(),
            "original": self.original_line_id.sudo().display_name or "",
            "decided": self._decided_words(),
        }

    def _sent_words(self):
        """What the payer sent in other money, as the bank told it."""
        note = self.statement_line_id.sudo().narration
        name, amount = sent_amount(html2plaintext(note) if note else "")
        if not name:
            return ""
        currency = (
            self.env["res.currency"]
            .with_context(active_test=False)
            .search([("name", "=", name)], limit=1)
        )
        if not currency:
            return f"{name} {amount}"
        return format_amount(self.env, float(amount), currency)

    def _difference_account(self):
        """Where what is given up is booked."""
        return self.company_id.sudo().o2c_cash_difference_account_id

    def _no_write_off(self):
        """Why a small difference cannot be given up, and who can change that."""
        if self.state != "proposed" or self._difference_account():
            return ""
        if not (self.write_off or self.item_ids and self._is_small()):
            return ""
        return self._words_without_account()

    def _words_without_account(self):
        return self.env._(
            "A difference cannot be written off: the company has no account for "
            "payment differences. Somebody who manages the settings chooses it there, "
            "under Money In."
        )

    def _is_small(self):
        """Whether what is over, or missing from the items, is small enough for a
        cash manager at least."""
        if self.rest and self.item_ids:
            missing = -self.rest
        else:
            missing = sum(
                item.move_line_id.sudo().amount_residual_currency - item.settled
                for item in self.item_ids
            )
        most = self.company_id.sudo().o2c_cash_difference_manager
        return bool(missing) and abs(self._in_company_money(missing)) <= most

    def _decided_words(self):
        if not self.decided_at:
            return ""
        who = self.env._("by itself") if self.automatic else self.decided_by_id.name
        return self.env._(
            "%(who)s, %(day)s", who=who, day=format_date(self.env, self.decided_at)
        )

    def _desk_offered(self, search):
        """Open items of the customer, or what the search finds in the company."""
        if self.state != "proposed" or self.kind == "payout":
            return []
        if self.kind == "reversal":
            return self._offered_payments(search)
        matches = self.sudo().with_company(self.company_id)
        wanted = search.lower().strip()
        debtors = None if wanted else self.debtor_id.ids
        rows = matches._open_rows(self.company_id, mine=self.ids, debtors=debtors)
        named = set()
        if wanted:
            partners = self.env["res.partner"].sudo()
            named = set(
                partners.search([("name", "ilike", wanted)]).commercial_partner_id.ids
            )

        def fits(row):
            amount = f"{row[4]:.2f}"
            texts = (row[7], row[8], row[9], row[13])
            texts += (amount, amount.replace(".", ","))
            return row[2] in named or any(
                wanted in (text or "").lower() for text in texts
            )

        chosen = set(self.item_ids.move_line_id.ids)
        found = [row for row in rows if row[0] not in chosen and fits(row)]
        found.sort(key=self._offered_order)
        return [self._offered_item(row) for row in found[:OFFERED]]

    @staticmethod
    def _offered_order(row):
        """Documents first, the oldest debt on top; then payments that the bank did not
        confirm, the last one on top: the bank confirms within days."""
        day = row[6].toordinal()
        return (True, -day, -row[0]) if row[12] else (False, day, row[0])

    def _offered_item(self, row):
        currency = self.env["res.currency"].browse(row[3])
        return {
            "line_id": row[0],
            "name": row[7] or "",
            "sort": "payment" if row[12] else "document",
            "pays": row[13] or "" if row[12] else "",
            "who": self.env["res.partner"].sudo().browse(row[2]).name,
            "due": format_date(self.env, row[6]),
            "value": float(row[4]),
            "open": format_amount(self.env, float(row[4]), currency),
            "currency": currency.name,
        }
