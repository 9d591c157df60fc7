"""Rows of a price file matched with what is there, and carried out as a set."""

import base64
import csv
import io
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta

from odoo import Command, api, models
from odoo.fields import Domain

from ..policy.price import LINE
from ..policy.price_file import MOST_TIERS, Problem, Row

NEW, UPDATE, SAME = "new", "update", "same"


@dataclass
class Planned:
    """A row with what was found for it."""

    row: Row
    values: dict = field(default_factory=dict)
    line: object = None
    action: str = NEW
    problems: list = field(default_factory=list)

    @property
    def key(self):
        """What makes a price the same price."""
        names = ("product_id", "categ_id", "article_group_id", "customer_group_id")
        return (
            *(self.values.get(name) or 0 for name in names),
            self.values.get("subscription_form_id") or 0,
            self.row.kind,
            self.row.step,
            float(self.row.minimum),
        )


class O2cPriceImportMatch(models.AbstractModel):
    """Set-based: a query per kind of name, not per row."""

    _name = "o2c.price.import.match"
    _description = "Match Imported Prices"

    @api.model
    def _plan(self, rows, agreement, day):
        """What each row would do in an agreement.

        :param list rows: of :class:`policy.price_file.Row`
        :param day: first day of the new prices, or False
        :return: list of :class:`Planned`
        """
        found = self._names(rows, agreement.company_id)
        planned = [Planned(row, problems=list(row.problems)) for row in rows]
        for one in planned:
            self._match(one, found)
        known, seen = self._known(agreement, day), {}
        for one in planned:
            self._check_dates(one, agreement)
            if one.problems:
                continue
            start = one.row.date_from
            if (one.key, start) in seen:
                number = str(seen[(one.key, start)])
                one.problems.append(Problem(one.row.number, "", "twice", number))
                continue
            seen[(one.key, start)] = one.row.number
            self._decide(one, known, agreement, day)
        return planned

    @api.model
    def _names(self, rows, company):
        """Everything that rows name, by name: {column: {name: [ids]}}."""
        own = [("company_id", "in", (False, company.id))]
        codes = {row.article for row in rows if row.article}
        articles = self._by_name(
            "product.product", ("default_code", "barcode"), codes, own
        )
        found = {"article": articles}
        for name, model, extra in (
            ("category", "product.category", []),
            ("article_group", "o2c.discount.group", [("scope", "=", "article"), *own]),
            (
                "customer_group",
                "o2c.discount.group",
                [("scope", "=", "customer"), *own],
            ),
            ("form", "o2c.subscription.form", own),
        ):
            names = {getattr(row, name) for row in rows if getattr(row, name)}
            columns = ("complete_name",) if name == "category" else ("code", "name")
            found[name] = self._by_name(model, columns, names, extra)
            if name == "category":
                last = self._by_name(model, ("name",), names, extra)
                found[name] = {**last, **found[name]}
        return found

    @api.model
    def _by_name(self, model, columns, names, domain):
        """Ids by one of some columns; the first column that knows a name counts."""
        result = {}
        if not names:
            return result
        for column in columns:
            left = [name for name in names if name not in result]
            rows = self.env[model].search_fetch(
                Domain(domain) & Domain(column, "in", left), [column]
            )
            hits = defaultdict(list)
            for record in rows:
                hits[record[column]].append(record.id)
            result.update(hits)
        return result

    @api.model
    def _match(self, one, found):
        row = one.row
        for name, target in (
            ("article", "product_id"),
            ("category", "categ_id"),
            ("article_group", "article_group_id"),
            ("customer_group", "customer_group_id"),
            ("form", "subscription_form_id"),
        ):
            text = getattr(row, name)
            if not text:
                continue
            ids = found[name].get(text, [])
            if len(ids) == 1:
                one.values[target] = ids[0]
            else:
                code = "articles" if ids and name == "article" else name
                one.problems.append(Problem(row.number, name, code, text))

    @api.model
    def _check_dates(self, one, agreement):
        row = one.row
        for name in ("date_from", "date_to"):
            value = getattr(row, name)
            if value and (
                value < agreement.date_from
                or (agreement.date_to and value > agreement.date_to)
            ):
                text = value.isoformat()
                one.problems.append(Problem(row.number, name, "outside", text))

    @api.model
    def _known(self, agreement, day):
        """Lines of the agreement by key, those that begin first first.

        A price that counts the order or the year, or holds for all variants of an
        article, is another one than that of a file.
        """
        known = defaultdict(list)
        lines = agreement.line_ids.filtered(
            lambda line: line.basis == LINE and not line.product_tmpl_id
        ).sorted(lambda line: (line.date_from or agreement.date_from, line.id))
        for line in lines:
            key = (
                line.product_id.id or 0,
                line.categ_id.id or 0,
                line.article_group_id.id or 0,
                line.customer_group_id.id or 0,
                line.subscription_form_id.id or 0,
                line.kind or None,
                line.step,
                line.minimum,
            )
            known[key].append(line)
        return known

    @api.model
    def _decide(self, one, known, agreement, day):
        """New, another value of one that is there, or the same as before."""
        row = one.row
        candidates = known.get(one.key, [])
        if row.date_from:
            candidates = [
                line
                for line in candidates
                if (line.date_from or agreement.date_from) == row.date_from
            ]
        one.line = candidates[-1] if candidates else None
        if not one.line:
            return
        if self._same(one.line, row):
            one.action = SAME
            return
        one.action = UPDATE
        begins = one.line.date_from or agreement.date_from
        if day and not row.date_from and begins >= day:
            text = begins.isoformat()
            one.problems.append(Problem(row.number, "", "begun", text))

    @api.model
    def _same(self, line, row):
        name = "fixed_price" if row.fixed else "percentage"
        tiers = [(tier.quantity, tier[name]) for tier in line.tier_ids]
        return (
            line.computation == ("fixed" if row.fixed else "percentage")
            and round(line[name], 6) == round(float(row.value), 6)
            and [(q, round(v, 6)) for q, v in sorted(tiers)]
            == [(float(q), round(float(v), 6)) for q, v in row.tiers]
            and (not row.date_to or line.date_to == row.date_to)
        )

    # Doing it

    @api.model
    def _carry_out(self, plan, agreement, day):
        """Write what was planned.

        :return: how many are new, how many changed
        """
        lines = self.env["o2c.price.agreement.line"]
        new = [one for one in plan if one.action == NEW]
        changed = [one for one in plan if one.action == UPDATE]
        create = [self._line_values(one, agreement, day) for one in new]
        dated = [one for one in changed if day and not one.row.date_from]
        for one in dated:
            [values] = one.line.copy_data({"tier_ids": False})
            create.append({**values, **self._line_values(one, agreement, day)})
        lines.browse([one.line.id for one in dated]).write(
            {"date_to": day and day - timedelta(days=1)}
        )
        replaced = [one for one in changed if one not in dated]
        lines.browse([one.line.id for one in replaced]).tier_ids.unlink()
        tiers = []
        for one in replaced:
            values = self._value_values(one.row)
            for _command, _id, tier in values.pop("tier_ids"):
                tiers.append({**tier, "line_id": one.line.id})
            one.line.write(values)
        self.env["o2c.price.tier"].create(tiers)
        lines.create(create)
        return len(new), len(changed)

    @api.model
    def _line_values(self, one, agreement, day):
        row = one.row
        return {
            "agreement_id": agreement.id,
            "step": row.step,
            "kind": row.kind,
            "minimum": float(row.minimum),
            **one.values,
            **self._value_values(row),
            "date_from": row.date_from or day or False,
        }

    @api.model
    def _value_values(self, row):
        name = "fixed_price" if row.fixed else "percentage"
        return {
            "computation": "fixed" if row.fixed else "percentage",
            name: float(row.value),
            "tier_ids": [
                Command.create({"quantity": float(quantity), name: float(value)})
                for quantity, value in row.tiers
            ],
            **({"date_to": row.date_to} if row.date_to else {}),
        }


