"""Letters: the documents of one print run as one PDF with a list on top."""

import base64
import io

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date
from odoo.tools.pdf import PdfFileReader, merge_pdf

from ...policy import channel as policy

#: Letters in one batch; a larger stack is printed in parts.
LETTERS = 200


class O2cPrintBatch(models.Model):
    """A stack of letters: printed, posted by somebody on a day, sometimes back."""

    _name = "o2c.print.batch"
    _description = "Print Batch"
    _inherit = ["mail.thread"]
    _order = "id desc"

    name = fields.Char(compute="_compute_name")
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )
    date = fields.Date(required=True, readonly=True, help="When it was opened.")
    state = fields.Selection(
        [("open", "Open"), ("printed", "Printed"), ("posted", "Mailed")],
        default="open",
        required=True,
        readonly=True,
        index=True,
        tracking=True,
    )
    sending_ids = fields.One2many("o2c.sending", "batch_id", string="Documents")
    letters = fields.Integer(
        compute="_compute_letters", help="How many letters the stack has."
    )
    pages = fields.Integer(
        compute="_compute_letters", help="Pages of all letters, without the list."
    )
    printed_at = fields.Datetime(string="Printed On", readonly=True)
    prints = fields.Integer(readonly=True, help="How often the PDF was made.")
    posted_at = fields.Datetime(string="Mailed On", readonly=True, tracking=True)
    posted_by_id = fields.Many2one(
        "res.users",
        string="Mailed By",
        readonly=True,
        ondelete="set null",
        tracking=True,
    )
    pdf = fields.Binary(attachment=True, readonly=True)
    pdf_name = fields.Char(compute="_compute_name")
    came_back = fields.Char(
        string="Letter Came Back",
        copy=False,
        help="Type or scan the number of a letter that came back.",
    )

    _open_uniq = models.UniqueIndex(
        "(company_id) WHERE state = 'open'",
        "There is already an open print batch in this company.",
    )

    def write(self, vals):
        if not self.env.su and set(vals) - {"came_back"}:
            raise UserError(
                self.env._("A batch changes by its buttons: print, posted, came back.")
            )
        return super().write(vals)

    @api.depends("date")
    def _compute_name(self):
        for batch in self:
            number = batch._origin.id or ""
            batch.name = self.env._(
                "Print batch %(number)s of %(date)s",
                number=number,
                date=format_date(self.env, batch.date),
            )
            batch.pdf_name = f"{batch.name}.pdf".replace("/", "-")

    @api.depends("sending_ids.pages")
    def _compute_letters(self):
        for batch in self:
            batch.letters = len(batch.sending_ids)
            batch.pages = sum(batch.sending_ids.mapped("pages"))

    @api.model
    def _collecting(self, company):
        """The batch that new letters go into."""
        found = self.search(
            [("company_id", "=", company.id), ("state", "=", "open")], limit=1
        )
        if found and len(found.sending_ids) < LETTERS:
            return found
        found.write({"state": "printed"})
        return self.create({"company_id": company.id, "date": company._o2c_today()})

    def _check_biller(self):
        self.env["o2c.sending"]._check_sender()
        self.check_access("read")

    def action_print(self):
        """Make the PDF: the list, then every letter. A second time is a reprint."""
        self.ensure_one()
        self._check_biller()
        batch = self.sudo()
        if not batch.sending_ids:
            raise UserError(self.env._("There is no letter in this batch."))
        parts = [batch._count_pages(row) for row in batch.sending_ids.sorted("id")]
        cover = batch._cover()
        batch.write(
            {
                "pdf": base64.b64encode(merge_pdf([cover, *parts])),
                "printed_at": fields.Datetime.now(),
                "prints": batch.prints + 1,
                "state": "printed" if batch.state == "open" else batch.state,
            }
        )
        return {
            "type": "ir.actions.client",
            "tag": "o2c_billing.download",
            "params": {
                "model": self._name,
                "id": self.id,
                "field": "pdf",
                "filename": batch.pdf_name,
                "download": True,
            },
        }

    def _count_pages(self, row):
        """The PDF of a letter; its pages are counted on the way."""
        pdf = row.move_id.invoice_pdf_report_id.raw
        if not pdf:
            raise UserError(
                self.env._(
                    "The PDF of %(number)s is gone. Take it out of the batch and try "
                    "again to send it.",
                    number=row.name,
                )
            )
        row.pages = PdfFileReader(io.BytesIO(pdf), strict=False).getNumPages()
        return pdf

    def _cover(self):
        """The list on top, as PDF."""
        report = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        content, _kind = report._render_qweb_pdf(
            "o2c_billing.o2c_print_batch_report", self.ids
        )
        return content

    def action_posted(self):
        """The stack was posted, now, by the present user."""
        self._check_biller()
        for batch in self.sudo().filtered(lambda one: one.state != "posted"):
            if not batch.prints:
                raise UserError(self.env._("Print the batch before it is posted."))
            batch.write(
                {
                    "state": "posted",
                    "posted_at": fields.Datetime.now(),
                    "posted_by_id": self.env.uid,
                }
            )
            rows = batch.sending_ids.filtered(lambda row: row.state == "todo")
            for row in rows:
                row._left(
                    self.env._(
                        "posted by %(user)s to %(address)s",
                        user=self.env.user.name,
                        address=row.move_id._o2c_buyer_address()._o2c_address_line(),
                    )
                )

    def action_came_back(self):
        """A letter of this or another batch came back: its number was typed."""
        self.ensure_one()
        self._check_biller()
        number = (self.came_back or "").strip()
        row = self.env["o2c.sending"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("channel", "=", policy.POST),
                ("state", "=", "sent"),
                ("move_id.name", "=", number),
            ]
        )
        if not number or not row:
            raise UserError(
                self.env._(
                    "No posted letter has the number %(number)s. Type it as it stands "
                    "on the invoice.",
                    number=number,
                )
            )
        row.action_letter_came_back()
        self.came_back = False


class O2cSending(models.Model):
    _inherit = "o2c.sending"

    def _send_post(self):
        """Into the print batch, or to Snailmail."""
        self.ensure_one()
        if not self._preflight():
            return False
        if self._has_snailmail():
            return self._send_snailmail()
        if not self._generate(["manual"], invoice_edi_format=False):
            return False
        batch = self.env["o2c.print.batch"]._collecting(self.company_id)
        self.write(
            {
                "state": "todo",
                "waits_for": "person",
                "batch_id": batch.id,
                "reason": self.env._("To be printed and posted: %s", batch.name),
                "user_id": self.company_id.o2c_responsible_id.id,
                "next_try": False,
            }
        )
        self._settle()
        return False

    def action_take_out(self):
        """Take letters out of a batch that was not posted."""
        self._check_sender()
        rows = self.sudo().filtered(
            lambda row: row.state == "todo" and row.batch_id.state != "posted"
        )
        rows.batch_id = False
        rows._again()

    def action_letter_came_back(self):
        """The post brought the letter back: the address is wrong."""
        self._check_sender()
        rows = self.sudo().filtered(
            lambda row: row.channel == policy.POST and row.state == "sent"
        )
        if not rows:
            raise UserError(self.env._("Only a posted letter can come back."))
        for row in rows:
            row._came_back(
                "post_returned",
                self.env._(
                    "The letter to %(address)s came back.",
                    address=row.move_id._o2c_buyer_address()._o2c_address_line(),
                ),
                row.move_id._o2c_buyer_address(),
            )
