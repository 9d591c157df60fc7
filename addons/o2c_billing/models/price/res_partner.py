"""The customer: his discount group and his price agreements."""

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
        :return: dict with the ids ``company``, ``partner``, ``segment``, ``group`` and
            ``form``
        """
        customer = self.commercial_partner_id.sudo()
        return {
            "company": company.id,
            "partner": customer.id or customer._origin.id or 0,
            "segment": customer.o2c_segment_id.id or 0,
            "group": customer.o2c_discount_group_id.id or None,
            "form": form.id if form else None,
        }
