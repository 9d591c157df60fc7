"""A company that is ready for its month-end."""

from odoo import Command

from odoo.addons.o2c_base.tests.common import O2cCommon


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
