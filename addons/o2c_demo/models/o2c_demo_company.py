"""The fictional company of the demo and the people who work there."""

import base64
import random

from dateutil.relativedelta import relativedelta

from odoo import models
from odoo.fields import Command
from odoo.tools import file_open

NAME = "Waterlelie Techniek B.V."
IBAN = "NL71WATR0123456789"
#: role, login, name, language, groups (those of absent add-ons are skipped)
PEOPLE = [
    (
        "seller",
        "seller",
        "Fenna Buitenhuis",
        "nl_NL",
        ["sales_team.group_sale_salesman_all_leads"],
    ),
    (
        "credit controller",
        "controller",
        "Joost Waterman",
        "nl_NL",
        [
            "account.group_account_invoice",
            "o2c_base.group_credit_controller",
            "o2c_base.group_billing_approver",
            "o2c_base.group_collecting_manager",
            "o2c_cash.group_cash_manager",
            "o2c_insight.group_auditor",
        ],
    ),
    (
        "collector",
        "collector",
        "Sanne Roerdomp",
        "nl_NL",
        ["o2c_base.group_collector"],
    ),
]
#: The screen on which each of them starts the day.
HOME_OF = {
    "seller": "sale.action_quotations_with_onboarding",
    "controller": "o2c_base.o2c_today_action",
    "collector": "o2c_dunning.o2c_work_list_action",
}
PORTAL_CUSTOMER = "warmbron"


