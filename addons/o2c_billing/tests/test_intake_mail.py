"""Orders that customers mail: read from known people, never silently lost."""

import base64

from psycopg2.errors import UniqueViolation

from odoo.tests import tagged
from odoo.tools import mute_logger

from .intake_common import IntakeCommon

MAIL = """From: {sender}
To: orders@o2c.example
Subject: Our order
Message-Id: <{number}@customer.example>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="part"

--part
Content-Type: text/plain

Please find attached.
{files}--part--
"""
FILE = """--part
Content-Type: application/octet-stream
Content-Disposition: attachment; filename="{name}"
Content-Transfer-Encoding: base64

{content}
"""


@tagged("post_install", "-at_install")
class TestIntakeMail(IntakeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        domain = cls.env["mail.alias.domain"].search([], limit=1) or cls.env[
            "mail.alias.domain"
        ].create({"name": "o2c.example"})
        domain.name = "o2c.example"
        cls.company.alias_domain_id = domain
        cls.owner = cls._user("owner", "sales_team.group_sale_salesman")
        cls.mailbox = cls.env["o2c.order.mailbox"].create(
            {"company_id": cls.company.id, "alias_name": "o2c-orders-test"}
        )
        cls.mailbox.user_id = cls.owner

    def _mail(self, *files, sender="crediteuren@proef.example", number=1):
        text = MAIL.format(
            sender=sender,
            number=number,
            files="".join(
                FILE.format(
                    name=name, content=base64.b64encode(content.encode()).decode()
                )
                for name, content in files
            ),
        ).replace("orders@o2c.example", self.mailbox.alias_email)
        intake = self.env["o2c.order.intake"].browse(
            self.env["mail.thread"].message_process(None, text)
        )
        self.assertEqual(
            (intake.company_id, intake.state, intake.channel),
            (self.company, "received", "mail"),
        )
        return intake

    def _run_cron(self):
        self.env.flush_all()
        with self.enter_registry_test_mode(), self.registry.cursor() as cr:
            self.env(cr=cr)["o2c.order.intake"].sudo()._cron_work()
        self.env.invalidate_all()

    def _line(self, reference="W1", customer="K100", quantity="3"):
        return self._csv(f"{reference};{customer};BALK-44;{quantity};;;")

    def test_a_company_has_one_mailbox(self):
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"):
            self.mailbox.copy({"company_id": self.company.id})
            self.env.flush_all()

    def test_a_mail_of_a_contact_becomes_quotations(self):
        intake = self._mail(("order.csv", self._line()))
        self._run_cron()
        self.assertEqual((intake.state, intake.made_count), ("done", 1))
        order = intake.order_ids.order_id
        self.assertEqual((order.partner_id, order.user_id), (self.sme, self.owner))
        self.assertEqual(intake.filename, "order.csv")
        self.assertTrue(intake.file)

    def test_each_file_of_a_mail_has_its_own_record(self):
        intake = self._mail(
            ("order.csv", self._line()),
            ("logo.png", "x"),
            ("order.xml", self._ubl()),
            ("bad.xml", "<!DOCTYPE a><a/>"),
        )
        self._run_cron()
        every = self.env["o2c.order.intake"].search([("channel", "=", "mail")])
        self.assertEqual(
            {one.filename: one.state for one in every},
            {"order.csv": "done", "order.xml": "done", "bad.xml": "mend"},
        )
        self.assertIn(intake, every)

    def test_a_customer_does_not_set_his_price(self):
        content = self._csv("W1;K100;BALK-44;3;1,00;;")
        intake = self._mail(("order.csv", content))
        self._run_cron()
        order = intake.order_ids
        self.assertEqual(order.order_id.order_line.price_unit, 10)
        self.assertIn("expects", order.remark)

    def test_a_stranger_waits_for_a_person(self):
        intake = self._mail(("order.csv", self._line()), sender="x@evil.example")
        self._run_cron()
        self._said(intake, "x@evil.example is not a contact here")
        self.assertEqual(intake.activity_ids.user_id, self.owner)
        intake.with_user(self.owner).action_retry()
        self.assertEqual(intake.state, "mend")
        intake.with_user(self.owner).action_trust()
        self.assertEqual((intake.state, intake.made_count), ("done", 1))
        self.assertEqual(intake.trusted_by_id, self.owner)
        self.assertFalse(intake.activity_ids)

    def test_a_contact_orders_for_his_own_company_only(self):
        self.corporate.write({"ref": "K200", "email": "inkoop@haven.example"})
        content = self._csv("W1;K200;BALK-44;1;;;", "W2;K100;BALK-44;1;;;")
        intake = self._mail(("order.csv", content), sender="inkoop@haven.example")
        self._run_cron()
        self.assertEqual(self._states(intake), {"W1": "made", "W2": "mend"})
        self._asked(intake, "inkoop@haven.example sent this and is no contact")
        intake.with_user(self.owner).action_trust()
        self.assertEqual(intake.made_count, 2)

    def test_our_own_people_forward_for_any_customer(self):
        self.owner.partner_id.email = "seller@waterlelie.example"
        intake = self._mail(
            ("order.csv", self._line()), sender="seller@waterlelie.example"
        )
        self._run_cron()
        self.assertEqual(intake.made_count, 1)

    def test_a_mail_without_a_file_says_what_to_do(self):
        intake = self._mail(("order.pdf", "%PDF-1.4"))
        self._run_cron()
        self._said(intake, "There is no CSV, XLSX or UBL file")
        intake.with_user(self.owner).action_drop()
        self.assertEqual(intake.state, "dropped")

    def test_the_same_file_mailed_twice_is_shown(self):
        first = self._mail(("order.csv", self._line()))
        again = self._mail(("order.csv", self._line()), number=2)
        self._run_cron()
        self.assertEqual((again.state, again.same_as_id), ("done", first))
        self.assertEqual(len(first.order_ids.order_id), 1)
        self.assertFalse(again.order_ids)

    def test_nothing_is_read_while_billing_is_off(self):
        self._switch("off", "billing")
        intake = self._mail(("order.csv", self._line()))
        self._run_cron()
        self.assertEqual((intake.state, len(intake.order_ids)), ("received", 0))
        self._switch("watch", "billing")
        self._run_cron()
        self.assertEqual((intake.state, intake.ready_count), ("ready", 1))
        self._switch("live", "billing")
        self._run_cron()
        self.assertEqual((intake.state, intake.made_count), ("done", 1))

    def test_one_that_breaks_the_reader_stops_no_other(self):
        bad = self._mail(("bad.csv", self._line("BAD")))
        good = self._mail(("good.csv", self._line("W2")), number=2)
        normal = type(bad)._read

        def broken(intake, content):
            if b"BAD" in content:
                raise KeyError("unexpected")
            return normal(intake, content)

        self.patch(type(bad), "_read", broken)
        with mute_logger("odoo.addons.o2c_billing.models.intake.o2c_intake_reading"):
            self._run_cron()
        self._said(bad, "could not be read")
        self.assertEqual(good.state, "done")

    def test_today_shows_what_waits(self):
        self._mail(("order.csv", self._line()), sender="x@evil.example")
        self._run_cron()
        card = next(
            card
            for card in self.env["o2c.today"]
            .with_user(self.owner)
            ._cards(self.company, self.company._o2c_today())
            if card["key"] == "order_intake"
        )
        self.assertEqual((card["value"], card["tone"]), ("1", "warn"))
        [row] = card["rows"]
        self.assertEqual(row["label"], "Our order")
        intake = self.env["o2c.order.intake"].search([("name", "=", "Our order")])
        self.assertTrue(intake.reason)
        self.assertEqual(row["text"], intake.reason, "to its end: there is the remedy")
