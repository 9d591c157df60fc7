"""The article: its discount group, and its price in the configurators."""

from odoo import api, fields, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    o2c_discount_group_id = fields.Many2one(
        "o2c.discount.group",
        string="Discount Group",
        domain=[("scope", "=", "article")],
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="Price agreements can be made for all articles of a discount group.",
    )

    @api.model
    def _get_configurator_price(
        self, product_or_template, quantity, date, currency, pricelist, **kwargs
    ):
        """Core, for who buys: the dialog sends customer and subscription form.

        Only colleagues may say for whom they ask; a visitor of a web shop asks for
        himself, whatever he sends.
        """
        partner_id = kwargs.pop("o2c_partner_id", None)
        form_id = kwargs.pop("o2c_subscription_form_id", None)
        if self.env.user._is_internal() and (partner_id or form_id):
            partner = self.env["res.partner"].browse(partner_id)
            partner.check_access("read")
            form = self.env["o2c.subscription.form"].browse(form_id)
            kwargs["o2c_buyer"] = partner._o2c_buyer(self.env.company, form)
        return super()._get_configurator_price(
            product_or_template, quantity, date, currency, pricelist, **kwargs
        )
