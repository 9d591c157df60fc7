"""Key figures of the work itself: disputes, promises, plans, holds and bank lines."""

from odoo import api, fields, models

from ...policy import receivable_days, work_results
from .o2c_kpi_taking import _money


def _share(label, text):
    """A share in percent; empty when there is nothing to compare with."""
    return fields.Float(
        string=label, readonly=True, digits=(16, 1), aggregator="avg", help=text
    )


def _count(label, text):
    """Counts what happened in the month."""
    return fields.Integer(string=label, readonly=True, help=text)


class O2cKpiSnapshot(models.Model):
    _inherit = "o2c.kpi.snapshot"

    paid_on_time = fields.Monetary(
        readonly=True, help="The part of it that came by the due date."
    )
    invoices = _count("Number of Invoices", "Posted in the month, credit notes not.")
    raised = fields.Monetary(
        string="Disputed in the Month",
        readonly=True,
        help="Amount of the disputes that were raised in the month.",
    )
    disputes_raised = _count("Disputes Raised", "In the month.")
    disputes_closed = _count("Disputes Closed", "In the month.")
    disputed_invoices = _count(
        "Invoices Disputed", "Invoices of which a dispute was raised in the month."
    )
    disputed_share = _share(
        "Invoices Disputed (%)",
        "Invoices of which a dispute was raised in the month / invoices of the month, "
        "by number.",
    )
    promises_due = _count(
        "Promises Due", "Promises to pay that fell due in the month and are settled."
    )
    promises_met = _count(
        "Promises Met", "Of these: paid in full by the promised day, plus grace."
    )
    plans_ended = _count(
        "Plans Ended", "Payment plans that were kept or broken in the month."
    )
    plans_met = _count("Plans Met", "Of these: paid to the end.")
    plans_kept = _share(
        "Plans Kept (%)",
        "Of the payment plans that were kept or broken in the month, by number. "
        "Withdrawn and refused ones do not count.",
    )
    holds_opened = _count(
        "Orders Held", "Holds that were opened in the month; what was watched is not."
    )
    holds_amount = fields.Monetary(
        string="Amount Held",
        readonly=True,
        help="What the orders add that were held in the month.",
    )
    holds_ended = _count("Holds Ended", "Holds that ended in the month, in any way.")
    holds_released = _count("Released", "By a person, with a reason.")
    holds_paid = _count(
        "Solved by Payment",
        "Solved by themselves after the customer paid while they waited.",
    )
    holds_declined = _count("Cancelled", "The order was cancelled while it was held.")
    hold_hours = fields.Float(
        string="Hours on Hold",
        readonly=True,
        digits=(16, 1),
        aggregator="avg",
        help="From the moment an order was held until it could go on, on average, of "
        "the holds that ended in the month. Nights and weekends count; orders that "
        "were cancelled do not.",
    )
    holds_released_share = _share(
        "Released (%)", "Released by a person / holds that ended, by number."
    )
    holds_paid_share = _share(
        "Solved by Payment (%)", "Solved by payment / holds that ended, by number."
    )
    holds_declined_share = _share(
        "Cancelled (%)", "Order cancelled / holds that ended, by number."
    )
    lag_amount = fields.Monetary(
        string="Invoiced with a Known Lag",
        readonly=True,
        help="Amount of the invoices that left in the month and of which the delivery "
        "is known.",
    )
    bank_lines = _count(
        "Bank Receipts", "Lines of bank statements with money that came in."
    )
    bank_amount = fields.Monetary(
        string="Received at the Bank", readonly=True, help="In company currency."
    )
    bank_matched_lines = _count(
        "Receipts Matched", "Of these: matched with what they are for."
    )
    bank_matched = _share(
        "Matched (%)",
        "Bank receipts of the month that were matched when the figures were taken, by "
        "number: by the cash desk, by hand, or in any other way.",
    )

    @api.model
    def _facts(self, companies, month, day):
        return [
            *super()._facts(companies, month, day),
            self._planned(companies, month, day),
            self._held(companies, month, day),
            self._received(companies, month, day),
        ]

    @api.model
    def _row(self, row, days):
        held = [
            row.get(name) or 0
            for name in (
                "holds_ended",
                "holds_released",
                "holds_paid",
                "holds_declined",
            )
        ]
        outcome = work_results.outcome(*held)
        due, met = row.get("promises_due") or 0, row.get("promises_met") or 0
        ended, paid = row.get("plans_ended") or 0, row.get("plans_met") or 0
        gone_on = held[0] - held[3]
        figures = {
            "disputed_share": receivable_days.share(
                _money(row.get("disputed_invoices")), _money(row.get("invoices"))
            ),
            "promises_kept": work_results.kept(met, due - met),
            "plans_kept": work_results.kept(paid, ended - paid),
            "hold_hours": work_results.hours(row.get("held_seconds"), gone_on),
            "holds_released_share": outcome.released,
            "holds_paid_share": outcome.paid,
            "holds_declined_share": outcome.declined,
            "bank_matched": receivable_days.share(
                _money(row.get("bank_matched_lines")), _money(row.get("bank_lines"))
            ),
        }
        return super()._row(row, days) | {
            name: None if value is None else float(value)
            for name, value in figures.items()
        }
