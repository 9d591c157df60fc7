"""Promises, plans, disputes and questions: what their tests share."""

from odoo import fields

from .common import DunningCommon


class TalkCommon(DunningCommon):
    """A live company, a customer with two open invoices of 600 and 400."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.o2c_responsible_id = cls.manager
        cls.first = cls._due(cls.sme, 600, "2026-03-01")
        cls.second = cls._due(cls.sme, 400, "2026-03-15")
        cls.both = cls.first + cls.second
        cls.plans = cls.env["o2c.payment.plan"].with_user(cls.collector)
        cls.questions = cls.env["o2c.question"]
        cls.letters = cls.env["o2c.customer.letter"].sudo()

    def _at(self, day):
        """Everything happens on a day, at noon."""
        return self.mock_datetime_and_now(f"{day} 12:00:00")

    def _plan(self, day="2026-03-20", count=4, moves=None, **terms):
        """A plan that was agreed on a day, its first instalment on that day."""
        with self._at(day):
            plan = self.plans._propose(
                moves or self.both,
                count=count,
                start_date=fields.Date.to_date(day),
                **terms,
            )
            plan.action_start()
        return plan

    def _night(self, day):
        """The run of a day, on that day."""
        with self._at(day):
            return self._nightly(day)

    def _kinds(self, record):
        """Occasions of the letters about a record, in order."""
        found = self.letters.search(
            [("res_model", "=", record._name), ("res_id", "=", record.id)], order="id"
        )
        return [(letter.kind, letter.key) for letter in found]

    def _flush_mail(self):
        """The mail server takes what is queued."""
        with self.mock_mail_gateway():
            queued = self.env["mail.mail"].sudo().search([("state", "=", "outgoing")])
            queued.write({"scheduled_date": False})
            queued.send()
