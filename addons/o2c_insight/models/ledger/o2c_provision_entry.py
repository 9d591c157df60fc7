"""Booking a provision: one entry with the difference; undone by its reversal."""

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import format_date, formatLang

from ...policy.provision import ZERO


class O2cProvision(models.Model):
    _inherit = "o2c.provision"

    def action_approve(self):
        """Book the difference, within one's authority."""
        self._expect("proposed")
        self._check_decider()
        for one in self:
            alone = one._is_alone()
            one.sudo()._check_bookable()
            one.sudo().write(
                {
                    "state": "booked",
                    "decided_by_id": self.env.uid,
                    "decided_at": fields.Datetime.now(),
                    "alone": alone,
                    "entry_id": one.sudo()._make_entry().id,
                }
            )

    def _check_bookable(self):
        """Everything that speaks against booking, each with what to do."""
        self.ensure_one()
        company = self.company_id
        if company._o2c_mode("dunning") != "live":
            raise UserError(
                self.env._(
                    "Collecting only watches in %s: nothing is booked. Switch it live "
                    "in the settings first.",
                    company.name,
                )
            )
        missing = self._missing_settings()
        if missing:
            raise UserError(
                self.env._(
                    "Choose in the settings of Order to Cash first, under Clean "
                    "Ledger: %(missing)s.",
                    missing=", ".join(missing),
                )
            )
        self._check_last()
        self._check_locked(self.day)
        self._check_unchanged()

    def _check_last(self):
        """A month before one that is booked would shift that one."""
        later = self.search(
            [
                ("company_id", "=", self.company_id.id),
                ("state", "=", "booked"),
                ("day", ">", self.day),
            ],
            order="day desc",
            limit=1,
        )
        if later:
            raise UserError(
                self.env._(
                    "%(later)s is booked and builds on the balance of this day. "
                    "Reverse it first.",
                    later=later.display_name,
                )
            )

    def _check_locked(self, day):
        """The period must be open: Odoo would move the entry to another month."""
        company = self.company_id
        locks = company._get_violated_lock_dates(
            day, False, company.o2c_provision_journal_id
        )
        if locks:
            raise UserError(
                self.env._(
                    "%(day)s is in a closed period: %(locks)s. Let an accounting "
                    "manager open it, or make the provision at a later month-end.",
                    day=format_date(self.env, day),
                    locks=company._format_lock_dates(locks),
                )
            )

    def _check_unchanged(self):
        """Whoever decides sees what is booked: the ledger must be as it was."""
        items = self._items(self.company_id, self.day)
        now = float(sum((row["amount"] for row in items), ZERO))
        pairs = ((self.receivables, now), (self.on_account, self._balance()))
        for then, now in pairs:
            if self.currency_id.compare_amounts(then, now):
                raise UserError(
                    self.env._(
                        "The ledger of this day changed since the calculation: "
                        "%(then)s became %(now)s. Calculate again, then decide.",
                        then=self._money(then),
                        now=self._money(now),
                    )
                )

    def _money(self, amount):
        return formatLang(self.env, amount, currency_obj=self.currency_id)

    def _make_entry(self):
        """The posted entry; none when the account holds what is needed."""
        self.ensure_one()
        company = self.company_id
        moves = self.env["account.move"].with_company(company)
        if self.currency_id.is_zero(self.difference):
            return moves
        text = self._entry_text()
        sides = (
            (company.o2c_provision_cost_account_id, self.difference),
            (company.o2c_provision_account_id, -self.difference),
        )
        entry = moves.create(
            {
                "move_type": "entry",
                "journal_id": company.o2c_provision_journal_id.id,
                "date": self.day,
                "ref": text,
                "line_ids": [
                    Command.create(
                        {
                            "name": text,
                            "account_id": account.id,
                            "balance": balance,
                            "tax_ids": [Command.clear()],
                        }
                    )
                    for account, balance in sides
                ],
            }
        )
        entry.action_post()
        return entry

    def _entry_text(self, reversed_entry=None):
        """What the ledger reads, in the language of the company: colleagues book it."""
        one = self.with_context(lang=self.company_id.partner_id.lang or self.env.lang)
        day = format_date(one.env, one.day)
        if reversed_entry:
            return one.env._(
                "Provision for doubtful debts, %(day)s: %(entry)s reversed",
                day=day,
                entry=reversed_entry.name,
            )
        return one.env._("Provision for doubtful debts, %s", day)

    def action_reverse(self):
        """Take a booked provision back, on its own day; a new one may be made."""
        self._expect("booked")
        self._check_decider()
        for one in self.sudo():
            one._check_last()
            entry = one.entry_id
            if entry.state == "draft":
                entry.button_cancel()
            elif entry.state == "posted" and not entry.reversal_move_ids.filtered(
                lambda move: move.state == "posted"
            ):
                one._check_locked(one.day)
                text = one._entry_text(reversed_entry=entry)
                entry._reverse_moves([{"date": one.day, "ref": text}], cancel=True)
            one.state = "reversed"
            one.flush_recordset(["state"])  # before the unique index sees a new one
            one.message_post(
                body=self.env._("Reversed by %s.", self.env.user.display_name)
            )
