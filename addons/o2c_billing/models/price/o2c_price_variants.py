"""A price for an article with all its variants, whatever is added to them later."""

from dataclasses import replace

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class O2cPriceAgreementLine(models.Model):
    _inherit = "o2c.price.agreement.line"

    product_tmpl_id = fields.Many2one(
        "product.template",
        string="All Variants Of",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain=[("sale_ok", "=", True)],
        help="Holds for every variant of this article, also for those that come later. "
        "A line for one variant goes before it.",
    )

    @api.depends("product_tmpl_id")
    def _compute_display_name(self):
        result = super()._compute_display_name()
        for line in self.filtered("product_tmpl_id"):
            line.display_name = line.product_tmpl_id.display_name
        return result

    @api.constrains("product_tmpl_id", "product_id", "categ_id", "article_group_id")
    def _check_variants(self):
        for line in self.filtered("product_tmpl_id"):
            if line.product_id or line.categ_id or line.article_group_id:
                raise ValidationError(
                    self.env._(
                        "%(article)s with all its variants is enough: leave the other "
                        "articles, categories and groups of this line empty.",
                        article=line.product_tmpl_id.display_name,
                    )
                )

    def _rule(self, scope=None, distance=0):
        rule = super()._rule(scope=scope, distance=distance)
        return replace(rule, template=self.product_tmpl_id.id or None)

    def _examples(self):
        if self.product_tmpl_id:
            return [self._example(self.product_tmpl_id)]
        return super()._examples()
