"""The nightly look at agreements that end: one task for the owner, never two."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from ...policy import renewal as policy

ACTIVITY = "o2c_billing.mail_activity_agreement_ends"


class O2cPriceAgreement(models.Model):
    _inherit = "o2c.price.agreement"

    end_told = fields.Date(
        string="Owner Told About",
        readonly=True,
        copy=False,
        help="The last day for which the owner got his task. Another last day makes "
        "another task.",
    )

    @api.model
    def _domain_ends_soon(self, company, today):
        """Running agreements that end within the days of the company, not renewed."""
        until = today + timedelta(days=company.o2c_agreement_notice_days)
        return Domain(
            [
                ("company_id", "=", company.id),
                ("state", "=", "running"),
                ("date_to", ">=", today),
                ("date_to", "<=", until),
                ("successor_ids", "not any", [("state", "!=", "closed")]),
            ]
        )

    @api.model
    def _cron_watch_ends(self):
        """Every company where billing is on, as the scheduler runs it."""
        for company in self.env["res.company"]._o2c_companies(
            "billing", modes=("watch", "live")
        ):
            self._watch_ends(company, company._o2c_today())
            self.env["ir.cron"]._commit_progress(processed=1)

    @api.model
    def _watch_ends(self, company, today):
        """Give the owners their task; safe to run twice.

        :param company: ``res.company`` record
        :param date today: date in the company
        :return: the agreements whose owner was told now
        """
        own = (
            self.sudo()
            .with_company(company)
            .with_context(allowed_company_ids=company.ids)
        )
        days = company.o2c_agreement_notice_days
        found = own.search(self._domain_ends_soon(company, today)).filtered(
            lambda one: one.end_told != one.date_to
            and policy.ends_soon(today, one.date_to, days)
        )
        told = found.try_lock_for_update()
        for owner, agreements in told.grouped("user_id").items():
            who = owner.filtered("active") or company.o2c_responsible_id
            agreements._o2c_tell_end(who)
        return told

    def _o2c_tell_end(self, user):
        """A task on each of these, and the note that it was made."""
        for agreement in self:
            lang = user.lang or self.env.lang
            agreement.with_context(lang=lang).activity_schedule(
                ACTIVITY,
                date_deadline=agreement.date_to,
                summary=self.with_context(lang=lang).env._(
                    "Prices end on %s: renew them or let them end",
                    format_date(self.env, agreement.date_to, lang_code=lang),
                ),
                user_id=user.id or self.env.uid,
            )
            agreement.end_told = agreement.date_to

    def _o2c_end_is_known(self):
        """Renewed or closed: the task is done."""
        self.activity_unlink([ACTIVITY])

    def action_close(self):
        result = super().action_close()
        self._o2c_end_is_known()
        return result

    def action_ends_soon(self):
        """The agreements of this company that end soon."""
        company = self.env.company
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Agreements That End Soon"),
            "res_model": self._name,
            "views": [[False, "list"], [False, "form"]],
            "domain": list(self._domain_ends_soon(company, company._o2c_today())),
        }
