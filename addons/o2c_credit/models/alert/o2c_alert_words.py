"""An alert in plain words, in the language of who reads it."""

from odoo import api, fields, models
from odoo.tools import format_amount, format_date


class O2cCreditAlert(models.Model):
    _inherit = "o2c.credit.alert"

    @api.depends_context("lang")
    @api.depends("kind", "figures", "said", "amount", "stage")
    def _compute_text(self):
        for alert in self:
            alert.text = alert.said or alert._text_of(alert.figures or {})

    def _text_of(self, figures):
        """The sentence of one alert; the figures are those of the night."""
        self.ensure_one()

        def money(amount):
            return format_amount(self.env, float(amount or 0), self.currency_id)

        def day(name):
            found = figures.get(name)
            return format_date(self.env, fields.Date.to_date(found)) if found else ""

        return self._standing_text(figures, money, day) or self._dated_text(
            figures, money, day
        )

    def _standing_text(self, figures, money, day):
        """Alerts about how a customer stands."""
        amount = money(self.amount)
        if self.kind == "insolvent":
            return self.env._(
                "Insolvent by the newest report. He owes and has ordered %s.", amount
            )
        if self.kind == "over_limit" and not float(figures.get("limit") or 0):
            return self.env._(
                "%s owed and ordered, while nothing is sold on account.",
                money(figures.get("exposure")),
            )
        if self.kind == "over_limit":
            return self.env._(
                "%(amount)s over the limit: %(exposure)s owed and ordered, limit "
                "%(limit)s.",
                amount=amount,
                exposure=money(figures.get("exposure")),
                limit=money(figures.get("limit")),
            )
        if self.kind == "overdue_orders":
            return self.env._(
                "%(amount)s is overdue, the oldest part %(days)s, while orders of "
                "%(orders)s are open.",
                amount=amount,
                days=self.env["o2c.risk.profile"]._days(figures.get("days", 0)),
                orders=money(figures.get("orders")),
            )
        if self.kind == "grade_drop":
            return self.env._(
                "From grade %(before)s to %(after)s. He owes and has ordered "
                "%(amount)s.",
                before=figures.get("before", "?"),
                after=figures.get("after", "?"),
                amount=amount,
            )
        return ""

    def _dated_text(self, figures, money, day):
        """Alerts about something with a date."""
        amount, on = money(self.amount), day("on")
        name = figures.get("name") or self.env._("no reference")
        if self.kind == "cover_ends":
            text = (
                self.env._("Cover of %(amount)s (%(name)s) ends on %(on)s.")
                if self.stage
                else self.env._("Cover of %(amount)s (%(name)s) ended on %(on)s.")
            )
            return text % {"amount": amount, "name": name, "on": on}
        if self.kind == "cover_stops":
            text = (
                self.env._(
                    "New orders after %(on)s are not covered by the %(amount)s of "
                    "%(name)s."
                )
                if self.stage
                else self.env._(
                    "Since %(on)s the %(amount)s of %(name)s no longer covers new "
                    "orders."
                )
            )
            return text % {"amount": amount, "name": name, "on": on}
        if self.kind == "limit_ends":
            text = (
                self.env._("The temporary limit of %(amount)s ends on %(on)s.")
                if self.stage
                else self.env._("The temporary limit of %(amount)s ended on %(on)s.")
            )
            return text % {"amount": amount, "on": on}
        if self.kind == "review_due":
            return self.env._("The limit should have been looked at on %s.", on)
        if self.kind == "report_old":
            return self.env._(
                "The newest report is of %(on)s; he owes and has ordered %(amount)s.",
                on=on,
                amount=amount,
            )
        if self.kind == "provider_down":
            return self.env._("%s does not answer; earlier reports stay.", name)
        return ""
