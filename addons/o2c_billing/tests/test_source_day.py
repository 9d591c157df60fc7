"""Did everything arrive? What was paid and never charged on?"""

from datetime import date

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .source_common import SourceCommon


@tagged("post_install", "-at_install")
class TestSourceDay(SourceCommon):
    def _day(self, on="2026-03-02", today="2026-03-03"):
        days = self.env["o2c.source.day"]
        with freeze_time(f"{today} 05:00:00"):
            days._refresh(self.source, date.fromisoformat(today))
        return days.search([("source_id", "=", self.source.id), ("date", "=", on)])

    def _tell(self, count, amount=None, on="2026-03-02"):
        with freeze_time("2026-03-03 05:00:00"):
            return self.env["o2c.billing.event"].o2c_report_total(
                "customs", on, count, amount
            )

    def _arrive(self, *keys, on="2026-03-02", **values):
        return self._send(*(self._row(key, date=on, **values) for key in keys))

    def test_a_total_that_is_right_is_complete(self):
        self.source.completeness = "total"
        self._arrive("1", "2")
        self.assertEqual(self._tell(2, 90.0)["state"], "complete")

    def test_a_missing_event_is_red_until_it_arrives(self):
        self.source.completeness = "total"
        self._arrive("1", "2")
        answer = self._tell(3, 135.0)
        self.assertEqual((answer["state"], answer["missing"]), ("missing", 1))
        card = self._card("billing_incomplete")
        self.assertEqual((card["value"], card["tone"]), ("1", "bad"))
        self._arrive("3")
        self.assertEqual(self._day().state, "complete")
        self.assertEqual(self._card("billing_incomplete")["tone"], "good")

    def test_what_waits_refused_is_not_missing(self):
        self.source.completeness = "total"
        self._arrive("1")
        self._arrive("2", customer="nobody")
        self.assertEqual(self._tell(2)["state"], "refused")
        refused = self._card("billing_refused")
        self.assertEqual((refused["value"], refused["tone"]), ("1", "bad"))

    def test_the_right_number_with_the_wrong_money(self):
        self.source.completeness = "total"
        self._arrive("1", "2")
        self.assertEqual(self._tell(2, 90.01)["state"], "missing")
        self.assertEqual(self._tell(2, 89.0)["state"], "too_many")

    def test_commissions_and_corrections_do_not_count_twice(self):
        self.source.completeness = "total"
        values = {"date": "2026-03-02"}
        self._clearance(**values)
        self._send(
            self._row("C", charge="DUTY", amount=1000, corrects="26NL-1-1", **values)
        )
        # the source made three: 1,250 + 45 + 1,000
        self.assertEqual(self._tell(3, 2295.0)["state"], "complete")

    def test_no_total_the_next_morning_is_told(self):
        self.source.completeness = "total"
        self.assertEqual(self._day().state, "no_total")

    def test_a_gap_in_the_series_is_named(self):
        self.source.completeness = "series"
        self._arrive("NL-000101", "NL-000102", "NL-000105")
        self._arrive("NL-000107", on="2026-03-03")
        first, second = self._day(today="2026-03-04"), self._day("2026-03-03")
        self.assertEqual((first.state, first.gap_words), ("missing", "NL-103-104"))
        self.assertEqual(second.gap_words, "NL-106")
        self.assertEqual((first.difference, second.difference), (2, 1))
        self.assertFalse(first.has_total or first.has_amount)
        self._arrive("NL-000103", "NL-000104", on="2026-03-03")
        self.assertEqual((self._day().state, self._day().difference), ("complete", 0))

    def test_a_series_of_a_new_year_starts_anew(self):
        self.source.completeness = "series"
        self._arrive("2026-99998", "2026-99999", "2027-00001")
        self.assertEqual(self._day().state, "complete")

    def test_the_first_number_can_be_told(self):
        self.source.write({"completeness": "series", "series_from": 100})
        self._arrive("103")
        self.assertEqual(self._day().gap_words, "101-102")

    def test_a_refused_number_is_not_missing(self):
        self.source.completeness = "series"
        self._arrive("1")
        self._arrive("2", customer="nobody")
        self._arrive("3")
        self.assertEqual(self._day().state, "refused")

    def test_an_explanation_takes_the_red_away(self):
        self.source.completeness = "series"
        self._arrive("1", "3")
        day = self._day()
        user = self._user("billing", "o2c_base.group_billing_user")
        with self.assertRaises(AccessError):
            day.with_user(user).state = "complete"
        day.with_user(user).explanation = "2 was a test"
        self.assertEqual(day.state, "explained")
        self.assertEqual(self._day().state, "explained")

    def _card(self, key):
        cards = self.env["o2c.today"]._cards(
            self.company, date.fromisoformat("2026-03-03")
        )
        return next(card for card in cards if card["key"] == key)

    # Paid for customers, never charged on

    def _pay_duties(self, dossier, amount, on="2026-03-02"):
        """The bill of the customs authority."""
        bill = self.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": self.public_body.id,
                "invoice_date": on,
                "date": on,
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": f"Duties {dossier}",
                            "account_id": self.advances.id,
                            "price_unit": amount,
                            "tax_ids": [Command.clear()],
                            "o2c_dossier": dossier,
                        }
                    )
                ],
            }
        )
        bill.action_post()
        return bill

    def _advance(self, dossier):
        self.env.flush_all()
        return self.env["o2c.advance.report"].search(
            [("dossier", "=", dossier), ("company_id", "=", self.company.id)]
        )

    def test_what_was_paid_and_never_charged_on_is_seen(self):
        self._pay_duties("26NL-1", 1250.0)
        forgotten = self._pay_duties("26NL-2", 300.0)
        self._clearance()
        before = self._advance("26NL-1")
        self.assertEqual((before.balance, before.waiting), (1250.0, 1250.0))
        self._run_queue()
        after = self._advance("26NL-1")
        self.assertEqual(
            (after.paid, after.recharged, after.balance), (1250.0, 1250.0, 0.0)
        )
        self.assertEqual(after.partner_id, self.sme)
        left = self._advance("26NL-2")
        self.assertEqual((left.balance, left.partner_id.id), (300.0, False))
        self.assertGreater(left.age, 0)
        lines = self.env["account.move.line"].search(
            left.action_open_entries()["domain"]
        )
        self.assertEqual(lines, forgotten.invoice_line_ids)
        card = self._card("billing_advances")
        self.assertEqual((card["tone"], card["hint"]), ("warn", "One file"))

    def test_a_booking_without_a_file_stands_under_its_label(self):
        bill = self._pay_duties("", 10.0)
        self.assertEqual(self._advance(bill.invoice_line_ids.name).balance, 10.0)
