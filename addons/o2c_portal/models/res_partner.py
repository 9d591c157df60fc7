"""What a contact may see of his company's account."""

from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    o2c_own_documents = fields.Boolean(
        string="Sees Only Own Documents",
        help="In the portal this contact sees only invoices that have him as their "
        "address, and no statement. Off: everything of his company.",
    )

    def _o2c_sees_company(self):
        """Whether this contact stands for his whole company in the portal."""
        self.ensure_one()
        return not self.sudo().o2c_own_documents
