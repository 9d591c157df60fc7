"""Prices that follow a percentage or an index, from a date."""

from datetime import date
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import BillingCommon

TODAY = date(2026, 11, 2)
NEW_YEAR = date(2027, 1, 1)


class IndexationCommon(BillingCommon):
    """A company where it is 2 November 2026, and one more approver."""

    def setUp(self):
        super().setUp()
        clock = type(self.company)._o2c_today
        self.startPatcher(
            patch.object(
                type(self.company),
                "_o2c_today",
                lambda company, now=None: clock(company, now) if now else TODAY,
            )
        )
        self.second = self._user("second", "o2c_base.group_billing_approver")
        self.index = self.env["o2c.price.index"].create(
            {"name": "Proefindex (verzonnen)", "company_id": self.company.id}
        )

    def _figure(self, period, value, state="final"):
        return self.env["o2c.price.index.value"].create(
            {
                "index_id": self.index.id,
                "period": period,
                "value": value,
                "state": state,
            }
        )

    def _own(self, price=10.0, tiers=None, partner=None, line=None, **values):
        return self._agreement(
            {
                "product_id": self.wood.id,
                "fixed_price": price,
                "tiers": tiers or {},
                **(line or {}),
            },
            partner_id=(partner or self.sme).id,
            **values,
        )

    def _indexation(self, preview=True, **values):
        indexation = self.env["o2c.price.indexation"].create(
            {
                "name": "Prijsindexatie 2027",
                "company_id": self.company.id,
                "effective_date": NEW_YEAR,
                "percentage": 3.0,
                **values,
            }
        )
        if preview:
            indexation.action_preview()
        return indexation

    def _by_index(self, **values):
        return self._indexation(
            method="index",
            percentage=0.0,
            index_id=self.index.id,
            index_period="2026-10-01",
            base_period="2025-10-01",
            **values,
        )

    def _approve(self, indexation):
        indexation.action_propose()
        indexation.with_user(self.second).action_approve()
        return indexation

    def _apply(self, indexation=None):
        with self.enter_registry_test_mode(), self.registry.cursor() as cr:
            env = self.env(cr=cr)
            run = env["o2c.price.indexation"]._apply_approved(
                env["res.company"].browse(self.company.id), TODAY
            )
            run_id = run.id
        self.env.invalidate_all()
        return self.env["o2c.run"].browse(run_id)

    def _price_on(self, day, quantity=1, partner=None):
        order = self._order(
            partner or self.sme, [(self.wood, quantity, None)], date_order=day
        )
        return order.order_line.price_unit


