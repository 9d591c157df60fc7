"""A Dutch company with customers of each segment and a user per role."""

from odoo import Command, fields
from odoo.tests import new_test_user

from odoo.addons.account.tests.common import AccountTestInvoicingCommon


class O2cCommon(AccountTestInvoicingCommon):
    """Base class of the add-ons' tests.

    Offers ``cls.company`` (Dutch chart, EUR), customers ``cls.sme``,
    ``cls.corporate``, ``cls.consumer``, ``cls.public_body`` and a contact
    ``cls.sme_contact``, users per role from :meth:`_user`, and :meth:`_invoice`,
    :meth:`_pay`, :meth:`_order`.
    """

    @classmethod
    @AccountTestInvoicingCommon.setup_country("nl")
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.company.write(
            {
                "name": "Waterlelie Test B.V.",
                "street": "Kanaalweg 1",
                "zip": "3526 KL",
                "city": "Utrecht",
                "company_registry": "12345678",
                "vat": "NL123456782B90",
                "email": "administratie@waterlelie.example",
                "phone": "+31 30 123 45 67",
            }
        )
        # people and company in one zone: the tests hold at any hour
        cls.company.partner_id.tz = cls.env.user.tz = "Europe/Amsterdam"
        cls.bank = cls.env["res.partner.bank"].create(
            {
                "acc_number": "NL02ABNA0123456789",
                "partner_id": cls.company.partner_id.id,
                "allow_out_payment": True,
            }
        )
        cls.company_data["default_journal_bank"].bank_account_id = cls.bank
        cls.term_30 = cls.env.ref("account.account_payment_term_30days")
        cls.sme = cls._customer("Bakkerij Proef B.V.", "sme", registry="87654321")
        cls.corporate = cls._customer("Proef Haven N.V.", "corporate")
        cls.consumer = cls._customer("P. Proef", "consumer", is_company=False)
        cls.public_body = cls._customer("Gemeente Proefdam", "public")
        cls.sme_contact = cls.env["res.partner"].create(
            {
                "name": "Crediteurenadministratie",
                "parent_id": cls.sme.id,
                "type": "invoice",
                "email": "crediteuren@proef.example",
            }
        )

    @classmethod
    def setup_independent_company(cls, **kwargs):
        """A company whose chart was loaded when the database was prepared, if it was:
        that takes seconds for each class. What a class does to it is rolled back."""
        ready = cls.env["ir.config_parameter"].get_param("o2c_base.test_company")
        if not ready or kwargs:
            return super().setup_independent_company(**kwargs)
        company = cls.env["res.company"].browse(int(ready))
        cls.env.user.company_ids = [Command.link(company.id)]
        return company

    @classmethod
    def _customer(cls, name, segment, registry=False, is_company=True, **values):
        """A customer in the Netherlands with a term of 30 days."""
        return cls.env["res.partner"].create(
            {
                "name": name,
                "is_company": is_company,
                "street": "Proefstraat 1",
                "zip": "1234 AB",
                "city": "Proefdam",
                "country_id": cls.env.ref("base.nl").id,
                "email": "post@proef.example",
                "lang": "en_US",
                "company_registry": registry,
                "invoice_sending_method": "email",
                "property_payment_term_id": cls.term_30.id,
                "o2c_segment_id": cls.env.ref(
                    f"o2c_base.o2c_customer_segment_{segment}"
                ).id,
                **values,
            }
        )

    @classmethod
    def _user(cls, login, groups, **values):
        """An internal user of the company with the given groups.

        :param str groups: xmlids separated by commas; the roles are
            ``o2c_base.group_credit_controller`` and so on, sellers are
            ``sales_team.group_sale_salesman``
        """
        return new_test_user(
            cls.env,
            login=f"o2c_{login}",
            groups=f"base.group_user,{groups}",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
            **{"tz": "Europe/Amsterdam", **values},
        )

    @classmethod
    def _switch(cls, mode, *parts, start_date="2020-01-01", company=None):
        """Switch the given parts (all installed ones when none given)."""
        company = company or cls.company
        for part in parts or company._o2c_parts():
            company.write(
                {f"o2c_{part}_start_date": start_date, f"o2c_{part}_mode": mode}
            )

    @classmethod
    def _invoice(cls, partner, amount, date, post=True, **values):
        """A customer invoice of one line without tax.

        :param float amount: total in the invoice's currency
        :param str date: invoice date
        """
        invoice = cls.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": partner.id,
                "invoice_date": date,
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": "Test",
                            "quantity": 1,
                            "price_unit": amount,
                            "tax_ids": [Command.clear()],
                        }
                    )
                ],
                **values,
            }
        )
        if post:
            invoice.action_post()
        return invoice

    @classmethod
    def _pay(cls, invoices, amount=None, date=None):
        """Register a bank payment on the invoices, in full when no amount is given."""
        wizard = (
            cls.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=invoices.ids)
            .create(
                {
                    "payment_date": date or fields.Date.today(),
                    "group_payment": True,
                    **({"amount": amount} if amount else {}),
                }
            )
        )
        return wizard._create_payments()

    @classmethod
    def _order(cls, partner, lines, **values):
        """A quotation; needs the Sales app.

        :param list lines: tuples of (product, quantity, price or None)
        """
        return cls.env["sale.order"].create(
            {
                "partner_id": partner.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": product.id,
                            "product_uom_qty": quantity,
                            **({} if price is None else {"price_unit": price}),
                            "tax_ids": [Command.clear()],
                        }
                    )
                    for product, quantity, price in lines
                ],
                **values,
            }
        )
