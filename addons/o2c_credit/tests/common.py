"""A company where credit is live, with products and users of each role."""

from datetime import timedelta

from odoo.tests import freeze_time

from odoo.addons.o2c_base.tests.common import O2cCommon


class CreditCommon(O2cCommon):
    """``cls.sme`` may order for 1,000; ``cls.corporate`` has no limit set."""

    @classmethod
    def get_default_groups(cls):
        return (
            super().get_default_groups()
            | cls.quick_ref("sales_team.group_sale_manager")
            | cls.quick_ref("o2c_base.group_credit_manager")
        )

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.goods = cls.env["product.product"].create(
            {
                "name": "Goods",
                "type": "consu",
                "invoice_policy": "delivery",
                "list_price": 100,
                "taxes_id": False,
            }
        )
        cls.service = cls.env["product.product"].create(
            {
                "name": "Service",
                "type": "service",
                "invoice_policy": "order",
                "list_price": 100,
                "taxes_id": False,
            }
        )
        cls.controller = cls._user("controller", "o2c_base.group_credit_controller")
        cls.manager = cls._user("manager", "o2c_base.group_credit_manager")
        cls.seller = cls._user("seller", "sales_team.group_sale_salesman")
        cls.company.o2c_credit_controller_id = cls.controller
        # terms that a database gave its policy are not those of the tests
        cls.env["o2c.credit.policy"].search([]).payment_term_id = False
        cls._switch("live", "credit")
        cls.today = cls.company._o2c_today()
        cls.profiles = cls.env["o2c.risk.profile"]
        cls._limit(cls.sme, 1000)

    @classmethod
    def _limit(cls, partner, amount, company=None):
        """Give a customer a limit; "cash" or None are limits too."""
        profile = cls.profiles._ensure(company or cls.company, partner)
        kind = {"cash": "cash", None: "none"}.get(amount, "amount")
        profile.write(
            {"limit_kind": kind, "limit_amount": amount if kind == "amount" else 0}
        )
        return profile

    @classmethod
    def _general_policy_only(cls):
        """Take cells away that a database made for some segment or company."""
        cls.env["o2c.credit.policy"].search(
            ["|", ("segment_id", "!=", False), ("company_id", "!=", False)]
        ).unlink()

    @classmethod
    def _quote(cls, partner, amount, product=None, **values):
        """A quotation of one line over an amount."""
        return cls._order(
            partner,
            [(product or cls.service, 1, amount)],
            user_id=cls.seller.id,
            **values,
        )

    def _exposure_of(self, partner, company=None):
        self.env.flush_all()
        exposures = self.profiles._exposure(company or self.company, partner.ids)
        return exposures.get(partner.id)


class LimitCommon(CreditCommon):
    """Proposals of the controller, and what counts on a day."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.changes = cls.env["o2c.limit.change"]
        cls.profile = cls.sme._o2c_profile(cls.company)

    @classmethod
    def _propose(cls, amount, user=None, partner=None, **values):
        """A proposal by the controller; "cash" or None are limits too."""
        profile = cls.profiles._ensure(cls.company, partner or cls.sme)
        kind = {"cash": "cash", None: "none"}.get(amount, "amount")
        return (
            cls.env["o2c.limit.change"]
            .with_user(user or cls.controller)
            ._propose(
                [
                    {
                        "profile_id": profile.id,
                        "limit_kind": kind,
                        "limit_amount": amount if kind == "amount" else 0.0,
                        "reason": "Pays well.",
                        **values,
                    }
                ]
            )
        )

    def _facts(self, partner=None, today=None, company=None):
        self.env.flush_all()
        partner = partner or self.sme
        return self.profiles._credit_facts(
            company or self.company, partner.ids, today or self.today
        )[partner.id]

    def _counts(self, days=0, partner=None):
        """What counts that many days from today, read from the dates."""
        facts = self._facts(partner, self.today + timedelta(days=days))
        return (facts.limit_kind, float(facts.limit))

    def _on_day(self, days):
        """A clock at noon, that many days from today."""
        return freeze_time(f"{self.today + timedelta(days=days)} 12:00:00")

    def _job(self):
        with self.enter_registry_test_mode():
            self.env.ref("o2c_credit.ir_cron_limits").method_direct_trigger()
        self.env.invalidate_all()

    def _core(self, partner):
        return partner.with_company(self.company).credit_limit
