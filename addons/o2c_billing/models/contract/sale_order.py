"""The order: what is recurring in it becomes a contract."""

from odoo import fields, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    o2c_contract_ids = fields.One2many("o2c.contract", "order_id", string="Contracts")
    o2c_contract_count = fields.Integer(
        string="Number of Contracts", compute="_compute_o2c_contract_count"
    )

    def _compute_o2c_contract_count(self):
        counts = dict(
            self.env["o2c.contract"]
            .sudo()
            ._read_group([("order_id", "in", self.ids)], ["order_id"], ["__count"])
        )
        for order in self:
            order.o2c_contract_count = counts.get(order, 0)

    def _action_confirm(self):
        """Articles that are charged again and again propose a contract."""
        result = super()._action_confirm()
        for order in self:
            if order.company_id._o2c_mode("billing") != "off":
                order._o2c_propose_contract()
        return result

    def _o2c_propose_contract(self):
        """A draft contract with the recurring lines; once per line.

        :return: the contract, or an empty one when nothing is recurring
        """
        self.ensure_one()
        contracts = self.env["o2c.contract"].sudo().with_company(self.company_id)
        lines = self.order_line.filtered(
            lambda line: line._o2c_is_recurring()
            and not line.sudo().o2c_contract_line_ids
        )
        if not lines:
            return contracts
        contract = contracts.create(
            {
                **self._o2c_contract_values(),
                "line_ids": [(0, 0, line._o2c_contract_line()) for line in lines],
            }
        )
        contract.message_post(
            body=self.env._("Proposed from order %(name)s.", name=self.name),
            author_id=self.env.ref("base.partner_root").id,
            subtype_xmlid="mail.mt_note",
        )
        return contract

    def _o2c_contract_values(self):
        """The head of the contract, as the order has it."""
        self.ensure_one()
        customer = self.partner_id.commercial_partner_id
        invoice = self.partner_invoice_id
        own_address = invoice.commercial_partner_id == customer
        values = {
            "company_id": self.company_id.id,
            "partner_id": customer.id,
            "currency_id": self.currency_id.id,
            "fiscal_position_id": self.fiscal_position_id.id,
            "payment_term_id": self.payment_term_id.id,
            "subscription_form_id": self.o2c_subscription_form_id.id,
            "client_ref": self.client_order_ref,
            "order_id": self.id,
            "user_id": self.user_id.id,
            "accepted_by_id": self.sudo().o2c_accepted_by_id.id,
            "date_start": self.company_id._o2c_today(self.commitment_date or None),
        }
        if own_address:
            values["invoice_partner_id"] = invoice.id
        return values

    def _action_cancel(self):
        """A proposal of which nothing came goes with its order."""
        drafts = self.sudo().o2c_contract_ids.filtered(
            lambda contract: contract.state == "draft"
        )
        result = super()._action_cancel()
        drafts.unlink()
        return result

    def action_o2c_contracts(self):
        """Open the contracts that came from this order."""
        self.ensure_one()
        contracts = self.o2c_contract_ids
        if len(contracts) == 1:
            return self.env["o2c.today"]._open_record(contracts)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "o2c_billing.o2c_contract_action"
        )
        return action | {"domain": [("order_id", "=", self.id)], "context": {}}
