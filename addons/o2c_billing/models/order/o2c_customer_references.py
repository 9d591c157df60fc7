"""The customer's own references, by which his books recognise our document."""

from odoo import api, fields, models
from odoo.tools.sql import column_exists, create_column

#: Field → what the European norm calls it.
REFERENCES = {
    "o2c_buyer_reference": "BT-10",
    "o2c_contract_reference": "BT-12",
    "o2c_project_reference": "BT-11",
    "o2c_cost_centre": "BT-19",
}


class O2cCustomerReferences(models.AbstractModel):
    """References of the customer on an order or invoice.

    The order number itself is Odoo's own field: Customer Reference.
    """

    _name = "o2c.customer.references"
    _description = "References of the Customer"

    o2c_buyer_reference = fields.Char(
        string="Buyer Reference",
        compute="_compute_o2c_references",
        store=True,
        readonly=False,
        precompute=True,
        copy=True,
        help="The code by which the customer routes the invoice inside his house, such "
        "as a department or, for public bodies, a routing number.",
    )
    o2c_contract_reference = fields.Char(
        string="Contract Number",
        compute="_compute_o2c_references",
        store=True,
        readonly=False,
        precompute=True,
        copy=True,
        help="The customer's number of the contract that this is delivered under.",
    )
    o2c_project_reference = fields.Char(
        string="Project Number",
        compute="_compute_o2c_references",
        store=True,
        readonly=False,
        precompute=True,
        copy=True,
        help="The customer's number of the project that this belongs to.",
    )
    o2c_cost_centre = fields.Char(
        string="Cost Centre",
        compute="_compute_o2c_references",
        store=True,
        readonly=False,
        precompute=True,
        copy=True,
        help="Where the customer books it. A line can name another one.",
    )

    def _auto_init(self):
        # What exists already keeps no references: nothing is computed at install.
        if self._auto and not self._abstract:
            for name in REFERENCES:
                if not column_exists(self.env.cr, self._table, name):
                    create_column(self.env.cr, self._table, name, "varchar")
        return super()._auto_init()

    def _o2c_references_partner(self):
        """Whose references are the default."""
        self.ensure_one()
        return self.env["res.partner"]

    @api.depends(lambda self: self._o2c_references_depends())
    def _compute_o2c_references(self):
        for record in self:
            partner = record._o2c_references_partner()
            if not partner:
                # keeps what was typed before the customer was chosen
                for name in REFERENCES:
                    record[name] = record[name]
                continue
            defaults = partner._o2c_reference_defaults()
            for name in REFERENCES:
                record[name] = defaults[name]

    @api.model
    def _o2c_references_depends(self):
        return ()
