"""One row of a file, matched with its customer."""

from dataclasses import dataclass, field

from odoo import Command, api, fields, models
from odoo.tools import SQL, format_date

from ..policy.report.row import KEYS, Problem, Row


@dataclass
class Planned:
    """A row with what was found for it."""

    row: Row
    partner_id: int = 0
    known: bool = False
    problems: list = field(default_factory=list)

    @property
    def key(self):
        """What makes a report the same report."""
        source = (self.row.values.get("source") or "").strip().casefold()
        return f"{self.partner_id}|{self.row.values.get('date')}|{source}"

    def _said(self):
        """The numbers by which the file names the customer, also unreadable ones."""
        refused = [one.value for one in self.problems if one.column in KEYS]
        return ", ".join(dict.fromkeys([*map(str, self.row.keys.values()), *refused]))

    def line_values(self, wizard):
        """Values of the line that shows this row."""
        lines = wizard.env["o2c.report.import.line"]
        return {
            "wizard_id": wizard.id,
            "number": self.row.number,
            "customer": self._said(),
            "partner_id": self.partner_id,
            "date": self.row.values.get("date"),
            "source": self.row.values.get("source"),
            "score": str(self.row.values.get("bureau_score", "")),
            "advised_limit": float(self.row.values.get("advised_limit") or 0),
            "has_advised_limit": "advised_limit" in self.row.values,
            "insolvent": self.row.values.get("insolvent", False),
            "state": "bad" if self.problems else "known" if self.known else "good",
            "columns": ", ".join(
                dict.fromkeys(one.column for one in self.problems if one.column)
            ),
            "advice": "\n".join(
                f"{one.column}: {lines._advice(one)}"
                if len(self.problems) > 1 and one.column
                else lines._advice(one)
                for one in self.problems
            ),
        }

    def report_values(self, company):
        """Values of the report."""
        row = self.row.values
        values = {
            name: float(value) if hasattr(value, "as_tuple") else value
            for name, value in row.items()
        }
        return {
            **values,
            "insolvency_known": "insolvent" in row,
            "has_payment_score": "payment_score" in row,
            "has_advised_limit": "advised_limit" in row,
            "kvk_number": self.row.keys.get("kvk", False),
            "partner_id": self.partner_id,
            "company_id": company.id,
            "method": "imported",
            "import_key": self.key,
            "person_ids": [
                Command.create(
                    {
                        "name": one.name,
                        "role": one.role,
                        "function": one.function,
                        "signs": one.signs,
                        "amount": float(one.amount),
                    }
                )
                for one in self.row.persons
            ],
        }


