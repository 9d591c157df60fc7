"""What a yes does: data changed, papers made anew, everything on record."""

from odoo import models
from odoo.exceptions import UserError

from ..policy import own_data


class O2cChangeRequest(models.Model):
    _inherit = "o2c.change.request"

    def action_approve(self):
        """Do what the customer asks, if nothing changed since he asked."""
        self._check_may_decide()
        for request in self.filtered(lambda one: one.state == "open"):
            request._check_unchanged()
            if request.kind == "reference":
                request._apply_reference()
            elif request.kind == "contact":
                request._apply_contact()
            else:
                request._apply_partner()
            request._decide("done")

    def _check_unchanged(self):
        """A colleague's later change is not written over."""
        self.ensure_one()
        now = self._present(self.partner_id, self.move_id)
        other = [name for name in self.changes if now.get(name) != self.before[name]]
        if other and self.kind != "contact":
            raise UserError(
                self.env._(
                    "%(field)s of %(partner)s was changed after the customer asked "
                    "this: it is “%(now)s” now. Refuse the wish, or ask the customer.",
                    field=self._label(other[0]),
                    partner=self.partner_id.display_name,
                    now=self._shown(other[0], now.get(other[0])),
                )
            )

    def _values(self):
        """The wish as values of the fields that its kind allows, and of no other."""
        allowed = own_data.FIELDS[self.kind]
        values = {name: text for name, text in self.changes.items() if name in allowed}
        if "country_id" in values:
            values["country_id"] = int(values["country_id"])
        return {name: value or False for name, value in values.items()}

    def _apply_partner(self):
        """Write the data of the contact, with a line in its thread."""
        partner = self.partner_id.sudo()
        partner.write(self._values())
        partner.message_post(
            body=self.env._(
                "Changed as %(who)s asked in the portal, approved by %(user)s: "
                "%(what)s",
                who=self.asked_by_id.name,
                user=self.env.user.name,
                what=self.summary,
            ),
            author_id=self.env.user.partner_id.id,
        )

    def _apply_contact(self):
        """A new contact who gets the invoices."""
        customer = self.partner_id.sudo().commercial_partner_id
        values = self._values()
        known = customer.child_ids.filtered(
            lambda one: one.type == "invoice" and one.email == values["email"]
        )
        if known:
            known.write(values)
        else:
            self.env["res.partner"].sudo().create(
                values
                | {"parent_id": customer.id, "type": "invoice", "lang": customer.lang}
            )

    def _apply_reference(self):
        """The customer's order number on the invoice, and its papers made anew."""
        move = self.move_id.sudo()
        if move.state != "posted":
            raise UserError(self.env._("%s is not a posted invoice.", move.name))
        before = move.ref
        move.ref = self.changes["ref"]
        kept = self._keep_old_papers(move)
        if kept:
            self.env["account.move.send"].sudo()._generate_and_send_invoices(
                move, sending_methods=[]
            )
        move.message_post(
            body=self._reference_text(move.ref, before),
            attachment_ids=kept.ids,
            author_id=self.env.user.partner_id.id,
        )

    def _reference_text(self, new, old):
        """What is written on the invoice about its new order number."""
        values = {"new": new, "old": old, "who": self.asked_by_id.name}
        if not old:
            return self.env._(
                "Own order number of the customer: %(new)s, as %(who)s asked in the "
                "portal. PDF and e-invoice were made anew; the old ones stay below.",
                **values,
            )
        return self.env._(
            "Own order number of the customer: %(new)s (was: %(old)s), as %(who)s "
            "asked in the portal. PDF and e-invoice were made anew; the old ones "
            "stay below.",
            **values,
        )

    def _keep_old_papers(self, move):
        """What was sent stays on the invoice as it was.

        :return: the attachments
        """
        papers = (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", move._name),
                    ("res_id", "=", move.id),
                    (
                        "res_field",
                        "in",
                        ("invoice_pdf_report_file", "ubl_cii_xml_file"),
                    ),
                ]
            )
        )
        for paper in papers:
            name = self.env._("before correction - %s", paper.name)
            paper.write({"res_field": False, "name": name})
        move.invalidate_recordset()
        return papers
