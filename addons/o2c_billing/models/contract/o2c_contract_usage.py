"""What a customer used, reported by day."""

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import UserError


class O2cContractUsage(models.Model):
    """A report of usage; its key keeps it from counting twice."""

    _name = "o2c.contract.usage"
    _description = "Contract Usage"
    _order = "line_id, date, id"
    _rec_name = "key"

    line_id = fields.Many2one(
        "o2c.contract.line",
        required=True,
        index=True,
        ondelete="cascade",
        domain=[("kind", "=", "usage")],
    )
    contract_id = fields.Many2one(related="line_id.contract_id", store=True, index=True)
    company_id = fields.Many2one(related="line_id.company_id", store=True, index=True)
    date = fields.Date(
        required=True,
        default=fields.Date.context_today,
        help="The day of the usage: decides in which period it is charged.",
    )
    quantity = fields.Float(
        digits="Product Unit",
        required=True,
        help="In the unit of the article. Negative corrects an earlier report.",
    )
    key = fields.Char(
        required=True,
        help="How the source names this report. The same key counts once.",
    )

    _key_uniq = models.Constraint(
        "UNIQUE(line_id, key)",
        "This usage was reported before. The same key counts once.",
    )
    _day_idx = models.Index("(line_id, date)")

    @api.model
    def report(self, vals_list):
        """Remember usage, once per line and key; for other systems.

        :param list vals_list: dicts with ``line_id``, ``date``, ``quantity``, ``key``
        :return: how many reports were new
        """
        known = {
            (usage.line_id.id, usage.key)
            for usage in self.search_fetch(
                [
                    ("line_id", "in", [vals["line_id"] for vals in vals_list]),
                    ("key", "in", [vals["key"] for vals in vals_list]),
                ],
                ["line_id", "key"],
            )
        }
        count = 0
        for vals in vals_list:
            name = (vals["line_id"], vals["key"])
            if name in known:
                continue
            known.add(name)
            try:
                with self.env.cr.savepoint():
                    self.create(vals)
                count += 1
            except psycopg2.errors.UniqueViolation:
                continue
        return count

    @api.model_create_multi
    def create(self, vals_list):
        usages = super().create(vals_list)
        for line, own in usages.grouped("line_id").items():
            if line.kind != "usage":
                raise UserError(
                    self.env._(
                        "%(line)s is not charged by usage.", line=line.display_name
                    )
                )
            first = min(own.mapped("date"))
            if line.contract_state != "draft" and first < (line.look_from or first):
                line._look_again(first)
        return usages

    def write(self, vals):
        if not self.env.su:
            raise UserError(
                self.env._(
                    "Usage is not changed: report the difference with a new key."
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        if any(usage.contract_id.state != "draft" for usage in self):
            raise UserError(
                self.env._("Usage is kept: report the difference with a new key.")
            )
