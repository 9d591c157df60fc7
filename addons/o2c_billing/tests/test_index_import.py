"""Index figures from files."""

import base64
from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import BillingCommon


@tagged("post_install", "-at_install")
class TestIndexImport(BillingCommon):
    def setUp(self):
        super().setUp()
        self.index = self.env["o2c.price.index"].create({"name": "Proef (verzonnen)"})
        self.env["o2c.price.index.value"].create(
            {
                "index_id": self.index.id,
                "period": "2026-01-17",
                "value": 100.0,
                "state": "provisional",
            }
        )

    def _look(self, text, **values):
        wizard = self.env["o2c.index.import"].create(
            {
                "index_id": self.index.id,
                "file": base64.b64encode(text.encode()),
                "filename": "cpi.csv",
                **values,
            }
        )
        wizard.action_look()
        return wizard

    def test_figures_of_the_statistics_office_are_taken_and_final_ones_replace(self):
        wizard = self._look(
            "Perioden;CPI;Status\n2026MM01;100,4;definitief\n2026MM02;100,9;voorlopig\n",
            note="Verzonnen tabel",
        )
        self.assertEqual((wizard.new_count, wizard.changed_count), (1, 1))
        self.assertEqual(len(self.index.value_ids), 1)
        wizard.action_import()
        february, january = self.index.value_ids
        self.assertEqual(january.period, date(2026, 1, 1))
        self.assertEqual((january.value, january.state), (100.4, "final"))
        self.assertEqual((february.value, february.state), (100.9, "provisional"))
        self.assertEqual(february.note, "Verzonnen tabel")

    def test_bad_rows_stop_the_whole_file(self):
        wizard = self._look("period;value\n2026-02;101\n2026-13;102\n2026-03;0\n")
        self.assertEqual((wizard.new_count, wizard.bad_count), (1, 2))
        with self.assertRaisesRegex(UserError, "Nothing was imported"):
            wizard.action_import()
        self.assertEqual(len(self.index.value_ids), 1)

    def test_an_index_ships_without_figures(self):
        self.assertFalse(
            self.env["ir.model.data"].search(
                [
                    ("module", "=", "o2c_billing"),
                    ("model", "in", ("o2c.price.index", "o2c.price.index.value")),
                ]
            )
        )

    def test_a_quarterly_index_takes_no_months(self):
        index = self.env["o2c.price.index"].create(
            {"name": "Kwartaal (verzonnen)", "frequency": "quarter"}
        )
        wizard = self._look(
            "period;value\n2026Q1;100\n2026-02;101\n", index_id=index.id
        )
        self.assertEqual((wizard.new_count, wizard.bad_count), (1, 1))

    def test_only_an_approver_enters_figures(self):
        user = self._user("billing", "o2c_base.group_billing_user")
        with self.assertRaises(AccessError):
            self.index.with_user(user).value_ids.write({"value": 1.0})
        with self.assertRaises(AccessError):
            self.env["o2c.index.import"].with_user(user).create(
                {"index_id": self.index.id}
            )
