from odoo import api, models

from ..tools.local_form import day_text, money_text


class MailTemplate(models.Model):
    _inherit = "mail.template"

    @api.model
    def _render_eval_context(self):
        """Extends mail: our own mails write amounts and days as their reader does.

        Mails of other apps stay as they are.
        """
        values = super()._render_eval_context()
        if not self._o2c_is_ours():
            return values

        def format_amount(amount, currency, lang_code=False):
            return money_text(self.env, amount, currency, lang_code)

        def format_date(date, date_format=False, lang_code=False):
            if date_format:
                return values["format_date"](date, date_format, lang_code)
            return day_text(self.env, date, lang_code)

        return values | {"format_amount": format_amount, "format_date": format_date}

    def _o2c_is_ours(self):
        """Whether the template came with one of our add-ons."""
        return bool(
            self.ids
            and self.env["ir.model.data"]
            .sudo()
            .search_count(
                [
                    ("model", "=", "mail.template"),
                    ("res_id", "in", self.ids),
                    ("module", "=like", "o2c\\_%"),
                ],
                limit=1,
            )
        )
