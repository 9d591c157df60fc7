"""What an event of another system knows more than a delivery."""

from odoo import fields, models


class O2cBillingEvent(models.Model):
    _inherit = "o2c.billing.event"

    source_id = fields.Many2one(
        "o2c.billing.source",
        string="System",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="The other system that reported this.",
    )
    batch_id = fields.Many2one(
        "o2c.source.batch",
        string="Received With",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    charge_type_id = fields.Many2one(
        "o2c.charge.type",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="Decides about account and VAT.",
    )
    pass_through = fields.Boolean(related="charge_type_id.pass_through")
    dossier = fields.Char(
        readonly=True,
        help="The file, shipment or declaration of the source. Charges of one file "
        "stand together.",
    )
    cost_centre = fields.Char(
        readonly=True, help="Cost centre of the customer, as the source sent it."
    )
    price_currency_id = fields.Many2one(
        "res.currency",
        readonly=True,
        help="Currency of the price, when it is not that of the company.",
    )
    content_hash = fields.Char(readonly=True, help="Fingerprint of what was reported.")
    reported_amount = fields.Monetary(
        readonly=True,
        help="What it came to as it was reported, in company currency; corrections "
        "leave it alone.",
    )
    corrects_id = fields.Many2one(
        "o2c.billing.event",
        string="Corrects",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="The event that came first and that this one corrects or supplements.",
    )
    correction_ids = fields.One2many(
        "o2c.billing.event", "corrects_id", string="Corrections", readonly=True
    )
    automatic = fields.Boolean(
        readonly=True, help="Made by a rule, such as the commission over advances."
    )
    early = fields.Boolean(
        string="Taken Along",
        readonly=True,
        help="Delivered before the start date and taken along by a person.",
    )

    _dossier_idx = models.Index("(source_id, dossier) WHERE source_id IS NOT NULL")
    _source_day_idx = models.Index("(source_id, date) WHERE source_id IS NOT NULL")

    def _document_amount(self):
        """Price times quantity in the currency of the price."""
        self.ensure_one()
        return self.quantity * self.price_unit
