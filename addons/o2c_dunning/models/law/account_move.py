"""The invoice: in default since when, and what may be claimed besides it."""

from dataclasses import replace

from odoo import api, fields, models
from odoo.tools import SQL, format_date

from ...policy.claim import claims
from ...policy.debt import ClaimFigures
from ...policy.default_start import default_start
from ...tools.amount import decimal


class AccountMove(models.Model):
    _inherit = "account.move"

    o2c_periodic_of = fields.Char(
        string="Term of a Contract",
        copy=True,
        help="Name of the continuing contract of which this invoice bills one term, "
        "such as a subscription. Only used when lower cost for periodic terms is on.",
    )
    o2c_claim_line_ids = fields.One2many(
        "o2c.claim.line",
        "move_id",
        readonly=True,
        groups="o2c_base.group_collector",
    )
    o2c_claim_count = fields.Integer(
        compute="_compute_o2c_claim_count", groups="o2c_base.group_collector"
    )

    def _compute_o2c_claim_count(self):
        lines = self.env["o2c.claim.line"].search([("move_id", "in", self.ids)])
        for move in self:
            mine = lines.filtered(lambda line, move=move: line.move_id == move._origin)
            move.o2c_claim_count = len(mine.claim_id)

    @api.model
    def _o2c_billed_kinds(self, move_ids):
        """Also: the documents with which cost and interest were claimed."""
        found = super()._o2c_billed_kinds(move_ids)
        claims = self.env["o2c.claim"].sudo().search([("document_id", "in", move_ids)])
        return found | {move.id: {"charge"} for move in claims.document_id}

    def _o2c_default_from(self):
        """The first day of default of these documents, may lie ahead.

        :return: dict of move to date, or None when default has not been brought about
        """
        found = dict.fromkeys(self)
        for company, moves in self._o2c_by_dutch_company():
            for debt in moves._o2c_debts(company):
                start = None if debt.is_claim else default_start(debt.term).on
                move = self.browse(debt.move_id)
                known = found.get(move)
                if start and (known is None or start < known):
                    found[move] = start
        return found

    def _o2c_cost_and_interest(self, day, interest_until=None):
        """Cost and interest of these documents at the end of a day: set by set.

        Cost of a business is taken over the documents asked about, together.

        :param date day: may lie ahead or back
        :param date interest_until: no interest after this day, where the rate is not
            known
        :return: dict of move to :class:`policy.debt.ClaimFigures`
        """
        found = {
            move: ClaimFigures(move.id, day, reasons=("not_here",)) for move in self
        }
        for company, moves in self._o2c_by_dutch_company():
            letters = moves._o2c_letters(company)
            listed = {move_id for letter in letters for move_id, _n in letter.items}
            together = moves | self.browse(listed)
            debts = [
                debt
                for debt in together._o2c_debts(company, day)
                if debt.letter_needed or debt.move_id in moves._ids
            ]
            figures = claims(debts, letters, company._o2c_law(), day, interest_until)
            claimed = moves._o2c_claimed()
            for move in moves:
                if move.id in figures:
                    interest, cost = claimed.get(move.id, (0, 0))
                    found[move] = replace(
                        figures[move.id],
                        claimed_interest=decimal(interest),
                        claimed_cost=decimal(cost),
                    )
        return found

    def _o2c_by_dutch_company(self):
        """These documents per root company, for companies where Dutch law holds."""
        moves = self.sudo()
        return [
            (company, own.with_company(company))
            for company, own in moves.grouped(
                lambda one: one.company_id.root_id
            ).items()
            if company and company._o2c_dutch()
        ]

    def _o2c_claimed(self):
        """What live claims asked or waived already, per document."""
        self.env["o2c.claim.line"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT move_id, sum(interest), sum(cost) FROM o2c_claim_line
                 WHERE live AND move_id = ANY(%s) GROUP BY move_id
                """,
                list(self.ids),
            )
        )
        return {move_id: (interest, cost) for move_id, interest, cost in rows}

    def _o2c_claim_reasons(self):
        """What each reason means, for people."""
        return {
            "not_here": self.env._("Only posted invoices of a Dutch company count"),
            "is_claim": self.env._("This is a claim of cost and interest itself"),
            "not_default": self.env._("Not in default yet"),
            "needs_notice": self.env._(
                "The term was not agreed: a consumer first gets a reminder with a term"
            ),
            "not_received": self.env._(
                "The term was not agreed, and nobody knows when the invoice arrived"
            ),
            "no_letter": self.env._(
                "No cost yet: a valid 14-day letter must arrive first"
            ),
            "wik_running": self.env._("The 14 days of the letter have not passed"),
            "paid_in_time": self.env._("Paid before default"),
            "paid_in_term": self.env._("Paid within the 14 days: no cost"),
            "nothing_owed": self.env._("Nothing is owed: credited or disputed"),
            "not_reminded": self.env._(
                "Never reminded in writing: only the minimum cost"
            ),
            "disputed": self.env._("The disputed part bears no cost and no interest"),
            "plan_waived": self.env._("A payment plan waives cost and interest"),
            "plan_owed": self.env._(
                "A payment plan: no more than was owed on the day it began"
            ),
            "insolvent": self.env._("Insolvent: nothing runs on from that day"),
            "periodic": self.env._("Term of a continuing contract: lower cost"),
            "rate_unconfirmed": self.env._("A rate is not confirmed: an estimate only"),
            "no_rate": self.env._("There is no interest rate for a part of the time"),
        }

    def _o2c_why_not(self, figures):
        """The reasons of one document in words, with the days that lie ahead.

        :param figures: :class:`policy.debt.ClaimFigures`
        """
        words = self._o2c_claim_reasons()
        said = []
        for reason in figures.reasons:
            day = {
                "not_default": figures.default_from,
                "wik_running": figures.cost_from,
            }.get(reason)
            text = words[reason]
            if day:
                text = self.env._(
                    "%(what)s: from %(day)s", what=text, day=format_date(self.env, day)
                )
            said.append(text)
        return ". ".join(said)

    def action_o2c_claims(self):
        """The claims about this invoice."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "o2c_dunning.o2c_claim_action"
        )
        return action | {"domain": [("line_ids.move_id", "=", self.id)], "context": {}}
