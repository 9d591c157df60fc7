"""Send statements of account: who gets which, who does not and why, then go."""

import uuid
from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError

from ..models.o2c_account_statement import DAYS


class O2cStatementSend(models.TransientModel):
    _name = "o2c.statement.send"
    _description = "Send Statements"

    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    partner_ids = fields.Many2many("res.partner", string="Customers", readonly=True)
    batch = fields.Char(
        default=lambda self: uuid.uuid4().hex, required=True, readonly=True
    )
    since = fields.Date(
        string="From",
        required=True,
        help="First day of the statement; what was open before is its opening balance.",
    )
    until = fields.Date(
        string="Up To and Including",
        required=True,
        help="Last day of the statement. Only a statement up to today has a pay link.",
    )
    mode_words = fields.Char(compute="_compute_mode_words")
    line_ids = fields.One2many(
        "o2c.statement.send.line",
        "send_id",
        compute="_compute_line_ids",
        store=True,
        readonly=True,
    )
    ready_count = fields.Integer(compute="_compute_ready_count")
    ready_words = fields.Char(compute="_compute_ready_count")

    @api.model
    def _open_for(self, partners):
        """The screen for customers; contacts stand for their company."""
        self._check_authority()
        company = self.env.company
        mails = self.env["o2c.statement.mail"]
        if mails._mode(company) == "off":
            raise UserError(
                self.env._(
                    "Collecting is off in %s, so nothing is sent to customers. Switch "
                    "it on first, or print the statement.",
                    company.name,
                )
            )
        today = company._o2c_today()
        send = self.create(
            {
                "company_id": company.id,
                "partner_ids": [Command.set(partners.commercial_partner_id.ids)],
                "since": today - timedelta(days=DAYS),
                "until": today,
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Send Statements"),
            "res_model": self._name,
            "res_id": send.id,
            "views": [(False, "form")],
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }

    @api.model
    def _check_authority(self):
        """Collectors and credit controllers write to customers about their account."""
        user = self.env.user
        if not (
            user.has_group("o2c_base.group_collector")
            or user.has_group("o2c_base.group_credit_controller")
        ):
            raise AccessError(
                self.env._("Only collectors and credit controllers send statements.")
            )

    @api.depends("company_id")
    def _compute_mode_words(self):
        mails = self.env["o2c.statement.mail"]
        for send in self:
            send.mode_words = mails._mode_words(mails._mode(send.company_id))

    @api.onchange("since", "until")
    def _onchange_period(self):
        if self.since and self.until:
            self.env["o2c.account.statement"]._check_period(self.since, self.until)

    @api.depends("partner_ids", "since", "until", "company_id")
    def _compute_line_ids(self):
        for send in self:
            dated = send.since and send.until and send.since <= send.until
            lines = send._line_values() if dated else []
            send.line_ids = [
                Command.clear(),
                *(Command.create(values) for values in lines),
            ]

    def _line_values(self):
        """One line per account, and one for who has none."""
        self.ensure_one()
        company, partners = self.company_id, self.partner_ids._origin
        mails = self.env["o2c.statement.mail"]
        refusals = mails._refusals(company, partners)
        again = mails._sent_today(company, partners)
        recipients = self.env["o2c.dunning.case"].sudo()._recipients(partners.ids)
        statements = self.env["o2c.account.statement"].sudo()
        since, until = self.since, self.until
        lines = []
        for partner in partners:
            values = {
                "partner_id": partner.id,
                "email": recipients.get(partner.id, {}).get("email"),
                "reason": refusals.get(partner.id, ""),
                "note": self.env._("one was sent in the last 24 hours")
                if partner in again
                else "",
            }
            found = statements._worth_sending(partner, company, since, until)
            lines += [
                values | {"currency_id": currency.id, "closing": closing}
                for currency, closing in found
            ]
            if not found:
                reason = self.env._("nothing is open and nothing happened")
                lines.append(values | {"reason": reason})
        return lines

    @api.depends("line_ids.reason")
    def _compute_ready_count(self):
        for send in self:
            send.ready_count = len(send.line_ids.filtered(lambda one: not one.reason))
            send.ready_words = (
                self.env._("1 statement will be sent.")
                if send.ready_count == 1
                else self.env._("%s statements will be sent.", send.ready_count)
            )

    def action_send(self):
        """Put them in the queue; it is worked off at once, in the background."""
        self.ensure_one()
        self._check_authority()
        mails = self.env["o2c.statement.mail"].sudo()
        if self.company_id not in self.env.user.company_ids:
            raise AccessError(
                self.env._("You do not work in %s.", self.company_id.sudo().name)
            )
        statements = self.env["o2c.account.statement"]
        statements._check_period(self.since, self.until)
        ready = self.line_ids.filtered(lambda one: not one.reason)
        if not ready:
            raise UserError(
                self.env._("There is no statement to send. The list says why.")
            )
        known = mails.search([("batch", "=", self.batch)])
        taken = {(one.partner_id.id, one.currency_id.id) for one in known}
        mails.create(
            [
                {
                    "partner_id": line.partner_id.id,
                    "company_id": self.company_id.id,
                    "currency_id": line.currency_id.id,
                    "batch": self.batch,
                    "since": self.since,
                    "until": self.until,
                    "closing": line.closing,
                    "asked_by_id": self.env.uid,
                }
                for line in ready
                if (line.partner_id.id, line.currency_id.id) not in taken
            ]
        )
        self.env.ref("o2c_portal.ir_cron_statement_mail").sudo()._trigger()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "o2c_portal.o2c_statement_mail_action"
        )
        return action | {"domain": [("batch", "=", self.batch)], "context": {}}


class O2cStatementSendLine(models.TransientModel):
    _name = "o2c.statement.send.line"
    _description = "Statement to Send"
    _order = "reason, id"

    send_id = fields.Many2one("o2c.statement.send", required=True, ondelete="cascade")
    partner_id = fields.Many2one(
        "res.partner", string="Customer", required=True, ondelete="cascade"
    )
    currency_id = fields.Many2one("res.currency", ondelete="cascade")
    closing = fields.Monetary(
        string="Balance", help="What the statement says at its end."
    )
    email = fields.Char(
        string="Goes To", help="The invoice contact, else the customer."
    )
    reason = fields.Char(string="Not Sent", help="Why this customer gets none.")
    note = fields.Char(help="What to know before it is sent.")
