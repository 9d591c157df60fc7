"""What prices are made of: whoever changes it makes the next reader read again."""

from odoo import api, models


class O2cPriceRulePart(models.AbstractModel):
    """Agreements, their lines and tiers, minimum prices, discounts that exclude each
    other: rules are compiled from them once and kept until one of them changes."""

    _name = "o2c.price.rule.part"
    _description = "Part of the Price Rules"

    @api.model_create_multi
    def create(self, vals_list):
        parts = super().create(vals_list)
        self._forget_rules()
        return parts

    def write(self, vals):
        result = super().write(vals)
        self._forget_rules()
        return result

    def unlink(self):
        result = super().unlink()
        self._forget_rules()
        return result

    @api.model
    def _forget_rules(self):
        """A price changed: the next one who asks reads again."""
        self.env.registry.clear_cache()
