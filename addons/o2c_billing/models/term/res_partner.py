"""The customer: how large he is, and whether his payment term is lawful."""

from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ...policy import payment_term_law as policy


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["res.partner", "o2c.term.judged"]

    o2c_size = fields.Selection(
        [(policy.SME, "Small or medium-sized"), (policy.LARGE, "Large")],
        string="Size by Law",
        help="Large: two of three of more than 25 million assets, more than 50 million "
        "turnover, 250 people or more. Empty: read from his credit report or segment.",
    )
    o2c_size_words = fields.Char(
        string="Size Known From",
        compute="_compute_o2c_size_words",
        help="What the size is read from for the law on payment terms.",
    )

    @api.model
    def _commercial_fields(self):
        return super()._commercial_fields() + ["o2c_size"]

    @api.depends("o2c_size", "o2c_segment_id")
    @api.depends_context("company", "lang")
    def _compute_o2c_size_words(self):
        company = self.env.company
        law = self.env["o2c.term.law"]._o2c_on(company._o2c_today())
        for partner in self:
            size, source = partner._o2c_known_size(company, law)
            if not size:
                partner.o2c_size_words = self.env._("not known")
                continue
            what = self.env._("large") if size == policy.LARGE else self.env._("SME")
            where = {
                "typed": self.env._("typed in"),
                "report": self.env._("his credit report"),
                "segment": self.env._("his segment"),
            }[source]
            partner.o2c_size_words = self.env._(
                "%(size)s, by %(origin)s", size=what, origin=where
            )

    def _o2c_known_size(self, company, law):
        """Size and what says so: typed, the newest credit report, or the segment.

        :return: tuple of size ("large", "sme" or "") and source
        """
        customer = self.commercial_partner_id.sudo()
        if customer.o2c_size:
            return customer.o2c_size, "typed"
        report = self._o2c_size_reports(company).get(customer.id)
        if report and law:
            found = policy.size(
                law,
                *(
                    Decimal(str(amount)) if amount else None
                    for amount in (report.total_assets, report.turnover)
                ),
                report.employees or None,
            )
            if not found and report.company_size:
                found = policy.LARGE if report.company_size == "large" else policy.SME
            if found:
                return found, "report"
        known = {"corporate": policy.LARGE, "sme": policy.SME}
        size = known.get(customer.o2c_segment_id.code, policy.UNKNOWN)
        return size, "segment" if size else ""

    def _o2c_size_reports(self, company):
        """Newest credit report with a size, per customer of the prefetch."""
        cache = self.env.context.get("o2c_size_reports")
        if cache is not None:
            return cache
        customers = self.commercial_partner_id
        reports = (
            self.env["o2c.credit.report"]
            .sudo()
            .search(
                [
                    ("partner_id", "in", customers.ids),
                    ("company_id", "=", company.root_id.id),
                    ("company_size", "!=", False),
                ],
                order="date, id",
            )
        )
        return {report.partner_id.id: report for report in reports}

    def _o2c_term_buyer(self, company, law):
        """This customer as the law on payment terms sees him."""
        customer = self.commercial_partner_id.sudo()
        segment = customer.o2c_segment_id
        person = segment.natural_person or (
            not segment and not customer.is_company and not customer.vat
        )
        return policy.Buyer(
            country=customer.country_id.code or company.country_code or "",
            natural_person=person,
            public_body=segment.public_body,
            size=self._o2c_known_size(company, law)[0],
        )

    @api.depends("property_payment_term_id", "o2c_size", "o2c_segment_id", "country_id")
    @api.depends_context("company", "lang")
    def _compute_o2c_term(self):
        company = self.env.company
        law = self.env["o2c.term.law"]._o2c_on(company._o2c_today())
        reports = self._o2c_size_reports(company)
        for partner in self.with_context(o2c_size_reports=reports):
            term = partner.sudo().with_company(company).property_payment_term_id
            verdict = (
                self._o2c_term_verdict(term._o2c_longest_days(), partner, company, law)
                if term
                else None
            )
            partner.update(self._o2c_term_banner(verdict))

    @api.model
    def _search_o2c_term_code(self, operator, value):
        """All customers whose term is longer than the shortest limit, judged."""
        if operator != "in":
            return NotImplemented
        company = self.env.company
        law = self.env["o2c.term.law"]._o2c_on(company._o2c_today())
        terms = (
            self.env["account.payment.term"]
            .sudo()
            .search([("company_id", "in", [False, company.id])])
        )
        shortest = min(law.large_days, law.public_days) if law else 0
        long = terms.filtered(lambda term: term._o2c_longest_days() > shortest)
        candidates = self.with_context(active_test=False).search(
            [
                ("property_payment_term_id", "in", long.ids),
                ("parent_id", "=", False),
            ]
        )
        codes = {code for code in value if code}
        wrong = candidates.filtered(lambda one: one.o2c_term_code)
        found = Domain(
            "id", "in", wrong.filtered(lambda o: o.o2c_term_code in codes).ids
        )
        if False in value:
            found |= ~Domain("id", "in", wrong.ids)
        return found

    def action_o2c_lawful_term(self):
        """Give these customers the longest lawful term; documents are left alone."""
        if not self.env.user.has_group("o2c_base.group_billing_user"):
            raise AccessError(
                self.env._("Only a billing user corrects payment terms of customers.")
            )
        self.check_access("write")
        company = self.env.company
        law = self.env["o2c.term.law"]._o2c_on(company._o2c_today())
        for partner in self.with_company(company):
            term = partner.sudo().property_payment_term_id
            verdict = self._o2c_term_verdict(
                term._o2c_longest_days() if term else 0, partner, company, law
            )
            if verdict and verdict.code != policy.SIZE_UNKNOWN:
                partner.property_payment_term_id = term._o2c_within(
                    verdict.days, company
                )
        return True
