"""Other words on a share of the customers: who draws, what he gets, what it says."""

from psycopg2 import IntegrityError

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..policy.hold_out import arm
from .work_common import WorkCommon


@tagged("post_install", "-at_install")
class TestHoldOut(WorkCommon):
    def setUp(self):
        super().setUp()
        self.company.o2c_dunning_ladder_id = self.standard
        self.step = self.standard.step_ids.sorted("days")[0]
        self.company.o2c_dunning_max_notices = 1000

    def _try(self, share=50, tone="final", **values):
        with self._at("2026-03-01"):
            self.step.write({"hold_share": share, "hold_tone": tone, **values})
        self.step.hold_seed = "seed"

    def _customers(self, count, segment="sme", **values):
        partners = self.env["res.partner"]
        for number in range(count):
            partners += self._customer(f"Klant {number}", segment, **values)
        return partners

    def test_off_by_default_nobody_takes_part(self):
        self._due(self.sme, 100, "2026-03-01")
        notice = self._remind("2026-03-04")
        self.assertEqual(self.standard.step_ids.mapped("hold_share"), [0, 0])
        self.assertFalse(notice.arm)
        self.assertEqual(notice.tone, self.step.tone)

    def test_the_lot_decides_and_can_be_drawn_again(self):
        self._try()
        partners = self._customers(12)
        for partner in partners:
            self._due(partner, 100, "2026-03-01")
        notices = self._remind("2026-03-04")
        self.assertEqual(set(notices.mapped("arm")), {"standard", "other"})
        for notice in notices:
            drawn = arm("seed", self.company.id, notice.partner_id.id, 50)
            self.assertEqual(notice.arm, drawn)
            tone = "final" if drawn == "other" else self.step.tone
            self.assertEqual((notice.tone, notice.text_id.tone), (tone, tone))
            self.assertEqual(notice.state, "sent")

    def test_the_same_customer_keeps_his_words_when_amounts_are_taken_again(self):
        self._try()
        partners = self._customers(6)
        for partner in partners:
            self._due(partner, 100, "2026-03-01")
        notices = self._nightly("2026-03-04").o2c_notice_ids
        before = {one: (one.arm, one.tone) for one in notices}
        self._deliver("2026-03-05")
        for notice, words in before.items():
            self.assertEqual((notice.arm, notice.tone), words)

    def test_natural_persons_and_key_accounts_never_take_part(self):
        self._try()
        partners = self._customers(8, "consumer", is_company=False)
        partners += self._customers(8, o2c_key_account=True)
        single = self._customers(4, is_company=False)
        for partner in partners + single:
            self._due(partner, 100, "2026-03-01")
        consumer_ladder = self.env["o2c.dunning.ladder"].search([])
        consumer_ladder.segment_ids = False
        notices = self._remind("2026-03-04")
        self.assertEqual(len(notices), 20)
        self.assertEqual(set(notices.mapped("arm")), {False})
        self.assertEqual(set(notices.mapped("tone")), {self.step.tone})

    def test_another_text_is_what_the_customer_reads(self):
        text = self.env.ref("o2c_dunning.o2c_notice_text_friendly_en")
        other = text.copy({"active": False, "subject": "Iets heel anders"})
        self._try(tone=False, hold_text_id=other.id)
        for partner in self._customers(10):
            self._due(partner, 100, "2026-03-01")
        notices = self._remind("2026-03-04")
        for notice in notices:
            tried = notice.arm == "other"
            self.assertEqual(notice.subject == "Iets heel anders", tried)
            self.assertEqual(notice.text_id == other, tried)
        self.assertIn("other", notices.mapped("arm"))

    def test_what_makes_no_sense_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "another tone or another text"):
            self.step.write({"hold_share": 10})
        with self.assertRaisesRegex(ValidationError, "another tone or another text"):
            self.step.write({"hold_share": 10, "hold_tone": self.step.tone})
        with self.assertRaisesRegex(ValidationError, "fixed"):
            self.step.write({"hold_share": 10, "hold_tone": "final", "kind": "wik"})
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.step.write(
                {"kind": "reminder", "hold_share": 51, "hold_tone": "final"}
            )
            self.env.flush_all()

    def test_other_words_are_another_trial(self):
        self._try()
        self.assertEqual(str(self.step.hold_since), "2026-03-01")
        with self._at("2026-04-01"):
            self.step.hold_share = 20
            self.assertEqual(str(self.step.hold_since), "2026-03-01")
            self.step.hold_tone = "clear"
        self.assertEqual(str(self.step.hold_since), "2026-04-01")

    def _history(self, arm_name, count, paid):
        """Customers of one arm who had their reminder, and how many of them paid."""
        partners = self._customers(count)
        for number, partner in enumerate(partners):
            invoice = self._due(partner, 100, "2026-03-01")
            case = self.cases._case_of(invoice)
            notice = self.notices.create(
                {
                    "case_id": case.id,
                    "partner_id": partner.id,
                    "company_id": self.company.id,
                    "currency_id": case.currency_id.id,
                    "date": "2026-03-04",
                    "channel": "email",
                    "step_id": self.step.id,
                    "arm": arm_name,
                    "amount_company": 100,
                    "line_ids": [
                        (
                            0,
                            0,
                            {
                                "kind": "remind",
                                "move_id": invoice.id,
                                "due": "2026-03-01",
                                "amount": 100,
                            },
                        )
                    ],
                }
            )
            notice.write(
                {
                    "state": "sent",
                    "sent_on": "2026-03-04",
                    "sent_at": "2026-03-04 08:00:00",
                }
            )
            if number < paid:
                self._pay(invoice, date="2026-03-10")
        return partners

    def _board(self, day="2026-06-01"):
        self.env.flush_all()
        self.env.invalidate_all()
        with self._at(day):
            model = self.env["o2c.notice.result"].with_user(self.ann)
            board = model.with_company(self.company).get_hold_out()
        return next(one for one in board["steps"] if one["id"] == self.step.id)

    def test_too_few_says_so_and_enough_says_what_it_knows(self):
        self._try()
        self._history("standard", 30, 3)
        self._history("other", 29, 29)
        row = self._board()
        self.assertEqual(row["verdict"], "few")
        self.assertIn("Too few to say", row["words"])
        self.assertEqual([one["count"] for one in row["groups"]], [30, 29])
        self._history("other", 1, 1)
        row = self._board()
        self.assertEqual(row["verdict"], "better")
        usual, other = row["groups"]
        self.assertEqual((usual["share"], other["share"]), (10.0, 100.0))
        self.assertLess(usual["low"], 10)
        self.assertGreater(usual["high"], 10)
        # two weeks after the reminder, not a day earlier
        self.assertEqual(self._board("2026-03-17")["groups"][0]["count"], 0)
        self.assertEqual(self._board("2026-03-18")["groups"][0]["count"], 30)
        action = self.env["o2c.notice.result"].action_open_arm(self.step.id, "other")
        found = self.env["o2c.notice.result"].search(action["domain"])
        self.assertEqual(len(found), 30)

    def test_a_customer_counts_once_however_often_he_is_reminded(self):
        self._try()
        partners = self._history("standard", 2, 0)
        case = self.cases.search([("partner_id", "=", partners[0].id)])
        again = case.notice_ids.copy({"run_id": False})
        again.write(
            {
                "state": "sent",
                "arm": "standard",
                "sent_on": "2026-04-04",
                "sent_at": "2026-04-04 08:00:00",
            }
        )
        self.assertEqual(self._board()["groups"][0]["count"], 2)
