"""A code mailed to the known address of a customer, to show that he reads it."""

import secrets

from odoo import api, fields, models
from odoo.tools import SQL, consteq, format_datetime
from odoo.tools.misc import hmac

from ..policy import mailed_code

KEPT_DAYS = 30


class O2cMailCode(models.Model):
    """One code: only its keyed hash is kept, and it belongs to one visit."""

    _name = "o2c.mail.code"
    _description = "Code by Mail"
    _order = "id desc"
    _rec_name = "contact_id"

    link_id = fields.Many2one(
        "o2c.payment.link",
        string="Pay Link",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="link_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(
        related="link_id.partner_id", string="Customer", store=True, index=True
    )
    contact_id = fields.Many2one(
        "res.partner",
        string="Mailed To",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    visit = fields.Char(
        required=True, readonly=True, help="The browser that asked for it."
    )
    digest = fields.Char(readonly=True, help="Keyed hash; the code itself is not kept.")
    tries = fields.Integer(readonly=True, help="How often a code was typed.")
    made_at = fields.Datetime(
        string="Mailed", required=True, readonly=True, default=fields.Datetime.now
    )
    used_at = fields.Datetime(string="Used", readonly=True)

    _visit_idx = models.Index("(visit, id)")

    def _hash(self, code):
        """Keyed hash of a code, another one for every record."""
        return hmac(self.env(su=True), "o2c.mail.code", f"{self.id}|{code}")

    @api.model
    def _ask(self, link, visit, now=None):
        """Mail a code to the address that we know, unless there were too many.

        :param link: the ``o2c.payment.link`` that the visitor holds
        :param str visit: number of his visit
        :return: the address as it may be shown; empty when none is known
        """
        now = now or fields.Datetime.now()
        address, contact = next(iter(link._known_addresses().items()), ("", None))
        if not address:
            return ""
        codes = self.sudo()
        day_ago = fields.Datetime.subtract(now, days=1)
        made = codes.search(
            [("partner_id", "=", link.partner_id.id), ("made_at", ">=", day_ago)]
        ).mapped("made_at")
        if not mailed_code.too_many(made, now):
            code = mailed_code.written(secrets.randbelow(10**mailed_code.DIGITS))
            record = codes.create(
                {
                    "link_id": link.id,
                    "contact_id": contact.id,
                    "visit": visit,
                    "made_at": now,
                }
            )
            record.digest = record._hash(code)
            record._mail(code, address)
        return mailed_code.masked(address)

    @api.model
    def _check(self, link, visit, typed, now=None):
        """Whether this is the code of this visit; every try counts.

        Two tries at the same moment queue up at the counter.

        :return: the contact to whom it was mailed, in sudo; empty when it is wrong
        """
        now = now or fields.Datetime.now()
        nobody = self.env["res.partner"].sudo()
        record = self.sudo().search(
            [
                ("visit", "=", visit or "-"),
                ("link_id", "=", link.id),
                ("used_at", "=", False),
            ],
            limit=1,
        )
        if not record:
            return nobody
        self.env.flush_all()
        [(tries,)] = self.env.execute_query(
            SQL(
                "UPDATE o2c_mail_code SET tries = COALESCE(tries, 0) + 1 "
                "WHERE id = %s RETURNING tries",
                record.id,
            )
        )
        record.invalidate_recordset(["tries"])
        code = mailed_code.typed(typed)
        right = consteq(record._hash(code), record.digest or "-")
        if not mailed_code.alive(record.made_at, tries - 1, now):
            return nobody
        if not code or not right:
            return nobody
        record.used_at = now
        return record.contact_id

    def _mail(self, code, address):
        """The mail with the code; it is deleted as soon as it left."""
        self.ensure_one()
        link = self.link_id
        lang = link._page_language()[2]
        company, link = link.company_id, link.with_context(lang=lang)
        env = link.env
        until = fields.Datetime.add(self.made_at, minutes=mailed_code.LIFE_MINUTES)
        values = {
            "company": company,
            "code": f"{code[:3]} {code[3:]}",
            "until": format_datetime(
                env, until, tz=company._o2c_zone(), dt_format="HH:mm"
            ),
            "title": link._title(),
            "lang": lang,
        }
        body = env["ir.qweb"]._render("o2c_portal.mail_code_mail", values)
        sender = company.o2c_dunning_email or company.email_formatted
        env["mail.mail"].sudo().create(
            {
                "subject": env._("Your code for %s", company.name),
                "body_html": body,
                "email_from": sender,
                "reply_to": sender,
                "email_to": address,
                "author_id": company.partner_id.id,
                "auto_delete": True,
            }
        )
        env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()

    @api.autovacuum
    def _forget_old_codes(self):
        """What is over says nothing any more."""
        before = fields.Datetime.subtract(fields.Datetime.now(), days=KEPT_DAYS)
        self.sudo().search([("made_at", "<", before)], limit=10_000).unlink()
