"""The price of a contract line follows an index, as a dated change of the line."""

from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL


class O2cContractLine(models.Model):
    """An indexation makes a version, not another line: periods stay together."""

    _name = "o2c.contract.line"
    _inherit = ["o2c.contract.line", "o2c.indexed.line"]

    _o2c_price_field = "price_now"
    _o2c_from_field = "date_start"
    _o2c_until_field = "date_end"

    @api.model
    def _o2c_index_domain(self, company, day):
        def goes_on(name):
            return Domain(name, "=", False) | Domain(name, ">=", day)

        return (
            Domain("company_id", "=", company.id)
            & Domain("contract_id.state", "in", ("running", "notice"))
            & Domain("kind", "!=", "once")
            & goes_on("date_end")
            & goes_on("contract_id.date_end")
        )

    def _o2c_index_payer(self):
        return self.contract_id.partner_id, self.contract_id

    def _o2c_index_alive(self):
        return self.exists().filtered(
            lambda line: line.contract_state in ("running", "notice")
        )

    def _o2c_index_validity(self):
        return self.date_start, self._ends_on()

    def _o2c_index_amount(self):
        """A price that is asked from the agreements is indexed there."""
        return self.price_source == "fixed"

    def _o2c_index_to(self, day, verdicts, name=False):
        for line in self:
            if line.version_ids.filtered(lambda v: v.date_from > day):
                raise UserError(
                    self.env._(
                        "%(line)s changes after %(day)s already: index it by hand.",
                        line=line.display_name,
                        day=fields.Date.to_string(day),
                    )
                )
            verdict = verdicts[line.id]
            before = line._terms_on(day)[1]
            line._set_terms(
                day,
                price=float(verdict.price),
                reason=self.env._(
                    "Indexation of %(percentage)s%%",
                    percentage=f"{verdict.percentage.normalize():f}",
                ),
                indexed=True,
            )
            values = {
                "o2c_index_from_price": before,
                "o2c_index_factor": float(verdict.factor),
                "o2c_index_name": name,
            }
            if verdict.figure:
                values["o2c_index_base_period"] = verdict.figure.period
                values["o2c_index_base_value"] = float(verdict.figure.value)
            line.sudo().write(values)
        return self

    def _o2c_index_back(self, successors):
        """The last indexed price goes; what was billed at it is settled."""
        for line in self:
            version = line.version_ids.filtered("indexed")[-1:]
            day, before = version.date_from, line.o2c_index_from_price
            others = line.version_ids.filtered(lambda v, day=day: v.date_from < day)
            quantity = others[-1:].quantity if others else line.quantity
            if version.quantity == quantity:
                version.sudo().unlink()
            else:
                version.sudo().write({"price_unit": before, "indexed": False})
            line.invalidate_recordset(["version_ids"])
            line._look_again(day)
        self.contract_id._refresh_figures()

    def _o2c_index_turnover(self, since, until):
        """What a year is worth; of usage, what was billed and posted since then.

        The year is a full one, after the discount of the first months.
        """
        fixed = self.filtered(lambda line: line.kind == "recurring")
        found = (self - fixed)._billed_turnover(since, until)
        for line in fixed:
            company = line.company_id
            worth = line.currency_id._convert(
                line._monthly(until) * 12, company.currency_id, company, until
            )
            found[line.id] = {line.partner_id.id: Decimal(str(worth))}
        return found

    def _billed_turnover(self, since, until):
        """What was billed of these lines and posted: one query."""
        found = {}
        if not self.ids:
            return found
        self.env["o2c.billing.event"].flush_model()
        for line, customer, amount in self.env.execute_query(
            SQL(
                """
                SELECT line.id, line.partner_id, sum(event.amount)
                  FROM o2c_billing_event event
                  JOIN o2c_contract_period row ON row.id = event.contract_period_id
                  JOIN o2c_contract_line line ON line.id = row.line_id
                 WHERE line.id IN %(lines)s
                   AND event.state IN ('posted', 'sent')
                   AND event.date BETWEEN %(since)s AND %(until)s
                 GROUP BY line.id, line.partner_id
                """,
                lines=tuple(self.ids),
                since=since,
                until=until,
            )
        ):
            found[line] = {customer: Decimal(str(amount))}
        return found
