"""After the hand-over: money that comes to us or from the agency, and the last days."""

import logging

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .o2c_collection_file import BEFORE, OPEN, OUTSIDE

_logger = logging.getLogger(__name__)


class O2cCollectionFile(models.Model):
    _inherit = "o2c.collection.file"

    paid_to_us = fields.Monetary(compute="_compute_money", compute_sudo=True)
    paid_by_agency = fields.Monetary(compute="_compute_money", compute_sudo=True)
    agency_cost = fields.Monetary(
        string="Cost of the Agency",
        compute="_compute_money",
        compute_sudo=True,
        help="What the agency charged or kept.",
    )
    to_report = fields.Monetary(
        string="Agency Does Not Know",
        compute="_compute_money",
        compute_sudo=True,
        help="Payments to us that the agency was not told of yet.",
    )

    @api.depends("event_ids.amount", "event_ids.reported_on")
    def _compute_money(self):
        for file in self:
            sums = dict.fromkeys(("paid_to_us", "paid_by_agency", "cost"), 0.0)
            for event in file.event_ids:
                if event.kind in sums:
                    sums[event.kind] += event.amount
            file.paid_to_us = sums["paid_to_us"]
            file.paid_by_agency = sums["paid_by_agency"]
            file.agency_cost = sums["cost"]
            file.to_report = sum(
                event.amount
                for event in file.event_ids
                if event.kind == "paid_to_us" and not event.reported_on
            )

    def _follow(self):
        """Notice what was paid since we last looked; runs twice without harm."""
        for file in self.sudo().filtered(lambda one: one.state in OUTSIDE):
            open_now = file.item_ids._open_now()
            paid = 0.0
            for item in file.item_ids:
                left = open_now.get((item.move_id.id, item.instalment), 0.0)
                if file.currency_id.compare_amounts(left, item.last_open):
                    paid += item.last_open - left
                    item.last_open = left
            if file.currency_id.compare_amounts(paid, 0) > 0:
                file._log(
                    "paid_to_us",
                    self.env._("Paid or credited here; tell the agency"),
                    paid,
                )
                file._plan_activity(
                    self.env._("Tell the agency what was paid to you"),
                    file.company_id._o2c_today(),
                )
            file._settle_state()

    def _look_again(self):
        """Take what is open without calling it a payment to us.

        :return: what is open of the file now
        """
        self.ensure_one()
        open_now = self.item_ids._open_now()
        for item in self.item_ids:
            item.last_open = open_now.get((item.move_id.id, item.instalment), 0.0)
        self.invalidate_recordset(["open_now"])
        self.item_ids.invalidate_recordset(["open_amount"])
        return sum(self.item_ids.mapped("last_open"))

    def _settle_state(self):
        """Partly paid and paid follow from the ledger."""
        self.ensure_one()
        left = sum(self.item_ids.mapped("last_open"))
        if self.currency_id.is_zero(left):
            self._end("paid", self.env._("The principal was paid or credited in full"))
        elif self.currency_id.compare_amounts(left, self.principal) < 0:
            self.state = "partly_paid"
        elif self.state == "partly_paid":  # a payment was taken back
            self.state = "handed_over"

    def _close_report_activity(self):
        """Nothing left to tell: the reminder of it goes."""
        done = self.filtered(lambda file: not file.to_report).activity_ids
        done.filtered(
            lambda one: one.summary
            == self.env._("Tell the agency what was paid to you")
        ).action_feedback()

    def action_report_payments(self):
        """Write to the agency what was paid to us; a person sends it."""
        self.ensure_one()
        self._check_collector()
        fresh = self.event_ids.filtered(
            lambda event: event.kind == "paid_to_us" and not event.reported_on
        )
        if not fresh:
            raise UserError(self.env._("The agency knows of every payment."))
        body = self.env["ir.qweb"]._render(
            "o2c_dunning.agency_payment_report", {"file": self, "events": fresh}
        )
        fresh.action_reported()
        self.message_post(
            body=body,
            subject=self.env._("Payments on %s", self.display_name),
            partner_ids=self.agency_id.partner_id.ids,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )

    def _agency_paid(self, amount, kept, day, journal, memo):
        """Book what the agency paid out: the customer's items are paid with the whole
        amount, what the agency kept is cost of ours.

        :param float amount: what reached our bank
        :param float kept: what the agency kept of what the customer paid
        :param date day: day of the payment
        :param journal: bank or cash ``account.journal``
        :param str memo: what the agency mentioned
        :return: ``account.payment``
        """
        self.ensure_one()
        self._check_collector()
        self._expect(*OUTSIDE)
        if not self.env.user.has_group("account.group_account_invoice"):
            raise AccessError(
                self.env._("Booking a payment needs the rights of an invoicer.")
            )
        self._check_agency_money(amount, kept)
        payment = self.env["account.payment"].create(
            self._payment_values(amount, kept, day, journal, memo)
        )
        payment.action_post()
        self._match(payment)
        file = self.sudo()
        file._look_again()
        file._log(
            "paid_by_agency",
            memo or self.env._("Payment"),
            amount + kept,
            payment_id=payment.id,
            date=day,
        )
        if kept:
            file._log("cost", self.env._("Kept by the agency"), kept, date=day)
        file._settle_state()
        return payment

    def _check_agency_money(self, amount, kept):
        """Refuse sums that cannot be."""
        self.invalidate_recordset(["open_now"])
        self.item_ids.invalidate_recordset(["open_amount"])
        if amount <= 0 or kept < 0:
            raise UserError(self.env._("Write what reached your bank, above zero."))
        if self.currency_id.compare_amounts(amount + kept, self.open_now) > 0:
            raise UserError(
                self.env._(
                    "Of this file %(open)s is open, you book %(amount)s. Book interest "
                    "and cost that the agency collected as their own document first.",
                    open=self.currency_id.format(self.open_now),
                    amount=self.currency_id.format(amount + kept),
                )
            )
        if kept and not self.company_id.o2c_agency_cost_account_id:
            raise UserError(
                self.env._(
                    "Choose the account for the cost of agencies in the settings of "
                    "collecting first."
                )
            )

    def _payment_values(self, amount, kept, day, journal, memo):
        """Values of the payment; what was kept is a line on the cost account."""
        currency, company = self.currency_id, self.company_id
        values = {
            "payment_type": "inbound",
            "partner_type": "customer",
            "partner_id": self.partner_id.id,
            "amount": amount,
            "currency_id": currency.id,
            "date": day,
            "journal_id": journal.id,
            "memo": memo or self.display_name,
        }
        if kept:
            balance = currency._convert(kept, company.currency_id, company, day)
            values["write_off_line_vals"] = [
                {
                    "name": self.env._("Cost kept by %s", self.agency_id.display_name),
                    "account_id": company.o2c_agency_cost_account_id.id,
                    "partner_id": self.partner_id.id,
                    "currency_id": currency.id,
                    "amount_currency": kept,
                    "balance": balance,
                }
            ]
        return values

    def _match(self, payment):
        """Pay the items of the file with it, oldest first."""
        lines = self.env["account.move.line"]
        for item in self.item_ids.sorted("due"):
            lines |= item.move_id.line_ids.filtered(
                lambda line: line.account_type == "asset_receivable"
                and not line.reconciled
            )
        mine = payment.move_id.line_ids.filtered(
            lambda line: line.account_id in lines.account_id and not line.reconciled
        )
        (lines + mine).filtered(
            lambda line: line.account_id in mine.account_id
        ).reconcile()

    @api.model
    def _cron_follow(self):
        """Every night: money, last days, insolvencies. One bad file stops nobody."""
        cases = self.env["o2c.dunning.case"]
        for company in self.env["res.company"]._o2c_companies("dunning"):
            today = company._o2c_today()
            files = self.with_company(company).search(
                [("company_id", "=", company.id), ("state", "in", OUTSIDE)]
            )
            cases._commit(remaining=len(files) + 1)
            self._end_proposals(company)
            for file in files:
                if file.try_lock_for_update():
                    file._follow_alone()
                if not cases._commit(processed=1):
                    return
            cases.with_company(company)._warn_of_last_days(company, today)
            self._warn_of_insolvency(company, today)
            cases._commit(processed=1)

    @api.model
    def _end_proposals(self, company):
        """Proposals of cases in which nothing is left to do."""
        self.search(
            [
                ("company_id", "=", company.id),
                ("state", "in", BEFORE),
                ("case_id.state", "=", "closed"),
            ]
        )._end("withdrawn", self.env._("Nothing is due any more"))

    def _follow_alone(self):
        """Follow one file; when that fails it says so and the others go on."""
        try:
            with self.env.cr.savepoint():
                self._follow()
        except Exception as error:
            _logger.exception("Collection file %s could not be followed", self.id)
            self._plan_activity(self.env._("Look at this file: %s", error))

    @api.model
    def _warn_of_insolvency(self, company, today):
        """Insolvent customers: the agency must stop, the claim goes to the trustee."""
        files = self.search(
            [
                ("company_id", "=", company.id),
                ("state", "in", OPEN),
                ("kind", "=", "agency"),
            ]
        )
        profiles = self.env["o2c.risk.profile"].search(
            [
                ("partner_id", "in", files.partner_id.ids),
                ("company_id", "=", company.id),
                ("insolvent", "=", True),
            ]
        )
        for file in files:
            if file.partner_id in profiles.partner_id:
                file._plan_activity(
                    self.env._("Insolvent: withdraw this file and submit the claim"),
                    today,
                )
