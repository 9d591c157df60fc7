"""Indexations are approved by another, applied once, and can be withdrawn."""

from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .indexation_common import NEW_YEAR, IndexationCommon


@tagged("post_install", "-at_install")
class TestIndexationRun(IndexationCommon):
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
        self.assertEqual(self._indexation().line_ids.mapped("reason"), ["recent"])

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

        def once(lines, *args):
            if done:
                raise SystemExit("killed")
            done.append(lines)
            return whole(lines, *args)

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
        told = indexation.letter_ids.filtered(lambda one: one.state == "queued")
        self.assertEqual(told.partner_id, self.public_body)

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
