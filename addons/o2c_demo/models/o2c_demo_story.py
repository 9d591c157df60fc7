"""One order that comes in from outside and becomes money, told with its dates.

Every step goes through the method that people or the scheduler use; only the clock is
set, so that the documents carry the dates of the story.
"""

import json
from datetime import datetime, time, timedelta

from freezegun import freeze_time

from odoo import models
from odoo.exceptions import UserError

TOLD = "o2c_demo.story"
#: Days after the Monday on which the order comes in; he has 30 days to pay.
ORDERED, RELEASED, DELIVERED, REMINDED, PAID = 0, 1, 2, 35, 60
#: That Monday lies at least so many days before the day of telling.
LENGTH = 64


class O2cDemoStory(models.AbstractModel):
    """Tells the story once and keeps it."""

    _name = "o2c.demo.story"
    _description = "Demo Story"

    def _tell(self, today=None):
        """Perform the journey of an order on the demo company.

        :param date today: the day on which the customer pays
        :return: list of texts, one per step
        """
        parameters = self.env["ir.config_parameter"].sudo()
        told = parameters.get_param(TOLD)
        if told:
            return json.loads(told)
        company = self.env.ref("base.main_company")
        today = today or company._o2c_today()
        stage = self._on_stage(company)
        lines = stage._journey(company.with_env(stage.env), today)
        stage.env["o2c.demo.today"]._leave(company.with_env(stage.env), today)
        texts = [stage._text(*line) for line in lines]
        parameters.set_param(TOLD, json.dumps(texts, ensure_ascii=False))
        return texts

    def _on_stage(self, company):
        """This model as the system, in the demo company, in its language."""
        if company._o2c_mode("billing") != "live":
            raise UserError(self.env._("Build the demo company first."))
        if self.env["sale.order"].search_count([("o2c_import_reference", "!=", False)]):
            raise UserError(
                self.env._("The story was interrupted. Build the demo afresh.")
            )
        return self.sudo().with_context(
            allowed_company_ids=company.ids, lang="nl_NL", tz="Europe/Amsterdam"
        )

    # ------------------------------------------------------------ the clock

    def _at(self, day, hour, minute=0):
        """The clock stands at a moment of the story (UTC)."""
        return freeze_time(datetime.combine(day, time(hour, minute)))

    def _days(self, today):
        """The days of the story.

        :return: function that gives the day so many days after its first one
        """
        latest = today - timedelta(days=LENGTH)
        monday = latest - timedelta(days=latest.weekday())
        return lambda days: monday + timedelta(days=days)

    def _money(self, amount):
        return "€ " + f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))

    def _text(self, moment, what, amount, record):
        """A line of the story as it is printed."""
        money = self._money(amount) if amount else ""
        link = f"{record.get_base_url()}/odoo/{record._name}/{record.id}"
        return f"{moment:%d-%m-%Y}  {what:<72} {money:>12}  {link}"

    def _user(self, login):
        return self.env["res.users"].search([("login", "=", login)])

    # ----------------------------------------------------------- the journey

    def _journey(self, company, today):
        """All steps, in order.

        :return: list of (date, what happened, amount, document)
        """
        days = self._days(today)
        order, other, lines = self._ordered(company, days)
        lines += self._held_and_released(order, days)
        lines += self._delivered_and_invoiced(company, order, other, days)
        notice, more = self._reminded(company, order, days)
        lines += more
        lines += self._paid(company, order, notice, days)
        lines += self._learned(company, order, days(PAID), today)
        return lines
