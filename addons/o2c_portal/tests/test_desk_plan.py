"""A customer asks for a payment plan, sees it and pays its instalments."""

from odoo import fields
from odoo.tests import tagged

from .desk_common import ACCOUNT, DeskCommon


@tagged("post_install", "-at_install")
class TestDeskPlan(DeskCommon):
    def setUp(self):
        super().setUp()
        self._login()

    def test_the_calculator_shows_exact_sums_without_javascript(self):
        text = self._text(self.url_open(f"{ACCOUNT}/plan?months=3&first=100"))
        for words in ("€ 1,100.00", "€ 333.33", "€ 333.34", "€ 100.00"):
            self.assertIn(words.replace("€ ", ""), text)
        self.assertIn("The plan costs nothing", text)
        self.assertIn("agreed as soon as you send it", text)
        self.assertFalse(self.plans.search([("partner_id", "=", self.sme.id)]))

    def test_within_the_bounds_it_runs_at_once_and_reminders_stop(self):
        self.assertEqual(self._judged(self.first), "remind")
        page = self._send(f"{ACCOUNT}/plan?months=4")
        plan = self.plans.search([("partner_id", "=", self.sme.id)])
        self.assertEqual((plan.state, plan.total, plan.count), ("running", 1100, 4))
        self.assertEqual(plan.move_ids, self.first + self.second)
        self.assertEqual((plan.source, plan.signer_id), ("portal", self.sme_contact))
        self.assertEqual(sum(plan.line_ids.mapped("amount")), 1100)
        self.assertEqual(self._judged(self.first), "on_plan")
        text = self._text(page)
        self.assertIn("Your plan is agreed", text)
        self.assertIn("275.00", text)

    def test_what_was_shown_is_what_is_agreed(self):
        path = f"{ACCOUNT}/plan?document={self.first.id}&months=5&first=100.05"
        shown = self._text(self.url_open(path))
        self._send(path)
        plan = self.plans.search([("partner_id", "=", self.sme.id)])
        self.assertEqual(plan.move_ids, self.first)
        amounts = plan.line_ids.sorted("number").mapped("amount")
        self.assertEqual(amounts, [100.05, 99.99, 99.99, 99.99, 99.99, 99.99])
        for amount in set(amounts):
            self.assertIn(f"{amount:.2f}", shown)
        self.assertEqual(plan.line_ids.sorted("number")[0].due, self.today)

    def test_beyond_the_bounds_a_person_decides_and_the_customer_sees_it(self):
        text = self._text(self.url_open(f"{ACCOUNT}/plan?months=9"))
        self.assertIn("We look at this plan", text)
        self.assertIn("Up to 6 months we agree at once.", text)
        page = self._send(f"{ACCOUNT}/plan?months=9")
        plan = self.plans.search([("partner_id", "=", self.sme.id)])
        self.assertEqual(plan.state, "waiting")
        self.assertIn("We received your request", self._text(page))
        self.assertEqual(self._judged(self.first), "plan_waits")
        self.assertTrue(plan.activity_ids.filtered(lambda a: a.user_id == self.manager))
        plan.with_user(self.manager).action_refuse()
        self.assertIn("not agreed", self._text(self.url_open(f"{ACCOUNT}/requests")))
        self.assertEqual(self._judged(self.first), "remind")

    def test_where_nothing_is_agreed_at_once_that_is_said_once(self):
        rows = self.env["o2c.plan.policy"].sudo().search([])
        page = self.url_open(f"{ACCOUNT}/plan?months=3")
        self.assertIn("9 months, we look at it first", self._text(page))
        self.assertNotIn("3 months, we look at it first", self._text(page))
        rows.max_months = 0
        text = self._text(self.url_open(f"{ACCOUNT}/plan?months=3"))
        self.assertNotIn("we look at it first", text)
        self.assertEqual(text.count("A colleague looks at every plan"), 1)

    def test_the_calculator_says_how_many_payments_it_is(self):
        for query, words in (
            ("months=3&first=100", "The first payment today, then 3 instalments."),
            ("months=1&first=100", "The first payment today, then 1 instalment."),
            ("months=3", "3 instalments, the first one in a month."),
            ("months=1", "1 instalment, in a month."),
        ):
            text = self._text(self.url_open(f"{ACCOUNT}/plan?{query}"))
            self.assertIn(words, text, query)

    def test_a_grade_asks_a_first_payment_and_the_form_proposes_it(self):
        [profile] = self.env["o2c.risk.profile"].sudo()._ensure(self.company, self.sme)
        profile.grade = "D"
        page = self.url_open(f"{ACCOUNT}/plan?months=3")
        self.assertIn('value="275.00"', page.text)
        self._send(f"{ACCOUNT}/plan?months=3")
        plan = self.plans.search([("partner_id", "=", self.sme.id)])
        self.assertEqual((plan.state, plan.first_amount), ("running", 275))

    def test_the_proposal_follows_the_invoices_that_he_ticks(self):
        """Untouched it is the share of what is ticked now; typed it stays as typed."""
        [profile] = self.env["o2c.risk.profile"].sudo()._ensure(self.company, self.sme)
        profile.grade = "D"
        path = f"{ACCOUNT}/plan?item={self.first.id}&months=3&proposed=275.00"
        self.assertIn('value="150.00"', self.url_open(f"{path}&first=275.00").text)
        typed = self.url_open(f"{path}&first=180")
        self.assertIn('value="180"', typed.text)

    def test_nothing_is_proposed_where_a_person_decides_anyway(self):
        """The row of grade E names half at once, and agrees no plan by itself."""
        [profile] = self.env["o2c.risk.profile"].sudo()._ensure(self.company, self.sme)
        profile.grade = "E"
        page = self.url_open(f"{ACCOUNT}/plan?months=3")
        self.assertIn("A colleague looks at every plan", self._text(page))
        self.assertNotIn("550", page.text)
        self._send(f"{ACCOUNT}/plan?months=3")
        plan = self.plans.search([("partner_id", "=", self.sme.id)])
        self.assertEqual((plan.state, plan.first_amount), ("waiting", 0))

    def test_sent_twice_it_is_one_plan(self):
        page = self.url_open(f"{ACCOUNT}/plan?months=3")
        action, data = self._filled(page)
        first = self.url_open(action, data=data, allow_redirects=False)
        again = self.url_open(action, data=data, allow_redirects=False)
        self.assertEqual(first.headers["Location"], again.headers["Location"])
        self.assertEqual(self.plans.search_count([("partner_id", "=", self.sme.id)]), 1)

    def test_an_invoice_is_in_one_plan_only(self):
        self._send(f"{ACCOUNT}/plan?document={self.first.id}&months=3")
        page = self.url_open(f"{ACCOUNT}/plan")
        self.assertIn("is in payment plan", self._text(page))
        action, data = self._filled(page, item=[str(self.first.id)])
        page = self.url_open(action, data=data)
        self.assertEqual(page.status_code, 422)
        self.assertIn("Choose at least one invoice", self._text(page))

    def test_an_invoice_that_is_being_paid_waits_for_its_result(self):
        desk = self.env["o2c.customer.desk"]
        payment = self._start(self.links._for(self.first), amount="100")
        self.assertFalse(desk._plan_aside(self.first + self.second))
        self._reported(payment, "pending")
        aside = desk._plan_aside(self.first + self.second)
        self.assertEqual(list(aside), self.first.ids)
        text = self._text(self.url_open(f"{ACCOUNT}/plan?months=4"))
        self.assertIn("a payment of €100.00 is under way", text.replace("€ ", "€"))
        self._send(f"{ACCOUNT}/plan?months=4")
        plan = self.plans.search([("partner_id", "=", self.sme.id)])
        self.assertEqual(plan.move_ids, self.second)

    def test_wrong_figures_come_back_beside_their_fields(self):
        for values, words in (
            ({"first": "abc"}, "Please enter an amount"),
            ({"first": "1.001"}, "Please enter an amount"),
            ({"first": "1100"}, "more than"),
            ({"first": "-5"}, "more than zero"),
            ({"months": "99"}, "from the list"),
            ({"months": "0"}, "from the list"),
            ({"months": "1e3"}, "from the list"),
        ):
            page = self._send(f"{ACCOUNT}/plan?months=3", **values)
            self.assertIn(words, "".join(self._errors(page)), values)
        self.assertFalse(self.plans.search([("partner_id", "=", self.sme.id)]))

    def test_the_calculator_says_what_it_cannot_read(self):
        for first, words in (
            ("abc", "Please enter an amount"),
            ("0.001", "Please enter an amount"),
            ("-1", "more than zero"),
            ("99999", "more than"),
            ("100", ""),
        ):
            page = self.url_open(f"{ACCOUNT}/plan?months=3&first={first}")
            told = "".join(self._feedback(page))
            self.assertIn(words, told)
            self.assertEqual(bool(told), bool(words), first)

    def test_the_instalment_is_paid_from_the_plan_page(self):
        self._send(f"{ACCOUNT}/plan?months=3&first=200")
        plan = self.plans.search([("partner_id", "=", self.sme.id)])
        path = self.links._plan_path(plan)
        page = self.url_open(f"{ACCOUNT}/requests/plan/{plan.id}")
        self.assertIn(path, page.text)
        text = self._text(self.url_open(path))
        self.assertIn("200.00", text)
        self.assertIn(f"Instalment 1 of 4, payment plan {plan.name}", text)
        self.assertIn(f"Reference {plan.name}-1 ", text)
        self.assertIn("booked on the invoices of the plan", text)
        self.assertNotIn("days late", text)
        self._paid_online(self.links._for(plan), amount="200.00")
        lines = plan.line_ids.sorted("number")
        self.assertEqual(lines.mapped("state"), ["paid", "open", "open", "open"])
        text = self._text(self.url_open(f"{ACCOUNT}/requests/plan/{plan.id}"))
        self.assertIn("Still to pay 900.00", text.replace("€ ", "").replace("€", ""))

    def test_what_is_late_is_shown_and_asked_in_one_go(self):
        plan = self.plans._propose(
            self.first,
            count=6,
            start_date=fields.Date.add(self.today, months=-2),
            source="portal",
            grace_days=60,
        )
        plan._begin(self.today)
        plan._refresh(self.today)
        self.assertIn("?other=", self.links._plan_path(plan))
        late = plan.line_ids.filtered(lambda line: line.state in ("late", "missed"))
        self.assertGreater(len(late), 1)
        amount = sum(late.mapped("amount"))
        self.assertTrue(self.links._plan_path(plan).endswith(f"={amount:.2f}"))
        text = self._text(self.url_open(f"{ACCOUNT}/requests/plan/{plan.id}"))
        self.assertIn("an instalment is late", text)

    def test_where_collecting_is_off_there_is_no_desk(self):
        self._switch("off", "dunning")
        page = self.url_open(ACCOUNT)
        self.assertNotIn("Pay in instalments", page.text)
        answer = self.url_open(f"{ACCOUNT}/plan", allow_redirects=False)
        self.assertEqual(answer.status_code, 303)
        self._switch("live", "dunning")
        self.assertIn("Pay in instalments", self.url_open(ACCOUNT).text)
        self.company.o2c_desk_open = False
        self.assertNotIn("Pay in instalments", self.url_open(ACCOUNT).text)

    def test_a_proposal_of_a_colleague_is_not_shown(self):
        self.plans._propose(self.first, count=3)
        text = self._text(self.url_open(f"{ACCOUNT}/requests"))
        self.assertIn("You have not asked or told us anything yet", text)
