"""Nobody looked at a draft in time: the next one is asked."""

import logging
from decimal import Decimal

from psycopg2 import OperationalError

from odoo import api, fields, models

from .account_move_approver import ASKING

_logger = logging.getLogger(__name__)


class AccountMove(models.Model):
    _inherit = "account.move"

    @api.model
    def _cron_o2c_escalate_checks(self):
        """Every live company, as the scheduler runs it."""
        now = fields.Datetime.now()
        for company in self.env["res.company"]._o2c_companies("billing"):
            self._o2c_escalate_checks(company, now)

    @api.model
    def _o2c_escalate_checks(self, company, now):
        """Ask the next one for drafts that nobody looked at in time, once per level.

        :param company: ``res.company`` record
        :param datetime now: naive UTC moment
        """
        bound = company.sudo().o2c_check_hours
        if not bound or company._o2c_mode("billing") != "live":
            return
        moves = (
            self.sudo()
            .with_company(company)
            .with_context(allowed_company_ids=company.ids, tz=company._o2c_zone())
            .search(
                [
                    ("company_id", "=", company.id),
                    ("state", "=", "draft"),
                    ("o2c_check_state", "=", "to_check"),
                ],
                order="o2c_check_since, id",
            )
        )
        late = moves.filtered(
            lambda move: company._o2c_office_hours(
                move.o2c_check_asked_at or move.o2c_check_since, now
            )
            >= Decimal(str(bound))
        )
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(late))
        for move in late:
            free = move.try_lock_for_update()
            if free and free.o2c_check_state == "to_check":
                free._o2c_ask_next_apart(now)
            if not cron._commit_progress(processed=1):
                return

    def _o2c_ask_next_apart(self, now):
        """Ask the next one; what goes wrong with one draft stays with that draft, for
        example a colleague who may not see it."""
        try:
            with self.env.cr.savepoint():
                self._o2c_ask_next(now)
        except OperationalError:
            raise
        except Exception:
            _logger.warning("Draft %s could not be escalated", self.id, exc_info=True)

    def _o2c_ask_next(self, now):
        """Ask the next level; above the last one, who is responsible for billing."""
        self.ensure_one()
        verdicts = self._o2c_judge()
        level = self.o2c_check_level + 1
        person = self._o2c_whom_to_ask(verdicts, level).get(self)
        person = person or self.company_id.o2c_responsible_id.id
        if not person or person == self.o2c_approver_id.id:
            return
        words = self.env._(
            "Nobody looked at this draft in %(hours)s working hours: %(reasons)s",
            hours=f"{self.company_id.o2c_check_hours:g}",
            reasons=self.o2c_check_words or "",
        )
        self.write(
            {
                "o2c_check_level": level,
                "o2c_check_asked_at": now,
                **self._o2c_desk_values(person),
            }
        )
        self.activity_schedule(
            ASKING,
            date_deadline=self.company_id._o2c_today(now),
            summary=self.env._("Draft waits for your approval"),
            note=words,
            user_id=person,
        )
