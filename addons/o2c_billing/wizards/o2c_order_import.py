"""Orders from a file that a person brings."""

from odoo import api, fields, models


class O2cOrderImport(models.TransientModel):
    """A CSV or XLSX file of order lines or a UBL order becomes quotations."""

    _name = "o2c.order.import"
    _description = "Import Orders"
    _inherit = "o2c.file.import"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    file = fields.Binary(
        help="CSV in any usual encoding, an XLSX workbook, or a UBL order (XML)."
    )

    def action_import(self):
        """Take the chosen file in and show what came of each order."""
        self.ensure_one()
        intakes = self.env["o2c.order.intake"]
        intakes._check_authority()
        intake, known = intakes._receive(
            self.company_id, "file", self.filename or "", self._content()
        )
        if not known or intake.state in ("received", "mend"):
            intake._work()
        action = intake._get_records_action()
        if not known:
            return action
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "sticky": False,
                "title": self.env._("This file came in before"),
                "message": self.env._(
                    "You see what became of it. No order was made twice."
                ),
                "next": action,
            },
        }

    @api.model
    def _import_file(self, filename, content, company):
        """Quotations from a file, in one call; what is wrong waits in the record.

        :param str filename: shown to people only; the content decides what it is
        :param bytes content: the file
        :param company: ``res.company`` that sells
        :return: the new orders
        """
        intake, known = self.env["o2c.order.intake"]._receive(
            company, "file", filename, content
        )
        before = intake.order_ids.order_id
        if not known or intake.state in ("received", "mend"):
            intake._work(all_now=True)
        made = intake.order_ids.filtered(lambda one: one.state == "made")
        return made.order_id - before
