"""How shall this draft invoice be paid, when it is too much at once?"""

from decimal import Decimal

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_amount, format_date

from ..policy.instalments import advance_percent, equal_shares

MOST_INSTALMENTS = 12


class O2cDraftTerms(models.TransientModel):
    """Chooses a payment term; a missing one is made, out of sight of the term list."""

    _name = "o2c.draft.terms"
    _description = "Spread the Payment of a Draft Invoice"

    move_id = fields.Many2one("account.move", required=True, ondelete="cascade")
    kind = fields.Selection(
        [
            ("advance", "A part at once, the rest later"),
            ("instalments", "In equal instalments"),
        ],
        string="How",
        required=True,
        default="advance",
    )
    percent = fields.Float(
        string="At Once (%)",
        compute="_compute_percent",
        store=True,
        readonly=False,
        help="Proposed: what the customer lacks, rounded up to five percent.",
    )
    rest_days = fields.Integer(
        string="Rest After (Days)", default=30, help="From the invoice date."
    )
    count = fields.Integer(string="Instalments", default=3)
    days_between = fields.Integer(default=30)
    preview = fields.Text(string="The Customer Pays", compute="_compute_preview")

    @api.depends("move_id")
    def _compute_percent(self):
        for wizard in self:
            move = wizard.move_id
            wizard.percent = float(
                advance_percent(
                    Decimal(str(move.o2c_over_limit or 0)),
                    Decimal(str(move.amount_total_signed or 0)),
                )
                or 50
            )

    @api.depends("kind", "percent", "rest_days", "count", "days_between", "move_id")
    def _compute_preview(self):
        for wizard in self:
            move = wizard.move_id
            if not move or wizard._lacks():
                wizard.preview = wizard._lacks()
                continue
            start = move.invoice_date or move.company_id._o2c_today()
            wizard.preview = "\n".join(
                self.env._(
                    "%(amount)s on %(date)s",
                    amount=format_amount(
                        self.env, move.amount_total * share / 100, move.currency_id
                    ),
                    date=format_date(self.env, fields.Date.add(start, days=days)),
                )
                for share, days in wizard._shares()
            )

    def _lacks(self):
        """What is wrong with the figures, or nothing."""
        self.ensure_one()
        if self.kind == "advance" and not 0 < self.percent <= 100:
            return self.env._("The part at once is more than 0 and at most 100 %.")
        if self.kind == "advance" and self.rest_days < 1:
            return self.env._("The rest is paid at least one day later.")
        if self.kind == "instalments" and not 2 <= self.count <= MOST_INSTALMENTS:
            return self.env._("Choose 2 to %s instalments.", MOST_INSTALMENTS)
        if self.kind == "instalments" and self.days_between < 1:
            return self.env._("There is at least one day between instalments.")
        return ""

    def _shares(self):
        """Pairs of percentage and days after the invoice date."""
        self.ensure_one()
        if self.kind == "advance" and self.percent == 100:
            return [(100.0, 0)]
        if self.kind == "advance":
            return [(self.percent, 0), (100 - self.percent, self.rest_days)]
        return [
            (float(share), self.days_between * number)
            for number, share in enumerate(equal_shares(self.count), start=1)
        ]

    def action_apply(self):
        """Put the term on the draft; due dates and amounts follow from it."""
        self.ensure_one()
        move = self.move_id
        move.check_access("write")
        if move.state != "draft":
            raise UserError(
                self.env._("This invoice is posted already: agree a payment plan.")
            )
        if self._lacks():
            raise UserError(self._lacks())
        move.invoice_payment_term_id = self._term()
        move.message_post(
            body=self.env._("Payment spread: %s", self.preview),
            subtype_xmlid="mail.mt_note",
        )
        return {"type": "ir.actions.act_window_close"}

    def _term(self):
        """The payment term with these shares, made when there is none yet."""
        shares = self._shares()
        terms = self.env["account.payment.term"].sudo().with_context(active_test=False)
        name = self._term_name(shares)
        found = terms.search(
            [
                ("name", "=", name),
                ("company_id", "in", (False, self.move_id.company_id.id)),
            ]
        ).filtered(
            lambda term: [
                (round(line.value_amount, 2), line.nb_days) for line in term.line_ids
            ]
            == [(round(share, 2), days) for share, days in shares]
        )
        return found[:1] or terms.create(
            {
                "name": name,
                "active": False,
                "company_id": self.move_id.company_id.id,
                "line_ids": [
                    Command.create(
                        {"value": "percent", "value_amount": share, "nb_days": days}
                    )
                    for share, days in shares
                ],
            }
        )

    def _term_name(self, shares):
        """What the customer reads on the invoice."""
        customer = self.with_context(lang=self.move_id.partner_id.lang).env
        if len(shares) == 1:
            return customer._("At once")
        if self.kind == "advance":
            return customer._(
                "%(percent)s%% at once, the rest after %(days)s days",
                percent=f"{shares[0][0]:g}",
                days=self.rest_days,
            )
        return customer._(
            "%(count)s instalments, every %(days)s days",
            count=self.count,
            days=self.days_between,
        )
