"""How careful a run is: bank data, office hours, unusual nights, older items."""

from dataclasses import replace
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from ...policy.sending_window import Window
from ...policy.working_days import add_working_days
from ...tools.amount import decimal

#: Parts of addresses that nobody reads: an answer to a reminder would be lost.
UNREAD = ("noreply", "no-reply", "no_reply", "donotreply", "do-not-reply", "niet-antw")


class ResCompany(models.Model):
    _inherit = "res.company"

    o2c_dunning_bank_days = fields.Integer(
        string="Bank Data At Most",
        default=1,
        help="Working days that the newest bank line may be old; beyond it nobody is "
        "reminded, because he may have paid. 0: not checked.",
    )
    o2c_dunning_other_payer = fields.Selection(
        [
            ("hold", "A person decides"),
            ("remind", "Remind the customer all the same"),
        ],
        string="When Somebody Else Pays",
        default="hold",
        required=True,
        help="For customers whose payment agreement names another payer.",
    )
    o2c_dunning_office_hours = fields.Boolean(
        string="Office Hours Only",
        default=True,
        help="Reminders leave by mail on the recipient's working days and in his office "
        "hours only. Holidays of his country count.",
    )
    o2c_dunning_opens = fields.Float(string="Mail From", default=8.0)
    o2c_dunning_closes = fields.Float(string="Mail Until", default=18.0)
    o2c_dunning_max_amount = fields.Monetary(
        string="Unusual Above Amount",
        currency_field="currency_id",
        help="A run that asks more than this in all waits for a person. 0: no limit.",
    )
    o2c_dunning_unusual_factor = fields.Integer(
        string="Times the Usual Run",
        default=3,
        help="A run with so many times the usual number or amount waits for a person. "
        "Usual is the middle one of the last twenty runs. 0: not checked.",
    )
    o2c_dunning_engine = fields.Selection(
        [
            ("ours", "The reminders of Order to Cash"),
            ("followup", "Follow-up Reports (account_followup)"),
        ],
        string="Who Reminds",
        help="With Follow-up Reports installed, choose which of the two reminds. "
        "Customers must never hear from both.",
    )
    o2c_dunning_entry_ids = fields.One2many("o2c.dunning.entry", "company_id")

    @api.constrains("o2c_dunning_email")
    def _check_o2c_dunning_email(self):
        """Answers to reminders are worth more than the reminders."""
        for company in self:
            address = (company.o2c_dunning_email or "").lower()
            if any(part in address for part in UNREAD):
                raise ValidationError(
                    self.env._(
                        "Nobody reads %s. Choose an address that is read: customers "
                        "answer reminders.",
                        company.o2c_dunning_email,
                    )
                )

    @api.constrains("o2c_dunning_opens", "o2c_dunning_closes")
    def _check_o2c_dunning_hours(self):
        for company in self:
            if not 0 <= company.o2c_dunning_opens < company.o2c_dunning_closes <= 24:
                raise ValidationError(
                    self.env._(
                        "Office hours must open before they close, within a day."
                    )
                )

    def _o2c_dunning_window(self):
        """Office hours in which reminders leave, or None when they leave at any hour."""
        self.ensure_one()
        if not self.o2c_dunning_office_hours:
            return None
        return Window(self.o2c_dunning_opens, self.o2c_dunning_closes)

    def _o2c_dunning_rules(self, today):
        rules = super()._o2c_dunning_rules(today)
        return replace(
            rules,
            bands=tuple(
                (entry.band, entry.choice)
                for entry in self.sudo().o2c_dunning_entry_ids
            ),
            stale_banks=self._o2c_stale_banks(today),
            silent=self.env["o2c.dunning.step"]._silent_keys(),
        )

    def _o2c_bank_days(self):
        """Date of the newest line of every bank account that is watched.

        An account counts when its journal says so, or by itself when it got lines in
        the last three months: a company that keeps no statements is not held up.

        :return: list of (journal name, date or None)
        """
        self.ensure_one()
        return self.env.execute_query(
            SQL(
                """
                SELECT COALESCE(j.name ->> %(lang)s, j.name ->> 'en_US'), last.day,
                       COALESCE(j.o2c_bank_watch, 'auto')
                  FROM account_journal j
                  JOIN res_company c ON c.id = j.company_id
                   AND split_part(c.parent_path, '/', 1) = %(root)s
                  LEFT JOIN LATERAL (
                       SELECT max(m.date) AS day
                         FROM account_bank_statement_line s
                         JOIN account_move m ON m.id = s.move_id
                        WHERE s.journal_id = j.id AND m.state = 'posted') last ON TRUE
                 WHERE j.type = 'bank' AND j.active
                   AND COALESCE(j.o2c_bank_watch, 'auto') <> 'never'
                   AND (j.o2c_bank_watch = 'always' OR last.day IS NOT NULL)
                 ORDER BY j.sequence, j.id
                """,
                lang=self.env.lang or "en_US",
                root=str(self.root_id.id),
            )
        )

    def _o2c_stale_banks(self, today):
        """Bank accounts whose newest line is too old to know who has paid.

        :return: tuple of (journal name, date of the newest line or None)
        """
        self.ensure_one()
        if self.o2c_dunning_bank_days <= 0:
            return ()
        banks = self._o2c_bank_days()
        if not banks:
            return ()
        holidays = self._o2c_holidays(today - timedelta(days=30), today)
        oldest = add_working_days(today, -self.o2c_dunning_bank_days, holidays)
        forgotten = today - timedelta(days=90)
        return tuple(
            (name, day)
            for name, day, watch in banks
            if (watch == "always" and (not day or day < oldest))
            or (watch == "auto" and forgotten <= day < oldest)
        )

    def _o2c_processed_until(self):
        """Up to which day payments are known: the oldest of the accounts in use.

        :return: date or None
        """
        banks = self._o2c_bank_days()
        newest = max((day for _name, day, _watch in banks if day), default=None)
        if not newest:
            return None
        used = newest - timedelta(days=90)
        return min(
            day
            for _name, day, watch in banks
            if day and (watch == "always" or day >= used)
        )

    def _o2c_dunning_unusual(self):
        """Settings of ``policy.unusual_run``."""
        self.ensure_one()
        return {
            "most": self.o2c_dunning_max_notices,
            "most_amount": decimal(self.o2c_dunning_max_amount),
            "factor": self.o2c_dunning_unusual_factor,
        }

    def _o2c_check_other_engine(self):
        """Never two engines on one customer: one of them is chosen, the other is off."""
        installed = self.env["ir.module.module"]._installed()
        if not self or "account_followup" not in installed:
            return
        for company in self:
            if company.o2c_dunning_engine != "ours":
                raise ValidationError(
                    self.env._(
                        "Follow-up Reports (account_followup) is installed and would "
                        "remind the same customers. Choose in the settings of "
                        "collecting who reminds, or leave collecting in watch mode."
                    )
                )
        theirs = [("code", "ilike", "_cron_execute_followup"), ("active", "=", True)]
        if self.env["ir.cron"].sudo().search_count(theirs, limit=1):
            raise UserError(
                self.env._(
                    "The scheduled action of Follow-up Reports still reminds customers "
                    "by itself. Archive it under Technical, Scheduled Actions, before "
                    "you switch collecting live."
                )
            )
