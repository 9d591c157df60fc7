"""A company that is ready for its month-end."""

from datetime import date

from odoo import Command
from odoo.tests import freeze_time

from odoo.addons.o2c_base.tests.common import O2cCommon

#: The period that the tests are about; May is the month that ended.
FIRST, LAST = date(2026, 4, 1), date(2026, 5, 31)


class LedgerCommon(O2cCommon):
    """Accounts, journal, a matrix, and somebody for each role. The tests are told in
    June 2026; the month that ended is May."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._switch("live", "dunning")
        expense = cls.company_data["default_account_expense"]
        cls.cost = expense.copy({"name": "Cost of doubtful debts"})
        cls.held = cls.env["account.account"].create(
            {
                "name": "Provision for doubtful debts",
                "code": "X1160",
                "account_type": "asset_current",
                "company_ids": [Command.set(cls.company.ids)],
            }
        )
        cls.company.write(
            {
                "o2c_provision_account_id": cls.held.id,
                "o2c_provision_cost_account_id": cls.cost.id,
                "o2c_provision_journal_id": cls.company_data["default_journal_misc"].id,
            }
        )
        cls.maker = cls._user("maker", "o2c_base.group_credit_manager")
        cls.head = cls._user("head", "account.group_account_manager")
        cls.reader = cls._user("reader", "account.group_account_readonly")
        cls.provisions = cls.env["o2c.provision"].with_user(cls.maker)

    @classmethod
    def _matrix(cls, *rows, company=None):
        """Rows of (days late from, disputed, percentage of every grade, more of E)."""
        grades = ("a", "b", "c", "d", "none")
        company = company or cls.company
        cls.env["o2c.provision.band"].search([("company_id", "=", company.id)]).unlink()
        return cls.env["o2c.provision.band"].create(
            [
                {
                    "company_id": company.id,
                    "days_from": days,
                    "disputed": disputed,
                    "percent_e": percent + more,
                    **{f"percent_{grade}": percent for grade in grades},
                }
                for days, disputed, percent, more in rows
            ]
        )

    @classmethod
    def _due(cls, partner, amount, day, vat=False, **values):
        """A posted invoice that falls due on a day, 30 days after its date."""
        invoice = cls._invoice(
            partner,
            amount,
            values.pop("date", day),
            post=False,
            invoice_payment_term_id=False,
            invoice_date_due=day,
            **values,
        )
        if vat:
            invoice.invoice_line_ids.tax_ids = cls.company_data["default_tax_sale"]
        invoice.action_post()
        return invoice

    @classmethod
    def _grade(cls, partner, grade, **values):
        """A grade, as the night would give it."""
        profile = cls.env["o2c.risk.profile"].sudo()
        found = profile.search(
            [("partner_id", "=", partner.id), ("company_id", "=", cls.company.id)]
        ) or profile.create({"partner_id": partner.id, "company_id": cls.company.id})
        found.flush_recordset()
        cls.env.cr.execute(
            "UPDATE o2c_risk_profile SET grade = %s, insolvent = %s WHERE id = %s",
            [grade, values.get("insolvent", False), found.id],
        )
        found.invalidate_recordset()
        return found


class ProvisionCommon(LedgerCommon):
    """A matrix and three invoices on 31 May."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._matrix((31, False, 10, 15), (91, False, 50, 25), (31, True, 40, 20))
        # on 31 May: 150 days late with VAT, 41 days late, not due yet
        cls.old = cls._due(cls.sme, 1000, "2026-01-01", vat=True)
        cls.young = cls._due(cls.corporate, 500, "2026-04-20")
        cls.fresh = cls._due(cls.corporate, 300, "2026-06-20", date="2026-05-21")
        cls.classPatch(
            type(cls.env["ir.cron"]), "_commit_progress", lambda *_a, **_k: 1
        )

    def _propose(self, day=LAST, user=None, **values):
        return self.provisions.with_user(user or self.maker).create(
            {"company_id": self.company.id, "day": day, **values}
        )

    def _lines(self, proposal):
        """{(invoice, disputed): (at risk, percentage, provision)}"""
        return {
            (line.move_id, line.disputed): (line.base, line.percent, line.amount)
            for line in proposal.line_ids
        }

    def _held(self, day=LAST):
        """Balance of the provision account."""
        lines = self.env["account.move.line"].search(
            [
                ("account_id", "=", self.held.id),
                ("parent_state", "=", "posted"),
                ("date", "<=", day),
            ]
        )
        return -sum(lines.mapped("balance"))


class MovementCommon(LedgerCommon):
    """Receivables that move in every way there is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.before = cls._due(cls.sme, 1000, "2026-03-20")
        cls.inside = cls._due(cls.corporate, 500, "2026-05-20", date="2026-04-20")
        cls.movement = cls.env["o2c.receivable.movement"].sudo()
        cls.classPatch(
            type(cls.env["ir.cron"]), "_commit_progress", lambda *_a, **_k: 1
        )

    def _everything_happens(self):
        """A part payment, a credit note, a write-off, dollars, an opening balance."""
        self._pay(self.before, 400, "2026-04-10")
        credit = self.inside._reverse_moves([{"date": "2026-05-10"}])
        credit.write(
            {
                "invoice_date": "2026-05-10",
                "invoice_line_ids": [
                    Command.update(credit.invoice_line_ids.id, {"price_unit": 200})
                ],
            }
        )
        credit.action_post()
        self.company.write(
            {"o2c_bad_debt_account_id": self.cost.id, "o2c_write_off_own": 1000}
        )
        with freeze_time("2026-05-15"):
            off = (
                self.env["o2c.write.off"]
                .with_user(self._user("collector", "o2c_base.group_collector"))
                .create(
                    {
                        "move_id": self.before.id,
                        "amount": 50,
                        "reason": "uneconomic",
                        "note": "Too little",
                    }
                )
            )
            off.action_approve()
            off.sudo().entry_id.action_post()
        dollar = self.env.ref("base.USD")
        dollar.active = True
        self.env["res.currency.rate"].create(
            [
                {"currency_id": dollar.id, "name": day, "rate": rate}
                for day, rate in (("2026-01-01", 1.25), ("2026-05-01", 2.0))
            ]
        )
        abroad = self._due(self.sme, 100, "2026-04-15", currency_id=dollar.id)
        self._pay(abroad, date="2026-05-20")
        receivable = self.company_data["default_account_receivable"]
        entry = self.env["account.move"].create(
            {
                "move_type": "entry",
                "date": "2026-04-30",
                "line_ids": [
                    Command.create({"account_id": receivable.id, "debit": 8}),
                    Command.create({"account_id": self.cost.id, "credit": 8}),
                ],
            }
        )
        entry.action_post()
