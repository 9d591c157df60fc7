"""The one document of a claim: made, taken back, never twice."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.o2c_base.tools.local_form import day_text


class O2cClaim(models.Model):
    _inherit = "o2c.claim"

    def action_claim(self):
        """Ask for it: one invoice per claim, posted, without VAT."""
        self._check_manager()
        for claim in self.filtered(lambda one: one.state == "draft"):
            if claim.company_id._o2c_mode("dunning") != "live":
                raise UserError(
                    self.env._(
                        "Collecting is not live in %s: nothing is booked.",
                        claim.company_id.name,
                    )
                )
            claim._take_again()
            claim._decide("claimed")
            document = (
                self.env["account.move"]
                .sudo()
                .with_company(claim._document_company())
                .create(claim.sudo()._document_values())
            )
            claim.sudo().document_id = document
            document.action_post()
        return True

    def action_undo(self):
        """Take it back: the document is reversed, and it may be drawn up again."""
        self._check_manager()
        decided = self.filtered(lambda one: one.state in ("claimed", "waived"))
        if any(not claim.reason for claim in decided):
            raise UserError(self.env._("Write down why it is taken back."))
        for claim in decided:
            claim.sudo()._reverse_document()
            claim._decide("undone")
        return True

    def _reverse_document(self):
        """A posted document gets a credit note, one that was never posted goes."""
        document = self.document_id
        if document.state == "posted" and document.payment_state != "reversed":
            document._reverse_moves(
                [
                    {
                        "ref": self.env._("Claim taken back: %s", self.reason),
                        "date": self.company_id._o2c_today(),
                        "invoice_date": self.company_id._o2c_today(),
                    }
                ],
                cancel=True,
            )
        elif document.state == "draft":
            document.button_cancel()

    def _take_again(self, sure=True):
        """The figures as they are now; refused when they are not owed any more.

        :param bool sure: no interest by a rate that is not confirmed
        """
        for claim in self:
            moves = claim.line_ids.move_id
            self._follow_documents(moves)
            if sure:
                figures, until = self._confirmed_figures(moves, claim.day)
            else:
                until = claim.day
                figures = moves._o2c_cost_and_interest(until)
            rows = self.env["o2c.claim.line"]._rows(figures, until)
            if not rows:
                raise UserError(claim._nothing_owed(figures))
            claim.sudo().line_ids = [
                Command.clear(),
                *(Command.create(row) for row in rows),
            ]
            self.env.flush_all()

    def _document_company(self):
        """The company of the invoices: the branch when they are all of one."""
        companies = self.line_ids.move_id.company_id
        return companies if len(companies) == 1 else self.company_id

    def _document_values(self):
        """Values of the invoice."""
        company = self._document_company()
        partner = self.line_ids.move_id[:1].partner_id
        today = self.company_id._o2c_today()
        words = self.with_context(lang=partner.lang or self.env.lang)
        values = {
            "move_type": "out_invoice",
            "partner_id": partner.id,
            "company_id": company.id,
            "currency_id": self.currency_id.id,
            "invoice_date": today,
            "invoice_date_due": today,
            "invoice_payment_term_id": False,
            "invoice_origin": ", ".join(self.line_ids.move_id.mapped("name")),
            "invoice_line_ids": [
                Command.create(line) for line in words._document_lines(company)
            ],
        }
        if company.o2c_claim_journal_id:
            values["journal_id"] = company.o2c_claim_journal_id.id
        return values

    def _document_lines(self, company):
        """Interest per invoice, and the cost of all together."""
        lines = [
            self._document_line(
                company,
                "interest",
                self.env._(
                    "Interest on %(invoice)s from %(since)s up to and including "
                    "%(until)s",
                    invoice=line.move_id.name,
                    since=day_text(self.env, line.interest_from),
                    until=day_text(self.env, line.interest_until),
                ),
                line.interest,
            )
            for line in self.line_ids
            if line.interest
        ]
        costed = self.line_ids.filtered("cost")
        if costed:
            text = self.env._(
                "Collection cost of %s", ", ".join(costed.move_id.mapped("name"))
            )
            lines.append(self._document_line(company, "cost", text, self.cost))
        return lines

    def _document_line(self, company, kind, text, amount):
        """One line, with product, account and tax of the settings."""
        product = company[f"o2c_{kind}_product_id"]
        account = company[f"o2c_{kind}_account_id"]
        values = {
            "name": text,
            "quantity": 1,
            "price_unit": amount,
            "tax_ids": [Command.set(company.o2c_claim_tax_id.ids)],
        }
        if product:
            values["product_id"] = product.id
        if account:
            values["account_id"] = account.id
        return values

    @api.model
    def _follow_documents(self, moves):
        """Claims whose document was cancelled or reversed by hand count no more."""
        gone = (
            self.sudo()
            .search([("state", "=", "claimed"), ("line_ids.move_id", "in", moves.ids)])
            .filtered(
                lambda claim: claim.document_id.state == "cancel"
                or claim.document_id.payment_state == "reversed"
            )
        )
        if gone:
            gone.write(
                {
                    "state": "undone",
                    "reason": self.env._("Its document was cancelled or credited"),
                    "decided_on": fields.Date.context_today(self),
                }
            )
            gone.line_ids.write({"live": False})
