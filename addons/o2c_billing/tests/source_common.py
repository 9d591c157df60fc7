"""A fictional customs system: duties, a fee and a commission."""

from odoo import Command

from .common import BillingCommon


class SourceCommon(BillingCommon):
    """A source with charge types; VAT of 21 % and a fiscal position abroad."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.vat_21 = cls.env["account.tax"].search(
            [
                ("company_id", "=", cls.company.id),
                ("type_tax_use", "=", "sale"),
                ("amount", "=", 21),
                ("price_include", "=", False),
            ],
            limit=1,
        )
        cls.advances = cls._account("129900", "Voorgeschoten rechten", "asset_current")
        cls.fees = cls._account("809900", "Omzet douane", "income")
        cls.commission = cls._charge(
            "COMM",
            "Provisie",
            account_id=cls.fees.id,
            tax_ids=[Command.set(cls.vat_21.ids)],
            commission_percentage=2.5,
            commission_minimum=15.0,
        )
        cls.duty = cls._charge(
            "DUTY",
            "Invoerrechten",
            pass_through=True,
            advance_account_id=cls.advances.id,
            commission_type_id=cls.commission.id,
        )
        cls.fee = cls._charge(
            "FEE",
            "Inklaring",
            account_id=cls.fees.id,
            tax_ids=[Command.set(cls.vat_21.ids)],
        )
        cls.source = cls.env["o2c.billing.source"].create(
            {
                "name": "Douanesysteem",
                "code": "customs",
                "company_id": cls.company.id,
                "user_id": cls.env.user.id,
            }
        )
        cls.sme.ref = "K7"

    @classmethod
    def _account(cls, code, name, kind):
        return cls.env["account.account"].create(
            {"code": code, "name": name, "account_type": kind}
        )

    @classmethod
    def _charge(cls, code, name, **values):
        return cls.env["o2c.charge.type"].create(
            {"code": code, "name": name, "company_id": cls.company.id, **values}
        )

    def _row(self, key, **values):
        """An event as the source sends it, delivered today unless told otherwise."""
        return {
            "key": key,
            "customer": "K7",
            "date": self.company._o2c_today().isoformat(),
            "charge": "FEE",
            "amount": 45.0,
            **values,
        }

    def _send(self, *rows, **options):
        """Over the endpoint; the results by key."""
        answer = self.env["o2c.billing.event"].o2c_report(
            "customs", list(rows), **options
        )
        return {one["key"]: one for one in answer["results"]}

    def _event(self, key):
        return self.env["o2c.billing.event"].search(
            [("source", "=", "customs"), ("key", "=", key)]
        )

    def _codes(self, result):
        return [(one["field"], one["code"]) for one in result.get("problems", ())]

    def _clearance(self, number="26NL-1", duties=1250.0, fee=45.0, **values):
        """Duties and a fee of one declaration."""
        values = {"dossier": number, "reference": "PO 4711", **values}
        return self._send(
            self._row(f"{number}-1", charge="DUTY", amount=duties, **values),
            self._row(f"{number}-2", charge="FEE", amount=fee, **values),
        )
