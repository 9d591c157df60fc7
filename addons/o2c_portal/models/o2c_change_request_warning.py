"""Who had an address learns that somebody wants another one there.

Whoever gets hold of a portal login could send invoices and reminders elsewhere, and
the customer would not know. So the old address is told when it is asked and when it is
done; the new one is named without its first part.
"""

from markupsafe import Markup

from odoo import api, models

from ..policy import masked_address


class O2cChangeRequest(models.Model):
    _inherit = "o2c.change.request"

    @api.model
    def _ask(self, user, partner, kind, values, move=None):
        """Extends: the old address is told; the same wish again tells nobody again."""
        waiting = self.sudo().search(
            [
                ("partner_id", "=", partner.id),
                ("kind", "=", kind),
                ("state", "=", "open"),
            ]
        )
        known = [wish.changes for wish in waiting]
        wish = super()._ask(user, partner, kind, values, move)
        if wish.kind == "email" and wish.changes not in known:
            wish._warn_old_address(wish.before.get("email"), done=False)
        return wish

    def _apply_partner(self):
        """Extends: the address that gets nothing any more is told so."""
        before = self.partner_id.email
        result = super()._apply_partner()
        if self.kind == "email":
            self._warn_old_address(before, done=True)
        return result

    def _warn_old_address(self, address, done):
        """Queue the warning, in the language of the contact.

        :param str address: where it goes; nothing happens without one
        :param bool done: approved, not only asked
        """
        self.ensure_one()
        if not address:
            return
        partner, company = self.partner_id.sudo(), self.company_id.sudo()
        new = masked_address.masked(self.changes.get("email"))
        words = self.with_context(lang=partner.lang or self.env.lang).env
        values = {"customer": partner.display_name, "new": new, "company": company.name}
        if done:
            subject = words._("Your e-mail address at %s was changed", company.name)
            told = words._(
                "The e-mail address of %(customer)s at %(company)s is now %(new)s. "
                "Invoices and reminders go there from now on, and no longer to this "
                "address.",
                **values,
            )
        else:
            subject = words._(
                "Somebody asked to change your e-mail address at %s", company.name
            )
            told = words._(
                "In our portal somebody asked to change the e-mail address of "
                "%(customer)s at %(company)s to %(new)s. A colleague of ours looks at "
                "it first.",
                **values,
            )
        call = words._(
            "Was it you or a colleague? Then you do not have to do anything. If not, "
            "tell us at once: answer this mail or call %s.",
            company.phone or company.email or company.name,
        )
        body = Markup("<p>%s</p><p>%s</p><p>%s</p>") % (told, call, company.name)
        self.env["mail.mail"].sudo().create(
            {
                "subject": subject,
                "body_html": body,
                "email_to": address,
                "email_from": company.email_formatted,
                "reply_to": company.email_formatted,
                "model": partner._name,
                "res_id": partner.id,
                "auto_delete": False,
            }
        )
