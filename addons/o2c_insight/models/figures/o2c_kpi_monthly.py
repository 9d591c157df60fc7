"""The monthly report: the figures of a month as they are printed."""

from dateutil.relativedelta import relativedelta

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_date, formatLang

from .o2c_kpi_snapshot import VALUES

#: Months in the trend, the reported one too.
TREND = 13
#: Fields of the ageing, youngest first.
AGES = ("not_due", "due_30", "due_60", "due_90", "due_more")
#: What stands on top of the first page.
TOP = ("receivables", "overdue", "dso", "cei", "on_time")
#: Columns of the customers with most past due, and of the steps.
DEBTOR = ("receivables", "overdue", "disputed", "promised", "days_late")
STEP = ("reminded", "paid_share", "asked", "collected", "collected_share")
#: Titles are in :meth:`_monthly_titles`.
SECTIONS = {
    "movement": (
        "opening",
        "move_invoiced",
        "move_credited",
        "move_paid",
        "move_written_off",
        "move_exchange",
        "move_other",
        "receivables",
    ),
    "payment": ("sales", "paid", "days_to_pay", "days_late", "on_time"),
    "words": (
        "promises_due",
        "promises_kept",
        "plans_ended",
        "plans_kept",
        "raised",
        "dispute_rate",
        "disputed_share",
        "dispute_days",
    ),
    "holds": (
        "holds_opened",
        "holds_amount",
        "holds_ended",
        "hold_hours",
        "holds_released_share",
        "holds_paid_share",
        "holds_declined_share",
    ),
    "billing": (
        "lag_amount",
        "lag_days",
        "lag_cost",
        "bank_lines",
        "bank_amount",
        "bank_matched",
    ),
}


