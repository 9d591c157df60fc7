"""The letter that tells a customer his new prices."""

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import email_normalize

from odoo.addons.o2c_base.tools.local_form import day_text, money_text


class O2cPriceIndexationLetter(models.Model):
    """One per customer and indexation; sent from a queue, one document at a time."""

    _name = "o2c.price.indexation.letter"
    _description = "Letter About New Prices"
    _inherit = ["mail.thread"]
    _order = "indexation_id desc, partner_id"
    _rec_name = "partner_id"

    indexation_id = fields.Many2one(
        "o2c.price.indexation", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="indexation_id.company_id", store=True, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        "res.partner", string="Customer", required=True, index=True, ondelete="restrict"
    )
    line_ids = fields.Many2many("o2c.price.indexation.line", string="Prices")
    line_count = fields.Integer(
        compute="_compute_line_count", string="Number of Prices"
    )
    turnover = fields.Monetary(help="Bought at these prices in twelve months.")
    effect = fields.Monetary(
        string="Effect per Year", help="What the new prices add to that."
    )
    lang = fields.Char(compute="_compute_lang")
    email = fields.Char(related="partner_id.email")
    state = fields.Selection(
        [
            ("draft", "Not yet"),
            ("queued", "Waits to be sent"),
            ("sent", "Sent"),
            ("post", "To post"),
            ("failed", "Failed"),
            ("revoke", "Withdrawal waits"),
            ("withdrawn", "Withdrawn"),
        ],
        default="draft",
        required=True,
        readonly=True,
        index=True,
        tracking=True,
    )
    sent_on = fields.Datetime(readonly=True)
    late = fields.Boolean(
        string="Too Late",
        compute="_compute_late",
        help="Sent, or still not sent, after the last day of the notice.",
    )
    error = fields.Char(readonly=True, help="Why it did not leave.")

    _customer_uniq = models.Constraint(
        "UNIQUE(indexation_id, partner_id)",
        "This customer has a letter of this indexation already.",
    )

    @api.depends("line_ids")
    def _compute_line_count(self):
        for letter in self:
            letter.line_count = len(letter.line_ids)

    @api.depends("partner_id.lang", "company_id")
    def _compute_lang(self):
        installed = dict(self.env["res.lang"].get_installed())
        for letter in self:
            wanted = letter.partner_id.lang or letter.company_id.partner_id.lang
            letter.lang = wanted if wanted in installed else "en_US"

    @api.depends("sent_on", "state", "indexation_id.notice_until")
    def _compute_late(self):
        for letter in self:
            company = letter.company_id or self.env.company
            until = letter.indexation_id.notice_until
            if letter.sent_on:
                day = company._o2c_today(letter.sent_on)
            else:
                day = company._o2c_today()
            letter.late = bool(
                until and day > until and letter.state not in ("draft", "withdrawn")
            )

    def action_print(self):
        """The letter as PDF, to post; noted as sent."""
        self.ensure_one()
        self._check_may_send()
        self._left("post", "sent", self.partner_id.contact_address or "")
        return self.env.ref("o2c_billing.o2c_indexation_report").report_action(self)

    def action_retry(self):
        """Try again to mail it."""
        self._check_may_send()
        self.sudo().filtered(lambda one: one.state in ("failed", "post")).write(
            {"state": "queued", "error": False}
        )
        self.env.ref("o2c_billing.o2c_indexation_cron").sudo()._trigger()

    def _check_may_send(self):
        self.check_access("read")
        if not self.env.user.has_group("o2c_base.group_billing_user"):
            raise AccessError(self.env._("Letters are sent by a billing user."))
        for letter in self:
            if letter.indexation_id.state != "applied":
                raise UserError(
                    self.env._("The prices must be approved and changed first.")
                )

    def _queue(self):
        """Only what really changed is told; who keeps all his prices hears nothing."""
        for letter in self.filtered(lambda one: one.state == "draft"):
            changed = letter.line_ids.filtered(lambda row: row.state == "applied")
            if changed != letter.line_ids:
                letter.line_ids = changed
            letter.state = "queued" if changed else "withdrawn"

    def _take_back(self):
        """Who was told already is told that it does not happen."""
        sent = self.filtered(lambda one: one.state == "sent")
        sent.write({"state": "revoke"})
        (self - sent).write({"state": "withdrawn"})

    @api.model
    def _send_queue(self, company, today):
        """Send what waits, one document at a time; one that fails stops no other.

        :param company: a company where billing is live
        :param date today: date of the run
        :return: the run, or an empty one when nothing waits
        """
        waiting = self.sudo().search(
            [("company_id", "=", company.id), ("state", "in", ("queued", "revoke"))]
        )
        run = self.env["o2c.run"]
        if not waiting or company._o2c_mode("billing") != "live":
            return run
        run = run._start("indexation_letter", company, today, len(waiting))
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(waiting))
        for letter in waiting:
            failed = letter.with_company(company)._send_or_keep_reason()
            run._advance(done=not failed, failed=failed)
            if not cron._commit_progress(processed=1):
                return run
        run._finish()
        cron._commit_progress(remaining=0)
        return run

    def _send_or_keep_reason(self):
        """:return: 1 when it failed, else 0"""
        try:
            with self.env.cr.savepoint():
                if self.try_lock_for_update() and self.state in ("queued", "revoke"):
                    self._send()
            return 0
        except OperationalError:
            raise
        except Exception as error:
            self.write({"state": "failed", "error": str(error)[:500]})
            return 1

    def _send(self):
        """Mail it with its PDF, or set it aside for the post."""
        address = email_normalize(self.partner_id.email)
        if not address:
            self.env["o2c.contact.task"]._open(
                self.partner_id,
                self.company_id,
                "email_missing",
                self.env._("Letter about new prices"),
            )
            self.state = "post"
            return
        name = "withdrawal" if self.state == "revoke" else "indexation"
        template = self.env.ref(f"o2c_billing.mail_template_{name}")
        template.send_mail(self.id)
        if self.state == "revoke":
            self.env["o2c.delivery.log"]._log(self, "email", "queued", detail=address)
            self.state = "withdrawn"
        else:
            self._left("email", "queued", address)

    def _left(self, channel, event, detail):
        self.env["o2c.delivery.log"]._log(
            self, channel, event, detail=detail.replace("\n", ", ")[:200]
        )
        self.sudo().write(
            {"state": "sent", "sent_on": fields.Datetime.now(), "error": False}
        )

    # What the letter says

    def _day(self):
        return day_text(self.env, self.indexation_id.effective_date)

    def _figure_words(self):
        """The index and the period that the new prices follow, if they follow one."""
        indexation = self.indexation_id.sudo()
        if indexation.method != "index":
            return ""
        index = indexation.index_id.with_context(lang=self.lang)
        return f"{index.name}, {index._period_words(indexation.index_period)}"

    def _rows(self):
        """The prices as the letter shows them.

        :return: list of dicts with ``name``, ``old``, ``new`` and ``tiers``
        """
        rows = []
        for row in self.line_ids.sudo():
            rows.append(
                {
                    "code": row._article_code(),
                    "name": row.name,
                    "old": self._price(row.old_price, row.currency_id),
                    "new": self._price(row.new_price, row.currency_id),
                    "tiers": [
                        {
                            "from": f"{quantity:g}",
                            "old": self._price(old, row.currency_id),
                            "new": self._price(new, row.currency_id),
                        }
                        for quantity, old, new in row.tiers or ()
                    ],
                }
            )
        return rows

    def _price(self, amount, currency):
        """A unit price with the decimals that it has, two at least."""
        digits = self.env["decimal.precision"].precision_get("Product Price")
        while digits > 2 and round(amount, digits - 1) == round(amount, digits):
            digits -= 1
        return money_text(self.env, amount, currency, digits=digits)
