"""The draft check: who looked, why, and the gate before posting."""

import hashlib
from decimal import Decimal

from odoo import api, fields, models
from odoo.tools import SQL

from ...policy import draft_check as policy


class AccountMove(models.Model):
    _inherit = "account.move"

    o2c_check_state = fields.Selection(
        [
            ("not_needed", "No check needed"),
            ("to_check", "To check"),
            ("returned", "Returned"),
            ("approved", "Approved"),
        ],
        string="Check",
        readonly=True,
        copy=False,
        tracking=True,
    )
    o2c_check_reasons = fields.Json(string="Check Reasons", readonly=True, copy=False)
    o2c_check_words = fields.Char(
        string="Check Because",
        compute="_compute_o2c_check_words",
        help="Why a second person looks at this draft.",
    )
    o2c_check_verdict = fields.Char(
        string="Check Needed Because",
        compute="_compute_o2c_check_verdict",
        help="Why this draft cannot be posted before somebody looked at it.",
    )
    o2c_check_note = fields.Text(
        string="Returned Because", readonly=True, copy=False, tracking=True
    )
    o2c_check_since = fields.Datetime(string="Waits Since", readonly=True, copy=False)
    o2c_asked_by_id = fields.Many2one(
        "res.users", string="Check Asked By", readonly=True, copy=False
    )
    o2c_approval = fields.Selection(
        [("person", "Approved by a person"), ("paid_online", "Paid online")],
        string="How It Was Approved",
        readonly=True,
        copy=False,
    )
    o2c_approved_by_id = fields.Many2one(
        "res.users", string="Approved By", readonly=True, copy=False, tracking=True
    )
    o2c_approved_at = fields.Datetime(string="Approved On", readonly=True, copy=False)
    o2c_check_digest = fields.Char(string="Approved Content", readonly=True, copy=False)

    _o2c_check_idx = models.Index(
        "(company_id, o2c_check_since) WHERE o2c_check_state = 'to_check'"
    )

    @api.depends("o2c_check_reasons")
    @api.depends_context("lang")
    def _compute_o2c_check_words(self):
        for move in self:
            move.o2c_check_words = self._o2c_reasons_in_words(move.o2c_check_reasons)

    @api.depends("state", "move_type", "amount_total", "o2c_check_state")
    @api.depends_context("lang")
    def _compute_o2c_check_verdict(self):
        self.o2c_check_verdict = False
        drafts = self._origin.filtered(
            lambda move: move.state == "draft"
            and not move.o2c_check_state
            and move.is_sale_document(include_receipts=True)
            and move.company_id._o2c_mode("billing") == "live"
        )
        verdicts = {move.id: verdict for move, verdict in drafts._o2c_judge().items()}
        for move in self:
            verdict = verdicts.get(move._origin.id)
            if verdict and verdict.needed:
                move.o2c_check_verdict = self._o2c_reasons_in_words(verdict.reasons)

    def _compute_hide_post_button(self):
        """No button that would only say no.

        Without a dependency on our fields: when they go, Odoo would take along its own
        field of the same name on bank statement lines, which inherits this one.
        """
        result = super()._compute_hide_post_button()
        for move in self:
            if move.state == "draft" and (
                move.o2c_check_verdict
                or move.o2c_check_state in ("to_check", "returned")
            ):
                move.hide_post_button = True
        return result

    @api.model
    def _o2c_reasons_in_words(self, reasons):
        rules = self.env["o2c.draft.check.rule"]
        return " · ".join(
            rules._words(
                kind,
                detail if kind not in (policy.GRADE, policy.POLICY) else "",
                detail,
            )
            for kind, _rule, detail in reasons or ()
        )

    # Facts and verdict

    def _o2c_check_facts(self):
        """What the rules want to know, for any number of drafts: one SQL.

        :return: dict of move id to :class:`policy.draft_check.Draft`
        """
        customers = self._o2c_policy_cells()
        return {
            key: policy.Draft(
                key=str(key),
                amount=Decimal(amount),
                first=first,
                grade=customers.get(customer, ("", False))[0],
                manual=manual,
                asked=customers.get(customer, ("", False))[1],
            )
            for key, amount, customer, first, manual in self._o2c_check_rows()
        }

    def _o2c_check_rows(self):
        """Amount, customer, first of him?, price by hand? of each draft."""
        self.flush_model()
        self.env["account.move.line"].flush_model(["o2c_price_trace", "partner_id"])
        return self.env.execute_query(
            SQL(
                """
                SELECT m.id,
                       m.amount_total_signed::text,
                       m.commercial_partner_id,
                       NOT EXISTS (
                           SELECT 1
                             FROM account_move_line l
                             JOIN account_move o ON o.id = l.move_id
                            WHERE l.partner_id = m.commercial_partner_id
                              AND l.company_id = m.company_id
                              AND l.parent_state = 'posted'
                              AND o.move_type = 'out_invoice'
                              AND o.id != m.id
                       ),
                       EXISTS (
                           SELECT 1
                             FROM account_move_line l
                            WHERE l.move_id = m.id
                              AND (l.o2c_price_trace ->> 'manual')::boolean
                       )
                  FROM account_move m
                 WHERE m.id IN %s
                """,
                tuple(self.ids),
            )
        )

    def _o2c_policy_cells(self):
        """Grade of each customer of these moves of one company, and whether his cell
        of the credit policy asks for a look.

        :return: dict of partner id to (grade or "", asked)
        """
        policies = self.env["o2c.credit.policy"].sudo()
        terms = policies._terms_of(self.company_id, self.commercial_partner_id.ids)
        cells = policies.browse({one.cell_id for one in terms.values() if one.cell_id})
        asked = set(cells.filtered("o2c_draft_check").ids)
        return {
            key: (
                one.grade if one.grade and one.grade != "unrated" else "",
                one.cell_id in asked,
            )
            for key, one in terms.items()
        }

    def _o2c_judge(self):
        """Which drafts need a check, by the rules of their company.

        :return: dict of move to :class:`policy.draft_check.Check`
        """
        verdicts = {}
        for company, moves in self.grouped("company_id").items():
            rules = self.env["o2c.draft.check.rule"]._rules(company)
            asked = self.env["o2c.credit.policy"].sudo()._asks_for_looks()
            facts = moves._o2c_check_facts() if rules or asked else {}
            for move in moves:
                verdicts[move] = (
                    policy.check(facts[move.id], rules) if facts else policy.Check()
                )
        return verdicts

    def _o2c_digest(self):
        """Fingerprint of what was approved: customer, amounts, lines."""
        self.ensure_one()
        lines = [
            (
                line.product_id.id,
                line.name or "",
                line.quantity,
                line.price_unit,
                line.discount,
                sorted(line.tax_ids.ids),
            )
            for line in self.invoice_line_ids.sorted("id")
        ]
        content = (
            self.partner_id.id,
            self.currency_id.id,
            self.amount_total,
            lines,
        )
        return hashlib.sha256(repr(content).encode()).hexdigest()

    def _o2c_checked(self):
        """Those that were approved and not changed since."""
        return self.filtered(
            lambda move: move.o2c_check_state == "approved"
            and (
                move.o2c_approval == "paid_online"
                or move.o2c_check_digest == move._o2c_digest()
            )
        )
