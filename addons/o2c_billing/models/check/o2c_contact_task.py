"""Drafts that went back because of their customer come back when he is mended."""

from odoo import models


class O2cContactTask(models.Model):
    _inherit = "o2c.contact.task"

    def _mended(self, problems):
        result = super()._mended(problems)
        for company, lines in problems.grouped("company_id").items():
            drafts = self.env["account.move"].sudo()
            customers = lines.partner_id.commercial_partner_id
            drafts.search(
                [
                    ("company_id", "=", company.id),
                    ("commercial_partner_id", "in", customers.ids),
                    ("state", "=", "draft"),
                    ("o2c_check_state", "=", "returned"),
                    ("o2c_return_cause", "=", "customer"),
                ]
            )._o2c_look_again()
        return result
