"""A discount that was taken: booked when in time, shown when late."""

from decimal import Decimal

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError

from ...policy import early_discount as policy


class AccountMove(models.Model):
    _inherit = "account.move"

    o2c_discount_state = fields.Selection(
        [
            ("booked", "Taken in time"),
            ("late", "Taken too late"),
            ("granted", "Granted all the same"),
            ("refused", "Not granted"),
        ],
        string="Early Payment Discount",
        readonly=True,
        copy=False,
        tracking=True,
        help="What became of the discount when the discounted amount came in.",
    )

    _o2c_discount_late_idx = models.Index(
        "(company_id, id) WHERE o2c_discount_state = 'late'"
    )

    def _o2c_judge_discount(self):
        """After money came in: was the discount taken, and in time?"""
        for move in self:
            if not move._o2c_may_have_taken():
                continue
            verdict = policy.taken(move._o2c_discount_facts())
            if verdict == policy.IN_TIME:
                move._o2c_book_discount("booked")
            elif verdict == policy.LATE and not move.o2c_discount_state:
                move.sudo().o2c_discount_state = "late"
            elif verdict == policy.NOT_TAKEN and move.o2c_discount_state == "late":
                move.sudo().o2c_discount_state = False

    def _o2c_may_have_taken(self):
        company = self.company_id.sudo()
        return (
            self.state == "posted"
            and self._o2c_discount_offered()
            and company._o2c_mode("billing") == "live"
            and company.o2c_discount_automatic
            and len(self._o2c_term_lines()) == 1
            and self.o2c_discount_state not in ("granted", "refused")
        )

    def _o2c_discount_facts(self):
        line = self._o2c_term_lines()
        money = line.sudo().matched_credit_ids.credit_move_id
        payments = money.filtered(lambda one: one.payment_id or one.statement_line_id)
        cent = Decimal(1).scaleb(-self.currency_id.decimal_places)

        def exact(amount):
            return Decimal(str(amount)).quantize(cent)

        return policy.Payment(
            open=exact(line.amount_residual_currency),
            discount=exact(line.amount_currency - line.discount_amount_currency)
            # a discount is for who pays; a credit note changes what it is of
            if payments and payments == money
            else Decimal(0),
            until=line.discount_date or None,
            paid_on=max(money.mapped("date")) if money else self.invoice_date,
            tolerance_days=self.company_id.sudo().o2c_discount_tolerance_days or 0,
        )

    def _o2c_book_discount(self, state):
        """Write the open rest off as discount, the VAT as the term says.

        :param str state: what it is called from now on
        :return: the entry
        """
        self.ensure_one()
        line = self._o2c_term_lines()
        groups = self._o2c_discount_rows(line.amount_residual)
        rows = [row for group in groups for row in group]
        entry = self._o2c_discount_entry(line, rows)
        self.sudo().o2c_discount_state = state
        return entry

    def _o2c_discount_rows(self, balance):
        """Journal items of the discount as core makes them, in its groups.

        Core scales the VAT by what is open, so the matches are taken off while it
        computes; the savepoint puts them back.

        :param float balance: of the discount, in company currency
        """
        self.ensure_one()
        line = self._o2c_term_lines()

        def rows():
            values = self._get_invoice_counterpart_amls_for_early_payment_discount(
                [{"aml": line}], balance
            )
            return [[dict(row) for row in group] for group in values.values()]

        if not line.matched_credit_ids:
            return rows()
        with self.env.cr.savepoint() as savepoint:
            line.sudo().remove_move_reconcile()
            found = rows()
            savepoint.rollback()
        return found

    def _o2c_discount_entry(self, line, rows):
        """An entry of these rows against the receivable line, reconciled with it."""
        company = self.company_id
        journal = (
            self.env["account.journal"]
            .sudo()
            .search(
                [
                    *self.env["account.journal"]._check_company_domain(company),
                    ("type", "=", "general"),
                ],
                limit=1,
            )
        )
        if not journal or any(not row.get("account_id") for row in rows):
            raise UserError(
                self.env._(
                    "The discount of %s cannot be booked: set the accounts for cash "
                    "discounts in the accounting settings.",
                    self.name,
                )
            )
        money = line.sudo().matched_credit_ids.credit_move_id
        day = max([*money.mapped("date"), self.invoice_date])
        entry = (
            self.env["account.move"]
            .sudo()
            .with_company(company)
            .create(
                {
                    "move_type": "entry",
                    "journal_id": journal.id,
                    "ref": self.env._("Early payment discount %s", self.name),
                    "line_ids": [
                        Command.create({**row, "partner_id": line.partner_id.id})
                        for row in [*rows, self._o2c_discount_counterpart(line, rows)]
                    ],
                }
            )
        )
        tax = bool(entry.line_ids.tax_ids or entry.line_ids.tax_line_id)
        entry.date = entry._get_accounting_date(day, tax)
        entry.action_post()
        counterpart = entry.line_ids.filtered(
            lambda one: one.account_id == line.account_id
        )
        (counterpart + line).sudo().reconcile()
        return entry

    def _o2c_discount_counterpart(self, line, rows):
        return {
            "name": self.env._("Early payment discount"),
            "account_id": line.account_id.id,
            "currency_id": line.currency_id.id,
            "amount_currency": -sum(row["amount_currency"] for row in rows),
            "balance": -sum(row["balance"] for row in rows),
        }

    # What people decide about a late one

    def _o2c_grant_discount(self, reason):
        """A late discount is granted all the same, by an approver, with a reason."""
        self.ensure_one()
        if not self.env.user.has_group("o2c_base.group_billing_approver"):
            raise AccessError(
                self.env._("Only a billing approver grants a discount taken too late.")
            )
        self.check_access("write")
        if self.o2c_discount_state != "late":
            raise UserError(self.env._("%s has no late discount.", self.name))
        if policy.taken(self._o2c_discount_facts()) != policy.LATE:
            raise UserError(
                self.env._(
                    "What is open on %s is no longer the discount alone.", self.name
                )
            )
        self._o2c_book_discount("granted")
        self.message_post(
            body=self.env._("Late discount granted: %(reason)s", reason=reason)
        )

    def action_o2c_refuse_discount(self):
        """The rest stays due and is followed up like any open amount."""
        if not self.env.user.has_group("o2c_base.group_billing_user"):
            raise AccessError(
                self.env._("Only a billing user decides about late discounts.")
            )
        self.check_access("write")
        late = self.filtered(lambda move: move.o2c_discount_state == "late")
        late.sudo().o2c_discount_state = "refused"
        return True


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    @api.model
    def _reconcile_plan(self, reconciliation_plan):
        """Every way to match money with an invoice ends here."""
        result = super()._reconcile_plan(reconciliation_plan)
        offered = self._o2c_plan_lines(reconciliation_plan).filtered(
            lambda line: (
                line.display_type == "payment_term"
                and not line.reconciled
                and line.discount_date
            )
        )
        offered.move_id._o2c_judge_discount()
        return result

    @api.model
    def _o2c_plan_lines(self, plan):
        """All lines of a plan of matches, which may hold other plans."""
        lines = self.browse()
        for part in plan:
            if isinstance(part, models.Model):
                lines |= part
            else:
                lines |= self._o2c_plan_lines(part)
        return lines
