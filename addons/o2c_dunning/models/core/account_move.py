"""The invoice: paid, reminded, disputed."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date


class AccountMove(models.Model):
    _inherit = "account.move"

    o2c_notice_line_ids = fields.One2many(
        "o2c.dunning.notice.line",
        "move_id",
        readonly=True,
        groups="o2c_base.group_collector",
    )
    o2c_dispute_ids = fields.One2many("o2c.dispute", "move_id")
    o2c_dispute_count = fields.Integer(compute="_compute_o2c_dispute_count")
    o2c_reminded = fields.Char(
        string="Last Reminder", compute="_compute_o2c_reminded", compute_sudo=True
    )
    o2c_next_reminder = fields.Char(
        string="Next Reminder", compute="_compute_o2c_next_reminder"
    )

    def _compute_o2c_dispute_count(self):
        counts = dict(
            self.env["o2c.dispute"]
            .sudo()
            ._read_group(
                [("move_id", "in", self.ids), ("state", "=", "open")],
                ["move_id"],
                ["__count"],
            )
        )
        for move in self:
            move.o2c_dispute_count = counts.get(move._origin, 0)

    def _compute_o2c_reminded(self):
        lines = self.env["o2c.dunning.notice.line"].search(
            [
                ("move_id", "in", self.ids),
                ("kind", "=", "remind"),
                ("notice_id.state", "=", "sent"),
            ]
        )
        last = {}
        for line in lines.sorted(lambda one: (one.notice_id.sent_at, one.step_days)):
            last[line.move_id.id] = line.notice_id
        for move in self:
            notice = last.get(move.id)
            move.o2c_reminded = notice and self.env._(
                "%(step)s, sent on %(day)s",
                step=notice.step_name,
                day=format_date(self.env, notice.sent_on),
            )

    def _compute_o2c_next_reminder(self):
        """What the run would say about this invoice today."""
        cases = self.env["o2c.dunning.case"]
        verdicts = self.env["o2c.remind.verdict"].sudo()
        for move in self:
            account, verdict, rules = move._o2c_verdict_now(cases) or (None,) * 3
            if not verdict:
                move.o2c_next_reminder = False
                continue
            verdicts = verdicts.with_company(move.company_id.root_id)
            facts = verdicts._told(account, verdict, rules)
            if verdict.step:
                step = self.env["o2c.dunning.step"].sudo().browse(verdict.step.key)
                facts["remind"] = {"text": step.display_name}
            move.o2c_next_reminder = verdicts._explain(
                verdict.reasons or ("remind",), facts, move.currency_id
            )

    def _o2c_verdict_now(self, cases):
        """The verdict on the oldest open instalment of this invoice.

        :return: (account, verdict, rules), or None
        """
        self.ensure_one()
        company = self.company_id.root_id
        open_invoice = (
            self.move_type == "out_invoice"
            and self.state == "posted"
            and self.payment_state in ("not_paid", "partial", "in_payment", "blocked")
        )
        if not open_invoice or company._o2c_mode("dunning") == "off":
            return None
        today = company._o2c_today()
        cases = cases.sudo().with_company(company)
        rules = company.sudo()._o2c_dunning_rules(today)
        for account in cases._open_accounts(
            company, today, self.commercial_partner_id.ids
        ):
            ladder = self.env["o2c.dunning.ladder"].sudo().browse(account.ladder_id)
            steps = {account.ladder_id: ladder._policy_steps() if ladder else ()}
            message = cases._judge_account(account, rules, steps)
            for verdict in message.verdicts:
                if verdict.item.key.move_id == self.id:
                    return account, verdict, rules
        return None

    @api.ondelete(at_uninstall=False)
    def _o2c_unlink_except_reminded(self):
        """A reminded invoice is kept; what never left does not hold it."""
        lines = self.env["o2c.dunning.notice.line"].sudo()
        lines = lines.search([("move_id", "in", self.ids)])
        if lines.notice_id._has_left():
            raise UserError(
                self.env._(
                    "The customer was reminded of this invoice. Cancel it or credit "
                    "it: what he was told must stay traceable."
                )
            )
        lines.unlink()

    def _invoice_paid_hook(self):
        """Money came in: promises are kept, waiting reminders go, cases close.

        Core calls this again when a payment is confirmed; nothing is done twice.
        Reversed invoices do not come here.
        """
        result = super()._invoice_paid_hook()
        sales = self.filtered(lambda move: move.is_sale_document(include_receipts=True))
        sales._o2c_dunning_settle()
        return result

    def _o2c_dunning_settle(self):
        """Bring cases, promises and waiting reminders up to date after a payment."""
        partners = self.commercial_partner_id
        if not partners:
            return
        cases = self.env["o2c.dunning.case"].sudo()
        for company in self.company_id.root_id:
            open_cases = cases.search(
                [
                    ("partner_id", "in", partners.ids),
                    ("company_id", "=", company.id),
                    ("state", "!=", "closed"),
                ]
            )
            if open_cases:
                today = company._o2c_today()
                self.env["o2c.payment.promise"]._settle(company, today, partners)
                open_cases._refresh_amounts(company, today)
                open_cases.filtered(lambda case: case.state == "closed")._drop_unsent()

    def action_o2c_dispute(self):
        """Start a dispute about this invoice."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Dispute"),
            "res_model": "o2c.dispute",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_move_id": self.id},
        }

    def action_o2c_disputes(self):
        """The disputes about this invoice."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "o2c_dunning.o2c_dispute_action"
        )
        return action | {"domain": [("move_id", "=", self.id)], "context": {}}

    def action_o2c_reminders(self):
        """Every reminder that named this invoice."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "o2c_dunning.o2c_dunning_notice_action"
        )
        return action | {"domain": [("line_ids.move_id", "=", self.id)], "context": {}}
