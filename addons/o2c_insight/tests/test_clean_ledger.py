"""What is untidy is found once, mended with one click, and stays away if told so."""

from datetime import date

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .ledger_common import LedgerCommon

TODAY = date(2026, 6, 3)


@tagged("post_install", "-at_install")
@freeze_time("2026-06-03 09:00:00")
class TestCleanLedger(LedgerCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write(
            {
                "o2c_bad_debt_account_id": cls.cost.id,
                "o2c_write_off_own": 3,
                "o2c_small_amount": 5,
                "o2c_small_days": 60,
                "o2c_dunning_tolerance": 10,
            }
        )
        cls.collector = cls._user("collector", "o2c_base.group_collector")
        cls.clerk = cls._user(
            "clerk", "o2c_base.group_collector,account.group_account_invoice"
        )
        cls.findings = cls.env["o2c.ledger.finding"]
        cls.classPatch(
            type(cls.env["ir.cron"]), "_commit_progress", lambda *_a, **_k: 1
        )
        cls.env["res.partner"].search([]).flush_recordset()

    def _find(self, kind=None, state="open"):
        """The list, made anew."""
        self.findings.sudo()._find(self.company, TODAY)
        domain = [("company_id", "=", self.company.id), ("state", "=", state)]
        return self.findings.search(domain + ([("kind", "=", kind)] if kind else []))

    def _credit_note(self, partner, amount, day="2026-05-05"):
        credit = self.env["account.move"].create(
            {
                "move_type": "out_refund",
                "partner_id": partner.id,
                "invoice_date": day,
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": "-",
                            "price_unit": amount,
                            "tax_ids": [Command.clear()],
                        }
                    )
                ],
            }
        )
        credit.action_post()
        return credit

    def test_a_small_rest_appears_when_it_is_old(self):
        rest = self._due(self.sme, 5, "2026-04-04")
        self._due(self.sme, 5.01, "2026-04-04")
        self._due(self.corporate, 5, "2026-04-05")
        found = self._find("small")
        self.assertEqual(found.facts["moves"], rest.ids)
        self.assertEqual((found.amount, found.partner_id), (5, self.sme))
        self.assertIn(f"{rest.name}, 60 days late", found.detail)

    def test_what_is_disputed_is_not_small(self):
        rest = self._due(self.sme, 5, "2026-04-04")
        self.env["o2c.dispute"].create({"move_id": rest.id, "scope": "invoice"})
        self.assertFalse(self._find("small"))

    def test_a_small_rest_is_written_off_within_ones_authority(self):
        small = self._due(self.sme, 3, "2026-01-04")
        larger = self._due(self.corporate, 4, "2026-01-04")
        self._find("small").with_user(self.clerk).action_write_off()
        offs = {
            off.move_id: off.state
            for off in self.env["o2c.write.off"].search(
                [("move_id", "in", (small | larger).ids)]
            )
        }
        self.assertEqual(offs, {small: "booked", larger: "proposed"})
        self.assertEqual((small.amount_residual, larger.amount_residual), (0, 4))
        self.assertFalse(self._find("small"), "what waits is not proposed twice")

    def test_credit_is_set_against_its_own_invoice_and_then_the_oldest(self):
        old = self._due(self.sme, 100, "2026-03-01")
        young = self._due(self.sme, 80, "2026-05-01")
        own = young._reverse_moves([{"date": "2026-05-10"}])
        own.write(
            {
                "invoice_date": "2026-05-10",
                "invoice_line_ids": [
                    Command.update(own.invoice_line_ids.id, {"price_unit": 30})
                ],
            }
        )
        own.action_post()
        own.line_ids.remove_move_reconcile()
        self._credit_note(self.sme, 60)
        found = self._find("credit")
        self.assertEqual((found.amount, found.due), (90, date(2026, 3, 1)))
        with self.assertRaises(AccessError):
            found.with_user(self.collector).action_apply_credit()
        found.with_user(self.clerk).action_apply_credit()
        self.assertEqual((old.amount_residual, young.amount_residual), (40, 50))
        self.assertFalse(self._find("credit"))

    def test_credit_leaves_what_is_disputed_and_other_money_alone(self):
        disputed = self._due(self.sme, 100, "2026-03-01")
        self.env["o2c.dispute"].create({"move_id": disputed.id, "scope": "invoice"})
        dollar = self.env.ref("base.USD")
        dollar.active = True
        self._due(self.sme, 100, "2026-03-01", currency_id=dollar.id)
        self._credit_note(self.sme, 60)
        self.assertFalse(self._find("credit"))

    def test_doubles_and_what_is_none(self):
        twin = self._customer("Bakkerij Proef", "sme", registry="8765 4321")
        unity = [
            self._customer(name, "sme", vat="NL123456782B90", registry=number)
            for name, number in (("Unie A", "11111111"), ("Unie B", "22222222"))
        ]
        mail = [
            self._customer("Zelfde Naam", "sme", email=mail)
            for mail in ("a@zelfde.example", "A@zelfde.example ")
        ]
        everybody = [self.sme, twin, *unity, *mail]
        self.env["res.partner"].browse([one.id for one in everybody]).write(
            {"customer_rank": 1}
        )
        pairs = {
            row.facts["same"]: row.facts["partners"] for row in self._find("double")
        }
        self.assertEqual(
            pairs,
            {
                "registry": [self.sme.id, twin.id],
                "email": [one.id for one in mail],
            },
        )

    def test_merging_opens_core_with_these_and_then_the_row_goes(self):
        twin = self._customer("Bakkerij Proef", "sme", registry="87654321")
        (self.sme | twin).write({"customer_rank": 1})
        row = self._find("double").with_user(self.clerk)
        action = row.action_merge()
        self.assertEqual(action["res_model"], "base.partner.merge.automatic.wizard")
        self.assertEqual(action["context"]["active_ids"], [self.sme.id, twin.id])
        wizard = self.env[action["res_model"]].sudo()
        wizard._merge(action["context"]["active_ids"], self.sme, extra_checks=False)
        self.assertFalse(self._find("double"))

    def test_a_customer_of_another_company_is_nobodys_double_here(self):
        other = self.setup_other_company()["company"]
        twin = self._customer("Elders", "sme", registry="87654321")
        twin.company_id = other
        (self.sme | twin).write({"customer_rank": 1})
        self.assertFalse(self._find("double"))

    def test_overdue_that_nobody_follows_is_planned_on_its_case(self):
        bill = self._due(self.sme, 400, "2026-03-01")
        self._due(self.corporate, 10, "2026-03-01")
        found = self._find("loose")
        self.assertEqual((found.partner_id, found.amount), (self.sme, 400))
        self.assertIn("never judged", found.detail)
        action = found.with_user(self.collector).action_follow_up()
        handling = (
            self.env["o2c.finding.handling"]
            .with_user(self.collector)
            .with_context(**action["context"])
            .create({"day": "2026-06-05"})
        )
        with self.assertRaisesRegex(UserError, "who does what"):
            handling.action_apply()
        handling.action = "Call the owner"
        handling.action_apply()
        case = self.env["o2c.dunning.case"].sudo()._case_of(bill)
        self.assertEqual(
            (case.next_action, str(case.next_action_date), case.user_id),
            ("Call the owner", "2026-06-05", self.collector),
        )
        self.assertFalse(self._find("loose"))
        case.next_action_date = "2026-06-02"
        self.assertTrue(self._find("loose"), "the day passed and nothing happened")

    def test_a_verdict_that_waits_for_nobody_is_not_loose(self):
        bill = self._due(self.sme, 400, "2026-03-01")
        verdict = (
            self.env["o2c.remind.verdict"]
            .sudo()
            .create(
                {
                    "company_id": self.company.id,
                    "date": TODAY,
                    "partner_id": self.sme.id,
                    "currency_id": self.company.currency_id.id,
                    "move_id": bill.id,
                    "due": "2026-03-01",
                    "reason": "remind",
                }
            )
        )
        self.assertFalse(self._find("loose"))
        verdict.reason = "no_ladder"
        self.assertIn("No ladder", self._find("loose").detail)

    def test_dismissed_stays_away_until_it_changes(self):
        bill = self._due(self.sme, 4, "2026-01-04")
        found = self._find("small")
        action = found.with_user(self.collector).action_dismiss()
        handling = (
            self.env["o2c.finding.handling"]
            .with_user(self.collector)
            .with_context(**action["context"])
            .create({})
        )
        with self.assertRaisesRegex(UserError, "Say why"):
            handling.action_apply()
        handling.reason = "He pays it with the next one"
        handling.action_apply()
        self.assertFalse(self._find("small"))
        kept = self._find("small", "dismissed")
        self.assertEqual(
            (kept, kept.dismiss_reason, kept.dismissed_by_id),
            (found, "He pays it with the next one", self.collector),
        )
        self._pay(bill, 1, "2026-06-02")
        again = self._find("small")
        self.assertEqual((again, again.amount), (found, 3))

    def test_what_is_mended_goes_by_itself_and_twice_is_once(self):
        bill = self._due(self.sme, 4, "2026-01-04")
        first = self._find("small")
        self.assertEqual(self._find("small"), first)
        self._pay(bill, date="2026-06-02")
        self.assertFalse(self._find("small"))

    def test_who_may_see_and_do_what(self):
        self._due(self.sme, 4, "2026-01-04")
        found = self._find("small")
        self.assertTrue(found.with_user(self.reader).detail)
        with self.assertRaises(AccessError):
            found.with_user(self.reader).action_write_off()
        with self.assertRaises(AccessError):
            found.with_user(self.clerk).write({"state": "dismissed"})
        seller = self._user("seller", "sales_team.group_sale_salesman")
        with self.assertRaises(AccessError):
            found.with_user(seller).read(["amount"])
        other = self.setup_other_company()["company"]
        stranger = self._user("stranger", "o2c_base.group_collector")
        stranger.write(
            {"company_id": other.id, "company_ids": [Command.set(other.ids)]}
        )
        with self.assertRaises(AccessError):
            found.with_user(stranger).with_company(other).action_dismiss()

    def test_the_night_and_the_switch(self):
        self._due(self.sme, 4, "2026-01-04")
        self._switch("off", "dunning")
        with self.assertRaisesRegex(UserError, "Switch collecting"):
            self.findings.with_user(self.collector).action_find()
        self.findings.sudo()._cron_find()
        self.assertFalse(self.findings.search([("company_id", "=", self.company.id)]))
        self._switch("watch", "dunning")
        self.findings.sudo()._cron_find()
        self.assertTrue(self.findings.search([("company_id", "=", self.company.id)]))
        run = self.env["o2c.run"].sudo().search([("kind", "=", "ledger_check")])
        self.assertEqual((run.state, run.done_count), ("done", 1))

    def test_statements_do_not_grow_with_the_book(self):
        def taken():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.findings.sudo()._find(self.company, TODAY)
            return self.env.cr.sql_log_count - before

        self._due(self.sme, 4, "2026-01-04")
        taken()
        few = taken()
        for number in range(10):
            partner = self._customer(f"Klant {number}", "sme")
            self._due(partner, 4, "2026-01-04")
            self._due(partner, 100, "2026-01-04")
        self.assertLessEqual(taken(), few)
        self.assertEqual(len(self._find("small")), 11)

    def test_today_shows_what_waits_to_who_may(self):
        def cards(user):
            found = self.env["o2c.today"].with_user(user).get_today()["sections"]
            return {
                card["key"]: card["value"]
                for section in found
                for card in section["cards"]
                if card["key"] in ("ledger_findings", "provision")
            }

        self._due(self.sme, 4, "2026-01-04")
        self._find()
        self._matrix((31, False, 100, 0))
        self.provisions.create({"company_id": self.company.id, "day": "2026-05-31"})
        self.assertEqual(cards(self.collector), {"ledger_findings": "1"})
        self.assertEqual(list(cards(self.head)), ["provision", "ledger_findings"])
        self.assertEqual(cards(self.reader), {})
        self._switch("off", "dunning")
        self.assertEqual(cards(self.head), {})
