"""The screen of the collector: who sees what, in which order, at what cost."""

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from .work_common import WorkCommon


@tagged("post_install", "-at_install")
class TestWorkList(WorkCommon):
    def test_the_best_case_stands_first_and_what_waits_is_hidden(self):
        small = self._case("Klein B.V.", 100)
        large = self._case("Groot B.V.", 9000)
        later = self._case("Later B.V.", 5000)
        later.next_action_date = "2026-03-05"
        with self._at():
            board = self._list(scope="all")
            self.assertEqual(self._names(board), ["Groot B.V.", "Klein B.V."])
            everything = self._list(scope="all", shown="everything")
            self.assertEqual(len(everything["rows"]), 3)
        with self._at("2026-03-05"):
            self.assertEqual(len(self._list(scope="all")["rows"]), 3)
        self.assertGreater(large.work_rank, small.work_rank)

    def test_filters_show_and_count_what_they_say(self):
        late = self._case("Te laat B.V.")
        late.next_action_date = "2026-03-03"
        answered = self._case("Schreef B.V.")
        answered.state = "answered"
        broken = self._case("Brak B.V.")
        self.env["o2c.payment.promise"].create(
            {"case_id": broken.id, "date": "2026-03-10", "amount": 10}
        ).sudo().state = "broken"
        paused = self._case("Stil B.V.")
        paused.write({"state": "paused", "paused_until": "2026-03-04"})
        with self._at():
            for shown, name in (
                ("overdue", "Te laat B.V."),
                ("answered", "Schreef B.V."),
                ("broken", "Brak B.V."),
            ):
                board = self._list(scope="all", shown=shown)
                self.assertEqual(self._names(board), [name], shown)
                counts = {one["key"]: one["count"] for one in board["filters"]}
                self.assertEqual(counts[shown], 1)
            self.assertEqual(counts["due"], 3)
            self.assertEqual(counts["everything"], 4)
            found = self._list(scope="all", shown="everything", search="stil")
            self.assertEqual(self._names(found), ["Stil B.V."])

    def test_calls_that_the_ladder_asks_for_have_a_list(self):
        self.standard.step_ids[0].channel = "call"
        case = self._case("Bel mij B.V.")
        self._case("Mail mij B.V.")
        notice = self.notices.create(
            {
                "case_id": case.id,
                "partner_id": case.partner_id.id,
                "company_id": self.company.id,
                "currency_id": case.currency_id.id,
                "date": "2026-03-04",
                "channel": "call",
                "state": "queued",
            }
        )
        self.cases._rank_cases(self.company, self.today)
        with self._at():
            board = self._list(scope="all", shown="calls")
        self.assertEqual(self._names(board), ["Bel mij B.V."])
        self.assertTrue(board["rows"][0]["call"])
        self.assertEqual(notice.state, "queued")

    def test_mine_are_mine_and_those_of_whom_i_stand_in_for(self):
        mine = self._case("Van Ann B.V.")
        other = self._case("Van Bob B.V.")
        mine.user_id, other.user_id = self.ann, self.bob
        with self._at():
            self.assertEqual(self._names(self._list(scope="mine")), ["Van Ann B.V."])
        self.env["o2c.collector.absence"].create(
            {
                "user_id": self.bob.id,
                "deputy_id": self.ann.id,
                "date_from": "2026-03-04",
                "date_to": "2026-03-05",
            }
        )
        for day, count in (("2026-03-03", 1), ("2026-03-04", 2), ("2026-03-05", 2)):
            with self._at(day):
                self.assertEqual(len(self._list(scope="mine")["rows"]), count, day)
        with self._at("2026-03-06"):
            self.assertEqual(len(self._list(scope="mine")["rows"]), 1)
        with self._at("2026-03-05"):
            rows = self._list(scope="mine")["rows"]
            owners = {row["name"]: row["owner"] for row in rows}
            self.assertEqual(owners["Van Bob B.V."], self.bob.name)
            other.with_user(self.ann).log_call("reached")

    def test_a_leader_sees_his_team_and_an_outsider_does_not(self):
        team = self._team([self.bob], leader_id=self.ann.id)
        case = self._case("Van het team B.V.")
        case.write({"user_id": self.bob.id, "team_id": team.id})
        third = self._user("third", "o2c_base.group_collector")
        with self._at():
            self.assertEqual(len(self._list(scope="team")["rows"]), 1)
            self.assertFalse(self._list(third, scope="team")["rows"])
            self.assertEqual(len(self._list(third, scope="all")["rows"]), 1)

    def test_another_company_shows_nothing_of_ours(self):
        self._case()
        other = self.setup_other_company(name="Derde Test B.V.")["company"]
        self.ann.company_ids += other
        board = (
            self.env["o2c.dunning.case"]
            .with_user(self.ann)
            .with_company(other)
            .get_work_list(scope="all", shown="everything")
        )
        self.assertFalse(board["rows"])

    def test_the_card_says_who_what_why_and_what_was_said(self):
        case = self._case("Kaart B.V.", 1000)
        case.partner_id.phone = "+31 30 765 43 21"
        self.case_notice = self._remind("2026-03-04")
        case._refresh_amounts(self.company, self.today)
        with self._at():
            case.with_user(self.ann).log_call("reached", "Vraagt om een kopie")
            case.with_user(self.ann).message_post(
                body="Kopie gestuurd", message_type="comment"
            )
            card = case.with_user(self.ann).get_work_case()
        self.assertEqual(card["phone"], "+31 30 765 43 21")
        self.assertEqual(card["items"][0]["late"], 31)
        self.assertTrue(card["items"][0]["verdict"])
        kinds = [event["kind"] for event in card["timeline"]]
        for kind in ("notice", "call", "mail"):
            self.assertIn(kind, kinds)
        texts = " ".join(event["text"] for event in card["timeline"])
        self.assertIn("Vraagt om een kopie", texts)
        self.assertIn("Kopie gestuurd", texts)
        self.assertEqual(card["script"]["step"], self.case_notice.step_name)
        self.assertTrue(card["script"]["text"])
        self.assertEqual([one["hotkey"] for one in card["results"]], list("123456"))
        keys = [button["hotkey"] for button in card["buttons"]]
        self.assertEqual(len(keys), len(set(keys)))
        self.assertFalse(set(keys) & set("jkocna/?"))

    def test_progress_counts_calls_promises_and_money_of_this_week(self):
        self._team([self.ann])
        member = self.env["o2c.collecting.member"].search([])
        member.write(
            {"target_calls": 2, "target_promised": 500, "target_collected": 1000}
        )
        case = self._case("Betaalt B.V.", 1000)
        case.user_id = self.ann
        mine = case.with_user(self.ann)
        with self._at("2026-03-02"):  # Monday: another day, the same week
            mine.log_call("not_reached")
        with self._at():
            mine.log_call("will_pay", promise_date="2026-03-06", promise_amount=250)
            # create_date is of the database, not of the frozen clock
            self.env.cr.execute(
                "UPDATE o2c_payment_promise SET create_date = '2026-03-04 09:00:00'"
                " WHERE case_id = %s",
                [case.id],
            )
            self.env.invalidate_all()
            bars = {one["key"]: one for one in self._list()["progress"]}
            self.assertEqual(
                (bars["calls"]["value"], bars["calls"]["share"]), ("1", 50)
            )
            self.assertEqual(bars["promised"]["share"], 50)
            self.assertEqual(bars["collected"]["share"], 0)
            self._pay(case.open_line_ids.move_id, 400, date="2026-03-04")
            bars = {one["key"]: one for one in self._list()["progress"]}
            self.assertEqual(bars["collected"]["share"], 40)
            other = {one["key"]: one for one in self._list(self.bob)["progress"]}
            self.assertEqual(other["collected"]["target"], "")
            self.assertEqual(other["calls"]["value"], "0")

    def test_five_thousand_cases_cost_no_more_queries_than_five(self):
        few = self._queries_of_list(5)
        many = self._queries_of_list(5000)
        self.assertLessEqual(many, few + 2)
        self.assertLessEqual(many, 45)

    def _queries_of_list(self, count):
        self.env.cr.execute(
            """
            WITH new AS (
                INSERT INTO res_partner (name, complete_name, active, is_company,
                                         type, autopost_bills)
                SELECT 'Klant ' || n, 'Klant ' || n, TRUE, TRUE, 'contact', 'ask'
                  FROM generate_series(1, %(count)s) n RETURNING id),
            owned AS (
                UPDATE res_partner SET commercial_partner_id = id
                 WHERE id IN (SELECT id FROM new))
            INSERT INTO o2c_dunning_case
                   (partner_id, company_id, currency_id, state, amount_due, oldest_due)
            SELECT id, %(company)s, %(currency)s, 'open', 100 + id %% 900, '2026-02-01'
              FROM new
            """,
            {
                "count": count,
                "company": self.company.id,
                "currency": self.company.currency_id.id,
            },
        )
        before = self.env.cr.sql_log_count
        self.cases._rank_cases(self.company, self.today)
        self.assertLessEqual(self.env.cr.sql_log_count - before, 20)
        self.env.invalidate_all()
        with self._at():
            before = self.env.cr.sql_log_count
            board = self._list(scope="all")
            used = self.env.cr.sql_log_count - before
        self.assertEqual(len(board["rows"]), min(count, 60))
        self.assertTrue(all(row["why"] for row in board["rows"]))
        return used

    def test_the_card_judges_again_when_it_is_opened(self):
        case = self._case(due="2026-03-01")
        self._nightly("2026-03-04")
        mine = case.with_user(self.ann)
        with self._at(hour=11):
            card = mine.get_work_case()
            self.assertEqual(card["judged"], "as of now")
            self.assertEqual(card["items"][0]["verdict"], self._word("not_sent_yet"))
            mine._promise_on_the_phone("2026-03-10", 0, "", self.today)
            card = mine.get_work_case()
        self.assertEqual(card["items"][0]["verdict"], self._word("promised"))
        self.assertNotEqual(case.verdict_ids.reason, "promised", "that of last night")

    def test_a_card_that_cannot_be_judged_shows_last_night(self):
        case = self._case(due="2026-03-01")
        self._nightly("2026-03-04")
        self.patch(type(self.cases), "_foresee", lambda *args: 1 / 0)
        logger = "odoo.addons.o2c_dunning.models.work.o2c_work_judged"
        with self._at(), mute_logger(logger):
            card = case.with_user(self.ann).get_work_case()
        self.assertEqual(card["judged"], "as of 03/04/2026")
        self.assertEqual(card["items"][0]["verdict"], self._word("remind"))

    def _word(self, reason):
        """How the screen calls a reason."""
        reasons = self.env["o2c.remind.verdict"]._fields["reason"]
        return dict(reasons._description_selection(self.env))[reason]

    def test_ten_times_the_items_cost_the_card_no_more_queries(self):
        counts = []
        for number in (3, 30):
            partner = self._customer(f"Met {number}", "sme")
            for one in range(number):
                self._due(partner, 100 + one, "2026-02-01")
            invoices = self.env["account.move"].search(
                [("partner_id", "=", partner.id)]
            )
            case = self.cases._case_of(invoices)
            self._settle()
            self.env.invalidate_all()
            with self._at():
                before = self.env.cr.sql_log_count
                card = case.with_user(self.ann).get_work_case()
                counts.append(self.env.cr.sql_log_count - before)
            self.assertEqual(len(card["items"]), number)
        self.assertLessEqual(counts[1], counts[0] + 3)
        self.assertLessEqual(counts[1], 80)

    def test_today_is_the_day_of_the_company(self):
        case = self._case()
        case.next_action_date = fields.Date.to_date("2026-03-05")
        with self.mock_datetime_and_now("2026-03-04 23:30:00"):  # past midnight here
            self.assertEqual(len(self._list(scope="all")["rows"]), 1)
