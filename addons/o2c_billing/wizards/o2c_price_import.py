"""Agreed prices from a file: look first, then all of it or nothing."""

import base64

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ..policy import price_file as policy
from .o2c_price_import_match import NEW, SAME, UPDATE

#: Rows of each kind shown; the list of problems as a file has them all.
SHOWN = 100
TEMPLATE = "/o2c_billing/static/csv/agreed_prices.csv"


class O2cPriceImport(models.TransientModel):
    """The page on which a file of prices is looked at before it is taken."""

    _name = "o2c.price.import"
    _description = "Import Agreed Prices"
    _inherit = "o2c.price.file"

    agreement_id = fields.Many2one(
        "o2c.price.agreement",
        required=True,
        ondelete="cascade",
        domain=[("state", "!=", "closed")],
        help="The prices of the file become lines of this agreement.",
    )
    company_id = fields.Many2one(related="agreement_id.company_id")
    date_from = fields.Date(
        string="New Prices From",
        help="Prices that are there already end the day before. Empty: they are "
        "replaced, also for the past.",
    )
    line_ids = fields.One2many("o2c.price.import.line", "wizard_id", readonly=True)
    problem_ids = fields.One2many(
        "o2c.price.import.line",
        "wizard_id",
        domain=[("state", "=", "bad")],
        readonly=True,
    )
    good_ids = fields.One2many(
        "o2c.price.import.line",
        "wizard_id",
        domain=[("state", "!=", "bad")],
        readonly=True,
    )
    new_count = fields.Integer(readonly=True)
    update_count = fields.Integer(readonly=True)
    same_count = fields.Integer(readonly=True)

    def action_template(self):
        """Download an example with every column."""
        return self._download(TEMPLATE)

    def action_export(self):
        """Download the prices of the agreement in the form of the import."""
        self.ensure_one()
        self.agreement_id.check_access("read")
        self.write(
            {
                "problems_file": self.agreement_id.line_ids._o2c_price_csv(),
                "problems_filename": f"{self.agreement_id.name}.csv",
            }
        )
        return self._download(
            f"/web/content/{self._name}/{self.id}/problems_file/prices.csv?download=true"
        )

    def action_look(self):
        """Read the file and show what it would do; nothing is written yet."""
        self._check_may_import()
        plan, unused = self._plan()
        bad = [one for one in plan if one.problems]
        good = [one for one in plan if not one.problems]
        lines = self.env["o2c.price.import.line"]
        self.line_ids.unlink()
        order = {UPDATE: 0, NEW: 1, SAME: 2}
        good.sort(key=lambda one: (order[one.action], one.row.number))
        lines.create(
            [lines._values(one, self) for one in [*bad[:SHOWN], *good[:SHOWN]]]
        )
        self.write(
            {
                "state": "look",
                "unused": ", ".join(unused),
                "bad_count": len(bad),
                "new_count": sum(1 for one in good if one.action == NEW),
                "update_count": sum(1 for one in good if one.action == UPDATE),
                "same_count": sum(1 for one in good if one.action == SAME),
                "problems_file": self._problems_csv(bad),
            }
        )
        return self._reopen()

    def action_import(self):
        """Take the whole file, in one transaction."""
        self._check_may_import()
        plan, _unused = self._plan()
        bad = [one for one in plan if one.problems]
        if bad:
            raise UserError(
                self.env._(
                    "Nothing was imported. Rows with a problem: %(count)s; the first "
                    "is row %(row)s: %(advice)s",
                    count=len(bad),
                    row=bad[0].row.number,
                    advice=self._advice(bad[0].problems[0]),
                )
            )
        match = self.env["o2c.price.import.match"]
        new, changed = match._carry_out(plan, self.agreement_id, self.date_from)
        self.agreement_id.message_post(
            body=self.env._(
                "%(file)s was imported. New prices: %(new)s; changed: %(changed)s.",
                file=self.filename or "",
                new=new,
                changed=changed,
            ),
            attachments=[(self.filename or "prices", base64.b64decode(self.file))],
        )
        self.line_ids.unlink()
        self.write({"state": "done", "new_count": new, "update_count": changed})
        return self._reopen()

    def action_agreement(self):
        """Open the agreement."""
        return self.agreement_id._get_records_action()

    def _check_may_import(self):
        self.ensure_one()
        if not self.env.user.has_group("o2c_base.group_billing_approver"):
            raise AccessError(
                self.env._("Only a billing approver sets or changes agreed prices.")
            )
        self.agreement_id.check_access("write")
        if self.agreement_id.state == "closed":
            raise UserError(
                self.env._("This agreement is closed. Renew it, and import there.")
            )

    def _plan(self):
        """What each row would do.

        :return: list of :class:`.o2c_price_import_match.Planned`, unused columns
        """
        cells = self._cells()
        rows, unused, problems = policy.read(cells)
        if problems:
            raise UserError(self._advice(problems[0]))
        plan = self.env["o2c.price.import.match"]._plan(
            rows, self.agreement_id, self.date_from
        )
        return plan, unused

    def _advice(self, problem):
        """What to do about a problem, for a person."""
        return self._number_advice(problem) or {
            "header": self.env._(
                "The first row must name a column “price” or “discount”. Download the "
                "template to see how it should be."
            ),
            "too_many": self.env._(
                "This file has over %s rows. Split it.", problem.value
            ),
            "one_article": self.env._(
                "Choose an article, a category or an article group, not several."
            ),
            "kind": self.env._("“%s”: write goods or service.", problem.value),
            "step": self.env._("“%s”: write price or on top.", problem.value),
            "both": self.env._("Fill in a price or a discount, not both."),
            "no_value": self.env._("Fill in a price or a discount."),
            "negative": self.env._("“%s” is negative.", problem.value),
            "over_100": self.env._("A discount is at most 100 %."),
            "date": self.env._(
                "“%s” is not a date: write 2026-12-31 or 31-12-2026.", problem.value
            ),
            "order": self.env._("The last day comes before the first."),
            "outside": self.env._(
                "%s lies outside the agreement. Change its dates first.", problem.value
            ),
            "tier_half": self.env._("A tier needs a quantity and a value."),
            "tier_twice": self.env._("There is a tier from %s already.", problem.value),
            "article": self.env._(
                "No article has the reference or barcode “%s”.", problem.value
            ),
            "articles": self.env._(
                "Several articles have the reference or barcode “%s”.", problem.value
            ),
            "category": self.env._(
                "There is no category “%s”: write its full name, such as All / Wood.",
                problem.value,
            ),
            "article_group": self.env._(
                "There is no article group “%s”. Make it first.", problem.value
            ),
            "customer_group": self.env._(
                "There is no customer group “%s”. Make it first.", problem.value
            ),
            "form": self.env._(
                "There is no subscription form “%s”. Make it first.", problem.value
            ),
            "twice": self.env._("The same price stands in row %s.", problem.value),
            "begun": self.env._(
                "The price that is there begins on or after that day (%s). Choose a "
                "later day.",
                problem.value,
            ),
        }.get(problem.code, problem.code)
