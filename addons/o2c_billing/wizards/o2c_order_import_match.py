"""Who and what a file speaks of, and how its mistakes are told."""

from odoo import api, models
from odoo.exceptions import UserError

from ..policy import order_file as policy

#: Problems shown in one error; the number of the others is told.
SHOWN = 50


class O2cOrderImport(models.TransientModel):
    _inherit = "o2c.order.import"

    @api.model
    def _match_customers(self, drafts, company):
        """Customers by reference, VAT, trade register number or e-mail address.

        :return: dict of text to partner, and the problems
        """
        wanted = {draft.customer: draft.number for draft in drafts}
        names = list(wanted)
        found = self.env["res.partner"].search(
            [
                ("company_id", "in", (False, company.id)),
                "|",
                "|",
                "|",
                ("ref", "in", names),
                ("vat", "in", names),
                ("company_registry", "in", names),
                ("email_normalized", "in", [name.lower() for name in names]),
            ]
        )
        matched, problems = {}, []
        for name, line in wanted.items():
            partners = found.filtered(
                lambda p, name=name: name in (p.ref, p.vat, p.company_registry)
                or p.email_normalized == name.lower()
            )
            entities = partners.commercial_partner_id
            if len(entities) == 1:
                matched[name] = entities & partners or partners[0]
            else:
                code = "several" if entities else "unknown"
                problems.append(policy.Problem(line, policy.CUSTOMER, code, name))
        return matched, problems

    @api.model
    def _match_articles(self, drafts, company):
        """Articles by internal reference or barcode.

        :return: dict of code to product, and the problems
        """
        wanted = {}
        for draft in drafts:
            for line in draft.lines:
                wanted.setdefault(line.article, line.number)
        codes = list(wanted)
        found = self.env["product.product"].search(
            [
                ("sale_ok", "=", True),
                ("company_id", "in", (False, company.id)),
                "|",
                ("default_code", "in", codes),
                ("barcode", "in", codes),
            ]
        )
        matched, problems = {}, []
        for code, line in wanted.items():
            products = found.filtered(
                lambda p, code=code: code in (p.default_code, p.barcode)
            )
            if len(products) == 1:
                matched[code] = products
            else:
                kind = "several" if products else "unknown"
                problems.append(policy.Problem(line, policy.ARTICLE, kind, code))
        return matched, problems

    @api.model
    def _refuse(self, problems):
        """One error with every problem, by line."""
        ordered = sorted(problems, key=lambda problem: problem.line)
        words = [self._problem_words(problem) for problem in ordered[:SHOWN]]
        if len(ordered) > SHOWN:
            words.append(self.env._("and %s more", len(ordered) - SHOWN))
        raise UserError(
            self.env._("Nothing was imported.\n%(problems)s", problems="\n".join(words))
        )

    @api.model
    def _problem_words(self, problem):
        """Line, field and what is wrong with it."""
        what = {
            "column": self.env._(
                "unknown column; known are %s", ", ".join(policy.COLUMNS)
            ),
            "twice": self.env._("this column is there twice"),
            "missing": self.env._("this column is missing"),
            "required": self.env._("is empty"),
            "number": self.env._("“%s” is not a number", problem.value),
            "positive": self.env._("“%s” is not more than zero", problem.value),
            "ambiguous": self.env._(
                "“%s” can mean two things: write it without thousands separator",
                problem.value,
            ),
            "date": self.env._("“%s” is not a date (2026-03-31)", problem.value),
            "another": self.env._(
                "“%s”: an order has one customer; use another order reference",
                problem.value,
            ),
            "unknown": self.env._("“%s” was not found", problem.value),
            "several": self.env._("“%s” fits more than one", problem.value),
            "cells": self.env._(
                "the line has %s cells, more than there are columns", problem.value
            ),
            "too_long": self.env._("a file has at most %s lines", problem.value),
            "empty": self.env._("there are no order lines in the file"),
        }[problem.code]
        where = (
            self.env._("Line %s", problem.line) if problem.line else self.env._("File")
        )
        return (
            f"{where}, {problem.field}: {what}" if problem.field else f"{where}: {what}"
        )
