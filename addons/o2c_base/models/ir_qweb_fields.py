"""Amounts and days in pages and papers for customers: see ``tools/local_form.py``."""

from odoo import api, models

from ..tools.local_form import day_text, money_text


class IrQwebFieldO2cMoney(models.AbstractModel):
    """``{'widget': 'o2c_money', 'display_currency': currency}``"""

    _name = "ir.qweb.field.o2c_money"
    _description = "Amount as the Reader Writes It"
    _inherit = ["ir.qweb.field"]

    @api.model
    def value_to_html(self, value, options):
        """Extends base: the sign where the language puts it."""
        return money_text(self.env, value, options["display_currency"])


class IrQwebFieldO2cDay(models.AbstractModel):
    """``{'widget': 'o2c_day'}``; with ``'long': True`` the month is written out."""

    _name = "ir.qweb.field.o2c_day"
    _description = "Day as the Reader Writes It"
    _inherit = ["ir.qweb.field.date"]

    @api.model
    def value_to_html(self, value, options):
        """Extends base: never a date that means two days."""
        return day_text(self.env, value, long=options.get("long", False))
