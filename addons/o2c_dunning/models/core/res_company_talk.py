"""How a company follows promises, plans and questions."""

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    o2c_dunning_promise_reminder = fields.Integer(
        string="Word Before a Promise",
        default=0,
        help="Days before a promised day on which the customer gets a friendly word. "
        "Zero: none.",
    )
    o2c_dunning_plan_reminder = fields.Integer(
        string="Word Before an Instalment",
        default=3,
        help="Days before an instalment on which the customer gets a word. Zero: none.",
    )
    o2c_dunning_question_days = fields.Integer(
        string="Answer Questions Within",
        default=2,
        help="Working days within which a question is answered.",
    )
    o2c_question_manager_id = fields.Many2one(
        "res.users",
        string="Questions Past Their Deadline",
        domain="[('share', '=', False)]",
        help="Gets a task when a question is not answered in time. Empty: the "
        "responsible of Order to Cash.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    o2c_dunning_promise_reminder = fields.Integer(
        related="company_id.o2c_dunning_promise_reminder", readonly=False
    )
    o2c_dunning_plan_reminder = fields.Integer(
        related="company_id.o2c_dunning_plan_reminder", readonly=False
    )
    o2c_dunning_question_days = fields.Integer(
        related="company_id.o2c_dunning_question_days", readonly=False
    )
    o2c_question_manager_id = fields.Many2one(
        related="company_id.o2c_question_manager_id", readonly=False
    )
