"""A billing event of a contract: its days, and its invoice in the contract's terms."""

from odoo import api, fields, models


class O2cBillingEvent(models.Model):
    _inherit = "o2c.billing.event"

    contract_period_id = fields.Many2one(
        "o2c.contract.period",
        string="Contract Period",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="The days of a contract that this bills or settles.",
    )
    contract_id = fields.Many2one(
        related="contract_period_id.contract_id",
        store=True,
        index="btree_not_null",
        string="Contract",
    )

    @api.model
    def _event_values(self, vals):
        """The price is in the currency of the contract, the amount in our own."""
        values = super()._event_values(vals)
        if values and values.get("contract_period_id"):
            period = self.env["o2c.contract.period"].browse(
                values["contract_period_id"]
            )
            company = period.company_id
            values["amount"] = period.currency_id._convert(
                period.amount, company.currency_id, company, values["date"]
            )
        return values

    def _draft(self, today):
        """Contracts have their own heading; the rest goes its own way."""
        own = self.filtered("contract_period_id")
        moves = own._draft_contracts(today)
        if self - own:
            moves |= super(O2cBillingEvent, self - own)._draft(today)
        return moves

    def _draft_contracts(self, today):
        """Drafts of contract events, one per address, reference and terms.

        When more comes back than is charged, the document is a credit note.
        """
        groups = {}
        for event in self:
            key = tuple(sorted(event._contract_heading().items()))
            groups[key] = groups.get(key, self.browse()) | event
        values = [
            events._contract_invoice_values(dict(key), today)
            for key, events in groups.items()
        ]
        moves = self.env["sale.order"]._create_account_invoices(values, False)
        for move, events in zip(moves, groups.values(), strict=True):
            lines = move.invoice_line_ids.sorted("sequence")
            for line, event in zip(lines, events, strict=True):
                event._becomes(line)
        return moves

    def _contract_heading(self):
        """What stands at the head of the invoice; equal headings share one."""
        self.ensure_one()
        contract = self.contract_period_id.contract_id
        return {
            "company_id": contract.company_id.id,
            "partner_id": self.partner_id.id,
            "ref": self.reference or "",
            "currency_id": contract.currency_id.id,
            "fiscal_position_id": contract.fiscal_position_id.id or 0,
            "invoice_payment_term_id": contract.payment_term_id.id or 0,
            "invoice_user_id": contract.user_id.id or 0,
        }

    def _contract_invoice_values(self, heading, today):
        """Values of the invoice, or of the credit note, of these events."""
        credit = sum(self.contract_period_id.mapped("amount")) < 0
        values = {name: value for name, value in heading.items() if value}
        lines = []
        for number, event in enumerate(self):
            line = {**event._invoice_line_values(), "sequence": 10 + number}
            if credit:
                line["quantity"] = -line["quantity"]
            lines.append((0, 0, line))
        values |= {
            "move_type": "out_refund" if credit else "out_invoice",
            "invoice_date": today,
            "invoice_origin": ", ".join(sorted(set(self.contract_id.mapped("name")))),
            "invoice_line_ids": lines,
        }
        if credit:
            values["reversed_entry_id"] = self._credited_invoice().id
        return values

    def _credited_invoice(self):
        """The one posted invoice that first billed these days, if it is one."""
        first = self.search(
            [
                ("source", "=", "contract"),
                ("company_id", "in", self.company_id.ids),
                (
                    "contract_period_id.line_id",
                    "in",
                    self.contract_period_id.line_id.ids,
                ),
                (
                    "contract_period_id.period_from",
                    "in",
                    self.contract_period_id.mapped("period_from"),
                ),
                ("contract_period_id.quantity", ">", 0),
                ("move_id.state", "=", "posted"),
            ]
        )
        moves = first.move_id
        return moves if len(moves) == 1 else moves.browse()

    def _invoice_line_values(self, position=None, charges=None):
        """Exact price by day, discount and the steps of the price."""
        period = self.contract_period_id
        if not period:
            return super()._invoice_line_values(position, charges)
        values = {
            "product_id": self.product_id.id,
            "name": self.description,
            "quantity": self.quantity,
            "price_unit": period.price_days,
            "discount": period.discount,
        }
        if period.trace:
            values["o2c_price_trace"] = period.trace
        return values
