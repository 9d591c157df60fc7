"""What contracts will bill in the year that comes, to look at before they start."""

from odoo import api, fields, models


class O2cContractComing(models.TransientModel):
    """One row per line and period, worked out when it is opened."""

    _name = "o2c.contract.coming"
    _description = "Coming Contract Invoice"
    _order = "due, contract_id, id"
    _rec_name = "contract_id"

    contract_id = fields.Many2one("o2c.contract", readonly=True)
    partner_id = fields.Many2one(related="contract_id.partner_id")
    product_id = fields.Many2one("product.product", string="Article", readonly=True)
    due = fields.Date(
        string="Invoice Date", readonly=True, help="When it will be billed."
    )
    date_from = fields.Date(string="From", readonly=True)
    date_to = fields.Date(string="Until", readonly=True)
    quantity = fields.Float(digits="Product Unit", readonly=True)
    amount = fields.Monetary(
        readonly=True, help="Without VAT, at the prices that are known now."
    )
    currency_id = fields.Many2one("res.currency", readonly=True)

    @api.model
    def _show(self, contracts, months=12):
        """Work it out, and open it as list, calendar and chart.

        :param contracts: ``o2c.contract`` records
        """
        contracts.check_access("read")
        rows = [
            {
                "contract_id": contract.id,
                "product_id": row["line"].product_id.id,
                "due": row["due"],
                "date_from": row["charge"].first,
                "date_to": row["charge"].last,
                "quantity": float(row["charge"].quantity),
                "amount": row["amount"],
                "currency_id": contract.currency_id.id,
            }
            for contract in contracts
            for row in contract.sudo()._coming(contract.company_id._o2c_today(), months)
        ]
        made = self.create(rows)
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "name": self.env._("Next 12 Months"),
            "view_mode": "list,calendar,graph,pivot",
            "domain": [("id", "in", made.ids)],
            "context": {"search_default_month": 1},
        }
