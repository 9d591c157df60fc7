"""What a contact may see of his company's account."""

from odoo import fields, models

#: What decides whose documents a portal user may read.
DECIDES = {"parent_id", "is_company", "o2c_own_documents"}


class ResPartner(models.Model):
    _inherit = "res.partner"

    o2c_own_documents = fields.Boolean(
        string="Sees Only Own Documents",
        help="In the portal this contact sees only invoices that have him as their "
        "address, and no statement. Off: everything of his company.",
    )

    def write(self, vals):
        """Extends: who moves to another customer loses the old one at once.

        Odoo keeps what a user may read in memory and does not look at his contact
        again by itself.
        """
        result = super().write(vals)
        if DECIDES & set(vals) and self._o2c_portal_users():
            self.env.registry.clear_cache()
        return result

    def action_o2c_send_statement(self):
        """The screen that mails these customers their statements of account."""
        return self.env["o2c.statement.send"]._open_for(self)

    def _o2c_portal_users(self):
        """Whether one of these contacts, or of those below them, uses the portal."""
        users = self.env["res.users"].sudo()
        below = [("partner_id", "child_of", self.ids), ("share", "=", True)]
        return bool(users.search_count(below, limit=1))

    def _o2c_sees_company(self):
        """Whether this contact stands for his whole company in the portal."""
        self.ensure_one()
        return not self.sudo().o2c_own_documents
