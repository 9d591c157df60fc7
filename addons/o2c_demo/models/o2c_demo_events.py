"""Yesterday's clearances of a fictional customs system: most became invoices, two wait,
one number is missing, and one duty was paid and never charged on."""

from odoo import models
from odoo.fields import Command

CODE = "clearances"
#: number, customer, duties, fee; the third number of the series never arrived
CLEARED = [
    (4101, "zeemeeuw", 1250.00, 45.00),
    (4102, "papaver", 310.40, 45.00),
    (4104, "tegelkunst", 92.75, 45.00),
    (4105, "kasplant", 640.00, 45.00),
]
#: how the customs system numbers our customers
NUMBERS = {
    "zeemeeuw": "R-1001",
    "papaver": "R-1002",
    "tegelkunst": "R-1003",
    "kasplant": "R-1004",
}
#: this customer wants one invoice a week: his clearance waits for Friday
WEEKLY = "kasplant"
#: a number that nobody knows yet: refused until somebody says who it is
UNKNOWN = (4106, "R-2218", 45.00)
#: paid to customs, and no event of it arrived
FORGOTTEN = (4103, 187.30)


class O2cDemoEvents(models.AbstractModel):
    _name = "o2c.demo.events"
    _description = "Demo Clearances"

    def _report(self, company, customers, day):
        """The source, its charges, and what it reported on a day.

        :param company: the demo company
        :param dict customers: of the cast, by key
        :param date day: the day of the clearances
        """
        source = self._source(company, customers, day)
        customers[WEEKLY].with_company(company).o2c_billing_rhythm_id = self.env.ref(
            "o2c_billing.o2c_billing_rhythm_weekly"
        )
        rows = []
        for number, key, duties, fee in CLEARED:
            rows += self._rows(number, NUMBERS[key], day, duties, fee)
        number, stranger, fee = UNKNOWN
        rows += self._rows(number, stranger, day, 0, fee)
        batch = self.env["o2c.source.batch"]._open(
            source, "api", f"{source.name} {day}"
        )
        source._at_work()._take([(0, row) for row in rows], batch)
        self._pay_customs(company, day)

    def _look(self, company, today):
        """The next morning: did everything arrive?"""
        source = self.env["o2c.billing.source"].search(
            [("code", "=", CODE), ("company_id", "=", company.id)]
        )
        self.env["o2c.source.day"]._refresh(source, today)

    def _rows(self, number, customer, day, duties, fee):
        """Duties and fee of one clearance; the fee carries its number."""
        file = f"26NL{number:06d}"
        common = {"customer": customer, "date": day.isoformat(), "dossier": file}
        rows = [
            {**common, "key": f"CLR-{number}", "charge": "FEE", "amount": fee},
        ]
        if duties:
            rows.append(
                {**common, "key": f"{file}/A", "charge": "DUTY", "amount": duties}
            )
        return rows

    def _source(self, company, customers, day):
        charges = self._charges(company)
        owner = self.env["res.users"].search([("login", "=", "controller")])
        source = self.env["o2c.billing.source"].create(
            {
                "name": "Douanesysteem",
                "code": CODE,
                "company_id": company.id,
                "user_id": owner.id,
                "completeness": "series",
                "series_from": CLEARED[0][0] - 1,
                "charge_type_ids": [Command.set(charges.ids)],
                "customer_ids": [
                    Command.create(
                        {"external": number, "partner_id": customers[key].id}
                    )
                    for key, number in NUMBERS.items()
                ],
            }
        )
        return source

    def _charges(self, company):
        """Duties advanced, a fee, and the commission over what was advanced."""
        vat = self.env["account.chart.template"].with_company(company).ref("btw_21")
        revenue = self._account(company, "809100", "Omzet inklaringen", "income")
        charges = self.env["o2c.charge.type"].with_company(company)
        own = {"company_id": company.id, "account_id": revenue.id}
        taxed = {**own, "tax_ids": [Command.set(vat.ids)]}
        commission = charges.create(
            {
                "code": "COMM",
                "name": "Voorschotprovisie",
                "commission_percentage": 2.5,
                "commission_minimum": 15.0,
                **taxed,
            }
        )
        fee = charges.create({"code": "FEE", "name": "Invoeraangifte", **taxed})
        advances = self._account(
            company, "129100", "Voorgeschoten invoerrechten", "asset_current"
        )
        duty = charges.create(
            {
                "code": "DUTY",
                "name": "Invoerrechten",
                "company_id": company.id,
                "pass_through": True,
                "advance_account_id": advances.id,
                "commission_type_id": commission.id,
            }
        )
        return commission | fee | duty

    def _account(self, company, code, name, kind):
        return (
            self.env["account.account"]
            .with_company(company)
            .create({"code": code, "name": name, "account_type": kind})
        )

    def _pay_customs(self, company, day):
        """The entry of what customs debited, one line per clearance."""
        journal = self.env["account.journal"].search(
            [("company_id", "=", company.id), ("type", "=", "general")], limit=1
        )
        duty = self.env["o2c.charge.type"].search(
            [("company_id", "=", company.id), ("code", "=", "DUTY")]
        )
        paid = [(number, duties) for number, _key, duties, _fee in CLEARED]
        paid.append(FORGOTTEN)
        owed = self._account(
            company, "159100", "Douane, af te schrijven", "liability_current"
        )
        lines = [
            {
                "name": f"26NL{number:06d}",
                "o2c_dossier": f"26NL{number:06d}",
                "account_id": duty.advance_account_id.id,
                "debit": amount,
            }
            for number, amount in paid
        ]
        lines.append(
            {
                "name": "Douane",
                "account_id": owed.id,
                "credit": round(sum(amount for _number, amount in paid), 2),
            }
        )
        self.env["account.move"].create(
            {
                "move_type": "entry",
                "journal_id": journal.id,
                "date": day,
                "ref": "Douane",
                "line_ids": [Command.create(line) for line in lines],
            }
        ).action_post()
