"""One mail a day or a week with all documents of a customer and a list of them."""

import csv
import io
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_datetime

from ...policy import bundle as policy


class O2cMailBundle(models.Model):
    """The mail of a day to one recipient: unique, so that it leaves once."""

    _name = "o2c.mail.bundle"
    _description = "Mail with Several Invoices"
    _inherit = ["mail.thread"]
    _order = "date desc, id desc"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        "res.partner",
        string="Recipient",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        help="Who gets the e-mail.",
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )
    date = fields.Date(required=True, readonly=True, help="The day of the e-mail.")
    sending_ids = fields.One2many("o2c.sending", "bundle_id", string="Documents")
    sent_at = fields.Datetime(string="Sent On", readonly=True)

    _day_uniq = models.Constraint(
        "UNIQUE(partner_id, company_id, date)",
        "There is one e-mail a day per recipient.",
    )

    @api.depends("partner_id", "date")
    def _compute_display_name(self):
        for one in self:
            one.display_name = f"{one.partner_id.display_name} {one.date or ''}"

    @api.model
    def _due(self, company):
        """The documents whose bundle leaves now."""
        return self.env["o2c.sending"].search(
            [
                ("company_id", "=", company.id),
                ("state", "in", ("waiting", "failed")),
                ("ready", "=", True),
                ("next_try", "<=", fields.Datetime.now()),
                ("move_id.state", "=", "posted"),
            ]
        )

    @api.model
    def _process(self, company, run):
        """Mail the bundles whose hour has come; one that fails stops no other."""
        cron = self.env["ir.cron"]
        for partner, rows in self._due(company).grouped("partner_id").items():
            self._mail_one(company, partner, rows)
            run.total += 1
            failed = "failed" in rows.mapped("state")
            run._advance(done=int(not failed), failed=int(failed))
            if not cron._commit_progress():
                return

    @api.model
    def _mail_one(self, company, partner, rows):
        """Write and carry the mail of one recipient."""
        rows = rows.try_lock_for_update()
        rows.invalidate_recordset()  # another worker may have had them meanwhile
        rows = rows.filtered(lambda row: row.state in ("waiting", "failed"))
        if not rows:
            return
        marked = rows.filtered("handed_at")
        if marked:
            marked._unsure()
            rows -= marked
        try:
            fresh = rows.filtered(lambda row: not row.message_id)
            if fresh:
                self._written(company, partner, fresh)
            written = rows.filtered("message_id")
            for together in written.grouped("message_id").values():
                if together._carry():
                    together.bundle_id.sent_at = fields.Datetime.now()
        except OperationalError:
            raise
        except Exception as error:
            self.env.cr.rollback()
            for row in rows:
                row._fail(error)

    @api.model
    def _written(self, company, partner, rows):
        """The mail of today with these documents; tomorrow's when one left today."""
        today = company._o2c_today()
        known = self.search(
            [
                ("partner_id", "=", partner.id),
                ("company_id", "=", company.id),
                ("date", "=", today),
            ]
        )
        if known:
            rows.next_try = rows[0]._bundle_moment(after_today=True)
            return self.browse()
        bundle = self.create(
            {"partner_id": partner.id, "company_id": company.id, "date": today}
        )
        rows.bundle_id = bundle
        rows.message_id = bundle._write_mail()
        return bundle

    def _write_mail(self):
        """Compose the mail: every document, and a list of them.

        :return: ``mail.message``
        """
        self.ensure_one()
        rows = self.sending_ids.sorted("id")
        lang = self._language()
        template = self.env.ref("o2c_billing.o2c_mail_bundle_template")
        writer = self.with_context(lang=lang)
        files = []
        for row in rows:
            move = row.move_id
            documents = self.env["account.move.send"]._get_invoice_extra_attachments(
                move
            )
            files += [(one.name, one.raw) for one in documents]
            files += move._o2c_extra_files(row._preference())
        if rows[0]._preference().with_csv:
            files.append((f"{self.date}.csv", writer._csv()))
        copies = self.env["res.partner"].union(*(row._copies() for row in rows))
        pages = {move.id: move._o2c_pay_page_address() for move in rows.move_id}
        render = template.with_context(lang=lang, o2c_pages=pages)._render_field
        author = self.company_id.o2c_responsible_id or self.env.user
        return writer.with_context(
            email_notification_allow_footer=True, mail_notify_force_send=False
        ).message_post(
            body=render("body_html", self.ids, options={"post_process": True})[self.id],
            subject=render("subject", self.ids)[self.id],
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            partner_ids=(self.partner_id | copies.filtered("email")).ids,
            attachments=files,
            author_id=author.partner_id.id,
            email_layout_xmlid="mail.mail_notification_layout_with_responsible_signature",
        )

    def _language(self):
        """The recipient's language when it is installed, else the company's."""
        installed = {code for code, _name in self.env["res.lang"].get_installed()}
        wanted = (self.partner_id.lang, self.company_id.partner_id.lang, "en_US")
        return next((code for code in wanted if code in installed), None)

    def _csv(self):
        """The list of documents, as bytes that a spreadsheet opens well."""
        out = io.StringIO()
        sheet = csv.writer(out, delimiter=";")
        sheet.writerow(
            [
                self.env._("Number"),
                self.env._("Kind"),
                self.env._("Date"),
                self.env._("Due Date"),
                self.env._("Your Reference"),
                self.env._("Currency"),
                self.env._("Untaxed"),
                self.env._("Tax"),
                self.env._("Total"),
            ]
        )
        for move in self.sending_ids.sorted("id").move_id:
            sign = -1 if move.move_type == "out_refund" else 1
            sheet.writerow(
                [
                    move.name,
                    move.type_name,
                    move.invoice_date,
                    move.invoice_date_due,
                    move._o2c_order_reference() or "",
                    move.currency_id.name,
                    *(
                        f"{sign * amount:.2f}"
                        for amount in (
                            move.amount_untaxed,
                            move.amount_tax,
                            move.amount_total,
                        )
                    ),
                ]
            )
        return out.getvalue().encode("utf-8-sig")


