"""How a company collects, and the switch that starts it."""

from odoo import fields, models

from odoo.addons.o2c_base.models.res_company import O2C_MODES

from ...policy.may_remind import Rules
from ...tools.amount import decimal


class ResCompany(models.Model):
    _inherit = "res.company"

    o2c_dunning_mode = fields.Selection(
        O2C_MODES,
        string="Collecting",
        default="off",
        required=True,
        help="Off: nothing happens. Watch: every night the list of who would be "
        "reminded, and nothing leaves. Live: reminders are sent.",
    )
    o2c_dunning_start_date = fields.Date(
        string="Collecting Starts",
        help="Invoices that fell due before this date are left alone, unless you "
        "choose to remind them too.",
    )
    o2c_dunning_ladder_id = fields.Many2one(
        "o2c.dunning.ladder",
        string="Default Ladder",
        ondelete="restrict",
        help="For customers without an own ladder, grade or segment that decides.",
    )
    o2c_dunning_tolerance = fields.Monetary(
        string="Remind From",
        currency_field="currency_id",
        default=5.0,
        help="A customer who owes no more than this overdue, in company currency, is "
        "not reminded.",
    )
    o2c_dunning_old_items = fields.Boolean(
        string="Older Invoices Too",
        help="Invoices that fell due before the start date start at the first step.",
    )
    o2c_dunning_sent_required = fields.Boolean(
        string="Only Sent Invoices",
        default=True,
        help="An invoice that was never sent from this system is not reminded.",
    )
    o2c_dunning_max_notices = fields.Integer(
        string="Unusual Above",
        default=100,
        help="A run with more reminders than this waits for a person. So does the "
        "first run.",
    )
    o2c_dunning_promise_grace = fields.Integer(
        string="Grace After a Promise",
        default=2,
        help="Days after the promised date before a promise counts as broken.",
    )
    o2c_dunning_email = fields.Char(
        string="Reminders Come From",
        help="E-mail address that is read. Empty: the company's own address.",
    )

    def _o2c_dunning_ladder(self):
        """The ladder for customers where nothing else decides."""
        self.ensure_one()
        return (
            self.o2c_dunning_ladder_id
            or self.env.ref(
                "o2c_dunning.o2c_dunning_ladder_standard", raise_if_not_found=False
            )
            or self.env["o2c.dunning.ladder"]
        )

    def _o2c_dunning_rules(self, today):
        """The settings as the policy reads them.

        :param date today: the date in this company
        """
        self.ensure_one()
        return Rules(
            today=today,
            start=self.o2c_dunning_start_date or None,
            old_items=self.o2c_dunning_old_items,
            tolerance=decimal(self.o2c_dunning_tolerance),
            sent_required=self.o2c_dunning_sent_required,
        )

    def _o2c_switched(self, changes):
        result = super()._o2c_switched(changes)
        live = [
            change["company_id"]
            for change in changes
            if change["part"] == "dunning" and change["mode_after"] == "live"
        ]
        self.browse(live)._o2c_check_other_engine()
        return result
