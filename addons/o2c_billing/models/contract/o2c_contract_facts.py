"""Contract lines as the policy reads them, and the price that is asked for them."""

from decimal import Decimal

from odoo import fields, models
from odoo.tools import SQL

from ...policy import contract_charge as policy


def to_decimal(value):
    """A number of the database as a decimal, without its binary tail."""
    return Decimal(str(value or 0.0))


class O2cContractLine(models.Model):
    _inherit = "o2c.contract.line"

    def _ends_on(self):
        """Last day of the line: its own, or that of the contract; None: none yet."""
        ends = [day for day in (self.date_end, self.contract_id.date_end) if day]
        return min(ends) if ends else None

    def _charged_line(self, known=False):
        """This line as the policy reads it: its terms over time and its pauses.

        :param bool known: take the last known price where one would be asked
        :return: :class:`policy.contract_charge.Line`
        """
        self.ensure_one()
        pauses = self.contract_id.pause_ids.filtered(
            lambda pause: not pause.line_id or pause.line_id == self
        )
        return policy.Line(
            start=self.date_start,
            end=self._ends_on(),
            kind=self.kind,
            months=self.months or 1,
            calendar=self.alignment == "calendar",
            advance=self.timing == "advance",
            lead_days=self.lead_days,
            terms=self._charged_terms(known),
            pauses=tuple((pause.date_from, pause.date_to) for pause in pauses),
            intro_months=self.intro_months,
            intro_discount=to_decimal(self.intro_discount),
            included=to_decimal(self.included_quantity),
            minimum=to_decimal(self.minimum_quantity),
            quantity_digits=self.env["decimal.precision"].precision_get("Product Unit"),
        )

    def _charged_terms(self, known):
        """Quantity and price per period, from each day on which they change.

        Usage counts by what is reported: its quantity only says that it is charged.
        """
        terms = [(self.date_start, self.quantity, self.price_unit)]
        for version in self.version_ids:
            if version.date_from <= self.date_start:
                terms[0] = (self.date_start, version.quantity, version.price_unit)
            else:
                terms.append((version.date_from, version.quantity, version.price_unit))
        usage = self.kind == "usage"
        return tuple(
            policy.Terms(
                day,
                Decimal(1) if usage else to_decimal(quantity),
                None
                if self.price_source == "agreed" and not known
                else self._per_period(price),
            )
            for day, quantity, price in terms
        )

    def _per_period(self, price):
        """The price of a full period."""
        price = to_decimal(price)
        if self.price_basis == "month" and self.kind == "recurring":
            return price * self.months
        return price

    def _ask_price(self, day, quantity):
        """Ask the price agreements, with the subscription form of the contract.

        :return: price as a float, and the snapshot of its steps
        """
        self.ensure_one()
        contract, product = self.contract_id, self.product_id
        company = contract.company_id or self.env.company
        currency = contract.currency_id or company.currency_id
        customer = contract.partner_id.with_company(company)
        quantity = abs(quantity) or 1.0
        base = customer.property_product_pricelist._get_product_price(
            product.with_company(company),
            quantity,
            currency=currency,
            date=day or fields.Date.context_today(self),
            o2c_inner=True,
        )
        price = self.env["o2c.price.agreement"]._price(
            product,
            base,
            quantity=quantity,
            uom=product.uom_id,
            day=day,
            currency=currency,
            company=company,
            buyer=customer._o2c_buyer(company, contract.subscription_form_id),
        )
        snapshot = self.env["o2c.priced.line"]._o2c_snapshot(
            price, company._o2c_mode("billing"), currency, False
        )
        return float(price.amount), snapshot

    # What was billed and used, for many lines at once

    def _billed_charges(self):
        """Rows billed in periods that are not settled: two queries.

        :return: dict of line to ``o2c.contract.period`` records
        """
        rows = self.env["o2c.contract.period"].sudo()
        if not self.ids:
            return {}
        rows.flush_model()
        self.flush_model(["look_from"])
        found = self.env.execute_query(
            SQL(
                """
                SELECT row.id
                  FROM o2c_contract_period row
                  JOIN o2c_contract_line line ON line.id = row.line_id
                 WHERE line.id IN %(lines)s
                   AND (line.look_from IS NULL OR row.period_to >= line.look_from)
                 ORDER BY row.id
                """,
                lines=tuple(self.ids),
            )
        )
        return rows.browse([key for (key,) in found]).grouped("line_id")

    def _usage_by_day(self):
        """What was reported for periods that are not settled: one query.

        :return: dict of line id to list of (day, quantity)
        """
        lines = self.filtered(lambda line: line.kind == "usage")
        usage = {}
        if not lines.ids:
            return usage
        self.env["o2c.contract.usage"].flush_model()
        lines.flush_model(["look_from", "months"])
        for line, day, quantity in self.env.execute_query(
            SQL(
                """
                SELECT usage.line_id, usage.date, sum(usage.quantity)
                  FROM o2c_contract_usage usage
                  JOIN o2c_contract_line line ON line.id = usage.line_id
                 WHERE line.id IN %(lines)s
                   AND (line.look_from IS NULL
                        OR usage.date >= line.look_from - make_interval(
                               months => line.months))
                 GROUP BY usage.line_id, usage.date
                """,
                lines=tuple(lines.ids),
            )
        ):
            usage.setdefault(line, []).append((day, Decimal(str(quantity))))
        return usage
