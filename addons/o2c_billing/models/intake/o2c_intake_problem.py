"""What is wrong with a line of an order, and what a person says is meant."""

from odoo import api, fields, models
from odoo.exceptions import AccessError

from ...policy import order_file
from ...policy.order_file import Problem

OWN_FIELDS = {"right_value", "product_id", "partner_id"}


class O2cIntakeProblem(models.Model):
    """A value that was not understood. What is written here is used at the next try;
    the file itself stays as it came."""

    _name = "o2c.intake.problem"
    _description = "Problem of a Received Order"
    _order = "order_id, number, id"

    order_id = fields.Many2one(
        "o2c.intake.order",
        string="Order",
        index=True,
        readonly=True,
        required=True,
        ondelete="cascade",
    )
    intake_id = fields.Many2one(
        related="order_id.intake_id", store=True, index=True, readonly=True
    )
    company_id = fields.Many2one(
        related="intake_id.company_id", store=True, index=True, readonly=True
    )
    number = fields.Integer(string="Line", readonly=True)
    field = fields.Char(string="Column", readonly=True)
    code = fields.Char(readonly=True)
    value = fields.Char(string="What Is There", readonly=True)
    reason = fields.Char(
        string="What to Do", compute="_compute_reason", help="What is wrong with it."
    )
    right_value = fields.Char(
        string="Write Instead",
        help="The right value; used when you try again.",
    )
    product_id = fields.Many2one(
        "product.product",
        string="This Article",
        domain=[("sale_ok", "=", True)],
        ondelete="set null",
        help="The article that is meant, wherever this file says the same.",
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="This Customer",
        ondelete="set null",
        help="The customer that is meant, wherever this file says the same.",
    )
    solved = fields.Boolean(readonly=True)

    @api.depends("number", "field", "code", "value")
    @api.depends_context("lang")
    def _compute_reason(self):
        for one in self:
            one.reason = one.intake_id._problem_words(
                Problem(one.number, one.field or "", one.code, one.value or "")
            )

    def write(self, vals):
        if not self.env.su and set(vals) - OWN_FIELDS:
            raise AccessError(
                self.env._("Write the right value, or choose what is meant.")
            )
        return super().write(vals)

    @api.model
    def _answers(self, intake):
        """What people said is meant.

        :return: corrections by (line, column), articles by text, customers by text
        """
        answered = self.sudo().search([("intake_id", "=", intake.id)])
        corrections = {
            (one.number, one.field): one.right_value.strip()
            for one in answered
            if one.right_value and one.field in order_file.COLUMNS
        }
        articles = {
            one.value: one.product_id
            for one in answered
            if one.product_id and one.field == order_file.ARTICLE
        }
        customers = {
            one.value: one.partner_id
            for one in answered
            if one.partner_id and one.field == order_file.CUSTOMER
        }
        return corrections, articles, customers
