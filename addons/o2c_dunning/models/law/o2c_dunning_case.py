"""The case: its claims, and the first day on which hand-over is lawful."""

from datetime import timedelta

from odoo import fields, models


class O2cDunningCase(models.Model):
    _inherit = "o2c.dunning.case"

    claim_ids = fields.One2many("o2c.claim", "case_id", readonly=True)
    claim_count = fields.Integer(compute="_compute_claim_count")

    def _compute_claim_count(self):
        counts = dict(
            self.env["o2c.claim"]._read_group(
                [("case_id", "in", self.ids)], ["case_id"], ["__count"]
            )
        )
        for case in self:
            case.claim_count = counts.get(case._origin, 0)

    def action_claim(self):
        """Show what cost and interest are today, what is not owed yet and from when."""
        self.ensure_one()
        return self.env["o2c.claim.estimate"]._open(
            self._claimable_moves(), self.company_id._o2c_today(), self
        )

    def action_claims(self):
        """The claims of this case."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "o2c_dunning.o2c_claim_action"
        )
        return action | {"domain": [("case_id", "=", self.id)], "context": {}}

    def _claimable_moves(self):
        """Invoices of the case that are open and past their due date."""
        self.ensure_one()
        today = self.company_id._o2c_today()
        lines = self.env["account.move.line"].search(
            self._open_line_domain(), order="date_maturity, id"
        )
        late = lines.filtered(
            lambda line: line.amount_residual > 0
            and line.date_maturity
            and line.date_maturity < today
            and line.move_id.is_sale_document(include_receipts=True)
        )
        return late.move_id

    def _o2c_statement(self, day):
        """The statement of interest and cost for a dossier: only confirmed rates.

        :param date day: wanted day; interest runs up to an earlier one when a rate
            after it is not confirmed
        :return: (PDF, last day that bears interest)
        """
        self.ensure_one()
        moves = self._claimable_moves()
        figures = moves._o2c_cost_and_interest(day)
        sure = min((one.sure_until for one in figures.values()), default=day)
        estimates = self.env["o2c.claim.estimate"]
        action = estimates._open(moves, day, self, interest_until=min(sure, day))
        pdf, _kind = self.env["ir.actions.report"]._render_qweb_pdf(
            "o2c_dunning.o2c_claim_statement_report", [action["res_id"]]
        )
        return pdf, sure

    def _o2c_handover_day(self):
        """The first day on which handing over is lawful; None when none is in sight.

        The later of the ladder's own day and, where a 14-day letter is needed, the day
        on which the cost of every claim in it is owed.

        :return: date or None
        """
        self.ensure_one()
        company = self.company_id.sudo()
        moves = self.sudo()._claimable_moves()
        ladder_day = self._ladder_handover_day(company)
        if not moves or not company._o2c_dutch():
            return ladder_day
        today = company._o2c_today()
        needed = {
            debt.move_id for debt in moves._o2c_debts(company) if debt.letter_needed
        }
        days = [ladder_day] if ladder_day else []
        for move, figures in moves._o2c_cost_and_interest(today).items():
            if move.id in needed and "paid_in_term" not in figures.reasons:
                if not figures.cost_from:
                    return None
                days.append(figures.cost_from)
            elif move.id not in needed:
                if not figures.default_from:
                    return None
                days.append(figures.default_from)
        return max(days, default=None)

    def _ladder_handover_day(self, company):
        """Day of the ladder's hand-over step, after what was sent; without such a step
        the day after the last reminder gave to pay."""
        sent = self.sudo().notice_ids.filtered(lambda one: one.state == "sent")
        sent = sent.sorted(lambda one: (one.sent_on or one.date, one.id))
        account = next(
            (
                one
                for one in self.sudo()._open_accounts(
                    company, company._o2c_today(), self.partner_id.ids
                )
                if one.currency_id == self.currency_id.id
            ),
            None,
        )
        if not account:
            return None
        ladder = self.env["o2c.dunning.ladder"].sudo().browse(account.ladder_id)
        step = ladder.step_ids.filtered(lambda one: one.kind == "handover")[:1]
        oldest = min(item.due for item in account.items)
        days = [oldest + timedelta(days=step.days)] if step else []
        if sent:
            last = sent[-1]
            days.append(
                last.sent_on + timedelta(days=step.min_interval)
                if step
                else (last.pay_by or last.sent_on) + timedelta(days=1)
            )
        return max(days, default=None)
