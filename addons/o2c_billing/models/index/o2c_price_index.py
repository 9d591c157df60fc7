"""Series of figures that prices can follow, such as a consumer price index."""

from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

from ...policy import indexation as policy


class O2cPriceIndex(models.Model):
    """A series; its figures are typed in or imported, never invented."""

    _name = "o2c.price.index"
    _description = "Price Index"
    _order = "name, id"

    name = fields.Char(
        required=True,
        translate=True,
        help="As the contract calls it, e.g. CPI all households, 2015 = 100.",
    )
    code = fields.Char(help="Short name, used when prices are imported.")
    frequency = fields.Selection(
        [("month", "Month"), ("quarter", "Quarter"), ("year", "Year")],
        string="A Figure per",
        default="month",
        required=True,
        help="For which period the source publishes a figure.",
    )
    source = fields.Char(
        help="Who publishes the figures and under which table, so that everyone can "
        "look them up."
    )
    url = fields.Char(string="Web Address", help="Where the figures are published.")
    company_id = fields.Many2one(
        "res.company", index=True, help="Empty: shared by all companies."
    )
    active = fields.Boolean(default=True)
    value_ids = fields.One2many("o2c.price.index.value", "index_id", string="Figures")
    value_count = fields.Integer(compute="_compute_last", string="Number of Figures")
    last_period = fields.Date(
        compute="_compute_last", help="The newest period with a figure."
    )

    _code_uniq = models.UniqueIndex(
        "(code, COALESCE(company_id, 0)) WHERE code IS NOT NULL",
        "Another index has this code already. Choose another one.",
    )

    @api.depends("value_ids.period")
    def _compute_last(self):
        found = {
            index.id: (count, last)
            for index, count, last in self.env["o2c.price.index.value"]._read_group(
                [("index_id", "in", self.ids)],
                ["index_id"],
                ["__count", "period:max"],
            )
        }
        for index in self:
            index.value_count, index.last_period = found.get(index.id, (0, False))

    def _figure(self, period):
        """The figure of the period in which a day lies, as the policy reads it.

        :param date period: any day of the period
        :return: :class:`policy.indexation.Figure` or None
        """
        self.ensure_one()
        if not period:
            return None
        start = policy.period_start(period, self.frequency)
        value = self.env["o2c.price.index.value"].search(
            [("index_id", "=", self.id), ("period", "=", start)], limit=1
        )
        return value._figure() if value else None

    def _period_start(self, day):
        """First day of the period of this series in which a day lies."""
        return policy.period_start(day, self.frequency)

    def _period_words(self, period):
        """A period as people write it: October 2026, 2026 Q4, 2026."""
        if not period:
            return ""
        frequency = self.frequency or "month"
        if frequency == "year":
            return str(period.year)
        if frequency == "quarter":
            return self.env._(
                "%(year)s Q%(quarter)s",
                year=period.year,
                quarter=(period.month - 1) // 3 + 1,
            )
        return format_date(self.env, period, date_format="MMMM y")

    def action_import_values(self):
        """Import figures from a file."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Import Figures"),
            "res_model": "o2c.index.import",
            "views": [[False, "form"]],
            "target": "new",
            "context": {"default_index_id": self.id},
        }


class O2cPriceIndexValue(models.Model):
    """One figure of a series."""

    _name = "o2c.price.index.value"
    _description = "Index Figure"
    _order = "index_id, period desc"
    _rec_name = "period"

    index_id = fields.Many2one(
        "o2c.price.index", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="index_id.company_id", store=True, index=True)
    period = fields.Date(
        required=True,
        help="First day of the month, quarter or year; any other day is set to it.",
    )
    value = fields.Float(
        string="Figure", digits=(16, 4), required=True, aggregator=None
    )
    state = fields.Selection(
        [("provisional", "Provisional"), ("final", "Final")],
        default="final",
        required=True,
        help="Prices are not indexed by a provisional figure, unless the indexation "
        "allows it.",
    )
    published_on = fields.Date(help="When the source published this figure.")
    note = fields.Char(string="Source", help="Where exactly the figure comes from.")

    _period_uniq = models.Constraint(
        "UNIQUE(index_id, period)",
        "There is a figure for this period already. Change that one.",
    )
    _value_positive = models.Constraint(
        "CHECK(value > 0)", "An index figure is more than 0. Look it up at the source."
    )

    @api.depends("period", "index_id.frequency")
    def _compute_display_name(self):
        for value in self:
            value.display_name = value.index_id._period_words(value.period)

    @api.constrains("period", "index_id")
    def _check_period(self):
        for value in self:
            start = policy.period_start(value.period, value.index_id.frequency)
            if value.period != start:
                raise ValidationError(
                    self.env._(
                        "%(index)s has a figure per period: enter its first day, "
                        "%(date)s.",
                        index=value.index_id.name,
                        date=format_date(self.env, start),
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            index = self.env["o2c.price.index"].browse(vals.get("index_id"))
            if index and vals.get("period"):
                vals["period"] = policy.period_start(
                    fields.Date.to_date(vals["period"]), index.frequency
                )
        return super().create(vals_list)

    def _figure(self):
        """This figure as the policy reads it."""
        self.ensure_one()
        return policy.Figure(
            self.period, Decimal(str(self.value)), self.state == "provisional"
        )
