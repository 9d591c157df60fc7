"""Accounts that customers paid from: learned by booking, shown, and forgotten."""

from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..policy.reference import squash


class O2cCounterAccount(models.Model):
    """A bank account from which money for this customer came."""

    _name = "o2c.counter.account"
    _description = "Learned Counter-Account"
    _order = "last_on desc, id desc"
    _rec_name = "account_number"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )
    account_number = fields.Char(required=True, readonly=True, index=True)
    payer = fields.Char(readonly=True, help="Name that the bank gave last.")
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    times = fields.Integer(readonly=True, help="Matches booked from this account.")
    last_on = fields.Date(string="Last Payment", readonly=True)
    shared = fields.Boolean(
        compute="_compute_shared",
        help="It paid for several customers, so it proves nothing about one.",
    )
    active = fields.Boolean(
        default=True, help="Forgotten accounts are not used and not learned again."
    )

    _account_uniq = models.UniqueIndex("(company_id, account_number, partner_id)")

    @api.depends("account_number", "company_id")
    def _compute_shared(self):
        rows = self.env["o2c.counter.account"]._read_group(
            [("account_number", "in", self.mapped("account_number"))],
            ["company_id", "account_number"],
            ["__count"],
        )
        count = {(company.id, number): many for company, number, many in rows}
        for one in self:
            one.shared = count.get((one.company_id.id, one.account_number), 0) > 1

    @api.model
    def _learn(self, matches, step=1):
        """Remember from which account money came; ``step`` -1 takes it back."""
        for match in matches:
            number = squash(match.account_number)
            if not number or not match.debtor_id or match.kind != "receipt":
                continue
            known = (
                self.sudo()
                .with_context(active_test=False)
                .search(
                    [
                        ("company_id", "=", match.company_id.id),
                        ("account_number", "=", number),
                        ("partner_id", "=", match.debtor_id.id),
                    ]
                )
            )
            if known and known.times + step <= 0 and known.active:
                known.unlink()
            elif known:
                known.write({"times": known.times + step, "last_on": match.date})
            elif step > 0:
                known.create(
                    {
                        "company_id": match.company_id.id,
                        "account_number": number,
                        "partner_id": match.debtor_id.id,
                        "payer": match.payer,
                        "times": 1,
                        "last_on": match.date,
                    }
                )

    @api.model
    def _join_for_merge(self, src_partners, dst_partner):
        """One row per account of customers who become one; what was forgotten of one
        of them stays forgotten."""
        rows = self.sudo().with_context(active_test=False)
        rows = rows.search([("partner_id", "in", (src_partners | dst_partner).ids)])
        keys = rows.grouped(lambda row: (row.company_id, row.account_number))
        for same in keys.values():
            kept = same.filtered(lambda row: row.partner_id == dst_partner) or same[0]
            kept.write(
                {
                    "times": sum(same.mapped("times")),
                    "last_on": max(same.mapped("last_on")),
                    "active": all(same.mapped("active")),
                }
            )
            (same - kept).unlink()

    def action_forget(self):
        """Do not recognise this customer by this account any more."""
        self._check_clerk()
        self.sudo().active = False

    def action_remember(self):
        """Use it again."""
        self._check_clerk()
        self.sudo().active = True

    def _check_clerk(self):
        self.check_access("read")
        if not self.env.user.has_group("o2c_cash.group_cash_clerk"):
            raise AccessError(
                self.env._("Only a cash clerk decides about learned accounts.")
            )
