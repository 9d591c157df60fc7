"""How a dispute ends: credited, rejected with reasons, or settled."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class O2cDispute(models.Model):
    _inherit = "o2c.dispute"

    outcome = fields.Text(
        string="What Was Found",
        help="For the customer and for colleagues: it stands in the answer he gets.",
    )
    decision = fields.Selection(
        [("credited", "Credit"), ("settled", "Settle")],
        readonly=True,
        help="Decided; the dispute ends when the credit note is posted.",
    )
    agreed_amount = fields.Monetary(
        string="Agreed Reduction",
        tracking=True,
        help="When settled: what the customer need not pay. Zero when he was helped "
        "in another way.",
    )
    credit_note_id = fields.Many2one(
        "account.move",
        index="btree_not_null",
        tracking=True,
        ondelete="set null",
        check_company=True,
        domain="[('reversed_entry_id', '=', move_id),"
        " ('move_type', '=', 'out_refund')]",
        help="Settles this dispute. When it is posted, the dispute is closed; when it "
        "is set back to draft, the dispute is open again.",
    )
    credited_amount = fields.Monetary(compute="_compute_credited_amount")
    untold = fields.Boolean(
        string="Not Told Yet",
        readonly=True,
        help="Decided, and the answer has not left yet: reminders go on after it.",
    )
    letter_preview = fields.Html(
        string="What He Will Read", compute="_compute_letter_preview", sanitize=False
    )

    _agreed_positive = models.Constraint(
        "CHECK(COALESCE(agreed_amount, 0) >= 0)", "The reduction cannot be negative."
    )

    @api.depends("credit_note_id.amount_total", "credit_note_id.state")
    def _compute_credited_amount(self):
        for dispute in self:
            note = dispute.credit_note_id.sudo()
            dispute.credited_amount = (
                note.amount_total if note.state == "posted" else 0.0
            )

    @api.depends("outcome", "agreed_amount", "state")
    def _compute_letter_preview(self):
        for dispute in self:
            kind = "dispute_settled" if dispute.agreed_amount else "dispute_rejected"
            content = dispute._letter_content(kind) if dispute.partner_id else None
            dispute.letter_preview = content and content["body"]

    def write(self, vals):
        """A credit note that is linked and posted closes the dispute."""
        result = super().write(vals)
        if vals.get("credit_note_id"):
            self._credited(self.credit_note_id)
        return result

    def _check_decider(self):
        if not self.env.user.has_group("o2c_base.group_collector"):
            raise AccessError(self.env._("Only collectors can close a dispute."))
        self.check_access("write")

    def _close(self, state, tell=""):
        """End the dispute; what was paused is reminded again, at the same step.

        :param str tell: occasion of the letter with which the customer hears it
        """
        for dispute in self.filtered(lambda one: one.state == "open").sudo():
            company = dispute.company_id
            dispute.write({"state": state, "closed_on": company._o2c_today()})
            dispute.activity_unlink(["mail.mail_activity_data_todo"])
            if tell and company.root_id._o2c_mode("dunning") == "live":
                dispute.untold = True
                told = self.env["o2c.customer.letter"].sudo()
                times = told.search_count(
                    [
                        ("res_model", "=", self._name),
                        ("res_id", "=", dispute.id),
                        ("kind", "=", tell),
                    ]
                )
                again = f"-{times}" if times else ""
                dispute._write_letter(tell, key=f"{dispute.closed_on}{again}")

    def action_credit(self):
        """The customer is right: make the credit note; posting it ends the dispute."""
        self.ensure_one()
        self._check_decider()
        return self._open_credit("credited", self.amount)

    def action_reject(self):
        """The customer is wrong; he is told why, and reminders go on after that."""
        self._check_decider()
        if any(not dispute.outcome for dispute in self):
            raise UserError(self.env._("Write down what was found before you close."))
        self._close("rejected", tell="dispute_rejected")

    def action_settle(self):
        """Both sides agreed on something else; a reduction becomes a credit note."""
        self.ensure_one()
        self._check_decider()
        if not self.outcome:
            raise UserError(self.env._("Write down what was agreed before you close."))
        if self.currency_id.compare_amounts(self.agreed_amount, self.amount) > 0:
            raise UserError(
                self.env._("The reduction is more than what is disputed. Credit it.")
            )
        if self.agreed_amount:
            return self._open_credit("settled", self.agreed_amount)
        self._close("settled", tell="dispute_settled")
        return None

    def action_withdraw(self):
        """It was made by mistake: nothing was in dispute, and nobody is told."""
        self._check_decider()
        self._check_no_credit()
        self._close("withdrawn")

    def _check_no_credit(self):
        if self.credit_note_id:
            raise UserError(
                self.env._("A credit note was made for it. Delete that one first.")
            )

    def _can_be_taken_back(self):
        """Whether the customer can say himself that it was a mistake: he made it
        without us, and nobody has decided."""
        self.ensure_one()
        return (
            self.state == "open"
            and self.source == "portal"
            and not self.decision
            and not self.credit_note_id
        )

    def _take_back(self):
        """The customer says that it was a mistake; the collector sees it as news."""
        self._check_no_credit()
        cases = self._cases_of()
        self._close("withdrawn")
        cases._arrived("taken_back")

    def action_told(self):
        """The customer was told in another way: reminders go on."""
        self._check_decider()
        self.sudo().write({"untold": False})

    def action_open_credit(self):
        """The credit note of this dispute."""
        self.ensure_one()
        return self.env["o2c.today"]._open_record(self.credit_note_id)

    def _letter_left(self, letter):
        self.untold = False
        return super()._letter_left(letter)

    def _letter_answered(self):
        cases = self.env["o2c.dunning.case"].sudo()
        for dispute in self.sudo():
            self._answer_to_case(
                cases.search(
                    [
                        ("partner_id", "=", dispute.partner_id.id),
                        ("company_id", "=", dispute.company_id.root_id.id),
                        ("currency_id", "=", dispute.currency_id.id),
                    ]
                )
            )
        return super()._letter_answered()

    def _letter_values(self, kind, lang):
        amount = self.agreed_amount if kind == "dispute_settled" else self.amount
        return super()._letter_values(kind, lang) | {
            "reference": self.sudo().move_id.name,
            "text": self.outcome or "",
            "amount": self._letter_money(amount, self.currency_id, lang),
            "left": self._letter_money(
                self.sudo().move_id.amount_residual, self.currency_id, lang
            ),
            "date": self._letter_day(self.raised_on, lang),
        }

    def _open_credit(self, decision, amount):
        """The draft credit note, made once, for whoever posts it."""
        dispute = self.sudo()
        if dispute.state != "open":
            raise UserError(self.env._("This dispute is closed already."))
        if not dispute.credit_note_id:
            dispute.credit_note_id = dispute._draft_credit(amount)
        dispute.decision = decision
        return self.action_open_credit()

    def _draft_credit(self, amount):
        """A draft credit note over what is disputed: the invoice, lines or an amount.

        :param float amount: tax included, in the invoice's currency
        """
        self.ensure_one()
        move, today = self.move_id, self.company_id._o2c_today()
        [note] = move._reverse_moves(
            [
                {
                    "invoice_date": today,
                    "date": today,
                    "invoice_date_due": today,
                    "invoice_payment_term_id": False,
                    "journal_id": move.journal_id.id,
                    "ref": self.with_context(lang=move.partner_id.lang).env._(
                        "%(invoice)s: %(cause)s",
                        invoice=move.name,
                        cause=self.cause_id.with_context(
                            lang=move.partner_id.lang
                        ).name,
                    ),
                }
            ]
        )
        lines = sum(self.line_ids.mapped("price_total"))
        if self.line_ids and not self.currency_id.compare_amounts(amount, lines):
            self._keep_lines(note)
        elif self.currency_id.compare_amounts(amount, move.amount_total):
            self._credit_share(note, amount)
        return note

    def _keep_lines(self, note):
        """Only the disputed lines stay on the credit note."""
        pairs = zip(
            self.move_id.invoice_line_ids.sorted("id"),
            note.invoice_line_ids.sorted("id"),
            strict=True,
        )
        disputed = self.line_ids
        for line, copied in list(pairs):
            if line not in disputed:
                copied.unlink()

    def _credit_share(self, note, amount):
        """One line per set of taxes, in proportion, so that the VAT is right too."""
        share = amount / self.move_id.amount_total
        products = self.move_id.invoice_line_ids.filtered(
            lambda line: line.display_type == "product"
        )
        rows = []
        for taxes, lines in products.grouped("tax_ids").items():
            untaxed = sum(lines.mapped("price_subtotal")) * share
            included = any(tax.price_include for tax in taxes)
            total = sum(lines.mapped("price_total")) * share
            price = self.currency_id.round(total if included else untaxed)
            rows.append(
                {
                    "name": note.ref,
                    "quantity": 1,
                    "price_unit": price,
                    "tax_ids": [(6, 0, taxes.ids)],
                    "account_id": lines[0].account_id.id,
                }
            )
        note.invoice_line_ids.unlink()
        note.invoice_line_ids = [(0, 0, row) for row in rows]

    @api.model
    def _credited(self, notes):
        """Credit notes were posted: their disputes end, and are matched.

        :param notes: ``account.move`` records
        """
        posted = notes.sudo().filtered(lambda move: move.state == "posted")
        disputes = self.sudo().search(
            [("credit_note_id", "in", posted.ids), ("state", "=", "open")]
        )
        for dispute in disputes:
            dispute._match_credit()
            settled = dispute.decision == "settled"
            dispute._close(
                "settled" if settled else "credited",
                tell="dispute_settled" if settled else "",
            )

    def _match_credit(self):
        """The credit note is matched with the disputed invoice."""
        lines = (self.move_id + self.credit_note_id).line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
            and not line.reconciled
        )
        if len(lines.account_id) == 1 and len(lines.move_id) == 2:
            lines.reconcile()

    @api.model
    def _uncredited(self, notes):
        """Credit notes go back to draft: their disputes are open again."""
        self.sudo().search(
            [
                ("credit_note_id", "in", notes.ids),
                ("state", "in", ("credited", "settled")),
            ]
        )._open_again()
