"""A statement of account that a colleague sends to a customer."""

import logging

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import email_normalize

from odoo.addons.o2c_base.tools.local_form import day_text, money_text

_logger = logging.getLogger(__name__)

#: Statements that one pass of the queue looks at.
MOST_AT_ONCE = 500


class O2cStatementMail(models.Model):
    """One account of one customer over one period, mailed once.

    It waits in its own row until its PDF is made, then in Odoo's mail queue like every
    letter beside the ladder.
    """

    _name = "o2c.statement.mail"
    _description = "Statement by Mail"
    _inherit = ["o2c.letter.source"]
    _order = "id desc"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )
    currency_id = fields.Many2one(
        "res.currency",
        string="Currency",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    batch = fields.Char(
        required=True,
        readonly=True,
        copy=False,
        help="The screen on which it was asked; sent twice it counts once.",
    )
    since = fields.Date(string="From", required=True, readonly=True)
    until = fields.Date(string="Up To and Including", required=True, readonly=True)
    closing = fields.Monetary(
        string="Balance", readonly=True, help="What the statement says at its end."
    )
    asked_by_id = fields.Many2one(
        "res.users", string="Sent By", required=True, readonly=True, ondelete="restrict"
    )
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("handed", "On Its Way"),
            ("sent", "Sent"),
            ("watched", "Watched Only"),
            ("failed", "Not Sent"),
        ],
        required=True,
        readonly=True,
        default="waiting",
        index=True,
        help="Watched only: collecting is on watch, so nothing left.",
    )
    sent_at = fields.Datetime(string="Sent On", readonly=True)
    reason = fields.Char(string="Why Not", readonly=True)

    _once_uniq = models.UniqueIndex(
        "(batch, partner_id, currency_id)",
        "This statement was sent from this screen already.",
    )
    _queue = models.Index("(id) WHERE state = 'waiting'")

    @api.model
    def _cron_send(self):
        """Make and hand over what waits; one that fails stops no other."""
        rows = self.search([("state", "=", "waiting")], order="id", limit=MOST_AT_ONCE)
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(rows))
        for row in rows:
            row = row.try_lock_for_update().filtered_domain([("state", "=", "waiting")])
            if row:
                row._hand_over_safely()
            if not cron._commit_progress(1):
                return

    def _hand_over_safely(self):
        """Hand over; what goes wrong is written down for who sent it."""
        self.ensure_one()
        try:
            with self.env.cr.savepoint():
                self._hand_over()
        except OperationalError:
            raise  # the database tries again
        except Exception as error:
            _logger.exception("%s was not sent", self)
            self._fail(str(error))

    def _hand_over(self):
        """Look again whether it may leave; then PDF, letter and the mail queue."""
        mode = self._mode(self.company_id)
        if mode != "live":
            self.state = "watched" if mode == "watch" else "failed"
            self.reason = self._mode_words(mode)
            return
        if refusal := self._refusals(self.company_id, self.partner_id).get(
            self.partner_id.id
        ):
            self._fail(refusal)
            return
        content = self._letter_content("statement")
        paper = self._paper(content["lang"]) if content else self.env["ir.attachment"]
        self._write_letter("statement", content=content, attachments=paper.ids)
        self.state = "handed"

    def _fail(self, reason):
        self.write({"state": "failed", "reason": reason})

    @api.model
    def _mode(self, company):
        """Whether letters to customers leave: off, watch or live."""
        return company.root_id._o2c_mode("dunning")

    @api.model
    def _mode_words(self, mode):
        """Why nothing leaves; empty when it does."""
        return {
            "off": self.env._("Collecting is off: nothing is sent to customers."),
            "watch": self.env._("Collecting is on watch: nothing leaves the house."),
        }.get(mode, "")

    @api.model
    def _refusals(self, company, partners):
        """Why customers get no mail, per customer; who is not in it may get one."""
        flags = self.env["o2c.debtor.flag"].sudo()
        asked = {
            partner_id
            for partner_id, kind, *_rest in flags._in_force(
                company, partners.ids, company._o2c_today()
            )
            if kind == "channel"
        }
        cases = self.env["o2c.dunning.case"].sudo()
        partners.flush_recordset()
        recipients = cases._recipients(partners.ids) if partners else {}
        addresses = [one["email"] for one in recipients.values() if one["email"]]
        blocked = self._blocked(addresses)
        found = {}
        for partner in partners:
            email = recipients.get(partner.id, {}).get("email")
            if not email:
                found[partner.id] = self.env._("has no e-mail address")
            elif partner.id in asked:
                found[partner.id] = self.env._("does not want mails (debtor flag)")
            elif email in blocked:
                found[partner.id] = self.env._("does not want mails (blacklist)")
        return found

    @api.model
    def _blocked(self, addresses):
        """Those of the addresses that asked to get no mail."""
        blacklist = self.env["mail.blacklist"].sudo()
        normal = {one: email_normalize(one, strict=False) for one in addresses}
        known = blacklist.search([("email", "in", list(set(normal.values())))])
        refused = set(known.mapped("email"))
        return {one for one, plain in normal.items() if plain in refused}

    def _paper(self, lang):
        """The statement as PDF in the language of the mail, kept on this row."""
        data = {
            "company_id": self.company_id.id,
            "currency_id": self.currency_id.id,
            "since": self.since,
            "until": self.until,
            "reader_lang": lang,
        }
        reports = self.env["ir.actions.report"].sudo().with_company(self.company_id)
        content, _kind = reports._render_qweb_pdf(
            "o2c_portal.report_statement", self.partner_id.ids, data=data
        )
        words = self.with_context(lang=lang).env
        name = words._(
            "Statement %(company)s %(day)s",
            company=self.company_id.name,
            day=self.until,
        )
        return (
            self.env["ir.attachment"]
            .sudo()
            .create(
                {
                    "name": f"{name}.pdf",
                    "raw": content,
                    "mimetype": "application/pdf",
                    "res_model": self._name,
                    "res_id": self.id,
                }
            )
        )

    def _letter_values(self, kind, lang):
        """Extends o2c_dunning: balance, day and reference of the statement."""
        money = money_text(self.env, self.closing, self.currency_id, lang)
        return {
            "date": day_text(self.env, self.until, lang, long=True),
            "amount": money,
            "left": money,
            "reference": self.sudo()._account_link().reference,
        }

    def _account_link(self):
        """The pay link of this account."""
        customer = self.partner_id.with_company(self.company_id)
        return self.env["o2c.payment.link"].sudo()._for(customer, self.currency_id)

    def _letter_pay_link(self):
        """Extends: the page of all that is owed, when something is."""
        link = self._account_link()
        owed = self.until >= self.company_id._o2c_today() and link._page()["amount"]
        return link if owed else link.browse()

    def _letter_left(self, letter):
        """Extends: it stands in the conversation of the customer, with its PDF."""
        paper = letter.mail_message_id.attachment_ids
        for row in self:
            row.write({"state": "sent", "sent_at": letter.sent_at, "reason": False})
            row.partner_id.message_post(
                body=row._sent_words(letter),
                attachment_ids=paper.ids,
                author_id=row.asked_by_id.partner_id.id,
                subtype_xmlid="mail.mt_note",
            )

    def _sent_words(self, letter):
        """What the note about it says, in the language of who sent it."""
        lang = self.asked_by_id.lang
        return self.with_context(lang=lang).env._(
            "Statement from %(since)s up to and including %(until)s mailed to "
            "%(address)s; balance %(balance)s.",
            since=day_text(self.env, self.since, lang),
            until=day_text(self.env, self.until, lang),
            address=letter.email_to,
            balance=money_text(self.env, self.closing, self.currency_id, lang),
        )

    @api.model
    def _sent_today(self, company, partners):
        """Customers to whom one left or is about to leave today."""
        since = fields.Datetime.subtract(fields.Datetime.now(), hours=24)
        rows = self.sudo().search(
            Domain("company_id", "=", company.id)
            & Domain("partner_id", "in", partners.ids)
            & Domain("state", "in", ("waiting", "handed", "sent"))
            & Domain("create_date", ">=", since)
        )
        return rows.partner_id


class O2cCustomerText(models.Model):
    _inherit = "o2c.customer.text"

    kind = fields.Selection(
        selection_add=[("statement", "Statement by mail")],
        ondelete={"statement": "cascade"},
    )


class O2cCustomerLetter(models.Model):
    _inherit = "o2c.customer.letter"

    kind = fields.Selection(
        selection_add=[("statement", "Statement by mail")],
        ondelete={"statement": "cascade"},
    )

    def _sent(self):
        """Extends o2c_dunning: a statement whose mail failed says so."""
        rows = self.env["o2c.statement.mail"].sudo()
        for letter in self.filtered(
            lambda one: one.state == "failed" and one.res_model == rows._name
        ):
            rows.browse(letter.res_id).exists()._fail(letter.failure_reason)
        return super()._sent()
