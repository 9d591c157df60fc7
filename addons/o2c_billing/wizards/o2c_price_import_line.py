"""A row of a price file, as people look at it."""

from odoo import fields, models

from .o2c_price_import_match import NEW, SAME, UPDATE


class O2cPriceImportLine(models.TransientModel):
    """A row as the preview shows it."""

    _name = "o2c.price.import.line"
    _description = "Row of a Price File"
    _order = "id"

    wizard_id = fields.Many2one("o2c.price.import", ondelete="cascade", required=True)
    number = fields.Integer(string="Row")
    article = fields.Char()
    what = fields.Char(string="For Whom and How")
    old_value = fields.Char(string="Price Now")
    value = fields.Char(string="Price in the File")
    tiers = fields.Char()
    state = fields.Selection(
        [
            ("bad", "Problem"),
            (NEW, "New"),
            (UPDATE, "Changes"),
            (SAME, "Stays the same"),
        ],
        string="What Happens",
    )
    columns = fields.Char(string="Column")
    advice = fields.Text(string="What to Do")

    def _values(self, one, wizard):
        """The preview of a planned row."""
        row = one.row

        def value(number):
            return (
                f"{number.normalize():f}" if row.fixed else f"{number.normalize():f}%"
            )

        old = one.line
        return {
            "wizard_id": wizard.id,
            "number": row.number,
            "article": row.article or row.category or row.article_group,
            "what": " · ".join(
                filter(None, (row.customer_group, row.form, row.kind or ""))
            ),
            "old_value": (
                f"{old.fixed_price:g}"
                if old.computation == "fixed"
                else f"{old.percentage:g}%"
            )
            if old
            else False,
            "value": value(row.value),
            "tiers": " · ".join(
                f"{quantity.normalize():f}: {value(amount)}"
                for quantity, amount in row.tiers
            ),
            "state": "bad" if one.problems else one.action,
            "columns": ", ".join(
                dict.fromkeys(p.column for p in one.problems if p.column)
            ),
            "advice": "\n".join(wizard._advice(p) for p in one.problems),
        }
