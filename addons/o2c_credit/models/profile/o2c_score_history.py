"""How score and grade of a customer moved; one lean row per change."""

from odoo import fields, models

from .o2c_risk_profile import CONFIDENCE, GRADES


class O2cScoreHistory(models.Model):
    """Written in bulk by the nightly scoring, never changed."""

    _name = "o2c.score.history"
    _description = "Score History"
    _order = "date desc, id desc"
    _log_access = False

    profile_id = fields.Many2one(
        "o2c.risk.profile", required=True, index=True, ondelete="cascade", readonly=True
    )
    partner_id = fields.Many2one(related="profile_id.partner_id")
    company_id = fields.Many2one(related="profile_id.company_id")
    date = fields.Date(required=True, readonly=True)
    score = fields.Integer(readonly=True, aggregator="avg")
    grade = fields.Selection(GRADES, readonly=True)
    confidence = fields.Selection(CONFIDENCE, readonly=True)
    reasons = fields.Json(readonly=True)

    _day_uniq = models.Constraint(
        "UNIQUE(profile_id, date)", "A customer is scored once per day."
    )
