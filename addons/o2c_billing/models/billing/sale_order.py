"""The order: what of it is invoiced when an event asks for it."""

from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _action_confirm(self):
        """Services that are charged when ordered can be invoiced at once."""
        result = super()._action_confirm()
        self.order_line._o2c_record_ordered()
        return result

    def _get_invoiceable_lines(self, final=False):
        """In the queue: the lines that events speak of, and what goes with them."""
        lines = super()._get_invoiceable_lines(final)
        quantities = self.env.context.get("o2c_quantities")
        if quantities is None:
            return lines
        kept = lines.browse()
        heading = lines.browse()
        for line in lines:
            if line.display_type in ("line_section", "line_subsection"):
                if line.display_type == "line_section":
                    heading = lines.browse()
                heading |= line
            elif line.id in quantities or line._o2c_rides_along():
                kept |= heading | line
                heading = lines.browse()
        return kept

    def _o2c_down_payment_blocks(self, quantities):
        """Is a down payment larger than what is to be invoiced now?

        :param dict quantities: order line id to quantity
        """
        self.ensure_one()
        paid = self.order_line.filtered(
            lambda line: line.is_downpayment
            and not line.display_type
            and line.qty_to_invoice < 0
        )
        if not paid:
            return False
        now = sum(
            line._o2c_net_price() * quantities[line.id]
            for line in self.order_line
            if line.id in quantities
        )
        paid_amount = sum(paid.mapped("untaxed_amount_invoiced"))
        return self.currency_id.compare_amounts(paid_amount, now) > 0

    def _get_invoice_grouping_keys(self):
        """Per reference: the reference of the customer keeps invoices apart."""
        keys = super()._get_invoice_grouping_keys()
        documents = self.env.context.get("o2c_documents")
        return [*keys, "ref"] if documents and documents.bundle == "reference" else keys

    def _create_account_invoices(self, invoice_vals_list, final):
        """Every way to invoice an order ends here: events follow their invoice."""
        context = self.env.context
        if date := context.get("o2c_invoice_date"):
            for values in invoice_vals_list:
                values.setdefault("invoice_date", date)
        documents = context.get("o2c_documents")
        if documents:
            invoice_vals_list = documents.arrange(invoice_vals_list, self.env)
        moves = super()._create_account_invoices(invoice_vals_list, final)
        if documents:
            documents.placed(moves)
        if "o2c_quantities" not in context:
            moves._o2c_take_events()
        return moves