class O2cDemoCompany(models.AbstractModel):
    """Turns the main company of an empty database into the demo company."""

    _name = "o2c.demo.company"
    _description = "Demo Company"

    def _build(self, today=None, books=True):
        """Make the company, its people and customers, its books and rules; once.

        :param date today: the day the demo is told; the company's today if absent
        :param bool books: False: only company, people, products and customers
        :return: the company
        """
        company = self.env.ref("base.main_company")
        today = today or company._o2c_today()
        if company.name != NAME:
            self._languages()
            self._identity(company)
            self._accounting(company, today)
            self._payment(company)
        company = company.with_company(company)
        self._users(company)
        cast = self.env["o2c.demo.cast"].with_company(company)
        cast._products(company)
        cast._customers(company)
        self._portal_user(company)
        if books:
            if not self.env["account.move"].search_count([], limit=1):
                self.env["o2c.demo.book"]._fill(company, 900, 40, today=today)
            self.env["o2c.demo.house"]._furnish(company, today)
            self.env["o2c.demo.prices"]._deepen(company, today)
        return company

    def _logins(self):
        """Who may log in to the demo.

        :return: list of (role, login, password, where to click first)
        """
        return [
            (
                "administrator",
                "admin",
                "admin",
                "Order to Cash (credit manager and accountant too)",
            ),
            ("seller", "seller", "seller", "Verkoop → Orders → Offertes"),
            (
                "credit controller",
                "controller",
                "controller",
                "Order to Cash → Vandaag",
            ),
            (
                "collector",
                "collector",
                "collector",
                "Order to Cash → Debiteurenbeheer → Werklijst",
            ),
            ("portal customer", "customer", "customer", "Mijn account → Facturen"),
        ]

    # ------------------------------------------------------------- company

    def _languages(self):
        """Activate the demo's languages and load the texts of the new ones."""
        lang = self.env["res.lang"]
        active = {code for code, _name in lang.get_installed()}
        missing = sorted({"nl_NL", "de_DE", "fr_FR"} - active)
        for code in missing:
            lang._activate_lang(code)
        if missing:
            modules = self.env["ir.module.module"].search([("state", "=", "installed")])
            modules._update_translations(missing)

    def _identity(self, company):
        """Name, address, numbers and look; amounts as the Dutch write them.

        ``install_mode``: the set-up decides which add-ons are there; a country must
        not pull in more of them half way.
        """
        self.env.ref("base.EUR").position = "before"
        with file_open("o2c_demo/static/img/logo.png", "rb") as image:
            logo = base64.b64encode(image.read())
        company.with_context(install_mode=True).write(
            {
                "name": NAME,
                "street": "Lotuskade 12",
                "zip": "3541 WT",
                "city": "Utrecht",
                "country_id": self.env.ref("base.nl").id,
                "company_registry": "99001000",
                "vat": "NL999028492B01",
                "phone": "+31 88 000 0000",
                "email": "administratie@waterlelie-techniek.example",
                "website": "https://waterlelie-techniek.example",
                "logo": logo,
                "primary_color": "#1F6E8C",
                "secondary_color": "#2E8A7A",
                "font": "Roboto",
                "report_footer": "Waterlelie Techniek B.V. · KvK 99001000 · "
                "BTW NL999028492B01 · IBAN NL71 WATR 0123 4567 89",
                "external_report_layout_id": self.env.ref(
                    "web.external_layout_bold"
                ).id,
            }
        )
        self.env["stock.warehouse"].search([("company_id", "=", company.id)]).write(
            {"name": NAME}
        )
        company.partner_id.write(
            {
                "tz": "Europe/Amsterdam",
                "lang": "nl_NL",
                "peppol_eas": "0106",
                "peppol_endpoint": "99001000",
            }
        )
        self.env.ref("base.user_admin").partner_id.write(
            {"tz": "Europe/Amsterdam", "email": "admin@waterlelie-techniek.example"}
        )

    def _accounting(self, company, today):
        self.env["account.chart.template"].try_loading("nl", company)
        company.write(
            {
                "currency_id": self.env.ref("base.EUR").id,
                # Rounded per line, as e-invoices demand it.
                "tax_calculation_rounding_method": "round_per_line",
                "link_qr_code": True,
                "qr_code": True,
            }
        )
        journal = self._bank_journal(company)
        journal.set_bank_account(IBAN)
        journal.bank_account_id.allow_out_payment = True
        # Money received is on the bank account at once, not "outstanding".
        journal.inbound_payment_method_line_ids.payment_account_id = (
            journal.default_account_id
        )
        self._rates(company, today)

    def _bank_journal(self, company):
        return self.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", company.id)], limit=1
        )

    def _rates(self, company, today):
        """A US dollar that moves a little every month, the same in every demo."""
        dollar = self.env.ref("base.USD")
        dollar.active = True
        draw = random.Random(19)
        first = (today - relativedelta(months=26)).replace(day=1)
        for month in range(27):
            rate = round(1.10 + 0.05 * draw.uniform(-1, 1), 4)
            self.env["res.currency.rate"].create(
                {
                    "currency_id": dollar.id,
                    "company_id": company.id,
                    "name": first + relativedelta(months=month),
                    "rate": rate,
                }
            )

    def _payment(self, company):
        """The demo provider, published, with iDEAL on it."""
        provider = self.env.ref("payment.payment_provider_demo")
        ideal = self.env.ref("payment.payment_method_ideal")
        provider.write(
            {
                "company_id": company.id,
                "journal_id": self._bank_journal(company).id,
                "payment_method_ids": [Command.link(ideal.id)],
            }
        )
        provider.write({"state": "test", "is_published": True})
        ideal.active = True

    # -------------------------------------------------------------- people

    def _users(self, company):
        admin = self.env.ref("base.user_admin")
        admin.group_ids += self._groups(
            [
                "account.group_account_manager",
                "sales_team.group_sale_manager",
                "stock.group_stock_manager",
                "o2c_base.group_credit_manager",
                "o2c_base.group_billing_approver",
                "o2c_base.group_collecting_manager",
                "o2c_cash.group_cash_manager",
            ]
        )
        for _role, login, name, lang, groups in PEOPLE:
            if self.env["res.users"].search_count([("login", "=", login)]):
                continue
            self.env["res.users"].with_context(no_reset_password=True).create(
                {
                    "name": name,
                    "login": login,
                    "password": login,
                    "email": f"{login}@waterlelie-techniek.example",
                    "lang": lang,
                    "tz": "Europe/Amsterdam",
                    "company_id": company.id,
                    "company_ids": [Command.set(company.ids)],
                    "action_id": self.env.ref(HOME_OF[login]).id,
                    "group_ids": [
                        Command.set(
                            (self.env.ref("base.group_user") + self._groups(groups)).ids
                        )
                    ],
                }
            )

    def _groups(self, xmlids):
        groups = self.env["res.groups"]
        for xmlid in xmlids:
            groups |= self.env.ref(xmlid, raise_if_not_found=False) or groups
        return groups

    def _portal_user(self, company):
        """The customer who logs in to the portal: a contact of his company."""
        contact = self.env.ref("o2c_demo.contact_" + PORTAL_CUSTOMER)
        if contact.user_ids:
            return
        self.env["res.users"].with_context(no_reset_password=True).create(
            {
                "partner_id": contact.id,
                "name": contact.name,
                "login": "customer",
                "password": "customer",
                "company_id": company.id,
                "company_ids": [Command.set(company.ids)],
                "group_ids": [Command.set(self.env.ref("base.group_portal").ids)],
            }
        )
