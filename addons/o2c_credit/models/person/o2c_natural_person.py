"""Which customers are natural persons, for one customer and for a set alike."""

from odoo import api, fields, models
from odoo.tools import SQL

from ...policy.person import PERSONAL_FORMS


class O2cRiskProfile(models.Model):
    _inherit = "o2c.risk.profile"

    person_kind = fields.Selection(
        [
            ("auto", "As segment and reports say"),
            ("person", "Natural person"),
            ("legal", "Legal person"),
        ],
        string="Person or Company",
        default="auto",
        tracking=True,
        help="About natural persons (consumers; sole traders and partnerships when "
        "your company says so) the system only asks: a named colleague decides.",
    )
    natural_person = fields.Boolean(
        compute="_compute_natural_person",
        compute_sudo=True,
        help="Decisions about this customer fall under the rules for natural persons.",
    )

    @api.depends("person_kind", "partner_id.o2c_segment_id")
    def _compute_natural_person(self):
        self.natural_person = False
        for company, profiles in self.grouped("company_id").items():
            if company:
                persons = self._natural_persons(company, profiles.partner_id.ids)
                for profile in profiles:
                    profile.natural_person = profile.partner_id.id in persons

    @api.model
    def _natural_persons(self, company, partner_ids):
        """Which of these customers are natural persons, in one statement.

        :param company: ``res.company``; its root counts
        :param partner_ids: ids of commercial partners
        :return: set of ids
        """
        root = company.root_id
        self._flush_natural_persons()
        rows = self.env.execute_query(
            SQL(
                "SELECT customer.id FROM res_partner customer"
                " WHERE customer.id = ANY(%(partners)s) AND %(person)s",
                partners=list(partner_ids),
                person=self._natural_person_sql(SQL("%s", root.id)),
            )
        )
        return {pid for (pid,) in rows}

    @api.model
    def _flush_natural_persons(self):
        self.flush_model(["person_kind", "partner_id", "company_id"])
        self.env["res.partner"].flush_model(["o2c_segment_id"])
        self.env["o2c.customer.segment"].flush_model(["natural_person"])
        self.env["o2c.credit.report"].flush_model(["legal_form", "date"])
        self.env["res.company"].flush_model(["o2c_sole_traders_are_persons"])

    @api.model
    def _natural_person_sql(self, root):
        """SQL condition on ``customer``, a row of ``res_partner``.

        What a colleague said counts before the segment, the segment before the newest
        report that names a legal form.

        :param SQL root: id of the head company
        """
        return SQL(
            """
            COALESCE(
                (SELECT said.person_kind = 'person' FROM o2c_risk_profile said
                  WHERE said.partner_id = customer.id AND said.company_id = %(root)s
                    AND said.person_kind IN ('person', 'legal')),
                (SELECT TRUE FROM o2c_customer_segment own
                  WHERE own.id = customer.o2c_segment_id AND own.natural_person),
                (SELECT lower(told.legal_form) ~ %(forms)s
                   FROM o2c_credit_report told, res_company asks
                  WHERE told.partner_id = customer.id AND told.company_id = %(root)s
                    AND asks.id = %(root)s AND asks.o2c_sole_traders_are_persons
                    AND told.legal_form <> ''
                  ORDER BY told.date DESC, told.id DESC LIMIT 1),
                FALSE)
            """,
            root=root,
            forms=PERSONAL_FORMS,
        )
