"""The policy as a matrix: grades down, segments across, each cell in a few words."""

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.tools import formatLang

#: What a new cell takes over from the one that it stood for. Extended by add-ons.
CARRIED = (
    "limit_factor",
    "start_limit",
    "payment_term_id",
    "down_payment",
    "over_limit",
    "overdue",
    "review_months",
)


class O2cCreditPolicy(models.Model):
    _inherit = "o2c.credit.policy"

    @api.model
    def get_matrix(self, company_id=None):
        """The matrix of a company for the screen.

        :param int company_id: a company of the user; 0 for the cells that every
            company shares; None for the present company
        :return: dict with companies, segments, and rows of cells
        """
        self.check_access("read")
        company = self._matrix_company(company_id)
        segments = self.env["o2c.customer.segment"].search([])  # pylint: disable=no-search-all
        cells = self.search([("company_id", "in", [False, company.id])])
        by_place = {
            (cell.company_id.id, cell.segment_id.id, cell.grade): cell for cell in cells
        }
        grades = self._fields["grade"]._description_selection(self.env)
        return {
            "company_id": company.id or 0,
            "companies": self._matrix_companies(),
            "may_change": self.has_access("create"),
            "managers": self._matrix_managers(company),
            "segments": [
                {"id": 0, "name": self.env._("All segments")},
                *({"id": one.id, "name": one.name} for one in segments),
            ],
            "rows": [
                {
                    "grade": grade,
                    "name": name,
                    "cells": [
                        self._matrix_cell(by_place, company, segment, grade)
                        for segment in [segments.browse(), *segments]
                    ],
                }
                for grade, name in grades
            ],
        }

    @api.model
    def _matrix_company(self, company_id):
        """The head company that is shown; empty for what all companies share."""
        if company_id == 0 or (company_id is None and self._is_shared_only()):
            return self.env["res.company"]
        company = self.env["res.company"].browse(company_id or self.env.company.id)
        if company not in self.env.user.company_ids:
            raise AccessError(self.env._("This company is not one of yours."))
        return company.sudo().root_id.with_env(self.env)

    @api.model
    def _matrix_companies(self):
        """Choices of the company chooser: own head companies, and all of them."""
        if self._is_shared_only():
            return []
        roots = self.env.companies.sudo().root_id
        own = [{"id": one.id, "name": one.name} for one in roots]
        return [*own, {"id": 0, "name": self.env._("All companies")}]

    @api.model
    def _matrix_managers(self, company):
        """Names of the people who may change the policy of a company: three at most."""
        users = self.env["res.users"].sudo()
        group = self.env.ref("o2c_base.group_credit_manager")
        managers = users.search(
            [
                ("all_group_ids", "in", group.ids),
                ("share", "=", False),
                ("company_ids", "in", (company or self.env.company).ids),
            ],
            order="name",
        )
        # who keeps the system is no help to a colleague, unless there is nobody else
        people = managers.filtered(lambda one: not one._is_admin()) or managers
        names = people.mapped("name")
        return ", ".join(names[:3]) + (" …" if len(names) > 3 else "")

    @api.model
    def _is_shared_only(self):
        """One head company without cells of its own: nothing to choose."""
        roots = self.env["res.company"].sudo().search_count([("parent_id", "=", False)])
        return roots == 1 and not self.search_count(
            [("company_id", "!=", False)], limit=1
        )

    @api.model
    def _matrix_cell(self, by_place, company, segment, grade):
        """One cell: its own, else the one that counts instead of it.

        :param dict by_place: (company id, segment id, grade) to cell
        """
        own = by_place.get((company.id, segment.id, grade), self.browse())
        counts = self.browse()
        for place in (
            (company.id, segment.id),
            (company.id, False),
            (False, segment.id),
            (False, False),
        ):
            counts = counts or by_place.get((*place, grade), counts)
        words = self.env._("nothing set")
        if counts and counts.segment_id != segment:
            words = self.env._("as all segments")
        elif counts:
            words = self.env._("as all companies")
        return {
            "key": f"{grade}-{segment.id or 0}",
            "cell_id": own.id,
            "source_id": counts.id,
            # the last row of all is never taken away: something always counts
            "removable": bool(own.company_id or own.segment_id),
            "inherited": "" if own else words,
            "effects": counts._effects() if counts else [],
            "defaults": {
                "default_grade": grade,
                "default_segment_id": segment.id,
                "default_company_id": company.id,
                **(counts._carried() if counts and not own else {}),
            },
        }

    def _carried(self):
        """Defaults of a new cell that starts as this one. Hook."""
        self.ensure_one()
        return {
            f"default_{name}": self._fields[name].convert_to_write(self[name], self)
            for name in CARRIED
        }

    def _effects(self):
        """What this cell does, in a few words each. Hook: extend with ``super()``.

        :return: list of dicts with ``key``, ``text`` and ``tone``
        """
        self.ensure_one()
        effects = [{"key": "limit", "text": self._limit_words(), "tone": "main"}]
        if self.payment_term_id:
            effects.append({"key": "term", "text": self.payment_term_id.name})
        if self.down_payment:
            share = formatLang(self.env, self.down_payment, digits=0)
            effects.append(
                {"key": "down_payment", "text": self.env._("%s%% up front", share)}
            )
        effects += self._gate_effects()
        if self.review_months:
            effects.append(
                {
                    "key": "review",
                    "text": self.env._("Review: %s months", self.review_months),
                }
            )
        return [{"tone": "", **effect} for effect in effects]

    def _limit_words(self):
        self.ensure_one()
        if self.grade == "unrated":
            if not self.start_limit:
                return self.env._("No start limit")
            amount = self.env["o2c.today"]._money(self.start_limit, self.currency_id)
            return self.env._("Starts with %s", amount)
        if not self.limit_factor:
            return self.env._("Cash only")
        factor = formatLang(self.env, self.limit_factor, digits=2)
        separator = self.env["res.lang"]._get_data(code=self.env.lang or "en_US")
        point = separator.decimal_point or "."
        factor = factor.rstrip("0").rstrip(point)
        return self.env._("%s × sales a month", factor)

    def _gate_effects(self):
        """What happens over the limit and when overdue."""
        self.ensure_one()
        over = dict(self._fields["over_limit"]._description_selection(self.env))
        late = dict(self._fields["overdue"]._description_selection(self.env))
        if self.over_limit == self.overdue:
            text = self.env._("Over limit, overdue: %s", over[self.over_limit].lower())
            return [{"key": "gate", "text": text, "tone": self.overdue}]
        return [
            {
                "key": "over_limit",
                "text": self.env._("Over limit: %s", over[self.over_limit].lower()),
                "tone": self.over_limit,
            },
            {
                "key": "overdue",
                "text": self.env._("Overdue: %s", late[self.overdue].lower()),
                "tone": self.overdue,
            },
        ]
