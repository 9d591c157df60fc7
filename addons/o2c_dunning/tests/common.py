"""A company that collects, with invoices that fell due on given days."""

from datetime import datetime, time

from odoo import fields

from odoo.addons.mail.tests.common import MockEmail
from odoo.addons.o2c_base.tests.common import O2cCommon


class DunningCommon(O2cCommon, MockEmail):
    """Base class: a live company on the standard ladder (days 3 and 17).

    The first run of a company waits for a person; ``cls.company`` has that behind it.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.user.group_ids += cls.env.ref("o2c_base.group_collecting_manager")
        # reminders of these tests leave at any hour; office hours have own tests
        cls.company.o2c_dunning_office_hours = False
        cls._switch("live", "dunning")
        cls.cases = cls.env["o2c.dunning.case"].sudo()
        cls.notices = cls.env["o2c.dunning.notice"].sudo()
        cls.standard = cls.env.ref("o2c_dunning.o2c_dunning_ladder_standard")
        cls.four = cls.env.ref("o2c_dunning.o2c_dunning_ladder_four")
        cls._plain_ladders()
        cls.collector = cls._user("collector", "o2c_base.group_collector")
        cls.manager = cls._user("manager", "o2c_base.group_collecting_manager")
        cls._first_run_done(cls.company)

    @classmethod
    def _plain_ladders(cls):
        """Ladders whose days are plain days, for everybody: no test of something else
        depends on weekends, segments, payment habits, or what follows the last words.
        """
        ladders = cls.env["o2c.dunning.ladder"].search([])
        ladders.write(
            {"working_days": False, "wait_usual": False, "segment_ids": [(5, 0, 0)]}
        )
        steps = cls.standard.step_ids | cls.four.step_ids
        steps.filtered(lambda step: step.kind == "handover").unlink()
        papers = ("invoice", "ubl", "statement", "calculation")
        steps.exists().write({f"attach_{paper}": False for paper in papers})

    @classmethod
    def _first_run_done(cls, company):
        """The company has sent a reminder before."""
        partner = cls.env["res.partner"].create({"name": "Eerste klant"})
        case = cls.cases.create(
            {
                "partner_id": partner.id,
                "company_id": company.id,
                "currency_id": company.currency_id.id,
                "state": "closed",
            }
        )
        cls.notices.create(
            {
                "case_id": case.id,
                "partner_id": partner.id,
                "company_id": company.id,
                "currency_id": company.currency_id.id,
                "date": "2020-01-01",
                "channel": "email",
                "state": "sent",
                "sent_at": "2020-01-01 08:00:00",
                "sent_on": "2020-01-01",
            }
        )

    @classmethod
    def _due(cls, partner, amount, due, sent=True, **values):
        """A posted invoice that falls due on a day, sent on its own date."""
        date = values.pop("date", None) or fields.Date.subtract(
            fields.Date.to_date(due), days=30
        )
        invoice = cls._invoice(
            partner,
            amount,
            date,
            invoice_payment_term_id=False,
            invoice_date_due=due,
            **values,
        )
        invoice.is_move_sent = sent
        return invoice

    @classmethod
    def _nightly(cls, day, company=None, **options):
        """The run of a day, and what follows from it."""
        company = company or cls.company
        day = fields.Date.to_date(day)
        run = cls.cases._run(company, day, **options)
        cls.cases._after_run(company, day)
        return run

    def _deliver(self, day, company=None):
        """Send what is approved on a day, and let the mail server take it."""
        now = datetime.combine(fields.Date.to_date(day), time(8))
        with self.mock_datetime_and_now(now), self.mock_mail_gateway():
            self.notices._send_queue(company or self.company, now)
            self.env["mail.mail"].sudo().process_email_queue()

    def _remind(self, day, company=None):
        """A night and the sending of its reminders.

        :return: the notices of that night
        """
        run = self._nightly(day, company)
        self._deliver(day, company)
        return run.o2c_notice_ids

    def _verdict(self, invoice):
        """The last verdict on an invoice with one instalment."""
        return (
            self.env["o2c.remind.verdict"].sudo().search([("move_id", "=", invoice.id)])
        )
