"""What a customer says that his transfer is for, kept for whoever matches the money."""

import hashlib
import io
import logging
import zipfile

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..policy import choice_text, proof, upload

_logger = logging.getLogger(__name__)
#: Files that one customer may send to one company in a day.
MOST_PER_DAY = 20


class O2cRemittanceNote(models.Model):
    """A file from the customer with the invoices that a transfer pays."""

    _name = "o2c.remittance.note"
    _description = "Payment Specification"
    _inherit = ["mail.thread"]
    _order = "id desc"
    _rec_name = "filename"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    link_id = fields.Many2one(
        "o2c.payment.link",
        string="Pay Link",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
        help="The page on which it was sent.",
    )
    reference = fields.Char(
        readonly=True,
        index="btree_not_null",
        help="The reference that this page asked to mention with the transfer.",
    )
    currency_id = fields.Many2one(
        "res.currency", readonly=True, ondelete="restrict", string="Money"
    )
    amount = fields.Monetary(
        readonly=True,
        help="What he chose to pay on the page. A bank line with this reference and "
        "amount is for the invoices below.",
    )
    move_ids = fields.Many2many(
        "account.move",
        "o2c_remittance_note_move_rel",
        "note_id",
        "move_id",
        string="Chosen Invoices",
        readonly=True,
        help="What he had chosen on the page when he sent the file.",
    )
    filename = fields.Char(string="File Name", required=True, readonly=True)
    content = fields.Binary(
        string="Specification",
        required=True,
        readonly=True,
        attachment=True,
        help="As the customer sent it; its kind and size were checked.",
    )
    digest = fields.Char(readonly=True, required=True)
    state = fields.Selection(
        [("new", "New"), ("done", "Used"), ("ignored", "Ignored")],
        default="new",
        required=True,
        index=True,
        tracking=True,
        help="New: waits for the transfer. Used: its invoices were matched.",
    )

    _file_uniq = models.UniqueIndex(
        "(company_id, partner_id, digest)", "This file was sent before."
    )

    @api.model
    def _receive(
        self, link, name, content, choice="all", shown=proof.PAPER, contact=None
    ):
        """Keep a file that came in on a pay link, once.

        :param bytes content: the file
        :param str choice: what the page showed as chosen (``policy/choice_text.py``)
        :param str shown: what proved who he is; ``contact``: who that is, if known
        :return: the note, in sudo
        :raise UserError: with a sentence for the customer
        """
        if reason := upload.problem(name, content, self._parts(content)):
            raise UserError(self._refusal(reason))
        notes = self.sudo()
        whose = [
            ("company_id", "=", link.company_id.id),
            ("partner_id", "=", link.partner_id.id),
        ]
        digest = hashlib.sha256(content).hexdigest()
        if known := notes.search([*whose, ("digest", "=", digest)], limit=1):
            return known
        since = fields.Datetime.subtract(fields.Datetime.now(), days=1)
        if notes.search_count([*whose, ("create_date", ">=", since)]) >= MOST_PER_DAY:
            raise UserError(
                self.env._("You sent many files today. Please send the rest tomorrow.")
            )
        note = notes.with_context(mail_create_nosubscribe=True).create(
            {
                "company_id": link.company_id.id,
                "partner_id": link.partner_id.id,
                "link_id": link.id,
                "reference": link.reference,
                "filename": upload.clean_name(name),
                "digest": digest,
                **self._chosen(link, choice),
            }
        )
        note._keep(content, upload.MIMETYPES[upload.ending(name)])
        try:
            with self.env.cr.savepoint():
                note._read_file(content)
        except Exception:  # whatever is in it, what a customer sends is kept
            _logger.exception("Payment specification %s cannot be read", note.id)
            note.write({"reading": "failed", "reading_problem": "damaged"})
        self.env["o2c.desk.receipt"]._note(note, shown, contact)
        return note

    @api.model
    def _chosen(self, link, choice):
        """What was chosen on the page, as values of a note.

        Nothing for a choice that no longer holds, nor where a credit note or a discount
        makes the sum: then the amount alone does not say what is settled.
        """
        keys, amount = choice_text.read(choice)
        decision = link._choose(keys, amount)
        rows = decision.allocations
        if not rows or any(row.amount <= 0 or row.discount for row in rows):
            return {}
        bank = link._page_bank(link._moves(), decision, keys)
        return {
            "reference": bank.get("reference") or link.reference,
            "currency_id": link.currency_id.id,
            "amount": float(decision.amount),
            "move_ids": [Command.set([row.move_id for row in rows])],
        }

    def _keep(self, content, mimetype):
        """Store the file with the kind that was checked, never one that is guessed."""
        self.env["ir.attachment"].sudo().create(
            {
                "name": self.filename,
                "res_model": self._name,
                "res_id": self.id,
                "res_field": "content",
                "raw": content,
                "mimetype": mimetype,
                "company_id": self.company_id.id,
            }
        )
        self.invalidate_recordset(["content"])

    @api.model
    def _parts(self, content):
        """Size per name of what a packed file holds, read from its directory only."""
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as packed:
                return {part.filename: part.file_size for part in packed.infolist()}
        except zipfile.BadZipFile:
            return None

    @api.model
    def _refusal(self, reason):
        """The sentence a customer reads when his file is refused."""
        return {
            upload.EMPTY: self.env._("The file is empty. Please choose another one."),
            upload.TOO_LARGE: self.env._("The file is larger than 5 MB."),
            upload.KIND: self.env._(
                "Please send a PDF, CSV, XML, text or Excel file (without macros)."
            ),
        }[reason]

    def action_done(self):
        """Its invoices were matched."""
        self.check_access("write")
        self.filtered(lambda note: note.state == "new").state = "done"

    def action_ignore(self):
        """Nothing can be done with it."""
        self.check_access("write")
        self.filtered(lambda note: note.state == "new").state = "ignored"
