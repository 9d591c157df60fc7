"""Bill again to another customer: credit the one, invoice the other, once."""

from odoo import Command, fields, models
from odoo.exceptions import AccessError, UserError


class AccountMove(models.Model):
    _inherit = "account.move"

    o2c_rebill_of_id = fields.Many2one(
        "account.move",
        string="Bills Again",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The invoice to another customer that this one takes the place of.",
    )
    o2c_rebill_ids = fields.One2many(
        "account.move", "o2c_rebill_of_id", string="Billed Again As"
    )
    o2c_rebill_reason = fields.Char(
        string="Billed Again Because", readonly=True, copy=False, tracking=True
    )

    _o2c_rebill_uniq = models.UniqueIndex(
        "(o2c_rebill_of_id) WHERE o2c_rebill_of_id IS NOT NULL AND state != 'cancel'",
        "This invoice was billed again already.",
    )

    def _o2c_bill_again(self, partner, reason):
        """Credit this invoice and make it out to another customer; both wait as drafts.

        What was invoiced stays invoiced on the order, and later corrections of its
        events go to the new customer.

        :param partner: the customer who should have got it
        :param str reason: printed on the credit note
        :return: the credit note and the new invoice
        """
        self.ensure_one()
        if not self.env.user.has_group("o2c_base.group_billing_user"):
            raise AccessError(self.env._("Only a billing user bills again."))
        self.check_access("write")
        self._o2c_check_rebill(partner)
        credit = self._reverse_moves(
            [
                {
                    "ref": self.env._(
                        "%(invoice)s: %(reason)s", invoice=self.name, reason=reason
                    ),
                    "invoice_date": self.company_id._o2c_today(),
                }
            ]
        )
        again = self.with_context(include_business_fields=True).copy(
            {
                "partner_id": partner.id,
                "partner_shipping_id": partner.id,
                "invoice_date": self.company_id._o2c_today(),
                "invoice_payment_term_id": partner.with_company(
                    self.company_id
                ).property_payment_term_id.id,
                "o2c_rebill_of_id": self.id,
                "o2c_rebill_reason": reason,
            }
        )
        lines = self._o2c_lines_again(again)
        again._o2c_new_customer(lines)
        self._o2c_events_follow(again, lines)
        self.o2c_rebill_reason = reason
        self.message_post(
            body=self.env._(
                "Billed again to %(customer)s: %(reason)s",
                customer=partner.display_name,
                reason=reason,
            )
        )
        (credit | again)._o2c_check_and_post(self.company_id)
        return credit, again

    def _o2c_check_rebill(self, partner):
        """Once, and only what stands as it was invoiced."""
        if self.move_type != "out_invoice" or self.state != "posted":
            raise UserError(self.env._("Only a posted invoice is billed again."))
        live = self.o2c_rebill_ids.filtered(lambda move: move.state != "cancel")
        if live:
            raise UserError(
                self.env._(
                    "This invoice was billed again already, to %(customer)s.",
                    customer=live[0].partner_id.display_name,
                )
            )
        if self.reversal_move_ids.filtered(lambda move: move.state != "cancel"):
            raise UserError(
                self.env._(
                    "There is a credit note for this invoice already. Bill the rest "
                    "by hand."
                )
            )
        if partner.commercial_partner_id == self.commercial_partner_id:
            raise UserError(
                self.env._("Choose another customer than the one who has it.")
            )

    def _o2c_lines_again(self, again):
        """Line by line: the original and its copy, which stays what it was."""
        lines = dict(
            zip(
                self.invoice_line_ids.sorted("id"),
                again.invoice_line_ids.sorted("id"),
                strict=True,
            )
        )
        for line, copy in lines.items():
            if line.o2c_pass_through:
                copy.sudo().o2c_pass_through = True
        return lines

    def _o2c_new_customer(self, lines):
        """VAT as it is for this customer.

        :param dict lines: line of the original to its copy
        """
        old = self.o2c_rebill_of_id.fiscal_position_id
        position = self.fiscal_position_id = (
            self.env["account.fiscal.position"]
            .with_company(self.company_id)
            ._get_fiscal_position(self.partner_id)
        )
        if position == old:
            return
        events = {
            event.invoice_line_id: event
            for event in self.o2c_rebill_of_id.sudo().o2c_event_ids
        }
        for original, line in lines.items():
            if line.display_type != "product" or line.o2c_pass_through:
                continue
            charge = events[original].charge_type_id if original in events else None
            values = charge._line_values(position) if charge else {}
            if "tax_ids" not in values:
                home = line.product_id.taxes_id.filtered_domain(
                    self.env["account.tax"]._check_company_domain(self.company_id)
                )
                taxes = position.map_tax(home or line.tax_ids)
                values["tax_ids"] = [Command.set(taxes.ids)]
            line.write({"tax_ids": values["tax_ids"]})

    def _o2c_events_follow(self, again, lines):
        """Later corrections concern the new invoice.

        :param dict lines: line of this invoice to its copy
        """
        for event in self.sudo().o2c_event_ids:
            event._silent().write(
                {
                    "partner_id": again.partner_id.id,
                    "move_id": again.id,
                    "invoice_line_id": lines[event.invoice_line_id].id
                    if event.invoice_line_id in lines
                    else False,
                    "state": "drafted",
                    "posted_at": False,
                    "sent_at": False,
                }
            )