@tagged("post_install", "-at_install")
class TestIndexation(IndexationCommon):
    def test_the_old_price_holds_until_the_day_and_the_new_one_from_it(self):
        agreement = self._own(10.0, {100: 9.5})
        indexation = self._indexation()
        row = indexation.line_ids
        self.assertEqual((row.old_price, row.new_price), (10.0, 10.3))
        self.assertEqual(row.tiers, [[100.0, 9.5, 9.79]])
        self.assertEqual(agreement.line_ids.fixed_price, 10.0)
        self._approve(indexation)
        self._apply()
        self.assertEqual(indexation.state, "applied")
        self.assertEqual(len(agreement.line_ids), 2)
        self.assertEqual(self._price_on("2026-12-31 12:00:00"), 10.0)
        self.assertEqual(self._price_on("2027-01-01 12:00:00"), 10.3)
        self.assertEqual(self._price_on("2027-01-01 12:00:00", 100), 9.79)

    def test_the_new_line_remembers_price_and_factor_before(self):
        agreement = self._own(10.0)
        self._approve(self._indexation())
        self._apply()
        old, new = agreement.line_ids.sorted("id")
        self.assertEqual(old.date_to, date(2026, 12, 31))
        self.assertEqual(new.date_from, NEW_YEAR)
        self.assertEqual((new.o2c_index_from_price, new.o2c_index_factor), (10.0, 1.03))
        self.assertEqual(new.o2c_index_root, old.id)

    def test_an_index_divides_the_new_figure_by_the_base(self):
        self._figure("2025-10-01", 120.0)
        self._figure("2026-10-01", 123.6)
        agreement = self._own(10.0)
        self._approve(self._by_index())
        self._apply()
        new = agreement.line_ids.sorted("id")[-1]
        self.assertEqual(new.fixed_price, 10.3)
        self.assertEqual(new.o2c_index_base_period, date(2026, 10, 1))
        self.assertEqual(new.o2c_index_base_value, 123.6)

    def test_the_next_year_starts_from_the_figure_of_this_one(self):
        self._figure("2025-10-01", 120.0)
        self._figure("2026-10-01", 123.6)
        self._figure("2027-10-01", 126.072)
        agreement = self._own(10.0)
        self._approve(self._by_index())
        self._apply()
        later = self._by_index(preview=False)
        later.effective_date = "2028-01-01"
        later.index_period = "2027-10-01"
        later.base_period = "2020-01-01"
        later.action_preview()
        row = later.line_ids.filtered(lambda one: one.state == "planned")
        self.assertEqual((row.old_price, row.new_price), (10.3, 10.51))
        self.assertEqual(row.root_id, agreement.line_ids.sorted("id")[0].id)

    def test_cap_of_the_contract_floor_threshold_and_rounding(self):
        self._figure("2025-10-01", 100.0)
        self._figure("2026-10-01", 110.0)
        self._own(10.0, line={"o2c_index_cap": 4.0})
        capped = self._by_index(cap=6.0, price_rounding=0.05)
        self.assertEqual(capped.line_ids.new_price, 10.4)
        capped = self._by_index(cap=6.0, partner_ids=[(6, 0, self.corporate.ids)])
        self.assertFalse(capped.line_ids)
        down = self._indexation(percentage=-2.0, has_floor=True)
        self.assertEqual(down.line_ids.reason, "unchanged")
        small = self._indexation(percentage=0.4, threshold=0.5)
        self.assertEqual(small.line_ids.reason, "small")

    def test_every_price_left_alone_says_why(self):
        self._agreement(
            {"product_id": self.wood.id, "fixed_price": 1, "o2c_index_never": True},
            {
                "product_id": self.hour.id,
                "computation": "percentage",
                "percentage": 5,
            },
            {"product_id": self.hour.id, "fixed_price": 0.0, "sequence": 20},
            {
                "categ_id": self.categ.id,
                "fixed_price": 3.0,
                "date_from": "2027-01-01",
                "sequence": 30,
            },
            partner_id=self.sme.id,
        )
        indexation = self._indexation()
        self.assertEqual(
            set(indexation.line_ids.mapped("reason")),
            {"never", "percentage", "free", "later"},
        )
        with self.assertRaisesRegex(UserError, "changes no price"):
            indexation.action_propose()

    def test_missing_and_provisional_figures_and_a_missing_base(self):
        self._own(10.0)
        self.assertEqual(self._by_index().line_ids.reason, "no_base")
        self._figure("2025-10-01", 120.0)
        self.assertEqual(self._by_index().line_ids.reason, "no_figure")
        self._figure("2026-10-01", 123.6, "provisional")
        self.assertEqual(self._by_index().line_ids.reason, "provisional")
        allowed = self._by_index(provisional_allowed=True)
        self.assertEqual(allowed.line_ids.new_price, 10.3)

    def test_a_base_figure_of_zero_is_refused_by_the_series(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self._figure("2025-10-01", 0.0)
            self.env.flush_all()

    def test_a_line_that_follows_another_index_is_left_alone(self):
        other = self.env["o2c.price.index"].create({"name": "Andere (verzonnen)"})
        self._figure("2025-10-01", 120.0)
        self._figure("2026-10-01", 123.6)
        self._own(10.0, line={"o2c_index_id": other.id})
        self.assertEqual(self._by_index().line_ids.reason, "other_index")

    def test_a_figure_that_changed_after_the_preview_stops_the_approval(self):
        self._figure("2025-10-01", 120.0)
        new = self._figure("2026-10-01", 123.6)
        self._own(10.0)
        indexation = self._by_index()
        indexation.action_propose()
        new.value = 124.0
        with self.assertRaisesRegex(UserError, "figure of the index changed"):
            indexation.with_user(self.second).action_approve()

    def test_who_proposes_does_not_approve(self):
        self._own(10.0)
        indexation = self._indexation()
        indexation.action_propose()
        with self.assertRaisesRegex(UserError, "somebody else"):
            indexation.action_approve()
        approvers = self.env.ref("o2c_base.group_billing_approver")
        self.env["res.users"].search(
            [("all_group_ids", "in", approvers.ids), ("id", "!=", self.env.uid)]
        ).active = False
        indexation.action_approve()
        self.assertEqual(indexation.approver_id, self.env.user)

    def test_without_time_for_the_notice_it_is_not_approved(self):
        self._own(10.0)
        late = self._indexation(notice_days=61)
        late.action_propose()
        with self.assertRaisesRegex(UserError, "61 days before"):
            late.with_user(self.second).action_approve()
        just = self._indexation(notice_days=60)
        self._approve(just)
        self.assertEqual(just.state, "approved")

    def test_a_price_is_indexed_once_per_date(self):
        self._own(10.0)
        first, second = self._indexation(), self._indexation()
        second.action_propose()
        self._approve(first)
        with self.assertRaisesRegex(UserError, "already"):
            second.with_user(self.second).action_approve()
        self._apply()
        self._apply()
        self.assertEqual(self._price_on("2027-01-02 12:00:00"), 10.3)
        self.assertEqual(
            self._indexation().line_ids.mapped("reason"), ["later", "ended"]
        )

    def test_the_unique_key_holds_whatever_the_code_does(self):
        self._own(10.0)
        first, second = self._indexation(), self._indexation()
        first.line_ids.sudo().state = "applied"
        self.env.flush_all()
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            second.line_ids.sudo().state = "approved"
            self.env.flush_all()

    def test_not_again_within_the_months_that_were_chosen(self):
        self._own(10.0)
        self._approve(self._indexation(effective_date="2026-12-15", notice_days=0))
        self._apply()
        soon = self._indexation()
        self.assertIn("recent", soon.line_ids.mapped("reason"))
        self.assertFalse(soon.planned_count)
        self.assertTrue(self._indexation(gap_months=0).planned_count)

    def test_killed_half_way_it_goes_on_and_nothing_changes_twice(self):
        agreements = [self._own(10.0), self._own(20.0, partner=self.corporate)]
        indexation = self._approve(self._indexation())
        done = []
        whole = type(self.env["o2c.price.agreement.line"])._o2c_index_to

        def once(lines, day, verdicts):
            if done:
                raise SystemExit("killed")
            done.append(lines)
            return whole(lines, day, verdicts)

        path = "odoo.addons.o2c_billing.models.index.o2c_indexation_applying.BATCH"
        with patch(path, 1):
            with (
                patch.object(
                    type(self.env["o2c.price.agreement.line"]), "_o2c_index_to", once
                ),
                self.assertRaises(SystemExit),
            ):
                self._apply()
            self.env.invalidate_all()
            run = self._apply()
        self.assertEqual(indexation.state, "applied")
        self.assertEqual(run.state, "done")
        for agreement in agreements:
            self.assertEqual(len(agreement.line_ids), 2)
        self.assertEqual(
            sorted(line.fixed_price for a in agreements for line in a.line_ids),
            [10.0, 10.3, 20.0, 20.6],
        )

    def test_what_was_closed_or_changed_meanwhile_stays_and_is_named(self):
        closed = self._own(10.0)
        changed = self._own(20.0, partner=self.corporate)
        fine = self._own(30.0, partner=self.public_body)
        indexation = self._approve(self._indexation())
        closed.action_close()
        changed.line_ids.fixed_price = 21.0
        run = self._apply()
        self.assertEqual(run.failed_count, 2)
        self.assertEqual(indexation.failed_count, 2)
        self.assertEqual(len(closed.line_ids), 1)
        self.assertEqual(len(changed.line_ids), 1)
        self.assertEqual(len(fine.line_ids), 2)
        self.assertEqual(indexation.state, "applied")

    def test_one_line_that_fails_does_not_stop_the_others(self):
        self._own(10.0)
        bad = self._own(20.0, partner=self.corporate).line_ids
        indexation = self._approve(self._indexation())
        whole = type(bad)._o2c_successor_values

        def values(line, day, verdict):
            if line == bad:
                raise ValueError("broken")
            return whole(line, day, verdict)

        with patch.object(type(bad), "_o2c_successor_values", values):
            self._apply()
        rows = indexation.line_ids.sorted("old_price")
        self.assertEqual(rows.mapped("state"), ["applied", "failed"])
        self.assertIn("broken", rows[1].detail)

    def test_withdrawn_before_it_begins_the_old_price_holds_on(self):
        agreement = self._own(10.0, date_to="2027-12-31")
        indexation = self._approve(self._indexation())
        self._apply()
        indexation.with_user(self.second).action_withdraw()
        self.assertEqual(len(agreement.line_ids), 1)
        self.assertFalse(agreement.line_ids.date_to)
        self.assertEqual(self._price_on("2027-01-01 12:00:00"), 10.0)
        again = self._indexation(percentage=2.0)
        self.assertEqual(again.line_ids.new_price, 10.2)

    def test_what_holds_already_is_not_withdrawn(self):
        self._own(10.0)
        indexation = self._approve(self._indexation())
        self._apply()
        with (
            patch.object(
                type(self.company), "_o2c_today", lambda company, now=None: NEW_YEAR
            ),
            self.assertRaisesRegex(UserError, "negative percentage"),
        ):
            indexation.with_user(self.second).action_withdraw()

    def test_a_leap_day_as_first_day(self):
        agreement = self._own(10.0)
        self._approve(self._indexation(effective_date="2028-02-29"))
        self._apply()
        old = agreement.line_ids.sorted("id")[0]
        self.assertEqual(old.date_to, date(2028, 2, 28))
        self.assertEqual(self._price_on("2028-02-29 12:00:00"), 10.3)

    def test_agreements_in_a_foreign_currency_keep_it(self):
        usd = self.env.ref("base.USD")
        usd.active = True
        agreement = self._own(10.0, currency_id=usd.id)
        indexation = self._approve(self._indexation())
        self.assertEqual(indexation.line_ids.currency_id, usd)
        self._apply()
        new = agreement.line_ids.sorted("id")[-1]
        self.assertEqual((new.fixed_price, new.currency_id), (10.3, usd))

    def test_the_effect_is_the_turnover_of_each_customer(self):
        self._own(10.0)
        order = self._order(
            self.sme, [(self.wood, 100, None)], date_order="2026-06-01 12:00:00"
        )
        order.action_confirm()
        order.order_line.qty_delivered = 100
        move = order._create_invoices()
        move.invoice_date = "2026-06-02"
        with patch.object(type(move), "_o2c_judge", lambda moves: {}):
            move.action_post()
        row = self._indexation().line_ids
        self.assertEqual((row.turnover, row.effect), (1000.0, 30.0))
        letter = row.indexation_id.letter_ids
        self.assertEqual((letter.partner_id, letter.effect), (self.sme, 30.0))

    def test_a_price_for_everyone_counts_for_who_bought_at_it(self):
        self._agreement({"product_id": self.wood.id, "fixed_price": 8.0})
        order = self._order(
            self.corporate, [(self.wood, 10, None)], date_order="2026-06-01 12:00:00"
        )
        order.action_confirm()
        order.order_line.qty_delivered = 10
        move = order._create_invoices()
        move.invoice_date = "2026-06-02"
        with patch.object(type(move), "_o2c_judge", lambda moves: {}):
            move.action_post()
        indexation = self._indexation(percentage=5.0)
        self.assertEqual(indexation.line_ids.turnover, 80.0)
        self.assertEqual(indexation.letter_ids.partner_id, self.corporate)
        self.assertEqual(indexation.letter_ids.effect, 4.0)


@tagged("post_install", "-at_install")
class TestIndexationLetter(IndexationCommon):
    def setUp(self):
        super().setUp()
        report = type(self.env["ir.actions.report"])
        self.startPatcher(
            patch.object(
                report,
                "_render_qweb_pdf",
                lambda report, ref, res_ids=None, data=None: (b"%PDF-1.4 test", "pdf"),
            )
        )

    def _send(self):
        with self.enter_registry_test_mode(), self.registry.cursor() as cr:
            env = self.env(cr=cr)
            env["o2c.price.indexation.letter"]._send_queue(
                env["res.company"].browse(self.company.id), TODAY
            )
        self.env.invalidate_all()

    def test_letters_leave_after_approval_and_only_once(self):
        self._own(10.0, {100: 9.0})
        indexation = self._indexation()
        letter = indexation.letter_ids
        self._send()
        self.assertEqual(letter.state, "draft")
        self._approve(indexation)
        self._apply()
        self.assertEqual(letter.state, "queued")
        self._send()
        self._send()
        self.assertEqual(letter.state, "sent")
        mails = self.env["mail.mail"].search(
            [("model", "=", letter._name), ("res_id", "=", letter.id)]
        )
        self.assertEqual(len(mails), 1)
        self.assertTrue(mails.attachment_ids)
        log = self.env["o2c.delivery.log"].search(
            [("res_model", "=", letter._name), ("res_id", "=", letter.id)]
        )
        self.assertEqual(log.mapped("event"), ["queued"])

    def test_the_letter_shows_old_and_new_prices_with_tiers(self):
        self._own(10.0, {100: 9.0})
        letter = self._indexation().letter_ids
        html = self.env["ir.qweb"]._render(
            "o2c_billing.report_indexation",
            {"docs": letter, "company": self.company, "doc_ids": letter.ids},
        )
        text = str(html)
        for part in ("Balk", "10.00", "10.30", "9.00", "9.27", "Prijsindexatie 2027"):
            self.assertIn(part, text)

    def test_without_an_address_it_goes_by_post_and_makes_a_task(self):
        self.sme.email = False
        self._own(10.0)
        indexation = self._approve(self._indexation())
        self._apply()
        self._send()
        letter = indexation.letter_ids
        self.assertEqual(letter.state, "post")
        task = self.env["o2c.contact.task"].search([("partner_id", "=", self.sme.id)])
        self.assertEqual(task.problem, "email_missing")
        letter.action_print()
        self.assertEqual(letter.state, "sent")

    def test_one_letter_that_fails_does_not_stop_the_next(self):
        self._own(10.0)
        self._own(20.0, partner=self.corporate)
        indexation = self._approve(self._indexation())
        self._apply()
        bad = indexation.letter_ids[0]
        whole = type(bad)._send

        def send(letter):
            if letter.id == bad.id:
                raise ValueError("no paper")
            return whole(letter)

        with patch.object(type(bad), "_send", send):
            self._send()
        self.assertEqual(bad.state, "failed")
        self.assertEqual(bad.error, "no paper")
        self.assertEqual((indexation.letter_ids - bad).state, "sent")
        bad.action_retry()
        self._send()
        self.assertEqual(bad.state, "sent")

    def test_who_had_the_letter_is_told_that_it_is_withdrawn(self):
        self._own(10.0)
        indexation = self._approve(self._indexation())
        self._apply()
        self._send()
        indexation.with_user(self.second).action_withdraw()
        self.assertEqual(indexation.letter_ids.state, "revoke")
        self._send()
        self.assertEqual(indexation.letter_ids.state, "withdrawn")
        mails = self.env["mail.mail"].search(
            [
                ("model", "=", "o2c.price.indexation.letter"),
                ("res_id", "=", indexation.letter_ids.id),
            ]
        )
        self.assertEqual(len(mails), 2)

    def test_while_watching_nothing_is_sent(self):
        self._own(10.0)
        indexation = self._approve(self._indexation())
        self._apply()
        self.company.o2c_billing_mode = "watch"
        self._send()
        self.assertEqual(indexation.letter_ids.state, "queued")


@tagged("post_install", "-at_install")
class TestIndexationAccess(IndexationCommon):
    def test_a_billing_user_prepares_and_an_approver_decides(self):
        self._own(10.0)
        user = self._user("billing", "o2c_base.group_billing_user")
        indexation = self._indexation(preview=False).with_user(user)
        indexation.percentage = 4.0
        indexation.action_preview()
        self.assertEqual(indexation.line_ids.new_price, 10.4)
        indexation.action_propose()
        with self.assertRaises(AccessError):
            indexation.action_approve()
        with self.assertRaises(UserError):
            indexation.percentage = 5.0
        with self.assertRaises(AccessError):
            indexation.line_ids.write({"new_price": 1.0})

    def test_nobody_sets_the_state_by_hand(self):
        self._own(10.0)
        indexation = self._indexation()
        with self.assertRaises(AccessError):
            indexation.with_user(self.second).write({"state": "approved"})
        sneaky = (
            self.env["o2c.price.indexation"]
            .with_user(self.second)
            .create(
                {
                    "name": "x",
                    "effective_date": NEW_YEAR,
                    "state": "approved",
                    "approver_id": self.second.id,
                }
            )
        )
        self.assertEqual((sneaky.state, sneaky.approver_id.id), ("draft", False))

    def test_a_seller_reads_and_changes_nothing(self):
        self._own(10.0)
        indexation = self._indexation()
        seller = self._user("seller", "sales_team.group_sale_salesman")
        self.assertEqual(indexation.with_user(seller).line_ids.new_price, 10.3)
        with self.assertRaises(AccessError):
            indexation.with_user(seller).action_preview()

    def test_another_company_sees_nothing_of_it(self):
        self._own(10.0)
        indexation = self._indexation()
        other = self._create_company(name="Other")
        stranger = self._user("stranger", "o2c_base.group_billing_approver")
        stranger.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        for records in (indexation, indexation.line_ids, indexation.letter_ids):
            self.assertFalse(records.with_user(stranger)._filtered_access("read"))

    def test_where_billing_is_off_nothing_is_approved(self):
        self._own(10.0)
        indexation = self._indexation()
        indexation.action_propose()
        self.company.o2c_billing_mode = "off"
        with self.assertRaisesRegex(UserError, "off"):
            indexation.with_user(self.second).action_approve()

    def test_what_was_approved_is_not_deleted(self):
        self._own(10.0)
        indexation = self._approve(self._indexation())
        with self.assertRaisesRegex(UserError, "withdraw it"):
            indexation.unlink()
