"""What the pay page shows: facts for the eye, no decisions."""

from decimal import Decimal

from odoo import api, models

from odoo.addons.o2c_base.tools.local_form import money_text

from ..policy import choice_text, creditor_reference, method_order, offer
from .o2c_payment_link_owed import BLOCKED, DISPUTED, DUE_TYPES, PROMISED

#: Languages of the page, in the order of the switch, with the name each gives itself.
PAGE_LANGUAGES = (
    ("nl", "Nederlands"),
    ("en", "English"),
    ("de", "Deutsch"),
    ("fr", "Français"),
)

#: Lines on a page; more is neither read nor ticked, but can be paid and downloaded.
MOST_SHOWN = 100


class O2cPaymentLink(models.Model):
    _inherit = "o2c.payment.link"

    def _page(self, keys=None, amount=None, own=(), now=None):
        """Everything the pay page shows.

        :param keys: chosen items, None for all; ``amount`` and ``own``: :meth:`_choose`
        :return: dict for the template
        """
        self.ensure_one()
        today = self.company_id._o2c_today(now)
        found, waiting = self._offer(now, own)
        digits = self.currency_id.decimal_places
        choice = offer.choose(found, keys, amount, digits)
        refused = bool(choice.reason and (keys is not None or amount is not None))
        nothing = choice.reason == offer.NOTHING_CHOSEN
        if refused and not nothing:
            # who mistyped the amount keeps the invoices that he ticked
            keys = keys if choice.reason in offer.ABOUT_AMOUNT else None
            amount = None
        moves = {move.id: move for move in self._moves()}
        shown = offer.choose(found, keys) if refused and not nothing else choice
        chosen = {(row.move_id, row.number) for row in shown.allocations}
        page = {
            "link": self,
            "document_title": self._title(),
            "company": self.company_id,
            "currency": self.currency_id,
            "today": today,
            "state": self._page_state(found, waiting, moves),
            "amount": float(shown.amount),
            "owed": float(found.owed),
            "credit": float(-sum((item.open for item in found.credits), Decimal(0))),
            "choice": choice_text.write(keys, shown.amount if amount else None),
            "nothing_chosen": nothing,
            "is_part": keys is not None or amount is not None,
            "is_fixed": False,
            # where nothing is to be paid the page itself says why
            "refusal": self._refusal(choice.reason)
            if refused and found.payable
            else "",
            "lines": [
                self._page_line(item, moves, waiting, chosen, today)
                for item in self._shown_items(found, chosen)
            ],
            "left_out": {} if nothing else self._left_out(found, waiting, shown, today),
            "unshown": max(len(found.payable + found.waiting) - MOST_SHOWN, 0),
            "documents": self._page_documents(moves.values()),
            "history": self._page_history(moves.values()),
            "bank": {} if nothing else self._page_bank(moves.values(), shown, keys),
        }
        return self._add_words(page)

    def _shown_items(self, found, chosen):
        """Items that the page lists: the chosen ones first, when there are many."""
        items = found.payable + found.waiting
        if len(items) > MOST_SHOWN:
            items = sorted(items, key=lambda item: item.key not in chosen)
        return items[:MOST_SHOWN]

    def _title(self):
        """What can be paid here, in the reader's language. Extend per purpose."""
        self.ensure_one()
        if self.res_model == "res.partner":
            return self.env._("All open invoices")
        return self.env._("Invoice %s", self._moves().name)

    def _page_state(self, found, waiting, moves):
        """open, waiting, blocked, paid, credited or closed."""
        if found.payable:
            return "open" if found.amount else "credited"
        if found.waiting:
            reasons = {waiting[item.key] for item in found.waiting}
            return "waiting" if reasons - {BLOCKED, DISPUTED, PROMISED} else "blocked"
        posted = [move for move in moves.values() if move.state == "posted"]
        if not posted:
            return "paid" if self.res_model == "res.partner" else "closed"
        credited = all(move.payment_state == "reversed" for move in posted)
        return "credited" if credited else "paid"

    def _page_line(self, item, moves, waiting, chosen, today):
        """One instalment as a line on the page."""
        move = moves[item.move_id]
        terms = move.line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        )
        return {
            "key": f"{item.move_id}.{item.number}",
            "move": move,
            "number": item.number if len(terms) > 1 else 0,
            "numbers": len(terms),
            "due": item.due,
            "days_late": (today - item.due).days if item.due else 0,
            "total": float(item.total),
            "open": float(item.open),
            "aside": float(item.aside),
            "paid": float(item.total - item.open),
            "to_pay": float(item.to_pay),
            "discount": float(item.discount),
            "discount_until": item.discount_until,
            "waiting": waiting.get(item.key, ""),
            "chosen": item.key in chosen,
        }

    def _page_documents(self, moves):
        """Documents that can be downloaded on this page."""
        if self.res_model == "res.partner":
            return []
        return [
            move
            for move in moves
            if move.state == "posted" and move.move_type in (*DUE_TYPES, "out_refund")
        ]

    def _page_history(self, moves):
        """What was paid or credited before; for a single document only."""
        moves = [move for move in moves if move.state == "posted"]
        if self.res_model != "account.move" or not moves:
            return []
        partials, _exchange = moves[0]._get_reconciled_invoices_partials()
        return sorted(
            (
                {
                    "date": line.date,
                    "amount": abs(amount),
                    "credit": line.move_id.move_type in ("out_refund", "in_refund"),
                    "name": line.move_id.name,
                }
                for _partial, amount, line in partials
            ),
            key=lambda row: (row["date"], row["name"]),
        )

    def _page_bank(self, moves, choice, keys):
        """Where to transfer the money by hand, and under which reference."""
        moves = list(moves)
        account = self._creditor_account(moves)
        if not account:
            return {}
        used = {row.move_id for row in choice.allocations if row.amount > 0}
        chosen = [move for move in moves if move.id in used] or moves
        if len(chosen) == 1:
            reference = chosen[0].payment_reference or chosen[0].name
        else:
            reference = self.reference
        details = self._bank_details(account, choice.amount, reference)
        if not all(move._o2c_one_account() for move in chosen):
            details["qr"] = ""
        return details

    def _bank_details(self, account, amount, reference):
        """What a bank's form asks, written out and to copy."""
        printed = (
            creditor_reference.printed(reference)
            if creditor_reference.is_creditor_reference(reference)
            else reference
        )
        return {
            "holder": self._account_holder(account),
            "iban": account.sanitized_acc_number,
            "iban_printed": account.acc_number,
            "bic": account.bank_bic or "",
            "reference": reference,
            "reference_printed": printed,
            "qr": self._picture(
                self._bank_code(account, amount, self.currency_id, reference)
            ),
        }

    def _creditor_account(self, moves):
        """Bank account that the documents name, else the company's first one."""
        for move in moves:
            if move.partner_bank_id:
                return move.partner_bank_id
        return self.company_id.partner_id.bank_ids[:1]

    def _page_languages(self):
        """Languages of the page that are active here.

        :return: list of (short code, own name, code of ``res.lang``)
        """
        active = [code for code, _name in self.env["res.lang"].get_installed()]
        found = []
        for short, name in PAGE_LANGUAGES:
            code = next((code for code in active if code.split("_")[0] == short), None)
            if code:
                found.append((short, name, code))
        return found

    def _reader_language(self):
        """Language of whom the documents are addressed to. Extend per purpose."""
        return self._moves()[:1].partner_id.lang or self.partner_id.lang or ""

    def _page_language(self, wanted=None):
        """Language to show: the one asked for, else the customer's, else English."""
        languages = self._page_languages()
        own = self._reader_language()[:2]
        for short in (wanted, own, "en"):
            for language in languages:
                if language[0] == short:
                    return language
        return languages[0] if languages else ("en", "English", "en_US")

    def _page_methods(self, methods):
        """Payment methods, the usual one of the customer's country first."""
        country = self.partner_id.country_id.code or ""
        currency = self.currency_id.name
        return methods.sorted(
            lambda method: (
                method_order.rank(method.code, currency, country),
                method.sequence,
                method.id,
            )
        )

    def _usual_method(self, methods):
        """The method that nearly everybody there uses; empty when there is none."""
        country = self.partner_id.country_id.code or ""
        currency = self.currency_id.name
        return methods.filtered(
            lambda method: method_order.is_usual(method.code, currency, country)
        )[:1]

    def _money(self, amount):
        """Amount as the reader writes it."""
        return self._money_of(amount, self.currency_id)

    @api.model
    def _money_of(self, amount, currency):
        """The same in any currency."""
        return money_text(self.env, amount, currency)
