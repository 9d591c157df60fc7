"""How a customer, or one of his addresses, wants his documents."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...policy import channel as policy

#: Field of each way, in the order in which they are tried.
WAYS = {
    "by_network": policy.NETWORK,
    "by_email": policy.EMAIL,
    "by_portal": policy.PORTAL,
    "by_upload": policy.UPLOAD,
    "by_post": policy.POST,
}
#: Days that a colleague has to upload a document at a supplier portal.
UPLOAD_DAYS = 2


class O2cSendingPreference(models.Model):
    """One row per customer or address and company; without one Odoo's own field rules.

    The address on the invoice comes before the customer as a company.
    """

    _name = "o2c.sending.preference"
    _description = "Sending Preference"
    _inherit = ["mail.thread"]
    _order = "partner_id"
    _rec_name = "partner_id"
    _check_company_auto = True

    partner_id = fields.Many2one(
        "res.partner",
        string="Customer or Address",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
        help="A customer, or the contact whose address stands on the invoice: what is "
        "said for the contact comes first.",
    )
    customer_id = fields.Many2one(
        "res.partner",
        related="partner_id.commercial_partner_id",
        string="Customer",
        store=True,
        index=True,
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self.env.company,
    )
    by_email = fields.Boolean(
        string="E-mail",
        default=True,
        tracking=True,
        help="The PDF by e-mail, with the e-invoice when the customer has a format.",
    )
    by_network = fields.Boolean(
        string="E-invoice Network",
        tracking=True,
        help="Over Peppol when this company and the customer are on it; otherwise the "
        "e-invoice goes as a file with the e-mail.",
    )
    by_portal = fields.Boolean(
        string="Portal",
        tracking=True,
        help="The document stands in the customer's portal and is not sent along.",
    )
    portal_notice = fields.Boolean(
        string="With a Notice",
        default=True,
        help="A short e-mail without the document tells the customer that it is there.",
    )
    by_post = fields.Boolean(
        string="Post", tracking=True, help="Printed and posted with the next batch."
    )
    by_upload = fields.Boolean(
        string="Customer's Supplier Portal",
        tracking=True,
        help="A colleague uploads the document there; it counts as sent when the proof "
        "is recorded.",
    )
    upload_url = fields.Char(
        string="Address of the Portal", help="Where the document is uploaded."
    )
    upload_user_id = fields.Many2one(
        "res.users",
        string="Uploaded By",
        help="Who uploads; the responsible of the company when empty.",
    )
    upload_days = fields.Integer(
        string="Days to Upload",
        default=UPLOAD_DAYS,
        help="How many days the colleague has.",
    )
    rhythm = fields.Selection(
        [
            ("at_once", "Each document at once"),
            ("daily", "One e-mail a day"),
            ("weekly", "One e-mail a week"),
        ],
        default="at_once",
        required=True,
        help="Whether documents are mailed one by one or together. It changes the "
        "e-mails, not the invoices.",
    )
    weekday = fields.Selection(
        [
            ("0", "Monday"),
            ("1", "Tuesday"),
            ("2", "Wednesday"),
            ("3", "Thursday"),
            ("4", "Friday"),
        ],
        default="4",
        help="On which day of the week the e-mail leaves.",
    )
    with_csv = fields.Boolean(
        string="With a CSV",
        default=True,
        help="The e-mail also carries a list of its documents that the customer can "
        "import.",
    )
    with_order = fields.Boolean(
        string="Order Specification",
        help="Attach the order with its lines to the e-mail.",
    )
    with_delivery_note = fields.Boolean(
        string="Delivery Notes",
        help="Attach the notes of what was delivered, when the Inventory app is there.",
    )
    copy_ids = fields.Many2many(
        "res.partner",
        "o2c_sending_preference_copy_rel",
        string="Copies To",
        help="Who else gets the e-mail, such as a bookkeeper.",
    )
    copy_to_orderer = fields.Boolean(
        string="Copy To Who Ordered",
        help="The contact on the order gets the e-mail too.",
    )
    mail_template_id = fields.Many2one(
        "mail.template",
        string="E-mail Text",
        domain="[('model', '=', 'account.move')]",
        ondelete="set null",
        help="Text of the e-mail for this customer; the company's when empty.",
    )

    _partner_uniq = models.Constraint(
        "UNIQUE(partner_id, company_id)",
        "There is already a sending preference for this customer or address.",
    )

    @api.constrains("by_upload", "upload_url", *WAYS)
    def _check_ways(self):
        for one in self:
            if not one._ways():
                raise ValidationError(
                    self.env._(
                        "Choose at least one way, or remove this preference of "
                        "%(customer)s.",
                        customer=one.partner_id.display_name,
                    )
                )
            url = one.upload_url or ""
            if one.by_upload and not url.startswith(("https://", "http://")):
                raise ValidationError(
                    self.env._(
                        "Fill in the web address of the supplier portal, starting with "
                        "https://."
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        made = super().create(vals_list)
        made._tell_odoo()
        return made

    def write(self, vals):
        result = super().write(vals)
        if set(vals) & (set(WAYS) | {"partner_id", "company_id"}):
            self._tell_odoo()
        return result

    def _tell_odoo(self):
        """Keep Odoo's own field in step, for everything else that reads it."""
        for one in self.filtered(
            lambda row: (
                row.partner_id == row.customer_id
                and row.company_id._o2c_mode("billing") == "live"
            )
        ):
            partner = one.partner_id.sudo().with_company(one.company_id)
            method = policy.to_method(one._ways(), one.company_id._o2c_methods())
            if partner.invoice_sending_method != method:
                partner.with_context(o2c_from_preference=True).write(
                    {"invoice_sending_method": method}
                )

    def _ways(self):
        """The ways that are ticked; none for an empty recordset."""
        return tuple(way for name, way in WAYS.items() if self[name]) if self else ()

    @api.model
    def _of_moves(self, moves):
        """The preference of each document: its address, then its customer.

        :return: dict of move to a preference, or an empty recordset; in sudo
        """
        partners = moves.partner_id | moves.commercial_partner_id
        found = self.sudo().search(
            [
                ("partner_id", "in", partners.ids),
                ("company_id", "in", moves.company_id.ids),
            ]
        )
        known = {(one.partner_id, one.company_id): one for one in found}
        none = self.sudo().browse()
        return {
            move: known.get((move.partner_id, move.company_id))
            or known.get((move.commercial_partner_id, move.company_id), none)
            for move in moves.sudo()
        }
