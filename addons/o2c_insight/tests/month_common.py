"""A company whose months are taken, and what can happen in one."""

from datetime import date

from odoo import Command

from odoo.addons.o2c_dunning.tests.common import DunningCommon


class MonthCommon(DunningCommon):
    """Taking months of ``cls.company``; holds, plans, promises and bank lines that
    stand as if they had gone their way."""

    @classmethod
    def get_default_groups(cls):
        return super().get_default_groups() | cls.quick_ref(
            "sales_team.group_sale_manager"
        )

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.snapshots = cls.env["o2c.kpi.snapshot"].sudo()
        cls.seller = cls._user("month_seller", "sales_team.group_sale_salesman")
        cls.service = cls.env["product.product"].create(
            {"name": "Service", "type": "service", "taxes_id": False}
        )

    def _rows(self, month="2026-03-01", today="2026-04-15"):
        """The rows of a month, as taken on a day."""
        return self.snapshots._take(
            self.company, date.fromisoformat(month), date.fromisoformat(today)
        )

    def _total(self, month="2026-03-01", today="2026-04-15"):
        return self._rows(month, today).filtered(lambda row: row.dimension == "total")

    @classmethod
    def _hold(cls, partner, amount, opened, closed=False, state="open", **order):
        """A hold that was opened and ended at these moments (UTC)."""
        quote = cls._order(
            partner, [(cls.service, 1, amount)], user_id=cls.seller.id, **order
        )
        quote.sudo().o2c_hold_ids.unlink()
        return (
            cls.env["o2c.credit.hold"]
            .sudo()
            .create(
                {
                    "order_id": quote.id,
                    "company_id": cls.company.id,
                    "partner_id": partner.id,
                    "amount": amount,
                    "state": state,
                    "opened_on": opened,
                    "closed_on": closed,
                }
            )
        )

    @classmethod
    def _case_for(cls, partner):
        found = cls.cases.search(
            [("partner_id", "=", partner.id), ("company_id", "=", cls.company.id)],
            limit=1,
        )
        return found or cls.cases.create(
            {
                "partner_id": partner.id,
                "company_id": cls.company.id,
                "currency_id": cls.company.currency_id.id,
            }
        )

    def _plan(self, invoice, state, ended_on):
        """A plan over an invoice that ended on a day."""
        plan = (
            self.env["o2c.payment.plan"]
            .sudo()
            .create(
                {
                    "case_id": self._case_for(invoice.partner_id).id,
                    "move_ids": [Command.set(invoice.ids)],
                    "item_ids": [
                        Command.create(
                            {
                                "move_id": invoice.id,
                                "amount": invoice.amount_residual,
                            }
                        )
                    ],
                }
            )
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE o2c_payment_plan SET state = %s, ended_on = %s WHERE id = %s",
            [state, ended_on, plan.id],
        )
        plan.invalidate_recordset()
        return plan

    def _bank_line(self, amount, day, matched_with=None):
        """A line of the bank; matched with the receivable of an invoice, if given."""
        line = self.env["account.bank.statement.line"].create(
            {
                "journal_id": self.company_data["default_journal_bank"].id,
                "date": day,
                "amount": amount,
                "payment_ref": "Test",
            }
        )
        if matched_with:
            _liquidity, suspense, _other = line._seek_for_lines()
            item = matched_with.line_ids.filtered(
                lambda one: one.account_id.account_type == "asset_receivable"
            )
            suspense.account_id = item.account_id
            suspense.partner_id = matched_with.partner_id
            (suspense | item).reconcile()
            line.invalidate_recordset()
        return line
