"""The switch: off, watch or live, per company and per part."""

from datetime import datetime

import pytz

from odoo import api, fields, models
from odoo.exceptions import ValidationError

#: What a part (credit, billing, dunning, cash) does in a company.
O2C_MODES = [
    ("off", "Off"),
    ("watch", "Watch"),
    ("live", "Live"),
]
O2C_PARTS = ("credit", "billing", "dunning", "cash")


class ResCompany(models.Model):
    _inherit = "res.company"

    o2c_profile = fields.Selection(
        [("full", "The whole chain"), ("reminders", "Reminders only")],
        string="Order to Cash Scope",
        default="full",
        required=True,
        help="Reminders only hides the credit and billing menus of Order to Cash.",
    )
    o2c_responsible_id = fields.Many2one(
        "res.users",
        string="Order to Cash Responsible",
        help="Gets what nobody else owns: documents that cannot be sent, runs that "
        "failed, questions without an owner.",
    )

    @api.model
    def _o2c_parts(self):
        """Parts whose add-on is installed.

        :return: list of part names, such as ``["credit", "dunning"]``
        """
        return [part for part in O2C_PARTS if f"o2c_{part}_mode" in self._fields]

    def _o2c_mode(self, part):
        """What a part does in this company.

        :param str part: "credit", "billing", "dunning" or "cash"
        :return: "off", "watch" or "live"; "off" when the part is not installed
        """
        self.ensure_one()
        name = f"o2c_{part}_mode"
        return self.sudo()[name] if name in self._fields else "off"

    def _o2c_start_date(self, part):
        """Date from which a live part acts, or False when there is none."""
        self.ensure_one()
        name = f"o2c_{part}_start_date"
        return self.sudo()[name] if name in self._fields else False

    @api.model
    def _o2c_companies(self, part, modes=("live",)):
        """Companies in which a part runs, whoever asks.

        The companies are searched, not taken from the user's ticked ones: a
        scheduled job runs for all of them.

        :param str part: "credit", "billing", "dunning" or "cash"
        :param tuple modes: modes that count as running
        :return: ``res.company`` records, in sudo
        """
        if f"o2c_{part}_mode" not in self._fields:
            return self.browse()
        return self.sudo().search([(f"o2c_{part}_mode", "in", list(modes))], order="id")

    def _o2c_today(self, now=None):
        """The date in this company's time zone.

        :param datetime now: naive UTC moment; the present one when not given
        :return: date
        """
        moment = pytz.utc.localize(now or datetime.utcnow())
        return moment.astimezone(pytz.timezone(self._o2c_zone())).date()

    def _o2c_zone(self):
        """Name of this company's time zone; jobs put it in their context as ``tz``.

        Between midnight there and midnight UTC, Odoo would else take an invoice of
        today for one of tomorrow.
        """
        self.ensure_one()
        return self.sudo().partner_id.tz or "Europe/Amsterdam"

    def _o2c_job(self, records):
        """Records as a job of this company works them: with all rights, in its company
        alone, its time zone and the language of who reads what the job writes.

        :param records: any recordset, an empty one for the model
        """
        self.ensure_one()
        reader = self.o2c_responsible_id or self.partner_id
        return (
            records.sudo()
            .with_company(self)
            .with_context(
                tz=self._o2c_zone(),
                allowed_company_ids=self.ids,
                lang=reader.lang or self.env.lang,
            )
        )

    def write(self, vals):
        changes = self._o2c_switch_changes(vals)
        result = super().write(vals)
        if "o2c_profile" in vals:
            self.env.registry.clear_cache()
        if changes:
            self.env["o2c.switch.log"].sudo().create(changes)
            self._o2c_switched(changes)
        return result

    def _o2c_switch_changes(self, vals):
        """Values of the log lines for the switches that ``vals`` really turn."""
        changes = []
        for part in self._o2c_parts():
            name = f"o2c_{part}_mode"
            if name not in vals:
                continue
            for company in self:
                if company[name] != vals[name]:
                    changes.append(
                        {
                            "company_id": company.id,
                            "part": part,
                            "mode_before": company[name],
                            "mode_after": vals[name],
                            "start_date": vals.get(
                                f"o2c_{part}_start_date",
                                company[f"o2c_{part}_start_date"],
                            ),
                        }
                    )
        return changes

    def _o2c_switched(self, changes):
        """Hook: a switch was turned; an add-on adopts or restores what it must.

        :param list changes: values of ``o2c.switch.log``, one per company and part
        """
        for change in changes:
            if change["mode_after"] == "live" and not change["start_date"]:
                company = self.browse(change["company_id"])
                raise ValidationError(
                    self.env._(
                        "Give a start date before you switch %(part)s live in "
                        "%(company)s: what happened before that date is left alone.",
                        part=change["part"],
                        company=company.name,
                    )
                )
