"""How a company sends its documents."""

from odoo import fields, models

OTHER_WAYS = [
    ("email", "E-mail"),
    ("post", "Post"),
    ("portal", "Portal"),
]


class ResCompany(models.Model):
    _inherit = "res.company"

    o2c_other_way = fields.Selection(
        OTHER_WAYS,
        string="Other Way",
        help="How a document goes when its own way is closed: e-mail comes back, "
        "letters come back, the network refuses. Empty: it waits until the data is "
        "mended.",
    )
    o2c_last_way = fields.Selection(
        OTHER_WAYS,
        string="Last Way",
        help="When the other way is closed too.",
    )
    o2c_bundle_hour = fields.Float(
        string="Hour of the Day's E-mail",
        default=16.5,
        help="When the e-mail leaves that carries all documents of the day, for "
        "customers who want one a day or one a week.",
    )
    o2c_ask_customer = fields.Boolean(
        string="Ask the Customer",
        help="When an invoice misses the customer's order number, address or "
        "registration number, he gets an e-mail with a page where he can fill it in. "
        "Then the invoice goes on by itself.",
    )
    o2c_track_opens = fields.Boolean(
        string="Notice Opened E-mails",
        help="Adds an invisible picture to e-mails with invoices, to know that they "
        "were opened. Recipients must be told: a line about it is added under each "
        "such e-mail. Leave it off unless you have a reason to know.",
    )
    o2c_post_by = fields.Selection(
        [("batch", "We print and post"), ("snailmail", "Odoo's Snailmail")],
        string="Letters",
        default="batch",
        required=True,
        help="Who prints and posts. Snailmail needs that app and its credit.",
    )
    o2c_invoice_template_id = fields.Many2one(
        "mail.template",
        string="E-mail with an Invoice",
        domain="[('model', '=', 'account.move')]",
        ondelete="set null",
        help="Text of the e-mail with invoices of this company; Odoo's when empty.",
    )
    o2c_invoice_report_id = fields.Many2one(
        "ir.actions.report",
        string="Layout of Invoices",
        domain="[('model', '=', 'account.move'), ('is_invoice_report', '=', True)]",
        ondelete="set null",
        help="Layout of the invoices of this company; a layout on the customer or the "
        "journal comes first.",
    )

    def write(self, vals):
        result = super().write(vals)
        if vals.get("o2c_billing_mode") == "live":
            self.env["o2c.sending.preference"].sudo().search(
                [("company_id", "in", self.ids)]
            )._tell_odoo()
        return result

    def _o2c_methods(self):
        """Odoo's own sending methods that this company uses."""
        self.ensure_one()
        field = self.env["res.partner"]._fields["invoice_sending_method"]
        known = dict(field._description_selection(self.env))
        if self.sudo().o2c_post_by != "snailmail":
            known.pop("snailmail", None)
        return tuple(known)

    def _o2c_other_ways(self):
        """The other ways of this company, best first."""
        self.ensure_one()
        return tuple(
            dict.fromkeys(one for one in (self.o2c_other_way, self.o2c_last_way) if one)
        )
