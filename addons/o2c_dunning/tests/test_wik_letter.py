"""The 14-day letter: made of data, read over, clocked, and only then cost is owed."""

from datetime import date, datetime, timedelta

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from .common import DunningCommon


@tagged("post_install", "-at_install")
class TestWikLetter(DunningCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.o2c_term_agreed = "agreed"
        cls.env["res.lang"].sudo()._activate_lang("nl_NL")
        cls.consumer.lang = "nl_NL"
        cls.standard.step_ids.sorted("days")[0].kind = "wik"
        cls.text = cls.env["o2c.wik.text"].sudo()._for(cls.company, "nl_NL")

    def _letter(self, day="2026-03-04"):
        return self._remind(day)

    def _cost(self, invoice, day):
        return invoice._o2c_cost_and_interest(date.fromisoformat(day))[invoice]

    def test_the_letter_says_what_the_law_asks_and_leaves(self):
        invoice = self._due(self.consumer, 1000, "2026-03-01")
        letter = self._letter()
        self.assertEqual((letter.state, letter.kind), ("sent", "wik"))
        self.assertEqual(letter.wik_cost, 150)
        body = self._mails[0]["body"]
        for words in (
            "binnen veertien dagen vanaf de dag nadat deze brief bij u is bezorgd",
            "150,00",
            "1.150,00",
            invoice.name,
            "P. Proef",
            "Proefstraat 1",
            "Waterlelie Test B.V.",
            "NL02 ABNA 0123 4567 89",
        ):
            self.assertIn(words, body)
        self.assertNotIn("11 maart", body, "no day by which to pay is named")
        self.assertNotIn("11-03-2026", body)
        self.assertFalse(letter._wik_findings(letter.content))

    def test_it_gives_the_days_of_the_law_and_no_other(self):
        self._due(self.consumer, 1000, "2026-03-01")
        letter = self._letter()
        self.assertEqual(letter.wik_cost_from - letter.pay_by, timedelta(days=1))

    def test_cost_is_owed_the_day_after_the_term_and_not_before(self):
        invoice = self._due(self.consumer, 1000, "2026-03-01")
        letter = self._letter()
        self.assertEqual(letter._wik_clock().delivered, date(2026, 3, 4))
        self.assertEqual(letter.wik_cost_from, date(2026, 3, 19))
        self.assertEqual(self._cost(invoice, "2026-03-18").reasons[0], "wik_running")
        self.assertEqual(self._cost(invoice, "2026-03-18").cost, 0)
        self.assertEqual(self._cost(invoice, "2026-03-19").cost, 150)

    def test_a_part_paid_within_the_term_lowers_the_cost_and_all_of_it_ends_it(self):
        part = self._due(self.consumer, 1000, "2026-03-01")
        self._letter()
        self._pay(part, 500, "2026-03-18")
        self.assertEqual(self._cost(part, "2026-04-01").cost, 75)
        self._pay(part, 500, "2026-03-18")
        paid = self._cost(part, "2026-04-01")
        self.assertEqual(paid.cost, 0)
        self.assertIn("paid_in_term", paid.reasons)

    def test_two_invoices_in_one_letter_are_one_sum(self):
        invoices = self._due(self.consumer, 100, "2026-03-01")
        invoices += self._due(self.consumer, 100, "2026-03-01")
        letter = self._letter()
        self.assertEqual(letter.wik_cost, 40)
        found = invoices._o2c_cost_and_interest(date(2026, 3, 19))
        self.assertEqual([figures.cost for figures in found.values()], [20, 20])
        alone = self._cost(invoices[0], "2026-03-19")
        self.assertEqual(alone.cost, 20, "asked about alone it is still half of it")

    def test_a_letter_that_came_back_gives_no_cost(self):
        invoice = self._due(self.consumer, 1000, "2026-03-01")
        letter = self._letter()
        letter.case_id._message_receive_bounce("post@proef.example", None)
        self.assertIsNone(letter._wik_clock())
        self.assertEqual(self._cost(invoice, "2026-06-01").cost, 0)

    def test_by_post_the_clock_starts_at_the_assumed_delivery(self):
        self.consumer.email = False
        invoice = self._due(self.consumer, 1000, "2026-03-01")
        letter = self._nightly("2026-03-04").o2c_notice_ids
        with self.mock_datetime_and_now(datetime(2026, 3, 6, 9)):
            letter.action_print()
            letter.action_posted()
        clock = letter._wik_clock()
        self.assertEqual(clock.delivered, date(2026, 3, 10), "a Friday: Tuesday")
        self.assertEqual(clock.cost_from, date(2026, 3, 25))
        self.assertEqual(self._cost(invoice, "2026-03-24").cost, 0)
        self.assertEqual(self._cost(invoice, "2026-03-25").cost, 150)

    def test_slower_post_is_dated_data(self):
        terms = self.env["o2c.postal.term"].sudo().search([])
        self.assertEqual(sorted(terms.mapped("days")), [2, 3, 4])
        self.assertIn(
            (date(2026, 7, 1), 3), self.env["o2c.postal.term"]._terms(), "shipped"
        )

    def test_in_the_portal_it_counts_when_it_was_seen(self):
        self._due(self.consumer, 1000, "2026-03-01")
        letter = self._letter()
        self.env.cr.execute(
            "UPDATE o2c_dunning_notice SET channel = 'portal' WHERE id = %s",
            [letter.id],
        )
        letter.invalidate_recordset()
        self.assertIsNone(letter._wik_clock())
        self.env["o2c.delivery.log"]._log(
            letter, "portal", "seen", at=datetime(2026, 3, 9, 12)
        )
        self.assertEqual(letter._wik_clock().delivered, date(2026, 3, 9))

    def test_a_wrong_letter_stays_here_and_says_why(self):
        self._due(self.consumer, 1000, "2026-03-01")
        self.env.cr.execute(  # as if the check at saving had not been there
            "UPDATE o2c_wik_text SET term = replace(term,"
            " 'vanaf de dag nadat deze brief bij u is bezorgd', 'na dagtekening')"
            " WHERE id = %s",
            [self.text.id],
        )
        self.text.invalidate_recordset()
        letter = self._letter()
        self.assertEqual(letter.state, "failed")
        self.assertIn("na dagtekening", letter.failure_reason)
        self.assertIn("term of 14 days", letter.failure_reason)
        self.assertFalse(self._mails)
        self._deliver("2026-03-06")
        self.assertEqual(letter.state, "failed", "it is not tried again by itself")

    def test_printing_a_wrong_letter_says_why_at_once(self):
        self.consumer.email = False
        self._due(self.consumer, 1000, "2026-03-01")
        letter = self._nightly("2026-03-04").o2c_notice_ids
        self.company.partner_id.street = self.company.partner_id.city = False
        with self.assertRaisesRegex(UserError, "creditor is not named"):
            letter.action_print()

    def test_a_text_that_a_judge_would_refuse_cannot_be_saved(self):
        for wrong in (
            "<p>Betaal binnen 14 dagen na heden, anders {cost} incassokosten.</p>",
            "<p>Betaal binnen veertien dagen vanaf de dag nadat deze brief bij u is "
            "bezorgd.</p>",
            "<p>{costs} verschuldigd</p>",
        ):
            with self.assertRaises(ValidationError):
                self.text.term = wrong

    def test_what_is_not_in_default_stays_out_of_it(self):
        self.company.o2c_term_agreed = "invoice"
        old = self._due(self.consumer, 1000, "2026-01-15")
        new = self._due(self.consumer, 500, "2026-02-20")
        first = self.standard.step_ids.sorted("days")[0]
        first.kind = "reminder"
        self.standard.step_ids.sorted("days")[1].kind = "wik"
        self._remind("2026-01-20")
        letter = self._remind("2026-02-25")
        self.assertEqual((letter.state, letter.kind), ("sent", "wik"))
        self.assertEqual(letter.line_ids.move_id, old, "the other is not in default")
        self.assertEqual((letter.amount, letter.wik_cost), (1000, 150))
        self.assertFalse(new.o2c_notice_line_ids.filtered("live"), "its turn comes")

    def test_before_default_it_waits_for_the_day(self):
        self.company.o2c_term_agreed = "invoice"
        self.standard.step_ids.sorted("days")[0].kind = "reminder"
        self.standard.step_ids.sorted("days")[1].kind = "wik"
        self._due(self.consumer, 1000, "2026-03-01")
        self._remind("2026-03-04")
        letter = self._remind("2026-03-18")
        self.assertEqual((letter.kind, letter.state), ("wik", "failed"))
        self.assertIn("03/19/2026", letter.failure_reason)
        self._deliver("2026-03-19")
        self.assertEqual(letter.state, "sent", "in default since today")

    def test_a_claim_that_was_left_out_keeps_it_here(self):
        self._due(self.consumer, 1000, "2026-03-01")
        letter = self._nightly("2026-03-04").o2c_notice_ids
        forgotten = self._due(self.consumer, 50, "2026-02-01")
        self.assertIn(("not_all_claims", forgotten.name), letter._wik_findings())
        forgotten.line_ids.no_followup = True
        self.assertFalse(letter._wik_findings())

    def test_interest_is_named_apart_when_the_company_wants_it_and_rates_are_sure(self):
        self.company.o2c_wik_interest = True
        self._due(self.consumer, 1000, "2025-03-01")
        sure = self._letter("2025-03-31")
        self.assertGreater(sure.wik_interest, 0)
        self.assertIn("wettelijke rente", sure.content)
        self.assertFalse(sure._wik_findings(sure.content))
        other = self._customer("Q. Proef", "consumer", is_company=False, lang="nl_NL")
        self._due(other, 1000, "2026-03-01")
        unsure = self._letter("2026-03-31").filtered(
            lambda one: one.partner_id == other
        )
        self.assertEqual((unsure.state, unsure.wik_interest), ("sent", 0))
        self.assertNotIn("wettelijke rente", unsure.content)

    def test_vat_is_said_where_it_comes_on_top(self):
        self.company.o2c_cost_vat = True
        self._due(self.consumer, 1000, "2026-03-01")
        letter = self._letter()
        self.assertEqual((letter.state, letter.wik_cost), ("sent", 181.5))
        self.assertIn("niet kunnen verrekenen", letter.content)

    def test_the_editor_shows_the_letter_with_his_own_invoices(self):
        invoice = self._due(self.consumer, 1000, "2026-03-01")
        self.text.preview_partner_id = self.consumer
        shown = str(self.text.preview)
        for words in (invoice.name, "1.000,00", "150,00", "veertien dagen"):
            self.assertIn(words, shown.replace("\xa0", " "))
        with Form(self.text) as form:
            form.closing = "<p>Tot ziens, {customer}.</p>"
            form.preview_partner_id = self.consumer
            self.assertIn(f"Tot ziens, {self.consumer.name}.", str(form.preview))

    def test_the_preview_of_a_run_is_the_letter_that_leaves(self):
        self._due(self.consumer, 1000, "2026-03-01")
        shown = self._nightly("2026-03-04", preview=True).o2c_notice_ids
        self.assertEqual((shown.kind, shown.state), ("wik", "preview"))
        words = shown._rendered()
        letter = self._letter()
        self.assertEqual(words["subject"], letter.subject)
        self.assertIn("veertien dagen", words["content"])

    def test_a_reminder_text_cannot_be_for_the_letter(self):
        kinds = dict(self.env["o2c.notice.text"]._fields["kind"].selection)
        self.assertEqual(set(kinds), {"reminder", "default"})

    def test_the_run_proposes_on_the_day_that_the_ladder_draws(self):
        steps = self.standard.step_ids.sorted("days")
        steps[1].write({"kind": "handover", "days": 12, "min_interval": 1})
        self._due(self.consumer, 1000, "2026-03-01")
        drawn = self.standard.simulate(
            [
                step.read(["name", "days", "min_interval", "kind", "channel"])[0]
                | {"working_days": False}
                for step in steps
            ],
            {"invoice_date": "2026-01-30", "term": 30, "debtor": "consumer"},
        )
        sent, over = (point["on"] for point in drawn["points"])
        letter = self._letter(sent)
        self.assertEqual(letter.state, "sent")
        day = date.fromisoformat(over)
        self.assertEqual(day, letter.wik_cost_from)
        files = self.env["o2c.collection.file"].sudo()
        mine = [("partner_id", "=", self.consumer.id)]
        for ahead, count in ((-1, 0), (0, 1)):
            night = day + timedelta(days=ahead)
            with self.mock_datetime_and_now(f"{night} 02:30:00"):
                run = self._nightly(night)
            self.assertFalse(run.o2c_notice_ids, "a hand-over writes no reminder")
            self.assertEqual(files.search_count(mine), count)

    def test_every_language_that_ships_is_right(self):
        for lang in ("en_US", "de_DE", "fr_FR", "nl_NL"):
            self.env["res.lang"].sudo()._activate_lang(lang)
            partner = self._customer(
                f"Klant {lang}", "consumer", is_company=False, lang=lang
            )
            self._due(partner, 1000, "2026-03-01")
        letters = self._letter()
        self.assertEqual(len(letters), 4)
        for letter in letters:
            self.assertEqual(letter.state, "sent", letter.failure_reason)

    def test_who_reads_another_language_gets_dutch(self):
        self.env["res.lang"].sudo()._activate_lang("es_ES")
        self.consumer.lang = "es_ES"
        self._due(self.consumer, 1000, "2026-03-01")
        letter = self._letter()
        self.assertEqual(letter.state, "sent", letter.failure_reason)
        self.assertIn("veertien dagen", letter.content)

    def test_periodic_terms_cost_less_only_when_it_is_switched_on(self):
        terms = [self._due(self.consumer, 100, f"2026-0{n}-01") for n in (1, 2)]
        for term in terms:
            term.o2c_periodic_of = "Gym"
        self._letter("2026-02-04")
        day = date(2026, 3, 19)
        moves = terms[0] + terms[1]

        def costs():
            found = moves._o2c_cost_and_interest(day)
            return [float(found[move].cost) for move in moves]

        self.assertEqual(costs(), [20, 20], "one letter, one sum")
        self.company.o2c_periodic_costs = True
        self.assertEqual(costs(), [40, 20])

    def test_sole_traders_need_a_letter_where_the_company_says_so(self):
        profile = self.env["o2c.risk.profile"].sudo()._ensure(self.company, self.sme)
        profile.person_kind = "person"
        invoice = self._due(self.sme, 1000, "2026-03-01")
        self.assertTrue(self._cost(invoice, "2026-03-05").cost)
        self.company.o2c_sole_traders_letter = True
        figures = self._cost(invoice, "2026-03-05")
        self.assertEqual(figures.cost, 0)
        self.assertIn("no_letter", figures.reasons)

    def test_hand_over_waits_for_the_clock(self):
        invoice = self._due(self.consumer, 1000, "2026-03-01")
        with self.mock_datetime_and_now(datetime(2026, 3, 3, 9)):
            case = self.cases._case_of(invoice)
            self.assertIsNone(case._o2c_handover_day(), "no letter yet")
        self._letter()
        with self.mock_datetime_and_now(datetime(2026, 3, 5, 9)):
            self.assertEqual(case._o2c_handover_day(), date(2026, 3, 19))
            self.standard.step_ids.sorted("days")[1].write(
                {"kind": "handover", "days": 50}
            )
            self.assertEqual(
                case._o2c_handover_day(), date(2026, 4, 20), "the ladder is later"
            )

    def test_what_was_sent_cannot_get_another_cost(self):
        self._due(self.consumer, 1000, "2026-03-01")
        letter = self._letter()
        with self.assertRaises(UserError):
            letter.wik_cost = 1
