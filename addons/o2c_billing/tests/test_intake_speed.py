"""Reading is in sets: ten orders or a thousand lines, the same statements."""

from odoo.tests import tagged

from .intake_common import IntakeCommon


@tagged("post_install", "-at_install", "o2c_speed")
class TestIntakeSpeed(IntakeCommon):
    def _file(self, orders, lines, tag):
        return self._csv(
            *(
                f"{tag}{order};K100;BALK-44;{line + 1};;;"
                for order in range(orders)
                for line in range(lines)
            )
        ).encode()

    def _statements(self, orders, lines, tag):
        """Statements of reading and judging a file that only watches."""
        intake, _known = self.env["o2c.order.intake"]._receive(
            self.company, "api", "a.csv", self._file(orders, lines, tag)
        )
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        intake._work()
        self.env.flush_all()
        self.assertEqual(intake.ready_count, orders)
        return self.cr.sql_log_count - before

    def test_reading_takes_the_same_statements_for_10_and_1000_lines(self):
        self._switch("watch", "billing")
        self._statements(1, 1, "warm")
        self.assertEqual(
            self._statements(10, 1, "few"), self._statements(10, 100, "many")
        )
        # core inserts a hundred new records in one statement, then their related fields
        few, many = self._statements(100, 1, "a"), self._statements(1000, 1, "b")
        self.assertLessEqual(many, few + 2 * 9)

    def test_a_long_file_is_made_by_the_scheduler_in_portions(self):
        intake, _known = self.env["o2c.order.intake"]._receive(
            self.company, "file", "a.csv", self._file(120, 5, "L")
        )
        intake._work()
        self.assertEqual((intake.state, intake.ready_count), ("ready", 120))
        self.env.flush_all()
        with self.enter_registry_test_mode(), self.registry.cursor() as cr:
            self.env(cr=cr)["o2c.order.intake"].sudo()._cron_work()
        self.env.invalidate_all()
        self.assertEqual((intake.state, intake.made_count), ("done", 120))
