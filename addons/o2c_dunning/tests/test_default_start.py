"""When a customer is in default: agreed or not, consumer, business or public body."""

from datetime import date

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import DunningCommon


@tagged("post_install", "-at_install")
class TestDefaultStart(DunningCommon):
    def _start(self, invoice):
        return invoice._o2c_default_from()[invoice]

    def _delivered(self, invoice, day):
        self.env["o2c.delivery.log"]._log(
            invoice, "email", "sent", at=fields.Datetime.to_datetime(day)
        )

    def test_a_term_that_was_agreed_is_fatal(self):
        self.company.o2c_term_agreed = "agreed"
        for partner in (self.consumer, self.sme, self.public_body):
            invoice = self._due(partner, 100, "2026-03-31")
            self.assertEqual(self._start(invoice), date(2026, 4, 1), partner.name)

    def test_a_business_whose_term_was_not_agreed_gets_30_days_after_receipt(self):
        self.assertEqual(self.company.o2c_term_agreed, "invoice", "the careful choice")
        invoice = self._due(self.sme, 100, "2026-03-31", date="2026-03-01")
        self._delivered(invoice, "2026-03-17 09:00:00")
        self.assertEqual(self._start(invoice), date(2026, 4, 17))
        unknown = self._due(self.sme, 100, "2026-03-31", sent=False)
        self.assertIsNone(self._start(unknown))
        unknown.delivery_date = "2026-03-10"
        self.assertEqual(self._start(unknown), date(2026, 4, 10), "the goods came")

    def test_a_consumer_whose_term_was_not_agreed_first_gets_a_reminder(self):
        invoice = self._due(self.consumer, 100, "2026-03-01")
        self.assertIsNone(self._start(invoice))
        notice = self._remind("2026-03-04")
        self.assertEqual(notice.state, "sent")
        self.assertEqual(
            self._start(invoice), date(2026, 3, 19), "fourteen days, not its seven"
        )
        self.company.o2c_reasonable_days = 3
        self.assertEqual(
            self._start(invoice), date(2026, 3, 12), "the reminder is kept to its word"
        )

    def test_a_notice_of_default_is_kept_to_the_day_it_gives(self):
        self.company.o2c_term_agreed = "agreed"
        self.env["o2c.interest.rate"].with_context(active_test=False).search([]).write(
            {"certainty": "confirmed", "active": True}
        )
        invoice = self._due(self.consumer, 1000, "2026-03-01")
        self.assertEqual(self._start(invoice), date(2026, 3, 2))
        notice = self._remind("2026-03-04")
        self.assertEqual(self._start(invoice), date(2026, 3, 2), "a reminder is none")
        self.env.cr.execute(
            "UPDATE o2c_dunning_notice SET kind = 'default' WHERE id = %s", notice.ids
        )
        self.assertEqual(notice.pay_by, date(2026, 3, 11))
        self.assertEqual(self._start(invoice), date(2026, 3, 12))
        figures = invoice._o2c_cost_and_interest(date(2026, 3, 11))[invoice]
        self.assertEqual(
            (figures.interest, figures.default_from), (0, date(2026, 3, 12))
        )

    def test_a_reminder_that_came_back_brings_no_default_about(self):
        invoice = self._due(self.consumer, 100, "2026-03-01")
        notice = self._remind("2026-03-04")
        notice.case_id._message_receive_bounce("post@proef.example", None)
        self.assertIsNone(self._start(invoice))

    def test_customer_goes_before_company_and_agreement_before_customer(self):
        invoice = self._due(self.sme, 100, "2026-03-31", date="2026-03-15")
        self.assertEqual(self._start(invoice), date(2026, 4, 15), "thirty days")
        self.sme.o2c_term_agreed = "agreed"
        self.assertEqual(self._start(invoice), date(2026, 4, 1))
        agreement = (
            self.env["o2c.payment.agreement"]
            .sudo()
            .create(
                {
                    "partner_id": self.sme.id,
                    "company_id": self.company.id,
                    "date_from": "2026-01-01",
                    "term_agreed": "invoice",
                }
            )
        )
        self.assertEqual(self._start(invoice), date(2026, 4, 1), "a draft says nothing")
        agreement.sudo().state = "confirmed"
        self.assertEqual(self._start(invoice), date(2026, 4, 15))
        with self.assertRaises(UserError):
            agreement.with_user(
                self._user("controller", "o2c_base.group_credit_manager")
            ).term_agreed = "agreed"

    def test_who_has_no_segment_and_is_no_company_counts_as_a_consumer(self):
        self.consumer.o2c_segment_id = False
        invoice = self._due(self.consumer, 100, "2026-03-31")
        self.assertIsNone(self._start(invoice))
        self.consumer.is_company = True
        self.assertTrue(self._start(invoice), "a company without segment is a business")

    def test_each_instalment_has_its_own_day(self):
        self.company.o2c_term_agreed = "agreed"
        term = self.env["account.payment.term"].create(
            {
                "name": "Two parts",
                "line_ids": [
                    fields.Command.create(
                        {"value": "percent", "value_amount": 50, "nb_days": days}
                    )
                    for days in (30, 60)
                ],
            }
        )
        invoice = self._invoice(
            self.sme, 1000, "2026-03-01", invoice_payment_term_id=term.id
        )
        self.assertEqual(self._start(invoice), date(2026, 4, 1), "the earliest")
        debts = invoice._o2c_debts(self.company)
        self.assertEqual([debt.term.due.month for debt in debts], [3, 4])

    def test_a_company_outside_the_netherlands_knows_no_dutch_default(self):
        self.company.o2c_term_agreed = "agreed"
        invoice = self._due(self.sme, 100, "2026-03-31")
        self.company.country_id = self.env.ref("base.be")
        self.assertIsNone(self._start(invoice))
        figures = invoice._o2c_cost_and_interest(date(2026, 6, 1))[invoice]
        self.assertEqual(figures.reasons, ("not_here",))
        self.assertFalse(figures.cost or figures.interest)
