"""Sending: what an invoice waits for, and what is missing."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError

from ...policy import preflight as policy

#: Problem of the preflight to the problem of a contact data task.
TASKS = {
    "email_missing": "email_missing",
    "address_missing": "address_missing",
    "registration_missing": "registration_missing",
}


class AccountMove(models.Model):
    _inherit = "account.move"

    o2c_send_state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("blocked", "Something is missing"),
            ("failed", "Failed"),
            ("sent", "Sent"),
        ],
        string="Sending",
        readonly=True,
        copy=False,
        tracking=True,
    )
    o2c_send_reason = fields.Text(string="Not Sent Because", readonly=True, copy=False)
    o2c_send_user_id = fields.Many2one(
        "res.users",
        string="Sending Owner",
        copy=False,
        help="Who solves it when the invoice does not leave by itself.",
    )
    o2c_send_next_try = fields.Datetime(string="Next Try", readonly=True, copy=False)
    o2c_send_attempts = fields.Integer(
        string="Send Attempts", readonly=True, copy=False
    )
    o2c_sent_at = fields.Datetime(string="Sent On", readonly=True, copy=False)
    o2c_send_message_id = fields.Many2one(
        "mail.message",
        string="Sent Message",
        readonly=True,
        copy=False,
        ondelete="set null",
    )

    _o2c_send_idx = models.Index(
        "(company_id, id) WHERE o2c_send_state IN ('waiting', 'blocked', 'failed')"
    )
    _o2c_sent_idx = models.Index(
        "(company_id, o2c_sent_at) WHERE o2c_send_state = 'sent'"
    )

    def _o2c_send_channel(self):
        """Channel of the delivery log that the customer prefers."""
        return {"peppol": "einvoice", "snailmail": "post", "manual": "portal"}.get(
            self._o2c_send_method(), "email"
        )

    def _o2c_send_method(self):
        """How the customer wants his invoices, as core reads it."""
        self.ensure_one()
        customer = self.commercial_partner_id.with_company(self.company_id)
        return customer.invoice_sending_method or "email"

    def _o2c_send_facts(self):
        """This document as the preflight reads it."""
        self.ensure_one()
        customer = self.commercial_partner_id.with_company(self.company_id)
        address = self._o2c_buyer_address()
        own = self.company_id.partner_id
        return policy.Document(
            method=self._o2c_send_method(),
            format=customer.invoice_edi_format or "",
            email=self.partner_id.email or customer.email or "",
            customer=self._o2c_send_party(customer, address),
            company=self._o2c_send_party(own, own),
            bank_account=bool(self.partner_bank_id),
            credit_note=self.move_type == "out_refund",
            due_date=bool(self.invoice_date_due),
            order_reference=bool(self._o2c_order_reference()),
            order_reference_required=customer.o2c_order_reference_required,
        )

    def _o2c_buyer_address(self):
        """Where the buyer lives: the invoice address, or, when that contact has only a
        name and an e-mail address, the company it belongs to."""
        self.ensure_one()
        contact = self.partner_id
        complete = contact.street and contact.zip and contact.city
        return contact if complete else self.commercial_partner_id

    @api.model
    def _o2c_send_party(self, entity, address):
        return policy.Party(
            country=address.country_id.code or "",
            street=address.street or "",
            zip=address.zip or "",
            city=address.city or "",
            registry=entity.company_registry or "",
            endpoint=entity.peppol_endpoint or "",
            scheme=entity.peppol_eas or "",
        )

    def _o2c_order_reference(self):
        """The customer's own order number, never our own numbers."""
        self.ensure_one()
        orders = self.invoice_line_ids.sale_line_ids.order_id
        numbers = [order.client_order_ref for order in orders if order.client_order_ref]
        if numbers:
            return ", ".join(dict.fromkeys(numbers))
        if orders:
            own = {*orders.mapped("name"), ", ".join(orders.mapped("name"))}
            return self.ref if self.ref and self.ref not in own else False
        return self.ref

    @api.model
    def _o2c_problem_words(self, code):
        """What is missing, for a person."""
        return {
            "email_missing": self.env._("the customer has no e-mail address"),
            "address_missing": self.env._(
                "the customer's address is incomplete (street, postcode, city, country)"
            ),
            "registration_missing": self.env._(
                "the customer has no KvK or OIN number or electronic address"
            ),
            "own_registration_missing": self.env._("our own company has no KvK number"),
            "own_address_missing": self.env._("our own address is incomplete"),
            "own_bank_missing": self.env._("the invoice has no bank account of ours"),
            "order_reference_missing": self.env._(
                "the customer's order number is missing (field Customer Reference)"
            ),
            "due_date_missing": self.env._("the due date is missing"),
            "by_hand": self.env._(
                "this customer's invoices are sent by hand: download it, send it, and "
                "press Sent by Hand"
            ),
        }[code]

    # States

    def _post(self, soft=True):
        posted = super()._post(soft)
        ours = posted.filtered(
            lambda move: move.sudo().o2c_event_ids
            and move.company_id.sudo().o2c_billing_automatic
            and move.company_id._o2c_mode("billing") == "live"
        )
        ours._o2c_queue_to_send()
        return posted

    def _o2c_queue_to_send(self):
        """From now on these posted documents wait to be sent."""
        fresh = self.filtered(lambda move: not move.is_move_sent)
        if not fresh:
            return
        fresh.write({"o2c_send_state": "waiting", "o2c_send_attempts": 0})
        fresh._o2c_log_sending("queued")
        self.env.ref("o2c_billing.o2c_send_queue_cron").sudo()._trigger()

    def _o2c_log_sending(self, event, detail=""):
        log = self.env["o2c.delivery.log"]
        for channel, moves in self.grouped(lambda m: m._o2c_send_channel()).items():
            log._log(moves, channel, event, detail=detail)

    def _o2c_mark_sent(self):
        """They left the house."""
        now = fields.Datetime.now()
        self.write(
            {
                "o2c_send_state": "sent",
                "o2c_sent_at": now,
                "o2c_send_reason": False,
                "o2c_send_next_try": False,
            }
        )
        self._o2c_mark_events("sent", sent_at=now)

    def _o2c_block_sending(self, words, next_try=None):
        """Something is missing: it waits, with an owner."""
        self.ensure_one()
        owner = self.invoice_user_id or self.company_id.sudo().o2c_responsible_id
        self.write(
            {
                "o2c_send_state": "blocked",
                "o2c_send_reason": words,
                "o2c_send_user_id": (self.o2c_send_user_id or owner).id,
                "o2c_send_next_try": next_try,
            }
        )

    def _o2c_preflight(self):
        """Block what cannot be sent and ask for what is missing.

        :return: True when nothing is missing
        """
        self.ensure_one()
        problems = policy.problems(self._o2c_send_facts())
        if not problems:
            return True
        words = "; ".join(self._o2c_problem_words(one.code) for one in problems)
        by_hand = any(one.code == "by_hand" for one in problems)
        later = fields.Datetime.now() + timedelta(hours=1)
        self._o2c_block_sending(
            f"{words[0].upper()}{words[1:]}.", False if by_hand else later
        )
        for problem in problems:
            if problem.code in TASKS:
                self.env["o2c.contact.task"]._open(
                    self.commercial_partner_id,
                    self.company_id,
                    TASKS[problem.code],
                    self.env._(
                        "Invoice %(number)s waits: %(problem)s.",
                        number=self.name,
                        problem=self._o2c_problem_words(problem.code),
                    ),
                )
        return False

    # What a person can do

    def _o2c_check_sender(self):
        if not self.env.user.has_group("o2c_base.group_billing_user"):
            raise AccessError(self.env._("Only a billing user works the send queue."))
        self.check_access("write")

    def action_o2c_send_again(self):
        """Try again now, by the customer's preference."""
        self._o2c_check_sender()
        self.filtered(
            lambda move: move.state == "posted" and move.o2c_send_state != "sent"
        ).write(
            {
                "o2c_send_state": "waiting",
                "o2c_send_attempts": 0,
                "o2c_send_next_try": False,
                "o2c_send_reason": False,
            }
        )
        self.env.ref("o2c_billing.o2c_send_queue_cron").sudo()._trigger()

    def action_o2c_sent_by_hand(self):
        """A person sent these documents another way."""
        self._o2c_check_sender()
        sent = self.filtered(
            lambda move: move.state == "posted" and move.o2c_send_state != "sent"
        )
        sent._o2c_mark_sent()
        sent.is_move_sent = True
        sent._o2c_log_sending(
            "sent", self.env._("by hand, %(user)s", user=self.env.user.name)
        )

    def button_draft(self):
        result = super().button_draft()
        back = self.filtered(lambda m: m.state == "draft" and m.o2c_send_state)
        back.write(
            {
                "o2c_send_state": False,
                "o2c_send_message_id": False,
                "o2c_send_reason": False,
            }
        )
        return result
