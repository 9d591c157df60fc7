"""Addresses that stand on paper which is still around."""

from datetime import timedelta

from odoo import api, fields, models


class O2cFormerAddress(models.Model):
    """A public address that pay links had before; somebody must keep it alive."""

    _name = "o2c.former.address"
    _description = "Former Public Address"
    _order = "used_until desc, id desc"
    _rec_name = "address"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )
    address = fields.Char(
        required=True,
        readonly=True,
        help="Stood before every pay link. Let it lead to this database as long as "
        "paper with it is around.",
    )
    used_until = fields.Date(
        required=True, readonly=True, help="Day on which another address took over."
    )
    needed_until = fields.Date(
        compute="_compute_needed_until",
        help="Last day on which a link printed with it works; empty: for ever.",
    )

    _address_uniq = models.UniqueIndex(
        "(company_id, address)", "This former address is listed already."
    )

    @api.depends("used_until", "company_id.o2c_link_days")
    def _compute_needed_until(self):
        for former in self:
            days = former.company_id.o2c_link_days
            former.needed_until = days and former.used_until + timedelta(days=days)

    @api.model
    def _note(self, company, address):
        """An address is given up today."""
        known = self.sudo().search(
            [("company_id", "=", company.id), ("address", "=", address)]
        )
        today = company._o2c_today()
        if known:
            known.used_until = today
        else:
            self.sudo().create(
                {"company_id": company.id, "address": address, "used_until": today}
            )
