"""Where billing and the portal meet on an invoice."""

from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    def _o2c_pay_page_address(self):
        """Address of the page where this invoice is paid, for files that leave us.

        Extended by the add-on that owns such pages.

        :return: None where nothing of ours says; empty when it may not be written
        """
        self.ensure_one()
        return None

    def _o2c_one_account(self):
        """Whether all of this document goes to one bank account; extended by billing,
        where a part may go to a blocked one."""
        self.ensure_one()
        return True