class O2cKpiSnapshot(models.Model):
    _inherit = "o2c.kpi.snapshot"

    def _monthly(self):
        """What the report prints of this row, in the reader's language.

        :return: dict with texts, tables and charts; each figure has the number of the
            footnote that defines it
        """
        self.ensure_one()
        trail = self._trail()
        kept = self._kept_figures([row for _month, row in trail if row])
        now = kept[self.id]
        before = len(trail) > 1 and trail[-2][1]
        old = kept[before.id] if before else {}
        notes = []
        report = {
            "of": self._monthly_of(),
            "top": [self._figure(name, now, old, notes) for name in TOP],
            "ages": self._age_rows(now, notes),
            "age_chart": self._age_chart(now),
            "apart": [
                self._figure(name, now, old, notes) for name in ("disputed", "promised")
            ],
            "months": self._month_rows(trail, kept, notes),
            "dso_chart": self._dso_chart(trail, kept),
            "cei_chart": self._cei_chart(trail, kept),
            "debtors": self._debtor_rows(),
            "debtor_heads": self._debtor_heads(notes),
            "steps": self._step_rows(),
            "step_heads": self._step_heads(notes),
            "sections": [
                {
                    "title": title,
                    "rows": [self._figure(one, now, old, notes) for one in names],
                }
                for (title, names) in (
                    (self._monthly_titles()[key], names)
                    for key, names in SECTIONS.items()
                    if self.movement or key != "movement"
                )
            ],
        }
        return report | {"notes": notes}

    def _monthly_of(self):
        """Company and, of a part, which part."""
        names = dict(self._fields["dimension"]._description_selection(self.env))
        if self.dimension == "total":
            return self.company_id.sudo().name
        part = self.label or self.env._("none")
        return f"{names[self.dimension]}: {part}"

    def _monthly_titles(self):
        """Titles of the sections."""
        return {
            "movement": self.env._("From the start of the month to its end"),
            "payment": self.env._("How customers paid"),
            "words": self.env._("Promises, plans and disputes"),
            "holds": self.env._("Orders on hold"),
            "billing": self.env._("Invoicing and bank"),
        }

    def _trail(self):
        """The months of the trend: list of (first day, row or None), oldest first."""
        first = self.month - relativedelta(months=TREND - 1)
        domain = [
            ("company_id", "=", self.company_id.id),
            ("dimension", "=", self.dimension),
            ("month", ">=", first),
            ("month", "<=", self.month),
        ]
        if self.dimension in VALUES:
            domain.append((VALUES[self.dimension], "=", self._value_id() or False))
        rows = {row.month: row for row in self.search(domain)} | {self.month: self}
        months = [first + relativedelta(months=number) for number in range(TREND)]
        trail = [(month, rows.get(month)) for month in months]
        # months before the first one that is known are no part of it
        while trail[0][1] is None:
            trail.pop(0)
        return trail

    def _kept_figures(self, rows):
        """Figures as they are kept: None where there is no such number.

        :return: {id: {name of the field: number or None}}
        """
        self.flush_model()
        names = [
            name
            for name, field in self._fields.items()
            if field.store and field.type in ("float", "integer", "monetary")
        ]
        found = self.env.execute_query_dict(
            SQL(
                "SELECT %s FROM o2c_kpi_snapshot WHERE id = ANY(%s)",
                SQL(", ").join(SQL.identifier(name) for name in names),
                [row.id for row in rows],
            )
        )
        return {row["id"]: row for row in found}

    def _notes_of(self, model, names, notes):
        """Numbers of the footnotes that define some fields, which are added.

        :return: {name of the field: number}
        """
        found = {}
        texts = self.env[model].sudo().fields_get(names, ["string", "help"])
        for name in names:
            note = (texts[name]["string"], texts[name].get("help") or "")
            if note not in notes:
                notes.append(note)
            found[name] = notes.index(note) + 1
        return found

    def _figure(self, name, now, old, notes):
        """One line of a table: label, footnote, figure and that of the month before."""
        label = self.fields_get([name], ["string"])[name]["string"]
        return {
            "name": name,
            "label": label,
            "note": self._notes_of(self._name, (name,), notes)[name],
            "value": self._printed(name, now.get(name)),
            "before": self._printed(name, old.get(name)),
        }

    def _printed(self, name, value):
        """A figure in the reader's writing; a dash where there is none."""
        if value is None:
            return "–"
        field = self._fields[name]
        digits = 1 if field.type == "float" else 0
        return formatLang(self.env, value, digits=digits)

    def _age_rows(self, now, notes):
        """The ageing: amount and share of all that is open."""
        owed = float(now["receivables"] or 0)
        rows = []
        for name in AGES:
            row = self._figure(name, now, {}, notes)
            part = 100 * float(now[name] or 0) / owed if owed > 0 else None
            row["share"] = self._printed("cei", part)
            rows.append(row)
        return rows

    def _month_rows(self, trail, kept, notes):
        """The trend as a table, newest last."""
        names = ("receivables", "overdue", "dso", "dso_countback", "dso_best", "cei")
        labels = self.fields_get(names, ["string"])
        numbers = self._notes_of(self._name, names, notes)
        return {
            "heads": [(labels[name]["string"], numbers[name]) for name in names],
            "rows": [
                [format_date(self.env, month, date_format="MMM y")]
                + [
                    self._printed(name, kept[row.id][name]) if row else "–"
                    for name in names
                ]
                for month, row in trail
            ],
        }

    def _step_heads(self, notes):
        """Heads of the table of steps: (label, footnote)."""
        if not self.step_ids:
            return []
        numbers = self._notes_of("o2c.kpi.step", STEP, notes)
        labels = self.step_ids.fields_get(STEP, ["string"])
        return [(labels[name]["string"], numbers[name]) for name in STEP]

    def _debtor_heads(self, notes):
        """Heads of the table of customers: (label, footnote)."""
        if not self.debtor_ids:
            return []
        numbers = self._notes_of(self._name, DEBTOR[:-1], notes)
        numbers |= self._notes_of("o2c.kpi.debtor", DEBTOR[-1:], notes)
        labels = self.debtor_ids.fields_get(DEBTOR, ["string"])
        return [(labels[name]["string"], numbers[name]) for name in DEBTOR]

    def _step_rows(self):
        """What each step brought in."""
        return [
            {
                "cells": [step._step_name()]
                + [
                    formatLang(self.env, step[name], digits=int(name.endswith("share")))
                    for name in STEP
                ],
                "bar": min(max(step.collected_share, 0), 100),
            }
            for step in self.step_ids
        ]

    def _debtor_rows(self):
        """The customers with most past due."""
        return [
            [one.label] + [formatLang(self.env, one[name], digits=0) for name in DEBTOR]
            for one in self.debtor_ids
        ]

    def action_print(self):
        """The monthly report of these rows as a PDF."""
        if not self:
            raise UserError(self.env._("Choose a month first."))
        report = self.env.ref("o2c_insight.o2c_monthly_report")
        return report.report_action(self)
