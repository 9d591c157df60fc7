"""The preview of an indexation: every price, old and new, and what it comes to."""

from decimal import Decimal

from odoo import Command, fields, models
from odoo.exceptions import UserError

from ...policy import indexation as policy
from .o2c_price_indexation import SOURCES


class O2cPriceIndexation(models.Model):
    _inherit = "o2c.price.indexation"

    def action_preview(self):
        """Work out the new prices; nothing changes yet."""
        self.ensure_one()
        self.check_access("write")
        if self.state != "draft":
            raise UserError(self.env._("Set the indexation back to draft first."))
        self._check_complete()
        self.line_ids.sudo().unlink()
        self.letter_ids.sudo().unlink()
        rows = []
        for model in self._source_models():
            rows += self._plan(self._source_lines(model))
        records = (
            self.env["o2c.price.indexation.line"]
            .sudo()
            .create([values for values, _sales in rows])
        )
        self._plan_letters(records, [sales for _values, sales in rows])
        self.sudo().previewed_on = fields.Datetime.now()
        return self.action_lines()

    def _check_complete(self):
        """Say what must be filled in before prices can be worked out."""
        if self.method == "percentage" and not self.percentage:
            raise UserError(self.env._("Fill in by how many percent prices change."))
        if self.method == "index":
            if not self.index_id or not self.index_period:
                raise UserError(
                    self.env._("Choose the index and the period of the new figure.")
                )
        if not self._source_models():
            raise UserError(
                self.env._("Choose price agreements, contracts or both to index.")
            )

    def _source_models(self):
        return [
            model
            for switch, model in SOURCES
            if self[switch] and hasattr(self.env.get(model), "_o2c_index_facts")
        ]

    def _source_lines(self, model):
        """The lines of a model that this indexation is about."""
        lines = self.env[model].search(
            self.env[model]._o2c_index_domain(self.company_id, self.effective_date)
        )
        parents = self._chosen_parents()
        if not (self.partner_ids or self.segment_ids or parents):
            return lines
        customers = self.partner_ids.commercial_partner_id

        def chosen(line):
            payer, parent = line._o2c_index_payer()
            own = parent.segment_id if "segment_id" in parent._fields else False
            segment = payer.o2c_segment_id or own
            return (
                (not customers or payer in customers)
                and (not self.segment_ids or segment and segment in self.segment_ids)
                and (not parents or parent in parents.get(parent._name, ()))
            )

        return lines.filtered(chosen)

    def _chosen_parents(self):
        """The agreements and contracts that were chosen; that leaves out the rest.

        :return: dict of model name to records, empty when nothing was chosen
        """
        chosen = {}
        if self.on_agreements and self.agreement_ids:
            chosen[self.agreement_ids._name] = self.agreement_ids
        if self.on_contracts and self.contract_ids:
            chosen[self.contract_ids._name] = self.contract_ids
        return chosen

    def _plan(self, lines):
        """The rows of these lines.

        :return: list of (values, dict of customer id to what he bought)
        """
        run = self._policy_run()
        facts = lines._o2c_index_facts(self._last_indexed(lines))
        since = policy.months_before(self.company_id._o2c_today(), 12)
        sales = lines._o2c_index_turnover(since, self.company_id._o2c_today())
        rows = []
        for line in lines:
            verdict = policy.index(facts[line.id], run)
            bought = sales.get(line.id, {})
            payer = line._o2c_index_payer()[0]
            if payer:
                bought = {payer.id: bought.get(payer.id, Decimal(0))}
            rows.append(
                (self._row_values(line, facts[line.id], verdict, bought), bought)
            )
        return rows

    def _last_indexed(self, lines):
        """From which day each price was last indexed, by root id."""
        if not lines:
            return {}
        found = self.env["o2c.price.indexation.line"]._read_group(
            [
                ("res_model", "=", lines._name),
                ("root_id", "in", [line._o2c_index_root_id() for line in lines]),
                ("state", "in", ("approved", "applied")),
                ("indexation_id", "!=", self.id),
            ],
            ["root_id"],
            ["effective_date:max"],
        )
        return dict(found)

    def _row_values(self, line, facts, verdict, bought):
        payer, parent = line._o2c_index_payer()
        ok = verdict.code == policy.OK
        turnover = sum(bought.values(), Decimal(0))
        share = Decimal(0)
        if ok:
            share = verdict.price / facts.price if facts.price else verdict.factor
            share -= 1
        return {
            "indexation_id": self.id,
            "res_model": line._name,
            "res_id": line.id,
            "root_id": line._o2c_index_root_id(),
            "partner_id": payer.id,
            "name": line.display_name,
            "source": parent.display_name,
            "currency_id": line.currency_id.id or self.currency_id.id,
            "old_price": float(facts.price),
            "new_price": float(verdict.price if ok else facts.price),
            "tiers": line._o2c_index_tier_rows(verdict.tiers) if ok else False,
            "factor": float(verdict.factor),
            "percentage": float(verdict.percentage),
            "base_value": float(verdict.base.value or 0) if verdict.base else 0.0,
            "figure_value": float(verdict.figure.value) if verdict.figure else 0.0,
            "figure_period": verdict.figure.period if verdict.figure else False,
            "turnover": float(turnover),
            "effect": float((turnover * share).quantize(Decimal("0.01"))),
            "state": "planned" if ok else "skipped",
            "reason": False if ok else verdict.code,
        }

    def _plan_letters(self, rows, sales):
        """One letter per customer with the prices that change for him."""
        mine = {}
        for row, bought in zip(rows, sales, strict=True):
            if row.state != "planned":
                continue
            share = row.effect / row.turnover if row.turnover else 0.0
            for partner, amount in bought.items():
                told = row.partner_id.id == partner or amount
                if told:
                    ids, turnover, effect = mine.get(partner, ([], 0.0, 0.0))
                    money = float(amount)
                    mine[partner] = (
                        [*ids, row.id],
                        turnover + money,
                        effect + money * share,
                    )
        self.env["o2c.price.indexation.letter"].sudo().create(
            [
                {
                    "indexation_id": self.id,
                    "partner_id": partner,
                    "line_ids": [Command.set(ids)],
                    "turnover": turnover,
                    "effect": effect,
                }
                for partner, (ids, turnover, effect) in mine.items()
            ]
        )