class O2cPriceAgreementLine(models.Model):
    _inherit = "o2c.price.agreement.line"

    def _o2c_price_csv(self):
        """These prices as a file that can be imported again.

        :return: base64 of a CSV with decimal points, for a Binary field
        """
        out = io.StringIO()
        writer = csv.writer(out, delimiter=";")
        depth = max((len(line.tier_ids) for line in self), default=0)
        writer.writerow(
            [
                "article",
                "category",
                "article group",
                "customer group",
                "subscription form",
                "kind",
                "step",
                "price",
                "discount",
                "from quantity",
                "valid from",
                "valid until",
                *(
                    f"tier {tier} {side}"
                    for tier in range(1, min(depth, MOST_TIERS) + 1)
                    for side in ("from", "value")
                ),
            ]
        )
        for line in self.filtered(lambda one: not one.product_tmpl_id):
            writer.writerow(line._o2c_price_cells())
        return base64.b64encode(out.getvalue().encode("utf-8-sig"))

    def _o2c_price_cells(self):
        """The cells of a line; four decimals, so that no number reads in two ways."""
        fixed = self.computation == "fixed"
        tiers = self.tier_ids.sorted("quantity")[:MOST_TIERS]
        name = "fixed_price" if fixed else "percentage"
        cells = [
            self.product_id.default_code or self.product_id.barcode or "",
            self.categ_id.complete_name or "",
            self.article_group_id.code or self.article_group_id.name or "",
            self.customer_group_id.code or self.customer_group_id.name or "",
            self.subscription_form_id.code or self.subscription_form_id.name or "",
            self.kind or "",
            "on top" if self.step == "discount" else "price",
            f"{self.fixed_price:.6f}" if fixed else "",
            "" if fixed else f"{self.percentage:.4f}",
            f"{self.minimum:.4f}",
            self.date_from.isoformat() if self.date_from else "",
            self.date_to.isoformat() if self.date_to else "",
        ]
        for tier in tiers:
            cells += [f"{tier.quantity:.4f}", f"{tier[name]:.6f}"]
        # a spreadsheet would run what begins like a formula
        return [f"'{cell}" if cell[:1] in ("=", "+", "@") else cell for cell in cells]
