"""What cost and interest would be today: an estimate on screen, never a claim."""

from datetime import timedelta

from odoo import api, fields, models

from ..policy.collection_cost import summed_cost
from ..policy.interest import statutory_interest
from ..tools.amount import decimal


class O2cClaimEstimate(models.TransientModel):
    """The calculation over the open items of a case, line by line."""

    _name = "o2c.claim.estimate"
    _description = "Cost and Interest Estimate"

    case_id = fields.Many2one("o2c.dunning.case", required=True, ondelete="cascade")
    currency_id = fields.Many2one(related="case_id.company_id.currency_id")
    date = fields.Date(
        string="Up To And Including",
        required=True,
        default=lambda self: fields.Date.context_today(self),
    )
    kind = fields.Selection(
        [
            ("civil", "Statutory interest (6:119)"),
            ("trade", "Statutory trade interest (6:119a)"),
        ],
        compute="_compute_kind",
        help="Follows from the segment: consumers owe statutory interest.",
    )
    principal = fields.Monetary(compute="_compute_estimate")
    cost = fields.Monetary(
        string="Collection Cost",
        compute="_compute_estimate",
        help="By the scale of the Besluit BIK over the sum of the items, without VAT. "
        "A consumer owes it only after a valid 14-day letter.",
    )
    interest = fields.Monetary(compute="_compute_estimate")
    total = fields.Monetary(compute="_compute_estimate")
    certain = fields.Boolean(
        compute="_compute_estimate",
        help="Whether every rate in the calculation is confirmed.",
    )
    calculation = fields.Html(compute="_compute_estimate")

    @api.depends("case_id")
    def _compute_kind(self):
        for estimate in self:
            segment = estimate.case_id.partner_id.o2c_segment_id
            estimate.kind = "civil" if segment.natural_person else "trade"

    @api.depends("case_id", "date", "kind")
    def _compute_estimate(self):
        model = self.env["o2c.interest.rate"]
        for estimate in self:
            items = estimate._items_facts()
            every = estimate._interest_lines(items, model._rates(estimate.kind))
            sure = estimate._interest_lines(items, model._rates(estimate.kind, True))
            estimate.principal = float(sum(amount for _l, amount, _d in items))
            estimate.cost = float(summed_cost([amount for _l, amount, _d in items]))
            estimate.interest = float(sum(result.total for _label, result in every))
            estimate.total = estimate.principal + estimate.cost + estimate.interest
            estimate.certain = [result for _label, result in every] == [
                result for _label, result in sure
            ]
            estimate.calculation = self.env["ir.qweb"]._render(
                "o2c_dunning.claim_calculation",
                {"estimate": estimate, "items": every},
            )

    def _items_facts(self):
        """Overdue items in company currency.

        :return: list of (label, amount, first day of default)
        """
        return [
            (
                line.move_id.name,
                decimal(line.amount_residual),
                line.date_maturity + timedelta(days=1),
            )
            for line in self.case_id.open_line_ids
            if line.amount_residual > 0
            and line.date_maturity
            and line.date_maturity < self.date
        ]

    def _interest_lines(self, items, rates):
        """The interest of each item.

        :return: list of (label, result)
        """
        return [
            (label, statutory_interest(amount, start, self.date, rates))
            for label, amount, start in items
        ]
