"""At the end of the period: a draft credit note, and later only what changed."""

from collections import defaultdict
from decimal import Decimal

from psycopg2 import OperationalError

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import format_date

from odoo.addons.o2c_base.tools.local_form import day_text

from ...policy import volume_bonus as policy


class O2cVolumeBonus(models.Model):
    _inherit = "o2c.volume.bonus"

    def action_propose(self):
        """Make the draft credit note now."""
        self._check_authority()
        for bonus in self:
            company = bonus.company_id
            if company._o2c_mode("billing") != "live":
                raise UserError(self.env._("Billing is not live in %s.", company.name))
            if bonus.state != "running":
                raise UserError(self.env._("Start the bonus first."))
            today = company._o2c_today()
            if today <= bonus.date_to:
                raise UserError(
                    self.env._(
                        "The period runs until %s: the bonus is settled after it.",
                        format_date(self.env, bonus.date_to),
                    )
                )
            if not bonus._propose(today):
                raise UserError(
                    self.env._(
                        "There is nothing to settle: nothing was earned, or what was "
                        "earned is on a credit note already."
                    )
                )
        return self.action_settlements() if len(self) == 1 else True

    def _propose_due(self, today):
        """Every bonus whose period is over; one that fails stops no other.

        :return: the drafts
        """
        moves = self.env["account.move"]
        cron = self.env["ir.cron"]
        for bonus in self:
            if today < policy.due_on(bonus.date_to, bonus.wait_days):
                continue
            try:
                with self.env.cr.savepoint():
                    moves |= bonus._propose(today)
            except OperationalError:
                raise
            except Exception as error:
                bonus.message_post(
                    body=self.env._("The credit note could not be made: %s", error)
                )
            if not cron._commit_progress(processed=1):
                return moves
        return moves

    def _propose(self, today):
        """What was earned and is on no document yet, as a draft.

        :return: the draft, or an empty recordset when there is nothing to settle
        """
        self.ensure_one()
        moves = self.env["account.move"]
        bonus = self.sudo().try_lock_for_update()
        if not bonus:
            return moves
        waiting = bonus.settlement_ids.filtered(
            lambda one: one.move_id.state == "draft"
        )
        if waiting:
            return moves
        bonus._refresh(today)
        parts = bonus._earned_parts()
        settled = bonus._settled_parts()
        open_parts = {
            key: parts.get(key, Decimal(0)) - settled.get(key, Decimal(0))
            for key in {**parts, **settled}
        }
        amount = sum(open_parts.values(), Decimal(0))
        open_parts = {key: value for key, value in open_parts.items() if value}
        if not open_parts:
            return moves
        settlement = bonus._settlement(today, amount, open_parts)
        move = moves.with_company(bonus.company_id).create(
            bonus._move_values(settlement, amount, open_parts)
        )
        settlement.move_id = move
        move.action_o2c_ask_approval()
        bonus.message_post(
            body=self.env._(
                "%(amount)s is proposed on %(document)s.",
                amount=bonus._money(float(amount)),
                document=move._get_html_link(title=self.env._("a draft")),
            )
        )
        return move

    def _earned_parts(self):
        """The bonus per set of taxes, in proportion to the turnover."""
        turnover = defaultdict(Decimal)
        for (taxes, _account), (money, _units) in self._bought(self.date_to)[
            self.id
        ].items():
            turnover[taxes] += money
        return policy.split(Decimal(str(self.accrued)), dict(turnover))

    def _settled_parts(self):
        """What earlier documents settled per set of taxes; deleted ones do not."""
        settled = defaultdict(Decimal)
        for one in self.settlement_ids:
            if one.move_id and one.move_id.state != "cancel":
                for taxes, amount in one.parts or ():
                    settled[tuple(taxes)] += Decimal(amount)
        return settled

    def _settlement(self, today, amount, parts):
        """The record of this document; that of a deleted one is used again."""
        values = {
            "date": today,
            "turnover": self.turnover,
            "earned": self.accrued,
            "amount": float(amount),
            "parts": [[list(taxes), str(money)] for taxes, money in parts.items()],
        }
        void = self.settlement_ids.filtered(
            lambda one: not one.move_id or one.move_id.state == "cancel"
        )
        if void:
            void[0].write(values)
            return void[0]
        number = max(self.settlement_ids.mapped("number"), default=0) + 1
        return self.env["o2c.bonus.settlement"].create(
            {**values, "bonus_id": self.id, "number": number}
        )

    def _move_values(self, settlement, amount, parts):
        """A credit note; an invoice when more is taken back than given."""
        sign = 1 if amount >= 0 else -1
        customer = self.partner_id
        lang = customer.lang or self.company_id.partner_id.lang or self.env.lang
        told = self.with_context(lang=lang)
        return {
            "move_type": "out_refund" if sign > 0 else "out_invoice",
            "company_id": self.company_id.id,
            "currency_id": self.currency_id.id,
            "partner_id": customer.id,
            "invoice_origin": self.name,
            "o2c_bonus_settlement_id": settlement.id,
            "invoice_line_ids": [
                (0, 0, told._move_line_values(taxes, sign * money))
                for taxes, money in parts.items()
            ],
        }

    def _move_line_values(self, tax_ids, amount):
        taxes = self.env["account.tax"].browse(tax_ids)
        price = float(amount)
        if any(taxes.mapped("price_include")):
            price = taxes.compute_all(
                price, currency=self.currency_id, handle_price_include=False
            )["total_included"]
        return {
            "name": self.env._(
                "%(bonus)s over purchases from %(begin)s to %(end)s (%(turnover)s)",
                bonus=self.name,
                begin=day_text(self.env, self.date_from),
                end=day_text(self.env, self.date_to),
                turnover=self._money(self.turnover),
            ),
            "quantity": 1.0,
            "price_unit": price,
            "tax_ids": [(6, 0, taxes.ids)],
            "account_id": self._line_account(tax_ids).id,
        }

    def _line_account(self, tax_ids):
        """The account that was chosen, or the one with most of this turnover."""
        if self.account_id:
            return self.account_id
        sums = {
            account: money
            for (taxes, account), (money, _units) in self._bought(self.date_to)[
                self.id
            ].items()
            if taxes == tax_ids
        }
        accounts = self.env["account.account"]
        return accounts.browse(max(sums, key=sums.get)) if sums else accounts
