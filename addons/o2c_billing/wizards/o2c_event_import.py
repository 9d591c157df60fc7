"""Events from a file: first shown, then taken."""

from odoo import fields, models
from odoo.exceptions import UserError

from ..models.source.o2c_source_intake import KNOWN, REFUSED

#: Rows shown in the preview; refused ones come first.
SHOWN = 200


class O2cEventImport(models.TransientModel):
    """A CSV or XLSX file of another system, row by row."""

    _name = "o2c.event.import"
    _description = "Import Billing Events"
    _inherit = "o2c.file.import"

    source_id = fields.Many2one(
        "o2c.billing.source",
        required=True,
        ondelete="cascade",
        default=lambda self: self._default_source(),
    )
    whole = fields.Boolean(
        string="All or Nothing", help="Take none when one row is refused."
    )
    line_ids = fields.One2many("o2c.event.import.row", "import_id", readonly=True)
    accepted_count = fields.Integer(string="To Be Taken", readonly=True)
    known_count = fields.Integer(string="Known Before", readonly=True)
    bad_count = fields.Integer(string="Refused")
    amount = fields.Monetary(
        readonly=True, help="Of what will be taken, without VAT, as written."
    )
    currency_id = fields.Many2one(related="source_id.company_id.currency_id")

    def _default_source(self):
        sources = self.env["o2c.billing.source"].search(
            [("company_id", "in", self.env.companies.ids)], limit=2
        )
        return sources if len(sources) == 1 else False

    def _reported(self):
        """:return: the source at work, and the rows of the file"""
        source = self.env["o2c.billing.source"]._reporting_source(self.source_id.code)
        if source != self.source_id:
            source = self.source_id._at_work()
        batches = self.env["o2c.source.batch"]
        return source, batches._rows(self.filename or "", self._content(), source)

    def action_look(self):
        """What would become of each row; nothing is taken yet."""
        self.ensure_one()
        source, rows = self._reported()
        arrivals = source._judge(rows)
        refused = [one for one in arrivals if one.status == REFUSED]
        known = sum(one.status == KNOWN for one in arrivals)
        taken = [one for one in arrivals if one.status not in (REFUSED, KNOWN)]
        ordered = refused + [one for one in arrivals if one.status != REFUSED]
        self.line_ids.unlink()
        self.write(
            {
                "state": "look",
                "accepted_count": len(taken),
                "known_count": known,
                "bad_count": len(refused),
                "amount": sum(
                    one.values["quantity"] * one.values.get("price_unit", 0.0)
                    for one in taken
                ),
                "line_ids": [
                    fields.Command.create(self._row_values(source, one))
                    for one in ordered[:SHOWN]
                ],
            }
        )
        return self._reopen()

    def _row_values(self, source, one):
        values = one.values or {}
        return {
            "line": one.line,
            "key": one.key,
            "customer": one.report.customer if one.report else "",
            "partner_id": values.get("partner_id"),
            "charge_type_id": values.get("charge_type_id"),
            "quantity": values.get("quantity", 0.0),
            "price_unit": values.get("price_unit", 0.0),
            "status": one.status,
            "reason": "\n".join(
                source._problem_words(problem) for problem in one.problems
            ),
        }

    def action_import(self):
        """Take what is right; what is refused waits in its list."""
        self.ensure_one()
        if self.state != "look":
            raise UserError(self.env._("Look at the preview first."))
        source, rows = self._reported()
        batch = self.env["o2c.source.batch"]._open(
            source, "file", self.filename or self.env._("File")
        )
        source._take(rows, batch, whole=self.whole)
        return batch._get_records_action()


class O2cEventImportRow(models.TransientModel):
    """One row of the preview."""

    _name = "o2c.event.import.row"
    _description = "Row of the Preview"
    _order = "id"

    import_id = fields.Many2one("o2c.event.import", ondelete="cascade", index=True)
    line = fields.Integer(readonly=True)
    key = fields.Char(readonly=True)
    customer = fields.Char(string="Named", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    charge_type_id = fields.Many2one("o2c.charge.type", readonly=True)
    quantity = fields.Float(digits="Product Unit", readonly=True)
    price_unit = fields.Float(string="Price", digits="Product Price", readonly=True)
    status = fields.Selection(
        [
            ("accepted", "Will be taken"),
            ("known", "Known before"),
            ("refused", "Refused"),
            ("not_taken", "Not taken"),
        ],
        readonly=True,
    )
    reason = fields.Text(readonly=True)
