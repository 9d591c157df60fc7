"""The block "Portal and pay links" of the settings page."""

from odoo import api, fields, models

from ..policy import public_address


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    o2c_public_url = fields.Char(related="company_id.o2c_public_url", readonly=False)
    o2c_pay_links = fields.Boolean(related="company_id.o2c_pay_links", readonly=False)
    o2c_link_days = fields.Integer(related="company_id.o2c_link_days", readonly=False)
    o2c_link_try_out = fields.Boolean(
        related="company_id.o2c_link_try_out", readonly=False
    )
    o2c_former_address_ids = fields.One2many(
        related="company_id.o2c_former_address_ids"
    )
    o2c_public_url_warning = fields.Char(compute="_compute_o2c_public_url_warning")

    @api.depends("company_id", "o2c_public_url")
    def _compute_o2c_public_url_warning(self):
        for settings in self:
            company = settings.company_id
            address = settings.o2c_public_url or company.get_base_url()
            settings.o2c_public_url_warning = company._o2c_public_address_warning(
                public_address.problem(address), address
            )
