"""What a customer reads about his plan: the agreement, each instalment, the end."""

import logging
from datetime import timedelta

from markupsafe import Markup

from odoo import api, models

_logger = logging.getLogger(__name__)


class O2cPaymentPlan(models.Model):
    _inherit = "o2c.payment.plan"

    @api.model
    def _follow(self, company, today, now):
        """The night's work on plans: progress, ends, a word before and after a term.

        :param company: ``res.company`` that collects
        :param date today: the date there
        :param datetime now: moment of the night's work
        """
        plans = self.sudo().search(
            [("company_id", "=", company.id), ("state", "=", "running")]
        )
        plans._refresh(today, by_night=True)
        if company._o2c_mode("dunning") != "live":
            return
        days = company.o2c_dunning_plan_reminder
        for plan in plans.filtered(lambda one: one.state == "running"):
            for line in plan.line_ids:
                soon = (
                    days > 0
                    and line.state == "open"
                    and today < line.due <= today + timedelta(days=days)
                    and plan.started_on < line.due - timedelta(days=days)
                )
                if soon:
                    plan._about(line, "plan_before", now)
                elif line.state == "late":
                    plan._about(line, "plan_late", now)

    def _about(self, line, kind, now):
        """Write about one instalment, once."""
        self._nightly_letter(
            self.with_context(o2c_instalment=line.id), kind, str(line.number), now
        )

    def _letter_answered(self):
        self._answer_to_case(self.case_id)
        return super()._letter_answered()

    def _letter_values(self, kind, lang):
        line = self.line_ids.browse(self.env.context.get("o2c_instalment"))
        amount, due = line.amount - line.paid, line.due
        if not line:
            ended = kind in ("plan_broken", "plan_withdrawn")
            amount = self.left if ended else self.total
            due = self.next_due or self.ended_on or self.start_date
        return super()._letter_values(kind, lang) | {
            "reference": line.reference or self.name,
            "amount": self._letter_money(amount, self.currency_id, lang),
            "left": self._letter_money(self.left, self.currency_id, lang),
            "date": self._letter_day(due, lang),
            "schedule": self._schedule_rows(lang),
        }

    def _schedule_rows(self, lang):
        """The instalments as a small table that mail programs understand."""
        cell = "padding:4px 16px 4px 0;border-bottom:1px solid #e7ebef;"
        rows = Markup().join(
            Markup(
                "<tr><td style='%(cell)swhite-space:nowrap;'>%(ref)s</td>"
                "<td style='%(cell)s'>%(day)s</td>"
                "<td style='%(cell)stext-align:right;white-space:nowrap;'>%(sum)s</td>"
                "</tr>"
            )
            % {
                "cell": cell,
                "ref": line.reference,
                "day": self._letter_day(line.due, lang),
                "sum": self._letter_money(line.amount, self.currency_id, lang),
            }
            for line in self.line_ids.sorted("number")
        )
        return Markup("<table style='border-collapse:collapse;'>%s</table>") % rows

    def _document_lang(self):
        """Language in which the customer reads his documents."""
        self.ensure_one()
        lang = self._letter_recipient()["lang"]
        return self._letter_lang(lang, self.company_id.sudo())

    def _term_notes(self):
        """The agreement and its term notes as one PDF, to go with the mail.

        :return: ids of ``ir.attachment``; empty when the PDF could not be made
        """
        self.ensure_one()
        report = self.env["ir.actions.report"].sudo()
        try:
            content, kind = report._render_qweb_pdf(
                "o2c_dunning.report_payment_plan", self.ids
            )
        except Exception:
            _logger.exception("Term notes of %s could not be made", self.name)
            return []
        return (
            self.env["ir.attachment"]
            .sudo()
            .create(
                {
                    "name": f"{self.name.replace('/', '-')}.{kind}",
                    "raw": content,
                    "res_model": self._name,
                    "res_id": self.id,
                }
            )
            .ids
        )
