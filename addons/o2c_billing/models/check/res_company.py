"""What billing may do by itself, and how long a draft may wait for a look."""

from datetime import datetime
from decimal import Decimal

import pytz

from odoo import fields, models

from ...policy.office_hours import waited


class ResCompany(models.Model):
    _inherit = "res.company"

    o2c_billing_automatic = fields.Boolean(
        string="First Batch Approved",
        help="Until this is ticked every draft of the queue waits for an approver. "
        "Tick it when the first batch was right: from then on drafts that need no "
        "check are posted and sent by themselves.",
    )
    o2c_check_hours = fields.Float(
        string="Ask the Next One After",
        default=8.0,
        help="Working hours after which a draft that nobody looked at goes to the next "
        "approver, and in the end to who is responsible. 0: never.",
    )
    o2c_office_from = fields.Float(
        string="Office Opens", default=9.0, help="Start of the working day."
    )
    o2c_office_to = fields.Float(
        string="Office Closes", default=17.0, help="End of the working day."
    )

    _o2c_office_check = models.Constraint(
        "CHECK(o2c_office_from >= 0 AND o2c_office_to <= 24"
        " AND o2c_office_from < o2c_office_to)",
        "The office opens before it closes, both between 0:00 and 24:00.",
    )
    _o2c_check_hours_check = models.Constraint(
        "CHECK(o2c_check_hours >= 0)", "Give the hours as 0 or more."
    )

    def _o2c_office_hours(self, since, until):
        """Working hours in this company between two naive UTC moments.

        :return: Decimal
        """
        self.ensure_one()
        company = self.sudo()
        return waited(
            self._o2c_local(since),
            self._o2c_local(until),
            Decimal(str(company.o2c_office_from)),
            Decimal(str(company.o2c_office_to)),
        )

    def _o2c_local(self, moment):
        """A naive UTC moment as the clock in this company shows it."""
        zone = pytz.timezone(self._o2c_zone())
        return datetime.replace(pytz.utc.localize(moment).astimezone(zone), tzinfo=None)