class O2cSending(models.Model):
    _inherit = "o2c.sending"

    def _get_ready(self):
        """Make the documents now, so that a failure shows now; mail them together.

        :return: False: nothing left yet
        """
        self.ensure_one()
        if self._generate(["manual"]):
            moment = self._bundle_moment()
            self.write(
                {
                    "ready": True,
                    "state": "waiting",
                    "next_try": moment,
                    "reason": self.env._(
                        "Goes with the e-mail of %s.",
                        format_datetime(self.env, moment, dt_format="short"),
                    ),
                    "waits_for": False,
                }
            )
            self._settle()
        return False

    def _bundle_moment(self, after_today=False):
        """When the mail leaves that this row goes with, as naive UTC."""
        self.ensure_one()
        preference = self._preference()
        zone = ZoneInfo(self.company_id._o2c_zone())
        now = fields.Datetime.now().replace(tzinfo=timezone.utc)
        local = now.astimezone(zone).replace(tzinfo=None)
        if after_today:
            local = datetime.combine(local.date() + timedelta(days=1), policy.clock(0))
        moment = policy.leaves_at(
            local,
            preference.rhythm or policy.AT_ONCE,
            self.company_id.o2c_bundle_hour,
            int(preference.weekday or 0),
        )
        there = moment.replace(tzinfo=zone).astimezone(timezone.utc)
        return there.replace(tzinfo=None)

    def action_bundle_now(self):
        """Mail what is ready without waiting for its hour."""
        self._check_sender()
        rows = self.sudo().filtered(lambda row: row.ready and row.state == "waiting")
        if not rows:
            raise UserError(self.env._("None of these waits for its bundle."))
        rows.next_try = fields.Datetime.now()
        self.env.ref("o2c_billing.o2c_send_queue_cron").sudo()._trigger()
