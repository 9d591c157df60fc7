"""The sector of a customer, and how he pays beside the others in it."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ...policy.sector import Comparison, beside_sector, clean_code, section_of
from .o2c_exposure import to_money

SECTIONS = [
    ("A", "Agriculture, forestry and fishing"),
    ("B", "Mining"),
    ("C", "Manufacturing"),
    ("D", "Energy"),
    ("E", "Water and waste"),
    ("F", "Construction"),
    ("G", "Wholesale and retail trade"),
    ("H", "Transport and storage"),
    ("I", "Hotels and restaurants"),
    ("J", "Information and communication"),
    ("K", "Financial services"),
    ("L", "Real estate"),
    ("M", "Professional services"),
    ("N", "Rental and business support"),
    ("O", "Public administration"),
    ("P", "Education"),
    ("Q", "Health and social work"),
    ("R", "Culture, sports and recreation"),
    ("S", "Other services"),
    ("T", "Households"),
    ("U", "International organisations"),
]


class O2cRiskProfile(models.Model):
    _inherit = "o2c.risk.profile"

    o2c_sector_code = fields.Char(
        string="Sector Code (SBI)",
        tracking=True,
        help="Activity in the trade register: 2 to 5 digits of SBI or NACE. Taken from "
        "the newest report that has one, until somebody fills it in here.",
    )
    sector_by_hand = fields.Boolean(
        readonly=True,
        help="The sector code was filled in by somebody; reports leave it alone.",
    )
    section = fields.Selection(
        SECTIONS,
        string="Industry",
        compute="_compute_section",
        store=True,
        index="btree_not_null",
        help="The sector that the code belongs to; customers are compared within it.",
    )

    @api.depends("o2c_sector_code")
    def _compute_section(self):
        for profile in self:
            profile.section = section_of(profile.o2c_sector_code)

    @api.constrains("o2c_sector_code")
    def _check_sector_code(self):
        for profile in self:
            code = profile.o2c_sector_code
            if code and not section_of(code):
                raise ValidationError(
                    self.env._(
                        "%s is no activity of the trade register: fill in 2 to 5 "
                        "digits, such as 4711.",
                        code,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._sector_values(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._sector_values(vals))

    @api.model
    def _sector_values(self, vals):
        """A code that is filled in stays; an empty one waits for the next report."""
        if "o2c_sector_code" not in vals:
            return vals
        code = vals["o2c_sector_code"]
        return {
            **vals,
            "o2c_sector_code": clean_code(code) or code,
            "sector_by_hand": bool(code),
        }

    def _sector_medians(self):
        """Median of days late of the others in the sector of each profile.

        :return: dict of profile id to (median as Decimal or None, number of others)
        """
        rated = self.filtered("section")
        if not rated.ids:
            return {}
        self.flush_model(["section", "partner_id", "company_id"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT mine.id, other.median, other.count
                  FROM o2c_risk_profile mine
            CROSS JOIN LATERAL (
                        SELECT percentile_cont(0.5) WITHIN GROUP (
                                   ORDER BY figures.days_late - figures.disputed_days)
                                   AS median,
                               count(*) AS count
                          FROM o2c_risk_profile profile
                          JOIN o2c_customer_snapshot figures
                            ON figures.partner_id = profile.partner_id
                           AND figures.company_id = profile.company_id
                         WHERE profile.company_id = mine.company_id
                           AND profile.section = mine.section
                           AND profile.id <> mine.id
                           AND figures.payments > 0
                       ) other
                 WHERE mine.id = ANY(%s)
                """,
                rated.ids,
            )
        )
        return {
            pid: (None if median is None else to_money(median), count)
            for pid, median, count in rows
        }

    def _beside_sector(self, figures, median, others):
        """The comparison of one profile with its sector.

        :param figures: ``o2c.customer.snapshot`` of the customer
        """
        if not self.section or not figures.payments:
            return Comparison("unknown")
        card = self.env["o2c.score.card"]._of(self.company_id)
        return beside_sector(
            to_money(figures.days_late - figures.disputed_days),
            median,
            others,
            card.sector_minimum or 5,
        )
