"""The agreed price: dates of its own, and an index that it follows."""

from dataclasses import replace
from decimal import Decimal

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, float_compare

from ...policy import price as policy
from ..price.o2c_priced_line import SAME


class O2cPriceAgreementLine(models.Model):
    _name = "o2c.price.agreement.line"
    _inherit = ["o2c.price.agreement.line", "o2c.indexed.line"]

    date_from = fields.Date(
        string="Price From",
        help="First day of this price. Empty: the first day of the agreement.",
    )
    date_to = fields.Date(
        string="Price Until",
        help="Last day of this price. Empty: the last day of the agreement.",
    )

    _line_dates_check = models.Constraint(
        "CHECK(date_to IS NULL OR date_from IS NULL OR date_to >= date_from)",
        "A price ends before it begins. Check the two dates of the line.",
    )

    def _rule(self, *args, **kwargs):
        """The rule within the dates of the line, next to those of the agreement, and
        with the price before the last indexation: a step of its own."""
        rule = super()._rule(*args, **kwargs)
        begins, ends = self._o2c_index_validity()
        before = Decimal(str(self.o2c_index_from_price)) if rule.index else None
        return replace(rule, before=before, valid_from=begins, valid_to=ends)

    def _rule_index(self):
        if not self.o2c_index_factor or self.computation != "fixed":
            return super()._rule_index()
        return policy.Index(
            Decimal(str(self.o2c_index_factor)), self.o2c_index_name or ""
        )

    def write(self, vals):
        """A price that somebody changes afterwards did not come from the indexation."""
        if "fixed_price" in vals and "o2c_index_factor" not in vals:
            changed = self.filtered(
                lambda line: (
                    line.o2c_index_factor
                    and float_compare(
                        line.fixed_price, vals["fixed_price"], precision_digits=SAME
                    )
                )
            )
            if changed:
                super(O2cPriceAgreementLine, changed).write(self._o2c_index_none())
        return super().write(vals)

    @api.model
    def _o2c_index_none(self):
        """Values of a price that was not indexed."""
        return {
            "o2c_index_from_price": 0.0,
            "o2c_index_factor": 0.0,
            "o2c_index_name": False,
        }

    @api.model
    def _o2c_index_domain(self, company, day):
        return Domain(
            [
                ("company_id", "=", company.id),
                ("agreement_id.state", "=", "running"),
                "|",
                ("agreement_id.date_to", "=", False),
                ("agreement_id.date_to", ">=", day),
                "|",
                ("date_to", "=", False),
                ("date_to", ">=", day),
            ]
        )

    def _o2c_index_payer(self):
        return self.agreement_id.partner_id, self.agreement_id

    def _o2c_index_alive(self):
        return self.exists().filtered(lambda one: one.agreement_id.state == "running")

    def _o2c_index_amount(self):
        return self.computation == "fixed"

    def _o2c_index_tiers(self):
        if self.computation != "fixed":
            return ()
        return tuple(Decimal(str(tier.fixed_price)) for tier in self.tier_ids)

    def _o2c_index_tier_rows(self, amounts):
        if self.computation != "fixed":
            return []
        return [
            [tier.quantity, tier.fixed_price, float(amount)]
            for tier, amount in zip(self.tier_ids, amounts, strict=True)
        ]

    def _o2c_index_validity(self):
        agreement = self.agreement_id
        begins = max(filter(None, (agreement.date_from, self.date_from)), default=None)
        ends = min(filter(None, (agreement.date_to, self.date_to)), default=None)
        return begins, ends

    def _o2c_successor_values(self, day, verdict):
        values = super()._o2c_successor_values(day, verdict)
        values["tier_ids"] = [
            fields.Command.create(
                {
                    "quantity": tier.quantity,
                    "fixed_price": float(amount),
                    "index_from_price": tier.fixed_price,
                }
            )
            for tier, amount in zip(self.tier_ids, verdict.tiers, strict=True)
        ]
        return values

    def _o2c_index_turnover(self, since, until):
        """By the price steps on posted invoices, of the line and those before it.

        Lines for one article of one customer without such steps (invoiced before they
        were kept) count by customer and article.
        """
        if not self:
            return {}
        self.env["account.move.line"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                WITH line AS (
                    SELECT own.id, own.product_id, own.company_id, agreement.partner_id,
                           COALESCE(NULLIF(own.o2c_index_root, 0), own.id) AS root
                      FROM o2c_price_agreement_line own
                      JOIN o2c_price_agreement agreement
                        ON agreement.id = own.agreement_id
                     WHERE own.id = ANY(%(ids)s)
                ), kin AS (
                    SELECT line.id, other.id AS rule
                      FROM line
                      JOIN o2c_price_agreement_line other
                        ON COALESCE(NULLIF(other.o2c_index_root, 0), other.id)
                         = line.root
                ), sold AS (
                    SELECT item.id, item.product_id, item.company_id, item.balance,
                           partner.commercial_partner_id AS partner,
                           item.o2c_price_trace AS trace
                      FROM account_move_line item
                      JOIN account_move move ON move.id = item.move_id
                      JOIN res_partner partner ON partner.id = move.partner_id
                     WHERE item.company_id IN (SELECT company_id FROM line)
                       AND move.move_type IN ('out_invoice', 'out_refund')
                       AND move.state = 'posted' AND item.display_type = 'product'
                       AND move.invoice_date BETWEEN %(since)s AND %(until)s
                )
                SELECT hit.line, hit.partner, -sum(hit.balance)
                  FROM (
                    SELECT kin.id AS line, sold.partner, sold.id, sold.balance
                      FROM sold
                      CROSS JOIN LATERAL jsonb_path_query(
                          CASE WHEN jsonb_typeof(sold.trace) = 'object'
                               THEN sold.trace END, '$.steps[*].rule') step
                      JOIN kin ON kin.rule = (step #>> '{}')::int
                     GROUP BY kin.id, sold.partner, sold.id, sold.balance
                     UNION ALL
                    SELECT line.id, sold.partner, sold.id, sold.balance
                      FROM sold
                      JOIN line ON line.partner_id = sold.partner
                       AND line.product_id = sold.product_id
                       AND line.company_id = sold.company_id
                     WHERE jsonb_typeof(sold.trace) IS DISTINCT FROM 'object'
                  ) hit
                 GROUP BY hit.line, hit.partner
                """,
                ids=list(self.ids),
                since=since,
                until=until,
            )
        )
        found = {}
        for line, partner, amount in rows:
            found.setdefault(line, {})[partner] = Decimal(str(amount))
        return found


class O2cPriceTier(models.Model):
    _inherit = "o2c.price.tier"

    index_from_price = fields.Float(
        string="Amount Before",
        digits="Product Price",
        readonly=True,
        copy=False,
        aggregator=None,
        help="The price of this tier before the last indexation.",
    )

    def write(self, vals):
        if "fixed_price" in vals and "index_from_price" not in vals:
            changed = self.filtered(
                lambda tier: (
                    tier.index_from_price
                    and float_compare(
                        tier.fixed_price, vals["fixed_price"], precision_digits=SAME
                    )
                )
            )
            if changed:
                super(O2cPriceTier, changed).write({"index_from_price": 0.0})
        return super().write(vals)

    def _tier(self):
        tier = super()._tier()
        if not self.index_from_price or not self.line_id.o2c_index_factor:
            return tier
        return replace(tier, before=Decimal(str(self.index_from_price)))
