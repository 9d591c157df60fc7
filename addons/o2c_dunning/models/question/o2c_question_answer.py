"""Answering a question: a template, the words, the mail, and what if nobody does."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date, is_html_empty


class O2cQuestion(models.Model):
    _inherit = "o2c.question"

    text_id = fields.Many2one(
        "o2c.customer.text",
        string="Template",
        ondelete="set null",
        domain="[('kind', '=', 'answer'), ('lang', '=', answer_lang)]",
        help="A ready answer in the customer's language; change it as you like.",
    )
    answer_lang = fields.Char(
        compute="_compute_answer_lang", help="The customer's language."
    )
    answer_subject = fields.Char(
        compute="_compute_answer", store=True, readonly=False, copy=False
    )
    answer = fields.Html(
        compute="_compute_answer",
        store=True,
        readonly=False,
        copy=False,
        help="What the customer reads.",
    )

    @api.depends("partner_id", "company_id")
    def _compute_answer_lang(self):
        for question in self:
            lang = self.env.lang
            if question.partner_id:
                recipient = question._letter_recipient()
                lang = self._letter_lang(recipient["lang"], question.company_id.sudo())
            question.answer_lang = (lang or "en")[:2]

    @api.depends("text_id")
    def _compute_answer(self):
        for question in self:
            if question.text_id and question.partner_id:
                content = question._origin._letter_content("answer", question.text_id)
                question.answer_subject = content["subject"]
                question.answer = content["body"]
            else:
                question.answer_subject = question.answer_subject or question.name
                question.answer = question.answer or False

    def _letter_values(self, kind, lang):
        moves = self.sudo()._letter_moves()
        currency = moves.currency_id[:1] or self.company_id.sudo().currency_id
        open_amount = sum(
            move.amount_residual for move in moves if move.currency_id == currency
        )
        return super()._letter_values(kind, lang) | {
            "reference": self.name,
            "text": self.text or "",
            "amount": self._letter_money(open_amount, currency, lang),
            "left": self._letter_money(open_amount, currency, lang),
            "date": self._letter_day(self.company_id._o2c_today(self.asked_at), lang),
        }

    def _check_answerer(self):
        """Owner, collector or invoicing may answer; nobody else."""
        mine = all(question.user_id == self.env.user for question in self)
        if not mine and not (
            self.env.user.has_group("o2c_base.group_collector")
            or self.env.user.has_group("account.group_account_invoice")
        ):
            raise AccessError(self.env._("Only the owner or a collector answers this."))
        self.check_access("write")

    def action_send(self):
        """Send the answer, as it stands, to the customer."""
        self.ensure_one()
        self._check_answerer()
        if self.state == "dropped":
            raise UserError(self.env._("This question was dropped. Open it again."))
        if is_html_empty(self.answer):
            raise UserError(self.env._("Write an answer, or choose a template."))
        if self.company_id._o2c_mode("dunning") == "off":
            raise UserError(
                self.env._("Collecting is switched off: answer from your own mail.")
            )
        times = self.env["o2c.customer.letter"].sudo()
        number = times.search_count(
            [("res_model", "=", self._name), ("res_id", "=", self.id)]
        )
        content = self._letter_content("answer", self.text_id) or self._bare_content()
        content |= {
            "subject": self.answer_subject or self.name,
            "body": self.answer,
        }
        attachments = self._invoice_pdfs() if self.text_id.attach_invoices else None
        self._write_letter("answer", str(number + 1), content, attachments)
        self._answered()

    def _invoice_pdfs(self):
        """The PDF of each invoice; made when it was never made before.

        Who may answer may send it, also without rights in the books.

        :return: ids of ``ir.attachment``
        """
        found = []
        for move in self.sudo()._letter_moves():
            pdf = move.invoice_pdf_report_id
            if not pdf:
                content, kind = (
                    self.env["ir.actions.report"]
                    .sudo()
                    ._render_qweb_pdf("account.account_invoices", move.ids)
                )
                pdf = (
                    self.env["ir.attachment"]
                    .sudo()
                    .create(
                        {
                            "name": f"{move.name.replace('/', '-')}.{kind}",
                            "raw": content,
                            "res_model": self._name,
                            "res_id": self.id,
                        }
                    )
                )
            found.append(pdf.id)
        return found

    def _bare_content(self):
        """Whom an answer goes to, where no template exists at all."""
        recipient = self._letter_recipient()
        return {
            "lang": self._letter_lang(recipient["lang"], self.company_id.sudo()),
            "email": recipient["email"],
            "contact": self.env["res.partner"].sudo().browse(recipient["contact_id"]),
        }

    def action_answered(self):
        """It was answered in another way, such as by phone."""
        self._check_answerer()
        self._answered()

    def _answered(self):
        for question in self.filtered(lambda one: one.state == "open").sudo():
            question.write(
                {
                    "state": "answered",
                    "answered_at": question.answered_at or fields.Datetime.now(),
                    "answered_by_id": self.env.uid,
                }
            )
            question.activity_unlink(["mail.mail_activity_data_todo"])

    def action_reopen(self):
        """There is more to say."""
        self._check_answerer()
        self.filtered(lambda one: one.state != "open").sudo().write({"state": "open"})

    def action_drop(self):
        """No answer is needed."""
        self._check_answerer()
        self.filtered(lambda one: one.state == "open").sudo().write(
            {"state": "dropped"}
        )

    def _letter_answered(self):
        """The customer wrote back: it is open again until somebody answers."""
        self.sudo().filtered(lambda one: one.state == "answered").write(
            {"state": "open", "escalated_on": False}
        )
        return super()._letter_answered()

    @api.model
    def _escalate(self, company, today):
        """Open questions past their deadline: a task for the manager, once."""
        late = self.sudo().search(
            [
                ("company_id", "=", company.id),
                ("state", "=", "open"),
                ("kind", "!=", "note"),
                ("deadline", "<", today),
                ("escalated_on", "=", False),
            ]
        )
        chief = (
            company.sudo().o2c_question_manager_id or company.sudo().o2c_responsible_id
        )
        for question in late:
            who = chief or question.user_id
            question.escalated_on = today
            if not who:
                continue
            theirs = question.with_context(lang=who.lang)
            theirs.activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=today,
                summary=theirs.env._("Question past its deadline"),
                note=theirs.env._(
                    "%(owner)s had until %(day)s to answer %(customer)s.",
                    owner=question.user_id.name or theirs.env._("Nobody"),
                    day=format_date(theirs.env, question.deadline),
                    customer=question.partner_id.display_name,
                ),
                user_id=who.id,
            )
