"""How the demo company works: limits, prices, checks, and the switches on live."""

from datetime import timedelta

from odoo import models
from odoo.fields import Command

from ..policy.payer import PAYERS

PARTS = ("credit", "billing", "dunning", "cash")
#: The company went live so many days before the demo.
LIVE_DAYS = 180
#: customer, bureau score, advised limit, insolvent, what the bureau says
REPORTS = [
    ("zeemeeuw", 88, 100000, False, "Equity ratio 46 %, stable profit."),
    ("tegelkunst", 74, 25000, False, "Small and healthy; two directors."),
    ("warmbron", 41, 10000, False, "Liquidity 0,8; late filing of accounts."),
    ("schuimkraag", 22, 0, False, "Negative equity two years in a row."),
    ("hoogwater", 5, 0, True, "Bankruptcy declared; trustee appointed."),
]


class O2cDemoHouse(models.AbstractModel):
    """Furnishes the company once; records are found again by their xmlid."""

    _name = "o2c.demo.house"
    _description = "Demo House"

    def _furnish(self, company, today):
        """Make the rules of the house and switch every part on.

        :param company: the demo company, with its book
        :param date today: the day the demo is told
        """
        if company._o2c_mode("dunning") == "live":
            return
        house = self.with_user(self.env.ref("base.user_admin")).with_company(company)
        house = house.with_context(
            allowed_company_ids=company.ids, tz=company._o2c_zone()
        )
        company = company.with_env(house.env)
        customers = house.env["o2c.demo.cast"]._customers(company)
        house._owners(company)
        house._limits(company, customers)
        house._reports(company, customers, today)
        house._gaps(customers)
        house._groups(customers)
        house._agreements(company, customers, today)
        house._checks(company)
        house._ladders(company, customers)
        house._accounts(company)
        # a demo gets no bank file every day: reminders do not wait for one
        house.env["o2c.demo.company"]._bank_journal(company).o2c_bank_watch = "never"
        for part in PARTS:
            company.write(
                {
                    f"o2c_{part}_start_date": today - timedelta(days=LIVE_DAYS),
                    f"o2c_{part}_mode": "live",
                }
            )

    def _accounts(self, company):
        """Where small differences and the provision for doubtful debts are booked."""
        account = self.env["o2c.demo.events"]._account
        company.write(
            {
                "o2c_cash_difference_account_id": account(
                    company, "499810", "Betalingsverschillen", "expense"
                ).id,
                "o2c_provision_account_id": account(
                    company,
                    "139910",
                    "Voorziening dubieuze debiteuren",
                    "asset_current",
                ).id,
                "o2c_provision_cost_account_id": account(
                    company, "499820", "Dotatie dubieuze debiteuren", "expense"
                ).id,
                "o2c_provision_journal_id": self.env["account.journal"]
                .search(
                    [("company_id", "=", company.id), ("type", "=", "general")], limit=1
                )
                .id,
            }
        )

    def _keep(self, xmlid, record):
        return self.env["o2c.demo.cast"]._keep(xmlid, record)

    def _owners(self, company):
        users = self.env["res.users"]
        controller = users.search([("login", "=", "controller")])
        seller = users.search([("login", "=", "seller")])
        company.write(
            {
                "o2c_responsible_id": controller.id,
                "o2c_credit_controller_id": controller.id,
            }
        )
        # the company of the demo is long past its first batch
        company.sudo().o2c_billing_automatic = True
        for partner in self.env["o2c.demo.cast"]._customers(company).values():
            partner.user_id = seller

    # -------------------------------------------------------------- credit

    def _limits(self, company, customers):
        """Limits of the cast; consumers pay up front or have none."""
        rows = {row["key"]: row for row in self.env["o2c.demo.cast"]._rows("customers")}
        profiles = self.env["o2c.risk.profile"]
        for key, partner in customers.items():
            profile = profiles._ensure(company, partner)
            limit = rows[key]["limit"]
            if limit:
                profile.write({"limit_kind": "amount", "limit_amount": float(limit)})
            elif PAYERS[rows[key]["payer"]].never:
                profile.limit_kind = "cash"

    def _reports(self, company, customers, today):
        self.env["o2c.credit.report"].create(
            [
                {
                    "partner_id": customers[key].id,
                    "company_id": company.id,
                    "date": today - timedelta(days=70 + 11 * number),
                    "source": "Kredietbureau De Weegschaal",
                    "bureau_score": score,
                    "advised_limit": advised,
                    "insolvent": insolvent,
                    "note": note,
                }
                for number, (key, score, advised, insolvent, note) in enumerate(REPORTS)
            ]
        )

    def _gaps(self, customers):
        """What is wrong with the data of some customers, as in every company."""
        customers["papaver"].write(
            {"company_registry": False, "peppol_endpoint": False, "vat": False}
        )
        customers["fontaine"].email = "factures@bounce.example"

    # ------------------------------------------------------------- billing

    def _groups(self, customers):
        installers = self._keep(
            "group_installers",
            self.env["o2c.discount.group"].create(
                {"name": "Installers", "code": "INST", "scope": "customer"}
            ),
        )
        installers.with_context(lang="nl_NL").name = "Installateurs"
        for key in ("loodgans", "warmbron", "tegelkunst"):
            customers[key].o2c_discount_group_id = installers
        yearly = self._keep(
            "form_yearly",
            self.env["o2c.subscription.form"].create(
                {"name": "Per year, in advance", "code": "JAAR"}
            ),
        )
        yearly.with_context(lang="nl_NL").name = "Per jaar, vooraf"

    def _agreements(self, company, customers, today):
        """Prices with tiers for one customer, a discount for a group, a segment."""
        article = self.env.ref
        tiers = Command.create(
            {
                "product_id": article("o2c_demo.product_pomp_40").id,
                "fixed_price": 389.0,
                "tier_ids": [
                    Command.create({"quantity": 5, "fixed_price": 369.0}),
                    Command.create({"quantity": 10, "fixed_price": 349.0}),
                ],
            }
        )
        group = Command.create(
            {
                "step": "discount",
                "customer_group_id": article("o2c_demo.group_installers").id,
                "kind": "goods",
                "computation": "percentage",
                "percentage": 4.0,
            }
        )
        yearly = Command.create(
            {
                "step": "discount",
                "product_id": article("o2c_demo.product_beheer").id,
                "subscription_form_id": article("o2c_demo.form_yearly").id,
                "computation": "percentage",
                "percentage": 10.0,
            }
        )
        services = Command.create(
            {
                "step": "discount",
                "kind": "service",
                "computation": "percentage",
                "percentage": 5.0,
            }
        )
        public = self.env.ref("o2c_base.o2c_customer_segment_public")
        for xmlid, values in (
            (
                "agreement_tegelkunst",
                {
                    "name": "Raamovereenkomst Tegelkunst",
                    "partner_id": customers["tegelkunst"].id,
                    "line_ids": [tiers],
                },
            ),
            (
                "agreement_everyone",
                {"name": "Kortingsregeling", "line_ids": [group, yearly]},
            ),
            (
                "agreement_public",
                {
                    "name": "Raamcontract overheden",
                    "segment_id": public.id,
                    "line_ids": [services],
                },
            ),
        ):
            agreement = self.env["o2c.price.agreement"].create(
                {
                    "company_id": company.id,
                    "date_from": today - timedelta(days=LIVE_DAYS),
                    **values,
                }
            )
            agreement.action_start()
            self._keep(xmlid, agreement)

    def _checks(self, company):
        # a fixed seed: who is drawn into the sample is the same in every demo
        self.env["o2c.draft.check.rule"].sudo().create(
            [
                {"company_id": company.id, "kind": "amount", "amount": 10000.0},
                {"company_id": company.id, "kind": "grade", "grade": "E"},
                {
                    "company_id": company.id,
                    "kind": "sample",
                    "percentage": 2.0,
                    "seed": "o2c-demo",
                },
            ]
        )

    # ---------------------------------------------------------- collecting

    def _ladders(self, company, customers):
        """The standard ladder for all, the four steps for the slowest payers;
        consumers, public bodies and corporates have their own."""
        four = self.env.ref("o2c_dunning.o2c_dunning_ladder_four")
        company.o2c_dunning_ladder_id = self.env.ref(
            "o2c_dunning.o2c_dunning_ladder_standard"
        )
        for key in ("schuimkraag", "kasplant"):
            customers[key].o2c_dunning_ladder_id = four
        for code in ("consumer", "public", "corporate"):
            ladder = self.env.ref(f"o2c_dunning.o2c_dunning_ladder_{code}")
            ladder.segment_ids |= self.env.ref(f"o2c_base.o2c_customer_segment_{code}")
