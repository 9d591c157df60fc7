"""Read a CAMT.053 file: first look at what is in it, then take it in, once."""

import base64

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tools import format_amount

from ..policy.reference import squash
from ..tools import camt053


class O2cCamtImport(models.TransientModel):
    """One file with statements of one or several accounts."""

    _name = "o2c.camt.import"
    _description = "Import of a CAMT.053 File"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    content = fields.Binary(
        string="CAMT.053 File",
        attachment=False,
        help="The XML file that you downloaded from your bank.",
    )
    filename = fields.Char(string="File Name")
    line_ids = fields.One2many("o2c.camt.import.line", "import_id", readonly=True)
    ready = fields.Boolean(compute="_compute_ready")

    @api.depends("line_ids.problem", "line_ids.new_count")
    def _compute_ready(self):
        for one in self:
            lines = one.line_ids
            one.ready = bool(lines) and any(
                line.new_count and not line.problem for line in lines
            )

    @api.onchange("content")
    def _onchange_content(self):
        """The preview."""
        self.line_ids = [Command.clear()]
        if self.content:
            last = {}
            self.line_ids = [
                Command.create(self._preview(one, last)) for one in self._statements()
            ]

    def _check_clerk(self):
        if not self.env.user.has_group("o2c_cash.group_cash_clerk"):
            raise AccessError(self.env._("Only a cash clerk imports bank files."))

    def _statements(self):
        """What is in the file, or words about what is wrong with it."""
        self._check_clerk()
        try:
            return camt053.read(base64.b64decode(self.content or b""))
        except camt053.NotCamtError as error:
            raise UserError(self._refusal(str(error))) from error

    def _refusal(self, code):
        return {
            "too_large": self.env._("The file is too large. Export a shorter period."),
            "not_xml": self.env._(
                "This is not an XML file. Choose CAMT.053 when you download it from "
                "your bank, and unpack it when it is a ZIP file."
            ),
            "cut_off": self.env._(
                "The file is cut off: its end is missing. Download it again."
            ),
            "doctype": self.env._(
                "The file holds a document type, which a bank never writes. It was "
                "not read."
            ),
            "not_camt": self.env._(
                "This XML file is no CAMT.053 statement. Choose CAMT.053 when you "
                "download it from your bank."
            ),
        }.get(
            code,
            self.env._(
                "The file is damaged: an amount or a date cannot be read. Download "
                "it again."
            ),
        )

    def _preview(self, statement, last):
        """Values of a preview line.

        :param dict last: what came before in this file, per account
        """
        journal = self._journal(statement)
        fresh = self._fresh(journal, statement)
        notes = self._notes(journal, statement, fresh, last)
        return {
            "number": statement.number,
            "account": statement.account,
            "journal_id": journal.id,
            "currency": statement.currency,
            "opening": float(statement.opening or 0),
            "closing": float(statement.closing or 0),
            "count": len(statement.transactions),
            "new_count": len(fresh),
            "problem": self._problem(journal, statement),
            "note": "\n".join(notes) or False,
        }

    def _journal(self, statement):
        """The bank account of this company with this number."""
        journals = self.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", self.company_id.id)]
        )
        number = squash(statement.account)
        return journals.filtered(
            lambda one: number and squash(one.sudo().bank_acc_number) == number
        )[:1]

    def _problem(self, journal, statement):
        """Why it cannot be taken in, or False."""
        if not journal:
            return self.env._(
                "No bank journal of this company has account %s. Set it on the "
                "journal.",
                statement.account,
            )
        currency = journal.currency_id or self.company_id.currency_id
        if statement.currency and statement.currency != currency.name:
            return self.env._(
                "The file is in %(file)s and the journal in %(journal)s.",
                file=statement.currency,
                journal=currency.name,
            )
        if statement.difference:
            return self.env._(
                "Opening balance and transactions do not make the closing balance: "
                "%s is missing. Download the file again.",
                format_amount(self.env, float(abs(statement.difference)), currency),
            )
        return False

    def _fresh(self, journal, statement):
        """Transactions that were not taken in before; a file twice is no trouble."""
        lines = self.env["account.bank.statement.line"].sudo()
        keys = [one.key for one in statement.transactions]
        known = set(
            lines.search(
                [("journal_id", "=", journal.id), ("o2c_bank_key", "in", keys)]
            ).mapped("o2c_bank_key")
        )
        fresh = []
        for one in statement.transactions:
            if one.key not in known and one.amount:
                known.add(one.key)
                fresh.append(one)
        return fresh

    def action_import(self):
        """Take in what is new; each line gets its proposal at once.

        :return: action that opens the cash desk
        """
        self.ensure_one()
        made = self.env["account.bank.statement.line"].sudo()
        for statement in self._statements():
            journal = self._journal(statement)
            if problem := self._problem(journal, statement):
                raise UserError(problem)
            made |= self._take_in(journal, statement)
        if not made:
            raise UserError(self.env._("Everything in this file was imported before."))
        if self.company_id._o2c_mode("cash") != "off":
            self.env["o2c.cash.match"].sudo()._propose(
                self.company_id, line_ids=made.ids
            )
            self.env.ref("o2c_cash.ir_cron_run").sudo()._trigger()
        return self.env["ir.actions.actions"]._for_xml_id(
            "o2c_cash.o2c_cash_desk_action"
        )

    def _take_in(self, journal, statement):
        """Bank lines of one statement; with its balances when all of it is new."""
        fresh = self._fresh(journal, statement)
        lines = self.env["account.bank.statement.line"].sudo()
        if not fresh:
            return lines
        lines = lines.with_company(self.company_id).create(
            [self._line_values(journal, one) for one in fresh]
        )
        self._keep_last(journal, statement)
        whole = len(fresh) == len(statement.transactions)
        if whole and statement.closing is not None and statement.opening is not None:
            self.env["account.bank.statement"].sudo().create(
                {
                    "name": statement.number or self.filename,
                    "date": statement.day,
                    "balance_start": float(statement.opening),
                    "balance_end_real": float(statement.closing),
                    "line_ids": [Command.set(lines.ids)],
                }
            )
        return lines

    def _line_values(self, journal, one):
        """Values of a bank line; the return code and the payer's id stand in its note
        in the words in which matching looks for them."""
        told = []
        if one.end_to_end:
            told.append(f"End To End Id (Refs/EndToEndId): {one.end_to_end}")
        if one.return_code:
            told.append(f"Return Reason Code (RtrInf/Rsn/Cd): {one.return_code}")
        if one.reversal:
            told.append("Reversal Indicator (RvslInd): true")
        if one.sent:
            told.append(f"Instructed Amount (AmtDtls/InstdAmt): {one.sent}")
        return {
            "journal_id": journal.id,
            "date": one.day,
            "amount": float(one.amount),
            "payment_ref": one.text or one.reference or one.name or "/",
            "ref": one.reference or False,
            "account_number": one.account or False,
            "partner_name": one.name or False,
            "transaction_type": one.kind or False,
            "narration": "\n".join(told) or False,
            "o2c_bank_key": one.key,
        }


class O2cCamtImportLine(models.TransientModel):
    """One statement in the preview."""

    _name = "o2c.camt.import.line"
    _description = "Statement in a CAMT.053 File"

    import_id = fields.Many2one(
        "o2c.camt.import", required=True, index=True, ondelete="cascade"
    )
    number = fields.Char(string="Statement", readonly=True)
    account = fields.Char(readonly=True)
    journal_id = fields.Many2one("account.journal", readonly=True)
    currency = fields.Char(readonly=True)
    opening = fields.Float(string="Opening Balance", readonly=True, digits=(16, 2))
    closing = fields.Float(string="Closing Balance", readonly=True, digits=(16, 2))
    count = fields.Integer(string="Transactions", readonly=True)
    new_count = fields.Integer(
        string="New", readonly=True, help="Not imported before; only these are taken."
    )
    problem = fields.Text(readonly=True, help="Why it cannot be imported.")
    note = fields.Text(
        string="To Know",
        readonly=True,
        help="What is left out and why, and whether it follows what was imported last.",
    )
