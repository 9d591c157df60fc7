"""What counts how much on the work list, and when a case comes back."""

from odoo import api, fields, models
from odoo.fields import Domain

from ...policy.work_rank import Weights
from ...tools.amount import decimal

#: Upper ages of a band and the field with its factor; the last one has no end.
BANDS = ((0, "age_30"), (31, "age_60"), (61, "age_90"), (91, "age_more"))
FACTORS = (
    "broken_promise",
    "open_promise",
    "answered",
    "over_limit",
    "orders_waiting",
    "call_due",
    "not_reached",
    "recent_contact",
    "insolvent",
)


def _chance(label, default, text=None):
    """A share of the money, from 0 to 1."""
    return fields.Float(
        string=label,
        default=default,
        required=True,
        digits=(4, 2),
        help=text
        or "Part of the money that a call brings in and that would not come by itself.",
    )


def _factor(label, default, text):
    """Something that lifts a case (above 1) or lowers it (below 1)."""
    return fields.Float(
        string=label, default=default, required=True, digits=(4, 2), help=text
    )


def _days(label, default, text):
    """Days until the case comes back."""
    return fields.Integer(string=label, default=default, required=True, help=text)


class O2cWorkWeights(models.Model):
    """One record for every company, a copy for a company with a mind of its own."""

    _name = "o2c.work.weights"
    _description = "Weights of the Work List"
    _inherit = ["mail.thread"]
    _order = "company_id, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        ondelete="cascade",
        help="Only this company uses these weights. Empty: every company without its "
        "own.",
    )
    chance_a = _chance("Grade A", 0.3, "A good payer pays anyway: a call adds little.")
    chance_b = _chance("Grade B", 0.5)
    chance_c = _chance("Grade C", 0.6)
    chance_d = _chance("Grade D", 0.5)
    chance_e = _chance("Grade E", 0.3, "Who cannot pay does not pay for a call.")
    chance_none = _chance("No Grade", 0.5)
    age_30 = _factor("Up to 30 Days Late", 1.0, "By the oldest open invoice.")
    age_60 = _factor("31-60 Days Late", 1.3, "By the oldest open invoice.")
    age_90 = _factor("61-90 Days Late", 1.6, "By the oldest open invoice.")
    age_more = _factor(
        "Over 90 Days Late",
        1.4,
        "By the oldest open invoice. Old money comes in less often.",
    )
    broken_promise = _factor(
        "Promise Broken", 1.5, "He promised a date and did not pay."
    )
    open_promise = _factor(
        "Promise Open", 0.1, "He promised a date that has not come: wait for it."
    )
    answered = _factor("Wrote Back", 2.0, "His answer waits to be read.")
    over_limit = _factor("Over the Limit", 1.2, "He owes more than his credit limit.")
    orders_waiting = _factor(
        "Orders on Hold", 1.3, "He wants something from you: he takes the phone."
    )
    call_due = _factor("Call in the Ladder", 1.5, "The step that is due is a call.")
    not_reached = _factor(
        "Not Reached", 0.9, "For each call in vain since the last conversation."
    )
    recent_contact = _factor(
        "Spoken Recently", 0.2, "Somebody spoke with him in the last days."
    )
    recent_days = fields.Integer(
        string="Recently Is (days)",
        default=3,
        required=True,
        help="A conversation of so many days ago still counts as recent.",
    )
    insolvent = _factor("Insolvent", 0.0, "A call brings nothing any more.")
    next_reached = _days("Reached", 7, "Comes back when no other day was chosen.")
    next_not_reached = _days("In Vain", 1, "Days until the next attempt.")
    next_wrong_number = _days("Wrong Number", 3, "Time to find another number.")
    next_disputes = _days(
        "Disputes It", 7, "When no dispute with a deadline was noted."
    )
    next_other = _days("Everything Else", 7, "Comes back when nothing else was chosen.")

    _company_uniq = models.UniqueIndex(
        "(COALESCE(company_id, 0)) WHERE active",
        "There are weights for this company already. Change those.",
    )
    _factors_positive = models.Constraint(
        "CHECK(LEAST(chance_a, chance_b, chance_c, chance_d, chance_e, chance_none,"
        " age_30, age_60, age_90, age_more, broken_promise, open_promise, answered,"
        " over_limit, orders_waiting, call_due, not_reached, recent_contact,"
        " insolvent) >= 0)",
        "A weight is zero or more: 1 changes nothing, 0 puts the case at the bottom.",
    )
    _chance_share = models.Constraint(
        "CHECK(GREATEST(chance_a, chance_b, chance_c, chance_d, chance_e,"
        " chance_none) <= 1)",
        "A chance is between 0 and 1: 0.6 means 60 % of the money.",
    )
    _days_ahead = models.Constraint(
        "CHECK(LEAST(next_reached, next_not_reached, next_wrong_number, next_disputes,"
        " next_other) >= 1 AND recent_days >= 0)",
        "A case comes back after one day or more.",
    )

    @api.model
    def _for_company(self, company):
        """The weights that count in a company: its own, else the shared ones, else
        what a new record says.

        :param company: ``res.company``
        """
        found = self.sudo().search(
            Domain("company_id", "in", [False, company.root_id.id])
        )
        own = found.filtered("company_id") or found
        return own[:1] or self.sudo().new({"name": self.env._("Default")})

    def _policy_weights(self):
        """As the policy reads them."""
        self.ensure_one()
        chance = {grade: decimal(self[f"chance_{grade.lower()}"]) for grade in "ABCDE"}
        return Weights(
            chance=chance | {"": decimal(self.chance_none)},
            age=tuple((since, decimal(self[name])) for since, name in BANDS),
            recent_days=self.recent_days,
            **{name: decimal(self[name]) for name in FACTORS},
        )

    def _days_after(self, result):
        """Days until a case comes back after a result of a call."""
        self.ensure_one()
        return self[
            f"next_{result}" if f"next_{result}" in self._fields else "next_other"
        ]
