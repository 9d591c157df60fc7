"""How a company deals with decisions about people."""

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    o2c_sole_traders_are_persons = fields.Boolean(
        string="Sole Traders Are Persons",
        default=True,
        help="Sole traders and partnerships, known by the legal form in their report, "
        "are treated as natural persons: a gate only asks, a person decides.",
    )
    o2c_contest_days = fields.Integer(
        string="Answer a Contest Within",
        default=30,
        help="Days within which somebody who contests a decision has an answer. The "
        "GDPR says one month.",
    )
    o2c_person_retention = fields.Boolean(
        string="Remove Old Data of Persons",
        help="Each night, score history, reports, closed holds, closed contests and "
        "letters of natural persons are removed when they are older than the months "
        "below. Look at the preview before you switch this on: what is removed is "
        "gone.",
    )
    o2c_person_retention_months = fields.Integer(
        string="Keep Data of Persons For",
        default=24,
        help="Months. 24 is what the score itself looks back; longer needs a reason of "
        "its own.",
    )

    _o2c_person_settings_positive = models.Constraint(
        "CHECK(o2c_contest_days > 0 AND o2c_person_retention_months > 0)",
        "Days and months for natural persons are at least one.",
    )
