"""One mail a day to who owns new alerts; nothing when there is nothing new."""

from odoo import api, fields, models
from odoo.tools import email_normalize, str2bool

from .o2c_credit_alert import KINDS

#: Alerts named one by one in a mail; the rest is a number and a link.
NAMED = 40


class O2cCreditDigest(models.Model):
    """The daily mail of one colleague: which alerts it told, and when."""

    _name = "o2c.credit.digest"
    _description = "Daily Mail of Alerts"
    _order = "date desc, id desc"
    _rec_name = "date"

    user_id = fields.Many2one(
        "res.users", required=True, index=True, ondelete="cascade", readonly=True
    )
    date = fields.Date(required=True, readonly=True)
    alert_ids = fields.One2many("o2c.credit.alert", "digest_id", readonly=True)

    _user_day_uniq = models.Constraint(
        "UNIQUE(user_id, date)", "This colleague got his mail of today already."
    )

    @api.model
    def _send_all(self):
        """Queue the mail of each colleague with new alerts in companies that are live.

        :return: the mails of today that were made now
        """
        made = self.sudo()
        if self._neutralized():
            return made
        companies = self.env["res.company"]._o2c_companies("credit")
        live = companies.filtered(
            lambda company: company.o2c_digest
            and company._o2c_credit_acting() == "live"
        )
        fresh = (
            self.env["o2c.credit.alert"]
            .sudo()
            .search(
                [
                    ("state", "=", "open"),
                    ("digest_id", "=", False),
                    ("company_id", "in", live.ids),
                    ("user_id.active", "=", True),
                ],
                order="company_id, id",
            )
        )
        for user, alerts in fresh.grouped("user_id").items():
            if email_normalize(user.email):
                made |= self._send(user, alerts)
        return made

    @api.model
    def _neutralized(self):
        known = self.env["ir.config_parameter"].sudo()
        return str2bool(known.get_param("database.is_neutralized", "False"))

    @api.model
    def _send(self, user, alerts):
        """The mail of one colleague into the queue, once a day."""
        digests = self.sudo()
        today = alerts.company_id[:1]._o2c_today()
        if digests.search_count([("user_id", "=", user.id), ("date", "=", today)]):
            return digests
        digest = digests.create({"user_id": user.id, "date": today})
        alerts._record({"digest_id": digest.id})
        told = digest.with_context(lang=user.lang, tz=user.tz)
        company = alerts.company_id[:1]
        self.env["mail.mail"].sudo().create(
            {
                "subject": told._subject(alerts),
                "body_html": told._body(alerts),
                "email_from": company.email_formatted or user.email_formatted,
                "email_to": user.email_formatted,
                "auto_delete": True,
            }
        )
        return digest

    def _subject(self, alerts):
        if len(alerts) == 1:
            return self.env._("1 new credit alert")
        return self.env._("%s new credit alerts", len(alerts))

    def _body(self, alerts):
        """The mail in the language of who gets it."""
        self.ensure_one()
        alerts = alerts.with_context(**self.env.context)
        return self.env["ir.qweb"]._render(
            "o2c_credit.alert_digest_mail",
            {
                "user": self.user_id,
                "sections": self._mail_sections(alerts[:NAMED]),
                "more": len(alerts) - NAMED,
                "older": self._older(alerts),
                "base_url": self.get_base_url(),
                "url_of": lambda alert: (
                    f"{self.get_base_url()}/mail/view"
                    f"?model={alert._name}&res_id={alert.id}"
                ),
            },
            minimal_qcontext=True,
        )

    def _mail_sections(self, alerts):
        """Alerts by company and kind, the gravest kind first.

        :return: list of (company, list of (title, alerts))
        """
        order = [code for code, _name in KINDS]
        names = dict(
            self.env["o2c.credit.alert"]
            ._fields["kind"]
            ._description_selection(self.env)
        )
        return [
            (
                company,
                [
                    (names[kind], own)
                    for kind, own in sorted(
                        theirs.grouped("kind").items(),
                        key=lambda pair: order.index(pair[0]),
                    )
                ],
            )
            for company, theirs in alerts.grouped("company_id").items()
        ]

    def _older(self, alerts):
        """How many older alerts of this colleague are still open."""
        return (
            self.env["o2c.credit.alert"]
            .sudo()
            .search_count(
                [
                    ("user_id", "=", self.user_id.id),
                    ("state", "=", "open"),
                    ("id", "not in", alerts.ids),
                    ("company_id", "in", alerts.company_id.ids),
                ]
            )
        )
