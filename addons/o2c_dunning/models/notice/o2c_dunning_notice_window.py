"""Reminders leave in the recipient's office hours, or say why they stay home."""

from datetime import timedelta

import pytz

from odoo import api, fields, models
from odoo.tools import SQL, format_datetime

from ...policy.sending_window import is_open, opens_on


class O2cDunningNotice(models.Model):
    _inherit = "o2c.dunning.notice"

    leaves_at = fields.Datetime(
        string="Leaves From",
        readonly=True,
        copy=False,
        help="The recipient's next office hours; empty when it may leave at once.",
    )

    leaves_words = fields.Char(
        string="Leaves",
        compute="_compute_leaves_words",
        help="When an approved mail or SMS leaves, in the office hours of its reader.",
    )

    @api.depends("state", "leaves_at", "channel", "partner_id", "company_id")
    @api.depends_context("lang")
    def _compute_leaves_words(self):
        """What has been approved and has not left says when it will."""
        self.leaves_words = False
        now = fields.Datetime.now()
        waiting = self.filtered(
            lambda one: one.state == "approved" and one.channel in ("email", "sms")
        )
        for company, notices in waiting.grouped("company_id").items():
            if company._o2c_mode("dunning") != "live":
                continue
            window = company.sudo()._o2c_dunning_window()
            hours = self._recipient_hours(company, notices.partner_id.ids)
            for notice in notices:
                moment = notice.leaves_at
                if window and (not moment or moment < now):
                    where = hours[notice.partner_id.id]
                    moment = self._leaves(company, window, now, *where)
                notice.leaves_words = self._leaving_words(company, moment, now)

    @api.model
    def _leaving_words(self, company, moment, now):
        """A moment in words, by the clock of the company."""
        if not moment or moment <= now:
            return self.env._("leaves within minutes")
        return self.env._(
            "leaves %s",
            format_datetime(
                self.env, moment, tz=company._o2c_zone(), dt_format="EEEE d MMMM HH:mm"
            ),
        )

    @api.model
    def _recipient_hours(self, company, partner_ids):
        """Zone and country of each customer: his own, else the company's.

        :return: dict of partner id to (zone, country code or None)
        """
        rows = self.env.execute_query(
            SQL(
                """
                SELECT p.id, NULLIF(p.tz, ''), c.code
                  FROM res_partner p
                  LEFT JOIN res_country c ON c.id = p.country_id
                 WHERE p.id = ANY(%s)
                """,
                list(set(partner_ids)),
            )
        )
        home = company.sudo().country_id.code
        own = company._o2c_zone()
        return {
            pid: (zone or self._zone_of(code, home, own), code or None)
            for pid, zone, code in rows
        }

    @api.model
    def _zone_of(self, code, home, own):
        """The time zone of a country that has one; else the company's."""
        if not code or code == home:
            return own
        zones = pytz.country_timezones.get(code) or ()
        return zones[0] if len(zones) == 1 else own

    def _in_office_hours(self, company, now):
        """The notices that may leave now; the others get the moment they will.

        Only what a machine sends waits: a call is planned for people, who keep office
        hours themselves.

        :param datetime now: naive UTC moment
        """
        window = company._o2c_dunning_window()
        mails = None
        if window:
            mails = self.filtered(lambda one: one.channel in ("email", "sms"))
        if not mails:
            return self
        hours = self._recipient_hours(company, mails.partner_id.ids)
        moments = {}
        for notice in mails:
            key = hours[notice.partner_id.id]
            if key not in moments:
                moments[key] = self._leaves(company, window, now, *key)
        late = self.browse()
        for moment, notices in mails.grouped(
            lambda one: moments[hours[one.partner_id.id]]
        ).items():
            if moment:
                late += notices
                waiting = notices.filtered(lambda one, at=moment: one.leaves_at != at)
                waiting.write({"leaves_at": moment})
        return self - late

    @api.model
    def _leaves(self, company, window, now, zone, country):
        """When a mail to somebody there leaves; None when that is now.

        :return: naive UTC moment or None
        """
        zone = self._known_zone(zone, company)
        there = pytz.utc.localize(now).astimezone(zone).replace(tzinfo=None)
        until = there.date() + timedelta(days=40)
        holidays = company._o2c_holidays(there.date(), until, country)
        if is_open(there, window, holidays):
            return None
        opens = zone.localize(opens_on(there, window, holidays))
        return opens.astimezone(pytz.utc).replace(tzinfo=None)

    @api.model
    def _known_zone(self, name, company):
        """A zone by name; one that nobody knows is the company's."""
        try:
            return pytz.timezone(name)
        except pytz.UnknownTimeZoneError:
            return pytz.timezone(company._o2c_zone())

    def _why_not_any_more(self, account, message, rules):
        """Why a reminder stays home now that it was going to leave.

        :param account: ``OpenAccount`` of the customer, None when nothing is open
        :param message: what the policy says now
        """
        self.ensure_one()
        listed = {
            (line.move_id.id, line.instalment) for line in self.line_ids if line.live
        }
        verdicts = self.env["o2c.remind.verdict"]
        for verdict in message.verdicts if message else ():
            ledger = verdict.item.key
            if verdict.reasons and (ledger.move_id, ledger.instalment) in listed:
                facts = verdicts._told(account, verdict, rules)
                return verdicts._explain(verdict.reasons, facts, self.currency_id)
        return self.env._("Nothing is due any more")
