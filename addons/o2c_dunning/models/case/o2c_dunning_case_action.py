"""What a collector does on a case."""

from odoo import api, models
from odoo.exceptions import UserError


class O2cDunningCase(models.Model):
    _inherit = "o2c.dunning.case"

    def _check_collector(self):
        """Only collectors act on a case, whichever button or call was used."""
        self.env.user._o2c_check_collector()
        self.check_access("write")

    def action_read_answer(self):
        """The answer was read: reminders may go on."""
        self._check_collector()
        self.filtered(lambda case: case.state == "answered").write({"state": "open"})

    def action_resume(self):
        """End the pause."""
        self._check_collector()
        self.filtered(lambda case: case.state == "paused").write(
            {"state": "open", "paused_until": False, "pause_reason": False}
        )

    def _pause(self, until, reason):
        """No reminders up to and including a day, for a reason.

        :param date until: last silent day
        :param str reason: why, for colleagues
        """
        self._check_collector()
        if not reason:
            raise UserError(self.env._("Say why the reminders pause."))
        self.write({"state": "paused", "paused_until": until, "pause_reason": reason})

    def action_open_notices(self):
        """The reminders of this case."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "o2c_dunning.o2c_dunning_notice_action"
        )
        return action | {
            "domain": [("case_id", "=", self.id)],
            "context": {"default_case_id": self.id},
        }

    def action_promise(self):
        """Write down what the customer promised."""
        self.ensure_one()
        return self._dialog(
            "o2c.payment.promise",
            self.env._("Promise to pay"),
            default_case_id=self.id,
            default_amount=self.amount_due,
            default_move_ids=self._promisable_moves().ids,
        )

    def action_dispute(self):
        """Write down what the customer objects to."""
        self.ensure_one()
        moves = self._promisable_moves()
        return self._dialog(
            "o2c.dispute",
            self.env._("Dispute"),
            default_move_id=moves[:1].id if len(moves) == 1 else False,
            o2c_partner_id=self.partner_id.id,
        )

    def action_pause(self):
        """Let the reminders rest until a day."""
        self.ensure_one()
        return self._dialog(
            "o2c.case.pause", self.env._("Pause"), default_case_id=self.id
        )

    def action_statement(self):
        """The open items of the customer."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "account.action_move_out_invoice_type"
        )
        return action | {
            "domain": [("id", "in", self.open_line_ids.move_id.ids)],
            "context": {"create": False},
        }

    def _dialog(self, model, title, **context):
        """A form on top of the case."""
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": model,
            "views": [(False, "form")],
            "target": "new",
            "context": context,
        }

    def _drop_unsent(self):
        """Reminders of closed cases that have not left stay home."""
        self.env["o2c.dunning.notice"].search(
            [
                ("case_id", "in", self.ids),
                ("state", "in", ("waiting", "approved", "failed")),
            ]
        )._withdraw(self.env._("Nothing is due any more"))

    @api.model
    def _case_of(self, moves):
        """The open case of these invoices; opened when there is none.

        :param moves: invoices of one customer, company and currency
        """
        partner, company = moves.commercial_partner_id, moves.company_id.root_id
        if len(partner) != 1 or len(company) != 1 or len(moves.currency_id) != 1:
            raise UserError(
                self.env._("Choose invoices of one customer, in one currency.")
            )
        key = [
            ("partner_id", "=", partner.id),
            ("company_id", "=", company.id),
            ("currency_id", "=", moves.currency_id.id),
        ]
        case = self.sudo().search(key + [("state", "!=", "closed")], limit=1)
        if not case:
            case = self.sudo().create(
                {name: value for name, _operator, value in key}
                | self.sudo()._opening_values(company, partner, moves.currency_id)
            )
        return case.sudo(self.env.su)

    def _opening_values(self, company, partner, currency):
        """What a case that a person opens says from its first moment."""
        today = company._o2c_today()
        accounts = self._open_accounts(company, today, partner.ids)
        account = next((a for a in accounts if a.currency_id == currency.id), None)
        return {
            "opened_on": today,
            "user_id": company.o2c_responsible_id.id,
            "amount_due": float(account.overdue(today)) if account else 0.0,
            "oldest_due": min((i.due for i in account.items), default=None)
            if account
            else None,
        }

    def _promisable_moves(self):
        """Open invoices of the case that are due."""
        self.ensure_one()
        today = self.company_id._o2c_today()
        lines = self.env["account.move.line"].search(self._open_line_domain())
        due = lines.filtered(
            lambda line: line.amount_residual_currency > 0
            and line.date_maturity
            and line.date_maturity <= today
        )
        return due.move_id

    @api.model
    def _join_for_merge(self, sources, target):
        """Close the source's case where the target has one; its history stays.

        Reminders of a closed case that have not left are withdrawn: the next run
        writes to the customer that is left, with everything.

        :param sources: ``res.partner`` records that disappear
        :param target: the commercial partner that stays
        """
        domain = [("state", "!=", "closed")]
        taken = {
            (case.company_id, case.currency_id)
            for case in self.search(domain + [("partner_id", "=", target.id)])
        }
        for case in self.search(domain + [("partner_id", "in", sources.ids)]):
            key = case.company_id, case.currency_id
            if key in taken:
                case._drop_unsent()
                case.write(
                    {"state": "closed", "closed_on": case.company_id._o2c_today()}
                )
                case.message_post(
                    body=self.env._("Joined with the case of %s", target.display_name)
                )
            taken.add(key)
