"""What customers sent before stands on the list with its invoices and amounts, changes
of data and payment specifications too."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    if not version:
        return
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["o2c.desk.receipt"]._complete_old()
