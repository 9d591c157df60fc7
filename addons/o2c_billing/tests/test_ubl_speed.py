"""What our corrections cost: e-invoices of a set, beside core's own of the same set."""

from contextlib import ExitStack
from unittest.mock import patch

from odoo.tests import tagged

from .ubl_common import UblCommon

COUNT = 30


@tagged("post_install", "-at_install")
class TestUblSpeed(UblCommon):
    def _queries(self, builder, moves):
        """Statements for the files of a set, read from nothing."""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        for move in moves:
            builder._export_invoice(move)
        return self.env.cr.sql_log_count - before

    def _core(self, builder, stack):
        """Core's builder alone: each of our methods steps aside for the one below."""
        for kind in type(builder).__mro__:
            if not kind.__module__.startswith("odoo.addons.o2c_billing."):
                continue
            for name, ours in list(vars(kind).items()):
                if callable(ours) and self._goes_on(kind, builder, name):
                    stack.enter_context(
                        patch.object(kind, name, self._below(kind, name))
                    )

    def _goes_on(self, kind, builder, name):
        """Is there a method of this name below a class?"""
        return hasattr(super(kind, builder), name)

    def _below(self, kind, name):
        """The method of this name below a class."""

        def below(this, *args, **kwargs):
            return getattr(super(kind, this), name)(*args, **kwargs)

        return below

    def test_a_set_of_files_costs_hardly_more_than_cores_own(self):
        moves = self.env["account.move"].union(
            *(
                self._document(self.dutch, ("btw_21", number, 10), ("btw_9", 1, 20))
                for number in range(1, COUNT + 1)
            )
        )
        builder = self.env["account.edi.xml.ubl_nl"]
        self._queries(builder, moves)
        with ExitStack() as stack:
            self._core(builder, stack)
            core = self._queries(builder, moves)
        ours = self._queries(builder, moves)
        self.assertLessEqual(ours, core * 1.1, f"core alone takes {core}")
