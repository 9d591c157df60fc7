"""What came before an agreement, and what comes after it."""

from datetime import timedelta
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tools import format_date

from ...policy import renewal as policy


class O2cPriceAgreement(models.Model):
    _inherit = "o2c.price.agreement"

    user_id = fields.Many2one(
        "res.users",
        string="Owner",
        default=lambda self: self.env.user,
        tracking=True,
        domain=[("share", "=", False)],
        help="Who is asked before the agreement ends.",
    )
    predecessor_id = fields.Many2one(
        "o2c.price.agreement",
        string="Renews",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="The agreement that came before.",
    )
    successor_ids = fields.One2many(
        "o2c.price.agreement", "predecessor_id", string="Renewed By", readonly=True
    )
    renewal_change = fields.Float(
        string="Change at Renewal %",
        digits=(16, 4),
        readonly=True,
        copy=False,
        help="By how much the amounts of the predecessor were changed.",
    )
    history_count = fields.Integer(
        string="Predecessors and Successors", compute="_compute_history_count"
    )
    life = fields.Selection(
        [
            ("draft", "Draft"),
            ("coming", "Not yet"),
            ("in_force", "In force"),
            ("ends", "Ends soon"),
            ("ended", "Ended"),
            ("closed", "Closed"),
        ],
        string="Today",
        compute="_compute_life",
        help="Where the agreement stands today, by its dates. After its last day it "
        "still prices what was delivered before.",
    )

    @api.depends("predecessor_id", "successor_ids")
    def _compute_history_count(self):
        for agreement in self:
            # one that is not saved has no history, not even itself
            agreement.history_count = max(len(agreement._history()) - 1, 0)

    @api.depends("state", "date_from", "date_to", "company_id")
    def _compute_life(self):
        for agreement in self:
            company = agreement.company_id or self.env.company
            today = company._o2c_today()
            if agreement.state != "running":
                agreement.life = agreement.state
            elif agreement.date_from > today:
                agreement.life = "coming"
            elif agreement.date_to and agreement.date_to < today:
                agreement.life = "ended"
            elif policy.ends_soon(
                today, agreement.date_to or None, company.o2c_agreement_notice_days
            ):
                agreement.life = "ends"
            else:
                agreement.life = "in_force"

    def _history(self):
        """This agreement with all before and after it, oldest first."""
        self.ensure_one()
        chain = self.browse(self._origin.id)
        first = chain
        while first.predecessor_id and first.predecessor_id not in chain:
            first = first.predecessor_id
            chain |= first
        todo = chain
        while todo:
            todo = todo.successor_ids - chain
            chain |= todo
        return chain.sorted(lambda one: (one.date_from, one.id))

    def copy_data(self, default=None):
        """A copy is a draft of its own, with another name."""
        vals_list = super().copy_data(default)
        for agreement, vals in zip(self, vals_list, strict=True):
            if not (default or {}).get("name"):
                vals["name"] = self.env._("%s (copy)", agreement.name)
        return vals_list

    def action_start(self):
        """A renewal that starts ends what it renews the day before."""
        for agreement in self:
            before = agreement.predecessor_id
            if before and before.date_from >= agreement.date_from:
                raise ValidationError(
                    self.env._(
                        "%(name)s must begin after %(before)s, which it renews.",
                        name=agreement.name,
                        before=before.name,
                    )
                )
        result = super().action_start()
        for agreement in self:
            before, last = agreement.predecessor_id, agreement.date_from - timedelta(1)
            if before.state == "running" and (
                not before.date_to or before.date_to > last
            ):
                before._end_on(last)
        return result

    def _end_on(self, last):
        """Shorten an agreement, and the lines in it that would outlive it."""
        self.ensure_one()
        late = self.line_ids.filtered(
            lambda one: one.date_from and one.date_from > last
        )
        if late:
            raise ValidationError(
                self.env._(
                    "%(name)s has prices that begin after %(date)s, for instance by an "
                    "indexation. Withdraw those or begin the renewal later.",
                    name=self.name,
                    date=format_date(self.env, last),
                )
            )
        self.line_ids.filtered(lambda one: one.date_to and one.date_to > last).write(
            {"date_to": last}
        )
        self.date_to = last

    def action_renew(self):
        """Ask for dates and change, then make the successor."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Renew Agreements"),
            "res_model": "o2c.agreement.renewal",
            "views": [[False, "form"]],
            "target": "new",
            "context": {"default_agreement_ids": self.ids},
        }

    def action_history(self):
        """The agreements before and after this one."""
        self.ensure_one()
        return self._history()._get_records_action(name=self.env._("History"))

    def _renew(self, begin, end, percentage):
        """Make the draft that follows, with the prices that hold on the last day.

        :param date begin: first day of the successor
        :param end: its last day, or False
        :param Decimal percentage: change of the amounts; percentages stay
        :return: the successor
        """
        self.ensure_one()
        last = begin - timedelta(days=1)
        digits = self.env["decimal.precision"].precision_get("Product Price")

        def amount(value):
            return float(policy.changed(Decimal(str(value)), percentage, digits))

        lines = []
        for line in self.line_ids:
            if (line.date_from and line.date_from > last) or (
                line.date_to and line.date_to < last
            ):
                continue
            [values] = line.copy_data({"date_from": False, "date_to": False})
            values.pop("agreement_id", None)
            if line.computation == "fixed":
                values["fixed_price"] = amount(line.fixed_price)
                for _command, _id, tier in values.get("tier_ids", ()):
                    tier["fixed_price"] = amount(tier["fixed_price"])
            lines.append(Command.create(values))
        successor = self.copy(
            {
                "name": self._next_name(begin),
                "date_from": begin,
                "date_to": end or False,
                "predecessor_id": self.id,
                "renewal_change": float(percentage),
                "user_id": self.user_id.id or self.env.uid,
                "line_ids": lines,
            }
        )
        self._o2c_end_is_known()
        return successor

    def _next_name(self, begin):
        """The same name; with the next year where it names one."""
        year = str(self.date_from.year)
        if year in self.name and begin.year != self.date_from.year:
            return self.name.replace(year, str(begin.year))
        return self.name
