"""The customer: his discount group, and what prices can depend on."""

from odoo import api, fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    o2c_discount_group_id = fields.Many2one(
        "o2c.discount.group",
        string="Discount Group",
        domain=[("scope", "=", "customer")],
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="Price agreements can be made for all customers of a discount group.",
    )

    @api.model
    def _commercial_fields(self):
        return super()._commercial_fields() + ["o2c_discount_group_id"]

    def _o2c_buyer(self, company, form=None):
        """What the price policy wants to know of this customer.

        :param company: ``res.company`` that sells
        :param form: ``o2c.subscription.form`` record, if any
        :return: dict with the ids ``company``, ``partner``, ``parents`` (nearest
            first), ``segment``, ``group``, ``form``, and ``grade``
        """
        customer = self.commercial_partner_id.sudo()
        customer = customer._origin or customer
        return {
            "company": company.id,
            "partner": customer.id or 0,
            "parents": customer._o2c_parents(),
            "segment": customer.o2c_segment_id.id or 0,
            "grade": customer._o2c_price_grade(company),
            "group": customer.o2c_discount_group_id.id or None,
            "form": form.id if form else None,
        }

    def _o2c_parents(self):
        """Ids of the companies this one belongs to, nearest first."""
        found = []
        parent = self.parent_id.commercial_partner_id
        while parent and parent.id not in found:
            found.append(parent.id)
            parent = parent.parent_id.commercial_partner_id
        return tuple(found)

    def _o2c_price_grade(self, company, always=False):
        """The grade that prices may depend on: never that of a natural person.

        :param bool always: also when no running agreement is made for a grade
        """
        uses = always or self.env["o2c.price.agreement"]._uses_grades(company.id)
        if not self.id or not uses:
            return None
        profile = self._o2c_profile(company)
        return None if profile.natural_person else profile.grade or None

    def action_o2c_price_simulation(self):
        """What would this customer pay, and why?"""
        self.ensure_one()
        return self.env["o2c.price.simulation"]._open(self.commercial_partner_id)
