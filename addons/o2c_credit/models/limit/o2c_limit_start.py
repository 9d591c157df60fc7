"""Limits start and end on their day: by date in every verdict, by the job in the books
of the profile and in core's field."""

import logging

from odoo import api, models

_logger = logging.getLogger(__name__)


class O2cLimitChange(models.Model):
    _inherit = "o2c.limit.change"

    def _start_if_due(self):
        """Put approved changes in force whose day has come; figures of all follow."""
        due = self.filtered(
            lambda change: change.state == "approved"
            and change.date_from <= change.company_id._o2c_today()
        ).sorted(lambda change: (change.date_from, change.decided_on, change.id))
        for change in due:
            change._start()
        self.profile_id._refresh_limits()
        if due:
            self.env["o2c.credit.hold"]._money_came(due.partner_id)

    def _start(self):
        """This change is in force now."""
        self.ensure_one()
        if self.ends_temporary:
            self._running_temporary()._end()
        self.write({"state": "applied"})
        vals = {"review_date": self.review_date} if self.review_date else {}
        if not self.date_until:
            foreign = self.currency_id != self.company_id.currency_id
            vals |= {
                "limit_kind": self.limit_kind,
                "limit_amount": self.limit_amount,
                "limit_currency_id": foreign and self.currency_id.id,
            }
        if vals:
            self.profile_id.write(vals)
        if self.date_from > self.decided_on.date():
            self._log("applied")

    def _running_temporary(self):
        """Temporary limits of the same profile that started before this one."""
        return self.search(
            [
                ("profile_id", "=", self.profile_id.id),
                ("date_until", "!=", False),
                ("state", "in", ("approved", "applied")),
                ("date_from", "<=", self.date_from),
                ("id", "!=", self.id),
            ]
        )

    def _end(self):
        """Temporary limits that are over."""
        for change in self:
            change.write({"state": "ended"})
            change._log("ended")

    @api.model
    def _cron_start(self):
        """Every hour, because midnight differs per company: what starts, what ends."""
        roots = self.env["res.company"]._o2c_companies("credit", ("watch", "live"))
        for company in roots.filtered(lambda one: one.root_id == one):
            changes = self.with_company(company).with_context(
                tz=company._o2c_zone(), allowed_company_ids=company.ids
            )
            if not changes._start_company(company, company._o2c_today()):
                return

    @api.model
    def _start_company(self, company, today):
        """Start and end the limits of a company.

        :return: whether there is time left for the next company
        """
        todo = self.sudo().search(
            [
                ("company_id", "=", company.id),
                "|",
                "&",
                ("state", "=", "approved"),
                ("date_from", "<=", today),
                "&",
                ("state", "=", "applied"),
                ("date_until", "<", today),
            ]
        )
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(todo.profile_id))
        left = True
        for profile, changes in todo.grouped("profile_id").items():
            try:
                with self.env.cr.savepoint():
                    changes.filtered(lambda one: one.state == "applied")._end()
                    changes._start_if_due()
            except Exception:  # noqa: BLE001 - any failure is one customer's
                _logger.warning("Limit of profile %s stays", profile.id, exc_info=True)
            left = cron._commit_progress(processed=1)
            if not left:
                return False
        profiles = self.env["o2c.risk.profile"].sudo()
        profiles.search(
            [("company_id", "=", company.id), ("limit_currency_id", "!=", False)]
        )._refresh_limits()
        cron._commit_progress()
        return bool(left)
