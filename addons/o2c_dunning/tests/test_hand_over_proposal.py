"""The end of the ladder proposes, once; a person decides."""

from odoo import Command
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .collection_common import CollectionCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-01 09:00:00")
class TestProposal(CollectionCommon):
    def _propose(self, case):
        """What the run does at a step of kind hand-over."""
        today = self.company._o2c_today()
        run = self.env["o2c.run"]._start("dunning", self.company, today)
        accounts = self.cases._open_accounts(self.company, today, case.partner_id.ids)
        return self.cases._propose_handover(
            run, self.company, today, self._pairs(run, today, accounts)
        )

    def _pairs(self, run, today, accounts):
        """Everything overdue, as if it had come to the end of its ladder."""
        rules = self.company._o2c_dunning_rules(today)
        return [
            (account, tuple(v for v in message.verdicts if v.overdue))
            for account, message in self.cases._judge(
                run, self.company, rules, accounts
            )
        ]

    def test_the_nightly_run_proposes_what_came_to_the_end_and_nothing_else(self):
        step = {"name": "Hand over", "days": 50, "kind": "handover"}
        self.company.o2c_dunning_ladder_id = self.env["o2c.dunning.ladder"].create(
            {"name": "Straight to the agency", "step_ids": [Command.create(step)]}
        )
        self._due(self.sme, 1000, "2026-03-01")
        young = self._due(self.sme, 300, "2026-05-20")
        run = self._nightly("2026-06-01")
        self.assertFalse(run.o2c_notice_ids)
        file = self.files.search([("partner_id", "=", self.sme.id)])
        self.assertEqual((file.state, file.principal), ("proposed", 1000))
        self._nightly("2026-06-02")
        self.assertEqual(self.files.search_count([("partner_id", "=", self.sme.id)]), 1)
        file.with_user(self.collector).action_prepare()
        self.assertNotIn(young, file.item_ids.move_id)

    def test_the_end_of_the_ladder_proposes_once(self):
        case = self._case()
        self.assertEqual(self._propose(case), 1)
        self.assertEqual(self._propose(case), 0)
        self.assertEqual(
            (case.file_ids.state, case.file_ids.origin), ("proposed", "ladder")
        )
        self.assertFalse(case.file_ids.decided_by_id)

    def test_what_a_person_took_back_is_not_proposed_again(self):
        case = self._case()
        self._propose(case)
        case.file_ids.with_user(self.collector)._withdraw("He pays next week")
        self.assertEqual(self._propose(case), 0)
        self._due(self.sme, 500, "2026-05-01")
        self.assertEqual(self._propose(case), 1)

    def test_a_natural_person_is_proposed_and_waits_for_a_person(self):
        case = self._case(self.consumer)
        self.assertEqual(self._propose(case), 1)
        self.assertEqual(case.file_ids.state, "proposed")
        self.files._cron_follow()
        self.files._cron_dossier()
        self.assertEqual(case.file_ids.state, "proposed")

    def test_one_customer_that_fails_stops_nobody(self):
        case = self._case()
        other = self._case(self.corporate)
        real = type(self.cases)._file_values

        def fails(this, *values):
            if this.partner_id == self.sme:
                raise ValueError("bad luck")
            return real(this, *values)

        self.patch(type(self.cases), "_file_values", fails)
        today = self.company._o2c_today()
        run = self.env["o2c.run"]._start("dunning", self.company, today)
        accounts = self.cases._open_accounts(
            self.company, today, (self.sme + self.corporate).ids
        )
        with mute_logger(
            "odoo.addons.o2c_dunning.models.file.o2c_dunning_case_proposal"
        ):
            pairs = self._pairs(run, today, accounts)
            self.cases._propose_handover(run, self.company, today, pairs)
        self.assertFalse(case.file_ids)
        self.assertTrue(other.file_ids)
        self.assertEqual(run.failed_count, 1)
        self.assertIn(
            "bad luck", run.note_ids.filtered(lambda n: n.level == "error").text
        )

    def _many(self, count):
        """Pairs of new customers, each with an invoice at the end of its ladder."""
        partners = self.env["res.partner"]
        for number in range(count):
            partners += self._customer(f"Klant {count}-{number}", "sme")
        for partner in partners:
            self._due(partner, 100, "2026-03-01")
        today = self.company._o2c_today()
        run = self.env["o2c.run"]._start("dunning", self.company, today)
        accounts = self.cases._open_accounts(self.company, today, partners.ids)
        return run, today, self._pairs(run, today, accounts)

    def test_ten_times_as_many_proposals_take_hardly_more_statements(self):
        self._propose(self._case())  # what is read once, was read
        counts = []
        for number in (5, 50):
            run, today, pairs = self._many(number)
            self.env.flush_all()
            before = self.cr.sql_log_count
            made = self.cases._propose_handover(run, self.company, today, pairs)
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)
            self.assertEqual(made, number)
        self.assertLessEqual(counts[1], counts[0] + 5, counts)

    def test_two_currencies_of_one_customer_are_two_files_with_their_own_figures(self):
        self._case()
        dollar = self.env.ref("base.USD")
        dollar.active = True
        self._due(self.sme, 500, "2026-03-01", currency_id=dollar.id)
        today = self.company._o2c_today()
        run = self.env["o2c.run"]._start("dunning", self.company, today)
        accounts = self.cases._open_accounts(self.company, today, self.sme.ids)
        pairs = self._pairs(run, today, accounts)
        self.assertEqual(
            self.cases._propose_handover(run, self.company, today, pairs), 2
        )
        files = self.files.search([("partner_id", "=", self.sme.id)])
        self.assertEqual(len(files.mapped("currency_id")), 2)
        for file in files:
            again = file._figures(today)
            self.assertEqual(float(again.cost), file.cost)
            self.assertEqual(float(again.interest), file.interest)
