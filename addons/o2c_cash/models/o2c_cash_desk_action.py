"""What a clerk does on the desk. Everything is checked here, nothing only on screen."""

from markupsafe import Markup

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import format_amount, format_date

from .o2c_cash_evidence import decimal


class O2cCashMatch(models.Model):
    _inherit = "o2c.cash.match"

    def desk_accept(self):
        """Book this line. :return: words for the screen"""
        self.ensure_one()
        self.action_accept()
        return self.env._(
            "Booked %(amount)s: %(who)s",
            amount=format_amount(self.env, self.amount, self.currency_id),
            who=self.debtor_id.sudo().name or self.payer or "",
        )

    def desk_choose(self, items, difference="rest"):
        """Choose what the money is for: items and the part of each.

        :param list items: dicts with ``line_id`` and ``amount`` (None: all that is
            open, or what is left of the money)
        :param str difference: "rest" leaves what is over on the customer's account,
            "write_off" gives up what is over or missing
        """
        self.ensure_one()
        self._check_clerk()
        self._check_undecided()
        if self.kind != "receipt":
            raise UserError(
                self.env._("Money that left is set against the payment, not an item.")
            )
        match = self.sudo().with_company(self.company_id)
        values, debtor, total = match._chosen_values(items)
        missing = float(total) - self.amount
        zero = self.currency_id.is_zero(missing)
        if not zero and missing > 0 and difference != "write_off":
            raise UserError(
                self.env._(
                    "The items are %s more than the money. Lower a part, or write "
                    "the difference off.",
                    format_amount(self.env, missing, self.currency_id),
                )
            )
        write_off = missing if not zero and difference == "write_off" else 0.0
        if write_off and not self._difference_account():
            raise UserError(self._words_without_account())
        match.write(
            {
                "item_ids": [Command.clear(), *map(Command.create, values)],
                "debtor_id": debtor.id or match.debtor_id.id,
                "rest": 0.0 if zero or write_off else -missing,
                "write_off": write_off,
                "by_hand": True,
                "error": False,
                "certainty": "likely" if values else "none",
                "reasons": [["by_hand", {}]],
                "digest": False,
            }
        )
        self._check_authority()
        return self.get_desk_match()

    def _chosen_values(self, items):
        """Values of the items, their customer and their sum."""
        rows = {row[0]: row for row in self._open_rows(self.company_id, mine=self.ids)}
        left, values, total = decimal(self.amount), [], decimal(0)
        debtor = self.env["res.partner"]
        for item in items:
            row = rows.get(item.get("line_id"))
            if not row:
                raise UserError(
                    self.env._("This item is not open any more. Choose again.")
                )
            currency = self.env["res.currency"].browse(row[3])
            self._check_money(currency, len(items))
            open_ = decimal(row[4])
            amount = self._part(item.get("amount"), open_, left, currency)
            values.append(
                {
                    "move_line_id": row[0],
                    "move_id": row[1],
                    "partner_id": row[2],
                    "currency_id": row[3],
                    "due_date": row[6],
                    "name": row[7],
                    "amount": float(amount),
                    "discount": 0.0,
                }
            )
            if currency != self.currency_id:  # the bank's rate: all of the line
                amount = decimal(self.amount)
            left -= amount
            total += amount
            debtor = debtor or self.env["res.partner"].browse(row[2])
        return values, debtor, total

    def _check_money(self, currency, count):
        if currency != self.currency_id and count > 1:
            raise UserError(
                self.env._(
                    "An item in other money than the bank line is matched alone."
                )
            )

    def _part(self, asked, open_, left, currency):
        """The part of an item: what was typed, else as far as the money goes."""
        if asked is None:
            if open_ < 0 or currency != self.currency_id:
                return open_
            return min(open_, max(left, decimal(0))) or open_
        amount = decimal(currency.round(float(asked)))
        if amount * open_ <= 0 or abs(amount) > abs(open_):
            raise UserError(
                self.env._(
                    "A part is more than nothing and no more than the %s that is open.",
                    format_amount(self.env, float(open_), currency),
                )
            )
        return amount

    def desk_customer(self, partner_id):
        """The money is this customer's; without items it stays on his account."""
        self.ensure_one()
        self._check_clerk()
        self._check_undecided()
        if self.kind == "payout":
            raise UserError(
                self.env._(
                    "This money left. Accept what it pays back, or dismiss the line."
                )
            )
        partner = self.env["res.partner"].browse(partner_id).commercial_partner_id
        partner.check_access("read")
        self.sudo().write(
            {
                "debtor_id": partner.id,
                "item_ids": [Command.clear()],
                "rest": self.amount,
                "write_off": 0.0,
                "by_hand": True,
                "certainty": "none",
                "reasons": [["by_hand", {}]],
                "digest": False,
            }
        )
        return self.get_desk_match()

    def desk_dismiss(self):
        """No item of ours: whoever keeps the books handles this line."""
        self._check_clerk()
        for match in self:
            match._check_undecided()
        self.sudo().write(
            {
                "state": "dismissed",
                "decided_by_id": self.env.uid,
                "decided_at": fields.Datetime.now(),
            }
        )

    def desk_reopen(self):
        """A booked one is undone, a dismissed one waits again.

        :return: id of the match that waits now
        """
        self.ensure_one()
        self._check_clerk()
        line = self.statement_line_id
        if self.state == "booked":
            self.action_undo()
        elif self.state in ("dismissed", "accepted"):
            self.sudo().write(
                {"state": "proposed", "decided_by_id": False, "decided_at": False}
            )
        return self.search(
            [("statement_line_id", "=", line.id), ("state", "=", "proposed")], limit=1
        ).id

    def desk_again(self):
        """Forget what was chosen by hand and judge the line anew. :return: match id"""
        self.ensure_one()
        self._check_clerk()
        self._check_undecided()
        line, company = self.statement_line_id, self.company_id
        self.sudo().write({"by_hand": False, "digest": False})
        self.sudo()._propose(company, line_ids=line.ids)
        return self.search(
            [("statement_line_id", "=", line.id), ("state", "=", "proposed")], limit=1
        ).id

    def _check_undecided(self):
        if self.state != "proposed":
            raise UserError(self.env._("This line was decided already."))

    def desk_ask(self):
        """Ask the customer what he paid: a mail for the clerk to finish."""
        self.ensure_one()
        self._check_clerk()
        partner = self.debtor_id
        if not partner:
            raise UserError(self.env._("Choose the customer first, then ask him."))
        # a question belongs to this proposal: a new run leaves it alone
        self.sudo().by_hand = True
        words = self.with_context(lang=partner.lang or self.env.lang)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Ask the Customer"),
            "res_model": "mail.compose.message",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_model": self._name,
                "default_res_ids": self.ids,
                "default_partner_ids": partner.ids,
                "default_composition_mode": "comment",
                "default_subject": words._ask_subject(),
                "default_body": words._ask_body(),
            },
        }

    def _ask_subject(self):
        return self.env._(
            "Your payment of %s", format_amount(self.env, self.amount, self.currency_id)
        )

    def _ask_body(self):
        """The question, in the customer's language; the clerk may change it."""
        lines = (
            self.env._("Dear customer,"),
            self.env._(
                'On %(day)s we received %(amount)s from you with the text "%(text)s".',
                day=format_date(self.env, self.date),
                amount=format_amount(self.env, self.amount, self.currency_id),
                text=self.text or self.env._("none"),
            ),
            self.env._(
                "Would you tell us which invoices this pays? Then we book it rightly "
                "and do not remind you without need."
            ),
            self.env._("Kind regards,"),
            self.company_id.name,
        )
        return Markup("").join(Markup("<p>%s</p>") % line for line in lines)
