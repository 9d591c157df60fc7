"""Who decides about a provision, and what stands in the way of booking it."""

from odoo import SUPERUSER_ID, api, fields, models
from odoo.tools import format_date, format_list

from .o2c_provision import DECIDERS

#: Settings without which nothing can be booked.
NEEDED = (
    "o2c_provision_journal_id",
    "o2c_provision_account_id",
    "o2c_provision_cost_account_id",
)


class O2cProvision(models.Model):
    _inherit = "o2c.provision"

    decides = fields.Char(
        string="Who Decides",
        compute="_compute_decides",
        help="Accounting managers of the company who did not make the provision and "
        "changed no line of it; when there is nobody else, who made it.",
    )
    obstacles = fields.Text(
        string="Before It Can Be Booked",
        compute="_compute_obstacles",
        help="What has to be done first, each with where.",
    )

    @api.depends("state", "made_by_id", "line_ids.changed_by_id")
    @api.depends_context("lang")
    def _compute_decides(self):
        for one in self:
            one.decides = one.state == "proposed" and one._decides()

    def _decides(self):
        """The people who may decide, by name."""
        managers = self._deciders()
        hands = self.made_by_id | self.sudo().line_ids.changed_by_id
        others = managers - hands
        if others:
            return self.env._(
                "An accounting manager: %(names)s",
                names=format_list(self.env, others.mapped("name"), style="or"),
            )
        if managers:
            return self.env._(
                "%(names)s, who made it: nobody else is accounting manager",
                names=format_list(self.env, managers.mapped("name"), style="or"),
            )
        return self.env._("Nobody: make somebody accounting manager first")

    def _deciders(self):
        """Accounting managers who may work in the company."""
        return (
            self.env["res.users"]
            .sudo()
            .search(
                [
                    ("all_group_ids", "in", self.env.ref(DECIDERS).ids),
                    ("company_ids", "in", self.company_id.ids),
                    ("share", "=", False),
                    ("id", "!=", SUPERUSER_ID),
                ],
                order="name",
            )
        )

    @api.depends("state", "day", "company_id")
    @api.depends_context("lang")
    def _compute_obstacles(self):
        for one in self:
            proposed = one.state == "proposed" and one.day and one.company_id
            one.obstacles = proposed and "\n".join(one.sudo()._obstacles()) or False

    def _obstacles(self):
        """What stands in the way of booking, in sentences."""
        found, company = [], self.company_id
        missing = self._missing_settings()
        if missing:
            found.append(
                self.env._(
                    "Settings > Order to Cash > Clean Ledger: choose %(missing)s.",
                    missing=format_list(self.env, missing),
                )
            )
        if company._o2c_mode("dunning") != "live":
            found.append(
                self.env._(
                    "Settings > Order to Cash: collecting only watches; switch it live."
                )
            )
        locks = company.o2c_provision_journal_id and company._get_violated_lock_dates(
            self.day, False, company.o2c_provision_journal_id
        )
        if locks:
            found.append(
                self.env._(
                    "%(day)s is in a closed period: %(locks)s.",
                    day=format_date(self.env, self.day),
                    locks=company._format_lock_dates(locks),
                )
            )
        return found

    def _missing_settings(self):
        """Names of the settings that are empty."""
        company = self.company_id
        return [
            company._fields[name]._description_string(self.env)
            for name in NEEDED
            if not company[name]
        ]
