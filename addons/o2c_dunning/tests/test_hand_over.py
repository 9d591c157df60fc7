"""Handing over: proposed once, decided by a person, refused with every reason."""

from datetime import date

from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, new_test_user, tagged
from odoo.tools import mute_logger

from .collection_common import CollectionCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-01 09:00:00")
class TestHandOver(CollectionCommon):
    def test_the_button_proposes_once_and_opens_what_is_there(self):
        case = self._case().with_user(self.collector)
        first = case.action_handover()["res_id"]
        self.assertEqual(case.action_handover()["res_id"], first)
        file = self.files.browse(first)
        self.assertEqual(
            (file.state, file.origin, file.principal), ("proposed", "hand", 1000)
        )
        self.assertEqual(file.item_ids.move_id, self.invoices)

    def test_one_open_file_per_case_by_schema(self):
        file = self._file()
        with (
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
            mute_logger("odoo.sql_db"),
        ):
            self.files.create({"case_id": file.case_id.id})
            self.env.flush_all()

    def test_a_company_goes_from_proposal_to_the_agency(self):
        file = self._handed_over()
        self.assertEqual(file.decided_by_id, self.collector, "who had it made")
        self.assertEqual(file.handed_over_by_id, self.manager)
        self.assertTrue(all(file.item_ids.mapped("live")))
        self.assertEqual(file.handed_over_on.isoformat(), "2026-06-01")
        self.assertGreater(file.cost, 0)
        self.assertGreater(file.interest, 0)

    def test_what_the_agency_has_is_not_reminded(self):
        file = self._handed_over()
        run = self._nightly("2026-06-02")
        self.assertFalse(run.o2c_notice_ids)
        verdict = self._verdict(self.invoices)
        self.assertEqual(verdict.reason, "at_agency")
        self.assertEqual(
            verdict.explanation, "Handed over to Incasso Proef on 06/01/2026."
        )
        file.with_user(self.manager)._withdraw("Agreed a plan ourselves")
        self.assertEqual(file.state, "withdrawn")
        self.assertTrue(self._nightly("2026-06-03").o2c_notice_ids)

    def test_a_waiting_reminder_stays_home_when_the_claim_leaves(self):
        case = self._case()
        self.standard.step_ids[0].approval = True
        notice = self._nightly("2026-06-01").o2c_notice_ids
        self.assertEqual(notice.state, "waiting")
        self._handed_over(case)
        self.assertEqual(notice.state, "withdrawn")

    def test_nothing_due_is_refused(self):
        file = self._ready()
        self._pay(self.invoices, date="2026-06-01")
        with self.assertRaisesRegex(UserError, "Nothing of it is due"):
            file.with_user(self.manager).action_hand_over()
        other = self._customer("Nieuwe klant B.V.", "sme")
        case = self._case(other, "2026-07-01")
        with self.assertRaisesRegex(UserError, "overdue"):
            case.with_user(self.collector).action_handover()

    def test_a_dispute_a_promise_and_an_unread_answer_are_said_at_once(self):
        file = self._file()
        self.env["o2c.dispute"].create(
            {"move_id": self.invoices.id, "amount": 100, "cause": "price"}
        )
        self.env["o2c.payment.promise"]._promise(
            self.invoices, self.company._o2c_today(), 500
        )
        file.case_id.sudo().state = "answered"
        with self.assertRaises(UserError) as refused:
            file.action_prepare()
        for word in ("dispute", "promise", "wrote back"):
            self.assertIn(word, str(refused.exception))
        self.assertEqual(file.state, "proposed")

    def test_a_plan_that_runs_keeps_the_claim_here_until_it_is_broken(self):
        file = self._ready()
        plan = self.env["o2c.payment.plan"].with_user(self.collector)
        plan = plan._propose(self.invoices, count=3, start_date=date(2026, 6, 1))
        plan.action_start()
        self.assertEqual(plan.state, "running")
        with self.assertRaisesRegex(UserError, "payment plan"):
            file.with_user(self.manager).action_hand_over()
        self.assertEqual(file.state, "ready")
        plan.action_withdraw()
        with self.assertRaisesRegex(UserError, "on its way"):
            file.with_user(self.manager).action_hand_over()
        plan.sudo().letter_ids.write({"state": "sent"})
        file.with_user(self.manager).action_hand_over()
        self.assertEqual(file.state, "handed_over")

    def test_a_question_that_waits_for_us_keeps_the_claim_here(self):
        file = self._ready()
        question = self.env["o2c.question"]._ask(
            self.sme_contact, self.invoices, "What is this for?", source="mail"
        )
        with self.assertRaisesRegex(UserError, "question"):
            file.with_user(self.manager).action_hand_over()
        self.assertEqual(file.state, "ready")
        question.action_answered()
        file.with_user(self.manager).action_hand_over()
        self.assertEqual(file.state, "handed_over")

    def test_a_payment_after_the_dossier_asks_for_a_new_one(self):
        file = self._ready()
        self._pay(self.invoices, 400, "2026-06-01")
        with self.assertRaisesRegex(UserError, "600"):
            file.with_user(self.manager).action_hand_over()
        file.action_prepare()
        self.files._cron_dossier()
        file.with_user(self.manager).action_hand_over()
        self.assertEqual(file.principal, 600)

    def test_a_consumer_needs_the_letter_the_register_a_person_and_a_reason(self):
        file = self._file(self._case(self.consumer))
        self.assertTrue(file.natural_person)
        self.assertIn("14-day letter", file.objection_text)
        with self.assertRaisesRegex(UserError, "natural person"):
            file.action_prepare()
        file.reason = "Three letters, two calls, no answer"
        with self.assertRaisesRegex(UserError, "No valid 14-day letter"):
            file.action_prepare()
        # by e-mail on 18 May: received that day, cost is owed from 2 June
        self._fourteen_days("2026-05-18")
        with self.assertRaisesRegex(UserError, "has not ended"):
            file.action_prepare()
        with freeze_time("2026-06-02 09:00:00"):
            file.action_prepare()
            self._agency_checks(file)

    def _agency_checks(self, file):
        """Only an agency in the register gets a consumer."""
        self.files._cron_dossier()
        with self.assertRaisesRegex(UserError, "no valid number"):
            file.with_user(self.manager).action_hand_over()
        self.agency.register_number = "WKI-0042"
        with self.assertRaisesRegex(UserError, "looked"):
            file.with_user(self.manager).action_hand_over()
        self.agency.write(self.registered | {"registered_until": "2026-06-01"})
        with self.assertRaisesRegex(UserError, "no valid number"):
            file.with_user(self.manager).action_hand_over()
        self.agency.registered_until = "2026-06-02"
        file.with_user(self.manager).action_hand_over()
        self.assertEqual(file.state, "handed_over")

    def _fourteen_days(self, sent_on):
        """A 14-day letter about the invoice left by e-mail on a day."""
        case = self.cases.search([("partner_id", "=", self.consumer.id)])
        notice = self.notices.create(
            {
                "case_id": case.id,
                "partner_id": self.consumer.id,
                "company_id": self.company.id,
                "currency_id": self.company.currency_id.id,
                "date": sent_on,
                "channel": "email",
                "kind": "wik",
                "content": "<p>14 days</p>",
                "line_ids": [
                    Command.create(
                        {
                            "kind": "remind",
                            "move_id": self.invoices.id,
                            "label": self.invoices.name,
                            "due": "2026-03-01",
                            "amount": 1000,
                        }
                    )
                ],
            }
        )
        notice.write(
            {"state": "sent", "sent_on": sent_on, "sent_at": f"{sent_on} 08:00:00"}
        )

    def test_a_sole_trader_needs_a_registered_agency_too(self):
        self.env["o2c.credit.report"].sudo().create(
            {
                "partner_id": self.sme.id,
                "company_id": self.company.id,
                "date": "2026-01-01",
                "source": "KvK",
                "legal_form": "Eenmanszaak",
            }
        )
        file = self._file()
        file.reason = "No answer"
        file.action_prepare()
        self.files._cron_dossier()
        with self.assertRaisesRegex(UserError, "no valid number"):
            file.with_user(self.manager).action_hand_over()
        self.agency.write(self.registered)
        file.with_user(self.manager).action_hand_over()

    def test_the_machine_never_decides(self):
        file = self._file()
        root = self.env.ref("base.user_root")
        root.group_ids += self.env.ref("o2c_base.group_collecting_manager")
        with self.assertRaisesRegex(UserError, "A person must decide"):
            file.with_user(root).action_prepare()

    def test_wrong_state_and_a_second_click_are_refused(self):
        file = self._handed_over()
        with self.assertRaisesRegex(UserError, "does not fit"):
            file.with_user(self.manager).action_hand_over()
        with self.assertRaisesRegex(UserError, "does not fit"):
            file.action_prepare()
        with self.assertRaisesRegex(UserError, "has left"):
            file.agency_id = False
        file._returned("Debtor cannot be found")
        with self.assertRaisesRegex(UserError, "does not fit"):
            file._returned("Again")
        self.assertEqual(file.state, "closed")
        self.assertIn("cannot be found", file.outcome)

    def test_an_invoice_is_in_one_file_outside_by_schema(self):
        file = self._handed_over()
        other = self.files.create(
            {
                "case_id": self.cases.create(
                    {
                        "partner_id": self.corporate.id,
                        "company_id": self.company.id,
                        "currency_id": self.company.currency_id.id,
                    }
                ).id
            }
        )
        with (
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
            mute_logger("odoo.sql_db"),
        ):
            self.env["o2c.collection.item"].sudo().create(
                {"file_id": other.id, "move_id": file.item_ids.move_id.id, "live": True}
            )

    def test_a_collector_proposes_a_manager_hands_over_nobody_writes_states(self):
        file = self._ready()
        with self.assertRaises(AccessError):
            file.action_hand_over()
        with self.assertRaises(AccessError):
            file.with_user(self.manager).state = "handed_over"
        with self.assertRaises(AccessError):
            file.with_user(self.manager).decided_by_id = self.collector
        with self.assertRaises(AccessError):
            self.env["o2c.collection.file"].with_user(self.manager).create(
                {"case_id": file.case_id.id}
            )
        with self.assertRaises(UserError):
            file.sudo().unlink()

    def test_other_roles_and_companies_stay_out(self):
        file = self._file()
        seller = self._user("seller", "sales_team.group_sale_salesman")
        with self.assertRaises(AccessError):
            file.with_user(seller).read(["total"])
        other = self.setup_other_company(name="Derde Test B.V.")["company"]
        stranger = new_test_user(
            self.env,
            login="o2c_stranger_file",
            groups="base.group_user,o2c_base.group_collecting_manager",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        for call in ("action_prepare", "action_hand_over", "action_dossier_pdf"):
            with self.assertRaises(AccessError):
                getattr(file.with_user(stranger), call)()
        with self.assertRaises(AccessError):
            file.with_user(stranger)._withdraw("mine now")
        self.assertFalse(self.env["o2c.collection.file"].with_user(stranger).search([]))
        controller = self._user("controller", "o2c_base.group_credit_controller")
        self.assertTrue(file.with_user(controller).total)
        with self.assertRaises(AccessError):
            file.with_user(controller).action_prepare()