class O2cReportImportLine(models.TransientModel):
    """A row as the preview shows it."""

    _name = "o2c.report.import.line"
    _description = "Row of an Imported File"
    _order = "number, id"

    wizard_id = fields.Many2one("o2c.report.import", ondelete="cascade", required=True)
    currency_id = fields.Many2one(related="wizard_id.currency_id")
    number = fields.Integer(string="Row")
    customer = fields.Char(string="In the File")
    partner_id = fields.Many2one("res.partner", string="Customer")
    date = fields.Date()
    source = fields.Char(string="Bureau")
    score = fields.Char()
    advised_limit = fields.Monetary()
    has_advised_limit = fields.Boolean()
    insolvent = fields.Boolean(string="Insolvency")
    state = fields.Selection(
        [("bad", "Problem"), ("known", "Already there"), ("good", "New")]
    )
    columns = fields.Char(string="Column")
    advice = fields.Text(string="What to Do")

    @api.model
    def _plan(self, rows, company):
        """Find the customers of all rows at once, and what is wrong.

        :param list rows: of :class:`.policy.report.row.Row`
        :return: list of :class:`Planned`
        """
        found = {
            key: self._customers(
                company, key, {row.keys[key] for row in rows if row.keys.get(key)}
            )
            for key in KEYS
        }
        planned = [Planned(row, problems=list(row.problems)) for row in rows]
        for one in planned:
            self._match(one, found)
        known = self._known_keys(
            company, [one.key for one in planned if one.partner_id]
        )
        seen = {}
        for one in planned:
            if not one.partner_id or not one.row.values.get("date"):
                continue
            if one.key in seen:
                one.problems.append(Problem("", "twice", str(seen[one.key])))
            seen.setdefault(one.key, one.row.number)
            one.known = one.key in known
        return planned

    @api.model
    def _match(self, one, found):
        """Put the customer of a row in, or say why there is none."""
        candidates = [
            (key, found[key].get(value, set())) for key, value in one.row.keys.items()
        ]
        hits = [(key, ids) for key, ids in candidates if ids]
        if not one.row.keys:
            return
        if not hits:
            key, value = next(iter(one.row.keys.items()))
            one.problems.append(Problem(key, "unknown_customer", value))
            return
        ids = set.intersection(*(ids for _key, ids in hits))
        if len(ids) == 1:
            one.partner_id = ids.pop()
        else:
            code = "several" if ids else "conflict"
            one.problems.append(Problem(hits[0][0], code, one.row.keys[hits[0][0]]))

    @api.model
    def _customers(self, company, key, values):
        """Commercial partners by number, in one query.

        :return: dict of number to set of ids
        """
        if not values:
            return {}
        column = {
            "kvk": SQL(
                "CASE WHEN length(regexp_replace(contact.company_registry, '[^0-9]',"
                " '', 'g')) IN (7, 8) THEN lpad(regexp_replace("
                "contact.company_registry, '[^0-9]', '', 'g'), 8, '0') END"
            ),
            "vat": SQL("regexp_replace(upper(contact.vat), '[^0-9A-Z]', '', 'g')"),
            "customer": SQL("contact.ref"),
        }[key]
        self.env["res.partner"].flush_model(
            ["company_registry", "vat", "ref", "commercial_partner_id", "active"]
        )
        rows = self.env.execute_query(
            SQL(
                """
                SELECT %(column)s AS number, array_agg(DISTINCT customer.id)
                  FROM res_partner contact
                  JOIN res_partner customer
                    ON customer.id = contact.commercial_partner_id
                 WHERE %(column)s = ANY(%(values)s) AND contact.active
                   AND customer.active
                   AND (customer.company_id IS NULL OR customer.company_id IN
                        (SELECT id FROM res_company
                          WHERE parent_path LIKE %(path)s))
                 GROUP BY 1
                """,
                column=column,
                values=list(values),
                path=f"{company.parent_path}%",
            )
        )
        return {number: set(ids) for number, ids in rows}

    @api.model
    def _known_keys(self, company, keys):
        """Keys of reports that were imported before."""
        if not keys:
            return set()
        reports = self.env["o2c.credit.report"].sudo()
        return {
            key
            for (key,) in reports._read_group(
                [("company_id", "=", company.id), ("import_key", "in", keys)],
                ["import_key"],
            )
        }

    @api.model
    def _advice(self, problem):
        """What to do about a problem."""
        value = problem.value
        texts = {
            "missing": self.env._("Fill this column in, or choose it above."),
            "key_missing": self.env._(
                "Fill in one of the columns kvk, vat or customer: whose report is it?"
            ),
            "number": self.env._(
                "“%s” is no number. Write 1234.56 or 1.234,56.", value
            ),
            "whole": self.env._("“%s” is no whole number.", value),
            "score": self.env._(
                "“%s” is no score. Put it on the scale from 0 (worst) to 100 (best).",
                value,
            ),
            "date": self.env._(
                "“%s” is no date. Write 2026-03-31 or 31-03-2026.", value
            ),
            "future": self.env._(
                "%s is in the future. Check the year.",
                format_date(self.env, value) if problem.code == "future" else value,
            ),
            "yes_no": self.env._("“%s” is neither yes nor no.", value),
            "kvk": self.env._(
                "“%s” is no trade register number. That has eight digits, not all of "
                "them zero; an establishment number has twelve.",
                value,
            ),
            "long": self.env._("This text is too long. Put it in the column note."),
            "surplus": self.env._(
                "This row has more cells than the header has columns (%s). Put texts "
                "with a separator in quotes.",
                value,
            ),
            "person": self.env._(
                "“%s”: write name / function / alone, jointly, none or an amount; "
                "people are parted by |.",
                value,
            ),
            "unknown_customer": self.env._(
                "No customer has the number %s. Add it to the customer, or remove this "
                "row.",
                value,
            ),
            "several": self.env._(
                "Several customers have the number %s. Merge them, or add a column "
                "that tells which one.",
                value,
            ),
            "conflict": self.env._(
                "The numbers in this row belong to different customers; %s is one of "
                "them.",
                value,
            ),
            "twice": self.env._(
                "The same report is in row %s: same customer, source and date.", value
            ),
        }
        return texts[problem.code]
