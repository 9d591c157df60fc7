"""Booking: the suspense line makes way for exactly the chosen items and amounts."""

from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tools import format_amount, format_date

CLERK = "o2c_cash.group_cash_clerk"
MANAGER = "o2c_cash.group_cash_manager"


class O2cCashMatch(models.Model):
    _inherit = "o2c.cash.match"

    def action_accept(self):
        """Book these matches now, as the person who decides."""
        self._check_clerk()
        for match in self:
            match._check_authority()
            match.sudo()._book(self.env.user)

    def _check_clerk(self):
        self.check_access("read")
        if not self.env.user.has_group(CLERK):
            raise AccessError(self.env._("Only a cash clerk decides about money."))
        if any(match.company_id._o2c_mode("cash") == "off" for match in self):
            raise UserError(
                self.env._("Cash matching is off in this company: switch it on first.")
            )

    def _check_authority(self):
        """A difference is given up only within what this person may give up."""
        company = self.company_id.sudo()
        amount = abs(self._in_company_money(self.write_off))
        may = company.o2c_cash_difference
        if self.env.user.has_group(MANAGER):
            may = max(may, company.o2c_cash_difference_manager)
        if company.currency_id.compare_amounts(amount, may) > 0:
            raise AccessError(
                self.env._(
                    "You may write off differences up to %(may)s; this is "
                    "%(amount)s. Leave it open, or ask a cash manager.",
                    may=format_amount(self.env, may, company.currency_id),
                    amount=format_amount(self.env, amount, company.currency_id),
                )
            )

    def _in_company_money(self, amount):
        return self.currency_id._convert(
            amount, self.company_id.currency_id, self.company_id, self.date
        )

    def _book(self, user, automatic=False):
        """Book one match; all of it, or nothing and a message.

        :param user: who decided
        :param bool automatic: nobody looked; only certain ones without write-off
        """
        self.ensure_one()
        locked = self.try_lock_for_update()
        if not locked:
            raise UserError(self.env._("Somebody else is working on this line."))
        self.invalidate_recordset()
        if self.state == "booked":
            return
        self._check_bookable()
        line = self.statement_line_id.with_company(self.company_id)
        before = self._how_it_was(line)
        if self.kind == "reversal":
            pairs = self._reverse(line, before)
        else:
            pairs = self._replace_suspense(line)
        self.env["account.move.line"]._reconcile_plan([a + b for a, b in pairs])
        open_ = [a for a, _b in pairs if not a.reconciled]
        if open_:
            raise UserError(
                self.env._(
                    "An item changed meanwhile, so that the amounts do not fit any "
                    "more. Look at the line again."
                )
            )
        self.write(
            {
                "state": "booked",
                "automatic": automatic,
                "decided_by_id": user.id,
                "decided_at": fields.Datetime.now(),
                "error": False,
                "before": before,
            }
        )
        self.env["o2c.counter.account"]._learn(self)
        self._use_specification()

    def _use_specification(self, used=True):
        """Tell who keeps the customer's list that money was booked as it says."""
        if keys := self._followed():
            money_in = self.env["o2c.money.in"]
            money_in._specifications_used(self.company_id, keys, used)

    def _check_bookable(self):
        """Say what is in the way, and what to do."""
        line = self.statement_line_id
        if self.state not in ("proposed", "accepted"):
            raise UserError(self.env._("This line was decided already."))
        nothing = not self.item_ids and not (self.debtor_id and self.rest)
        if self.kind != "reversal" and nothing:
            raise UserError(self.env._("Choose what this money is for first."))
        if self.kind == "reversal" and not self.original_line_id:
            raise UserError(
                self.env._("Choose the payment that the bank took back first.")
            )
        _liquidity, suspense, other = line._seek_for_lines()
        if len(suspense) != 1 or other or line.is_reconciled:
            raise UserError(
                self.env._("This bank line was matched in another way meanwhile.")
            )
        self._check_period(line.move_id)
        self._check_items()

    def _check_period(self, move):
        locks = move._get_violated_lock_dates(move.date, False)
        if locks:
            raise UserError(
                self.env._(
                    "The period of this bank line is closed until %(day)s. Ask for "
                    "an exception to the lock date, or match it in the bank journal "
                    "with a date in an open period.",
                    day=format_date(self.env, max(day for day, _name in locks)),
                )
            )
        if move.inalterable_hash:
            raise UserError(
                self.env._(
                    "Entries of this bank journal are sealed, so this line cannot be "
                    "changed any more."
                )
            )

    def _check_items(self):
        """The items are open still, of this company, and as large as is needed."""
        family = self._family(self.company_id)
        for item in self.item_ids:
            row = item.move_line_id
            if not row or row.reconciled or row.parent_state != "posted":
                raise UserError(
                    self.env._("%s is not open any more. Choose again.", item.name)
                )
            if row.company_id not in family:
                raise UserError(self.env._("%s belongs to another company.", item.name))
            left = row.amount_residual_currency
            same_sign = left * item.settled > 0
            if (
                not same_sign
                or item.currency_id.compare_amounts(abs(item.settled), abs(left)) > 0
            ):
                raise UserError(
                    self.env._(
                        "Of %(name)s only %(amount)s is open. Choose again.",
                        name=item.name,
                        amount=format_amount(self.env, left, item.currency_id),
                    )
                )

    def _how_it_was(self, line):
        """What undoing needs to know."""
        _liquidity, suspense, _other = line._seek_for_lines()
        return {
            "partner_id": line.partner_id.id,
            "name": suspense.name,
            "account_id": suspense.account_id.id,
            "suspense_partner_id": suspense.partner_id.id,
            "currency_id": suspense.currency_id.id,
            "amount_currency": suspense.amount_currency,
            "balance": suspense.balance,
        }

    def _replace_suspense(self, line):
        """Counterpart lines in the place of the suspense line.

        :return: list of (counterpart line, open item)
        """
        liquidity, suspense, _other = line._seek_for_lines()
        rows = self._item_rows(line, suspense)
        rows += self._difference_rows(line, suspense)
        self._balance(rows, suspense)
        known = line.move_id.line_ids
        line.with_context(force_delete=True, skip_readonly_check=True).write(
            {
                "line_ids": [
                    Command.update(liquidity.id, {"partner_id": self.debtor_id.id}),
                    Command.delete(suspense.id),
                    *(Command.create(row) for row in rows),
                ]
            }
        )
        made = (line.move_id.line_ids - known).sorted("id")
        return list(zip(made, self.item_ids.move_line_id, strict=False))

    def _item_rows(self, line, suspense):
        """One counterpart line per item, in the order of the items."""
        rows = []
        for item in self.item_ids:
            target = item.move_line_id
            if item.currency_id == suspense.currency_id:
                balance = self._balance_of(line, suspense, item.settled)
            else:
                balance = -suspense.balance
            rows.append(
                {
                    "name": line.payment_ref or item.name,
                    "account_id": target.account_id.id,
                    "partner_id": target.partner_id.id,
                    "currency_id": item.currency_id.id,
                    "amount_currency": -item.settled,
                    "balance": -balance,
                }
            )
        return rows

    def _balance_of(self, line, suspense, amount):
        """An amount of the bank line in company money, at the rate of the bank."""
        company = self.company_id.currency_id
        if suspense.currency_id == company:
            return amount
        return line._prepare_counterpart_amounts_using_st_line_rate(
            suspense.currency_id, amount, amount
        )["balance"]

    def _difference_rows(self, line, suspense):
        """Discount, difference and rest."""
        rows = []
        for item in self.item_ids.filtered("discount"):
            rows += self._discount_rows(item)
        plain = {
            "name": line.payment_ref,
            "partner_id": self.debtor_id.id,
            "currency_id": suspense.currency_id.id,
        }
        if self.write_off:
            account = self.company_id.o2c_cash_difference_account_id
            if not account:
                raise UserError(self._words_without_account())
            rows.append(
                plain
                | {
                    "name": self.env._("Payment difference"),
                    "account_id": account.id,
                    "amount_currency": self.write_off,
                    "balance": self._balance_of(line, suspense, self.write_off),
                }
            )
        if self.rest:
            debtor = self.debtor_id.with_company(self.company_id)
            rows.append(
                plain
                | {
                    "account_id": debtor.property_account_receivable_id.id,
                    "amount_currency": -self.rest,
                    "balance": -self._balance_of(line, suspense, self.rest),
                }
            )
        return rows

    def _discount_rows(self, item):
        """The discount as core books it, VAT as the term says."""
        target = item.move_line_id
        balance = target.balance - target.discount_balance
        groups = (
            target.move_id._get_invoice_counterpart_amls_for_early_payment_discount(
                [
                    {
                        "aml": target,
                        "amount_currency": -target.amount_residual_currency,
                        "balance": -target.amount_residual,
                    }
                ],
                balance,
            )
        )
        return [dict(row) for rows in groups.values() for row in rows]

    def _balance(self, rows, suspense):
        """A cent of rounding goes to the first item; more is an error of ours."""
        company = self.company_id.currency_id
        off = company.round(suspense.balance - sum(row["balance"] for row in rows))
        if company.is_zero(off):
            return
        if suspense.currency_id == company or abs(off) > len(rows) * 0.05:
            raise UserError(
                self.env._(
                    "The parts do not add up to the bank line: %s is left.",
                    format_amount(self.env, off, company),
                )
            )
        rows[0]["balance"] += off
