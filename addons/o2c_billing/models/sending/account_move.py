"""The document: where its ways stand, in one line, and who receives it."""

from collections import defaultdict

from odoo import fields, models

from ...policy import channel as policy


class AccountMove(models.Model):
    _inherit = "account.move"

    o2c_sending_ids = fields.One2many(
        "o2c.sending",
        "move_id",
        string="Ways",
        groups="o2c_base.group_billing_user,o2c_base.group_credit_controller,"
        "o2c_base.group_collector,account.group_account_readonly",
    )
    o2c_send_state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("todo", "To print or upload"),
            ("blocked", "Something is missing"),
            ("failed", "Failed"),
            ("sent", "Sent"),
        ],
        string="Sending",
        readonly=True,
        copy=False,
        tracking=True,
        help="What still has to happen before the document is with the customer by "
        "every way he wants.",
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
    o2c_sent_at = fields.Datetime(
        string="Sent On", readonly=True, copy=False, help="When it first left."
    )
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

    def _o2c_send_method(self):
        """How the customer wants his invoices, as core reads it."""
        self.ensure_one()
        customer = self.commercial_partner_id.with_company(self.company_id)
        return customer.invoice_sending_method or "email"

    def _o2c_buyer_address(self):
        """Where the buyer lives: the invoice address, or, when that contact has only a
        name and an e-mail address, the company it belongs to."""
        self.ensure_one()
        contact = self.partner_id
        complete = contact.street and contact.zip and contact.city
        return contact if complete else self.commercial_partner_id

    def _o2c_recipient(self):
        """Who receives it: the contact on the invoice while he is there and has an
        address to mail to, else the customer's other contact for invoices, else the
        customer."""
        self.ensure_one()
        contact, customer = self.partner_id, self.commercial_partner_id
        others = customer.child_ids.filtered(lambda one: one.type == "invoice")
        for one in (contact, *others, customer):
            if one.active and one.email:
                return one
        return contact if contact.active or not customer.active else customer

    def _o2c_possible_ways(self):
        """Ways by which this document could go at all."""
        self.ensure_one()
        found = {policy.PORTAL}
        recipient, address = self._o2c_recipient(), self._o2c_buyer_address()
        if recipient.active and recipient.email:
            found.add(policy.EMAIL)
        if address.street and address.zip and address.city:
            found.add(policy.POST)
        return found

    def _o2c_shut_ways(self, problems):
        """Ways that open problems close for this document: of who gets the mail, of
        whose address is printed, and of the customer at the network.

        :param dict problems: as :meth:`o2c.contact.task._closed_ways` gives them
        """
        self.ensure_one()
        of_way = {
            policy.EMAIL: self._o2c_recipient(),
            policy.POST: self._o2c_buyer_address(),
            policy.NETWORK: self.commercial_partner_id,
        }
        return frozenset(
            way
            for way, partner in of_way.items()
            if way in policy.closed(problems.get(partner.id, ()))
        )

    def _o2c_portal_address(self):
        """The page of the document. Its key is made when it is sent: checking a mail
        template, which Odoo does with any document, must write nothing."""
        self.ensure_one()
        path = self.get_portal_url() if self.access_token else self.access_url
        return f"{self.get_base_url()}{path}"

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

    def _o2c_extra_files(self, preference):
        """Hook: what goes along besides the document, by preference.

        :return: list of (name, bytes)
        """
        self.ensure_one()
        files = []
        orders = self.invoice_line_ids.sale_line_ids.order_id
        if preference.with_order and orders:
            report = self.env["ir.actions.report"]
            for order in orders.sudo():
                content, _kind = report._render_qweb_pdf(
                    "sale.action_report_saleorder", order.ids
                )
                files.append((f"{order.name.replace('/', '-')}.pdf", content))
        return files

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
        rows = self.env["o2c.sending"]._plan(fresh)
        rows.move_id._o2c_settle()
        for channel, some in rows.grouped("channel").items():
            self.env["o2c.delivery.log"]._log(some.move_id, channel, "queued")
        self.env.ref("o2c_billing.o2c_send_queue_cron").sudo()._trigger()

    def _o2c_settle(self):
        """Say in one line where the ways of each document stand."""
        before = {move: move.o2c_sent_at for move in self.sudo()}
        by_move = (
            self.env["o2c.sending"]
            .sudo()
            .search([("move_id", "in", self.ids)])
            .grouped("move_id")
        )
        changes = defaultdict(self.sudo().browse)
        for move in self.sudo():
            rows = by_move.get(move, self.env["o2c.sending"])
            changes[tuple(move._o2c_standing(rows).items())] += move
        for values, moves in changes.items():
            if values:  # many documents in one write, since each one is dear
                moves._o2c_notes().write(dict(values))
        for move in self.sudo():
            if move.o2c_sent_at and not before[move]:
                move._o2c_mark_events("sent", sent_at=move.o2c_sent_at)
            if move.o2c_send_state == "sent" and move.activity_ids:
                move._o2c_close_activities(
                    "o2c_billing.o2c_missing_activity",
                    "o2c_billing.o2c_upload_activity",
                )

    def _o2c_standing(self, rows):
        """What changes on the document, given its ways."""
        self.ensure_one()
        state = policy.state(set(rows.mapped("state")))
        worst = rows.filtered(
            lambda row: ("blocked" if row.state == "returned" else row.state) == state
        ).sorted("id")[:1]
        left = rows.filtered("sent_at").sorted("sent_at")[:1]
        values = {
            "o2c_send_state": state or False,
            "o2c_send_reason": worst.reason if state != "sent" else False,
            "o2c_send_user_id": worst.user_id.id or self.o2c_send_user_id.id,
            "o2c_send_next_try": worst.next_try,
            "o2c_send_attempts": worst.attempts,
            "o2c_send_message_id": rows.filtered("message_id")[:1].message_id.id,
        }
        if state:
            # core says sent as soon as the PDF exists; we when one way arrived
            values["is_move_sent"] = "sent" in rows.mapped("state")
        if left and not self.o2c_sent_at:
            values["o2c_sent_at"] = left.sent_at
        return {
            name: value
            for name, value in values.items()
            if self._fields[name].convert_to_write(self[name], self) != value
        }

    def _o2c_close_activities(self, *xmlids, feedback=None):
        """What was asked for these documents is done."""
        kinds = self.env["mail.activity.type"].union(
            *(self.env.ref(xmlid) for xmlid in xmlids)
        )
        self.sudo().activity_ids.filtered(
            lambda one: one.activity_type_id in kinds
        ).action_feedback(feedback=feedback)

    def _o2c_mark_sent(self):
        """They left the house, by every way that was still open."""
        sendings = self.env["o2c.sending"].sudo()
        sendings._plan(self)
        rows = sendings.search(
            [("move_id", "in", self.ids), ("state", "!=", "dropped")]
        )
        rows.filtered(lambda row: row.state != "sent")._left()

    def _o2c_block_sending(self, words, waits_for="document"):
        """Something is missing: every way that is still open waits, with an owner."""
        rows = self.env["o2c.sending"].sudo()
        rows._plan(self)
        for row in rows.search(
            [("move_id", "in", self.ids), ("state", "not in", ("sent", "dropped"))]
        ):
            row._block(words, waits_for)

    # What a person can do

    def action_o2c_send_again(self):
        """Try again now, by the customer's preference."""
        sendings = self.env["o2c.sending"]
        self.check_access("write")
        sendings._check_sender()
        moves = self.filtered(
            lambda move: move.state == "posted" and move.o2c_send_state != "sent"
        )
        sendings._plan(moves)
        moves.sudo().o2c_sending_ids.filtered(
            lambda row: row.state in ("waiting", "blocked", "failed", "returned")
        )._again()
        self.env.ref("o2c_billing.o2c_send_queue_cron").sudo()._trigger()

    def action_o2c_sent_by_hand(self):
        """A person sent these documents another way."""
        sendings = self.env["o2c.sending"]
        self.check_access("write")
        sendings._check_sender()
        moves = self.filtered(
            lambda move: move.state == "posted" and move.o2c_send_state != "sent"
        )
        sendings._plan(moves)
        moves.sudo().o2c_sending_ids.filtered(
            lambda row: row.state not in ("sent", "dropped")
        ).with_user(self.env.user).action_by_hand()

    def button_draft(self):
        result = super().button_draft()
        back = self.filtered(lambda m: m.state == "draft" and m.o2c_send_state)
        if back:
            rows = back.sudo().o2c_sending_ids.filtered(
                lambda row: row.state != "dropped"
            )
            rows.write(
                {
                    "state": "dropped",
                    "ready": False,
                    "next_try": False,
                    "batch_id": False,
                    "sent_at": False,
                    "message_id": False,
                    "reason": self.env._("The document went back to draft."),
                }
            )
            back.sudo().write({"o2c_sent_at": False})
            back._o2c_settle()
        return result
