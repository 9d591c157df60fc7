"""Money comes in by the bank: what the other add-ons know of it, and learn from it."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from odoo.addons.o2c_dunning.tests.common import DunningCommon


@tagged("post_install", "-at_install")
class TestMoneyIn(DunningCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._switch("watch", "cash")
        cls.matches = cls.env["o2c.cash.match"].sudo()
        cls.clerk = cls._user("clerk", "o2c_cash.group_cash_clerk")

    def _bank(self, amount, text, day="2026-03-03", **values):
        return self.env["account.bank.statement.line"].create(
            {
                "journal_id": self.company_data["default_journal_bank"].id,
                "date": day,
                "amount": amount,
                "payment_ref": text,
                **values,
            }
        )

    def _propose(self, line):
        self.matches._propose(self.company)
        return self.matches.search(
            [("statement_line_id", "=", line.id), ("state", "!=", "undone")]
        )

    def _reason(self, invoice, day="2026-03-04"):
        self._nightly(day)
        return self._verdict(invoice).reason

    def test_who_is_proposed_for_a_payment_is_not_reminded(self):
        """A typo in the number: only the matching of money sees whose it is."""
        invoice = self._due(self.sme, 1000, "2026-03-01")
        other = self._due(self.corporate, 999, "2026-03-01")
        digits = "".join(filter(str.isdigit, invoice.name))
        line = self._bank(1000, f"fact {digits[:-1]}{(int(digits[-1]) + 5) % 10}")
        self.assertEqual(self._propose(line).certainty, "likely")
        self.assertEqual(self._reason(invoice), "bank_line")
        self.assertIn("03/03/2026", self._verdict(invoice).explanation)
        self.assertEqual(self._verdict(other).reason, "remind")

    def test_money_that_a_clerk_says_is_for_nobody_holds_nobody(self):
        invoice = self._due(self.sme, 1000, "2026-03-01")
        line = self._bank(1000, "huurwaarborg", "2026-03-04", partner_id=self.sme.id)
        match = self._propose(line)
        self.assertEqual(self._reason(invoice), "bank_line")
        match.with_user(self.clerk).desk_dismiss()
        self.assertEqual(self._reason(invoice, "2026-03-05"), "remind")

    def test_switched_off_the_old_rule_holds(self):
        invoice = self._due(self.sme, 1000, "2026-03-01")
        self._switch("off", "cash")
        self._bank(1000, "Overboeking", partner_id=self.sme.id)
        self.assertEqual(self._reason(invoice), "bank_line")

    def test_the_reference_of_a_pay_page_names_all_that_he_owes(self):
        first = self._due(self.sme, 1000, "2026-03-01")
        second = self._due(self.sme, 210.5, "2026-03-02")
        link = self.env["o2c.payment.link"]._for(self.sme)
        match = self._propose(self._bank(1210.5, f"kenmerk {link.reference_printed}"))
        self.assertEqual(match.certainty, "certain")
        self.assertEqual(match.item_ids.move_id, first | second)
        self.assertIn(link.reference, match.explanation)

    def test_the_reference_of_a_reminder_names_what_it_asks(self):
        first = self._due(self.sme, 1000, "2026-03-01")
        notice = self._nightly("2026-03-04").o2c_notice_ids
        self._due(self.sme, 50, "2026-04-01")
        link = self.env["o2c.payment.link"]._for(notice)
        match = self._propose(self._bank(1000, link.reference))
        self.assertEqual(match.certainty, "certain")
        self.assertEqual(match.item_ids.move_id, first)

    def test_a_chosen_set_is_found_under_the_reference_of_the_page(self):
        """Two of three invoices were ticked: the page named one reference."""
        first = self._due(self.sme, 1000, "2026-03-01")
        self._due(self.sme, 333, "2026-03-02")
        third = self._due(self.sme, 210.5, "2026-03-02")
        link = self.env["o2c.payment.link"]._for(self.sme)
        page = link._page([(first.id, 1), (third.id, 1)])
        self.assertEqual(page["bank"]["reference"], link.reference)
        match = self._propose(self._bank(page["amount"], page["bank"]["reference"]))
        self.assertEqual(match.certainty, "likely")
        self.assertEqual(match.item_ids.move_id, first | third)

    def test_a_chosen_set_that_was_told_is_certain(self):
        """He sent his payment specification from the page of his choice."""
        first = self._due(self.sme, 1000, "2026-03-01")
        other = self._due(self.sme, 333, "2026-03-02")
        third = self._due(self.sme, 210.5, "2026-03-02")
        link = self.env["o2c.payment.link"]._for(self.sme)
        choice = f"{first.id}.1_{third.id}.1"
        self.env["o2c.remittance.note"]._receive(link, "a.txt", b"two", choice)
        match = self._propose(self._bank(1210.5, link.reference))
        self.assertEqual(match.certainty, "certain")
        self.assertEqual(match.item_ids.move_id, first | third)
        match.with_user(self.clerk).action_accept()
        self.assertEqual(other.amount_residual, 333)

    def test_a_list_from_the_portal_is_followed_row_by_row(self):
        """He pays the younger invoice whole and the older one in part, and says so."""
        first = self._due(self.sme, 1000, "2026-03-01")
        second = self._due(self.sme, 210.5, "2026-03-02")
        self.env["res.partner.bank"].create(
            {"acc_number": "NL91ABNA0417164300", "partner_id": self.sme.id}
        )
        link = self.env["o2c.payment.link"]._for(self.sme)
        content = f"Factuur;Te betalen\n{first.name};400,00\n{second.name};210,50\n"
        note = self.env["o2c.remittance.note"]._receive(
            link, "maart.csv", content.encode()
        )
        self.assertEqual(note.reading, "whole")
        line = self._bank(610.5, "crediteuren", account_number="NL91ABNA0417164300")
        match = self._propose(line)
        self.assertEqual(match.certainty, "certain")
        self.assertIn("maart.csv", match.explanation)
        match.with_user(self.clerk).action_accept()
        self.assertEqual((first.amount_residual, second.amount_residual), (600, 0))
        self.assertEqual(note.state, "done")
        match.with_user(self.clerk).action_undo()
        self.assertEqual(note.state, "new")

    def _in_instalments(self):
        """Two invoices of 600 and 300, paid in three times."""
        moves = self._due(self.sme, 600, "2026-03-01")
        moves |= self._due(self.sme, 300, "2026-03-02")
        today = self.company._o2c_today()
        plan = (
            self.env["o2c.payment.plan"]
            .sudo()
            ._propose(
                moves, count=3, start_date=today + timedelta(days=5), grace_days=9
            )
        )
        plan._begin(today)
        self.assertEqual(plan.line_ids.mapped("amount"), [300, 300, 300])
        return plan, plan.line_ids.sorted("number")

    def test_an_instalment_is_known_by_what_its_term_note_says(self):
        plan, (first, second, third) = self._in_instalments()
        for line, texts in (
            (first, f"kenmerk {first.reference}, dank"),
            (second, second.reference.replace("/", " ")),
        ):
            match = self._propose(self._bank(300, texts))
            self.assertEqual(match.certainty, "certain", texts)
            self.assertIn(line.reference, match.explanation)
            match.with_user(self.clerk).action_accept()
            self.assertEqual(line.state, "paid")
        self.assertEqual(plan.move_ids.sorted("id").mapped("amount_residual"), [0, 300])
        self.assertEqual(third.state, "open")
        page = self.env["o2c.payment.link"]._for(plan)._page()
        self.assertEqual(page["bank"]["reference"], third.reference)
        match = self._propose(self._bank(300, third.reference))
        match.with_user(self.clerk).action_accept()
        self.assertEqual(plan.state, "kept")

    def test_two_instalments_at_once_and_the_whole_plan_are_as_agreed(self):
        plan, (first, _second, _third) = self._in_instalments()
        for amount, certainty in ((600, "certain"), (900, "certain"), (301, "likely")):
            line = self._bank(amount, first.reference)
            match = self._propose(line)
            self.assertEqual(match.certainty, certainty, amount)
            self.assertEqual(sum(match.item_ids.mapped("amount")), amount)
            line.unlink()
        match = self._propose(self._bank(600, f"regeling {plan.name}"))
        self.assertEqual(match.certainty, "certain")

    def test_from_a_strangers_account_a_person_looks_first(self):
        _plan, (first, _second, _third) = self._in_instalments()
        iban = "NL91ABNA0417164300"
        self.env["res.partner.bank"].create(
            {"acc_number": iban, "partner_id": self.corporate.id}
        )
        match = self._propose(self._bank(300, first.reference, account_number=iban))
        self.assertEqual(match.certainty, "likely")
        self.assertEqual(match.item_ids.move_id, first.plan_id.move_ids.sorted("id")[0])

    def test_a_plan_that_ended_is_known_by_its_paper(self):
        plan, (first, _second, _third) = self._in_instalments()
        link = self.env["o2c.payment.link"]._for(plan)
        plan.with_user(self.manager).action_withdraw()
        for text in (first.reference, plan.name, link.reference):
            line = self._bank(900, text)
            match = self._propose(line)
            self.assertEqual(match.certainty, "certain", text)
            self.assertEqual(match.item_ids.move_id, plan.move_ids)
            line.unlink()
            line = self._bank(300, text)
            self.assertEqual(self._propose(line).certainty, "likely")
            line.unlink()

    def test_a_storno_is_known_as_a_payment_that_the_bank_took_back(self):
        today = self.company._o2c_today()
        day = today - timedelta(days=40)
        invoice = self._due(self.sme, 300, fields.Date.to_string(day))
        text = f"/EREF/E2E-17/REMI/{invoice.name}/"
        self._propose(self._bank(300, text, day)).with_user(self.clerk).action_accept()
        profiles = self.env["o2c.risk.profile"]
        profiles._rescore(self.company, today)
        profile = self.sme._o2c_profile(self.company)
        self.assertEqual(profile.payments_reversed, 0)
        back = self._bank(-300, "/RTRN/MD06//EREF/E2E-17/", day + timedelta(days=9))
        match = self._propose(back)
        match.with_user(self.clerk).action_accept()
        self.assertEqual(invoice.payment_state, "not_paid")
        profiles._rescore(self.company, today)
        profile.invalidate_recordset()
        self.assertEqual(profile.payments_reversed, 1)
        match.with_user(self.clerk).action_undo()
        profiles._rescore(self.company, today)
        profile.invalidate_recordset()
        self.assertEqual(profile.payments_reversed, 0)

    def test_a_discount_that_was_booked_here_is_not_booked_again(self):
        """Billing judges discounts when money comes in: one of the two does it."""
        self._switch("live", "billing")
        term = self.env["account.payment.term"].create(
            {
                "name": "2% 8 days",
                "early_discount": True,
                "discount_percentage": 2,
                "discount_days": 8,
                "line_ids": [
                    (0, 0, {"value": "percent", "value_amount": 100, "nb_days": 30})
                ],
            }
        )
        invoice = self._invoice(
            self.sme, 1000, "2026-03-01", post=False, invoice_payment_term_id=term.id
        )
        invoice.action_post()
        line = self._bank(980, invoice.name, "2026-03-05")
        match = self._propose(line)
        self.assertEqual(match.item_ids.discount, 20)
        match.with_user(self.clerk).action_accept()
        self.assertEqual(invoice.payment_state, "paid")
        self.assertEqual(invoice.amount_residual, 0)
        self.assertEqual(
            len(invoice._get_reconciled_amls()), 1, "nothing beside the bank line"
        )
