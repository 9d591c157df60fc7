"""Simulation: what would this customer pay, and why?"""

from odoo import api, fields, models


class O2cPriceSimulation(models.TransientModel):
    """A question about prices; the answer is made while one types."""

    _name = "o2c.price.simulation"
    _description = "Price Simulation"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        help="Empty: somebody we know nothing of.",
    )
    date = fields.Date(
        required=True,
        default=lambda self: self.env.company._o2c_today(),
        help="Day on which the price is asked; also later or past.",
    )
    subscription_form_id = fields.Many2one(
        "o2c.subscription.form", help="How the customer buys."
    )
    pricelist_id = fields.Many2one(
        "product.pricelist", help="Empty: the customer's own pricelist."
    )
    agreement_id = fields.Many2one(
        "o2c.price.agreement",
        string="As if This Ran",
        domain="[('state', '!=', 'running'), ('company_id', '=', company_id)]",
        help="Count an agreement that does not run yet.",
    )
    line_ids = fields.One2many(
        "o2c.price.simulation.line",
        "simulation_id",
        string="Articles",
        help="All articles together count as one order.",
    )
    answer = fields.Json(compute="_compute_answer")

    @api.depends(
        "company_id",
        "partner_id",
        "date",
        "subscription_form_id",
        "pricelist_id",
        "agreement_id",
        "line_ids.product_id",
        "line_ids.quantity",
        "line_ids.uom_id",
    )
    @api.depends_context("lang")
    def _compute_answer(self):
        for simulation in self:
            lines = simulation.line_ids.filtered("product_id")
            if not lines or not simulation.date or not simulation.company_id:
                simulation.answer = False
                continue
            simulation.answer = self.env["o2c.price.agreement"].simulate_price(
                simulation.partner_id.id,
                [
                    {
                        "product_id": line.product_id.id,
                        "quantity": line.quantity,
                        "uom_id": line.uom_id.id,
                    }
                    for line in lines
                ],
                date=simulation.date,
                subscription_form_id=simulation.subscription_form_id.id,
                company_id=simulation.company_id.id,
                pricelist_id=simulation.pricelist_id.id,
                agreement_id=simulation.agreement_id.id,
            )

    @api.depends("partner_id")
    def _compute_display_name(self):
        for simulation in self:
            name = simulation.partner_id.display_name or self.env._("Somebody unknown")
            simulation.display_name = self.env._("Prices of %(name)s", name=name)

    @api.model
    def _open(self, partner=None, **values):
        """The simulation of one customer, as an action."""
        simulation = self.create({"partner_id": partner and partner.id, **values})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Price Simulation"),
            "res_model": self._name,
            "res_id": simulation.id,
            "views": [[False, "form"]],
            "target": "current",
        }


class O2cPriceSimulationLine(models.TransientModel):
    """One article of the question."""

    _name = "o2c.price.simulation.line"
    _description = "Simulated Article"

    simulation_id = fields.Many2one(
        "o2c.price.simulation", required=True, ondelete="cascade"
    )
    product_id = fields.Many2one(
        "product.product",
        string="Article",
        required=True,
        domain=[("sale_ok", "=", True)],
        help="What the customer asks for.",
    )
    quantity = fields.Float(
        default=1.0, digits="Product Unit", help="How much of it, in this unit."
    )
    uom_id = fields.Many2one(
        "uom.uom",
        string="Unit",
        compute="_compute_uom_id",
        store=True,
        readonly=False,
        precompute=True,
        help="The price is per this unit.",
    )

    @api.depends("product_id")
    def _compute_uom_id(self):
        for line in self:
            line.uom_id = line.product_id.uom_id
