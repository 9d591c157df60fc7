"""One document by one way: where it is, what it waits for, who has it."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...policy import channel as policy

#: What a person may change on a row; everything else changes by what happens.
BY_HAND = {"user_id", "upload_url", "deadline", "proof", "proof_ids"}
#: States in which something still has to happen.
BUSY = ("waiting", "todo", "blocked", "failed", "returned")


class O2cSending(models.Model):
    """A document goes several ways at once; each way has its own state."""

    _name = "o2c.sending"
    _description = "Sending"
    _order = "id desc"
    _rec_name = "name"

    move_id = fields.Many2one(
        "account.move",
        string="Document",
        required=True,
        index=True,
        ondelete="cascade",
        readonly=True,
    )
    name = fields.Char(related="move_id.name", string="Number")
    invoice_date = fields.Date(related="move_id.invoice_date", string="Date")
    amount = fields.Monetary(
        related="move_id.amount_total_signed", currency_field="currency_id"
    )
    currency_id = fields.Many2one(related="move_id.company_currency_id")
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Recipient",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        help="Whose address it goes to.",
    )
    customer_id = fields.Many2one(
        "res.partner",
        string="Customer",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    channel = fields.Selection(
        [
            (policy.EMAIL, "E-mail"),
            (policy.NETWORK, "E-invoice network"),
            (policy.PORTAL, "Portal"),
            (policy.POST, "Post"),
            (policy.UPLOAD, "Supplier portal"),
            (policy.HAND, "By hand"),
        ],
        string="Way",
        required=True,
        readonly=True,
    )
    instead_of = fields.Char(
        readonly=True, help="The way that was closed, when this is the other way."
    )
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("todo", "To print or upload"),
            ("blocked", "Something is missing"),
            ("failed", "Failed"),
            ("sent", "Sent"),
            ("returned", "Came back"),
            ("dropped", "Given up"),
        ],
        default="waiting",
        required=True,
        readonly=True,
    )
    waits_for = fields.Selection(
        [
            ("customer", "Customer's data"),
            ("document", "The document"),
            ("company", "Our own data"),
            ("person", "A person"),
        ],
        readonly=True,
        help="Whose data it waits for; mended data lets it go on.",
    )
    reason = fields.Text(string="Because", readonly=True)
    user_id = fields.Many2one(
        "res.users",
        string="Owner",
        ondelete="set null",
        help="Who solves it when the document does not leave by itself.",
    )
    next_try = fields.Datetime(readonly=True, help="When the queue looks at it again.")
    attempts = fields.Integer(readonly=True)
    sent_at = fields.Datetime(string="Sent On", readonly=True)
    handed_at = fields.Datetime(
        readonly=True, help="Given to the mail server, answer not read yet."
    )
    ready = fields.Boolean(
        readonly=True, help="The documents exist; it waits for its bundle."
    )
    message_id = fields.Many2one(
        "mail.message", readonly=True, index="btree_not_null", ondelete="set null"
    )
    bundle_id = fields.Many2one(
        "o2c.mail.bundle", readonly=True, index="btree_not_null", ondelete="set null"
    )
    batch_id = fields.Many2one(
        "o2c.print.batch",
        string="Print Batch",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    pages = fields.Integer(readonly=True, help="Pages of the printed document.")
    upload_url = fields.Char(string="Upload At", help="The customer's own portal.")
    deadline = fields.Date(help="Before this day it should have left.")
    proof = fields.Char(
        string="Proof of Upload",
        help="Reference that the portal gave, such as its number for the invoice.",
    )
    proof_ids = fields.Many2many(
        "ir.attachment",
        "o2c_sending_proof_rel",
        string="Proof Files",
        help="A picture of the screen or the confirmation.",
    )

    _once_uniq = models.UniqueIndex(
        "(move_id, channel) WHERE state <> 'dropped'",
        "This document goes this way already.",
    )
    _due_idx = models.Index(
        "(company_id, id) WHERE state IN ('waiting', 'blocked', 'failed')"
    )

    def write(self, vals):
        if not self.env.su and set(vals) - BY_HAND:
            raise UserError(
                self.env._(
                    "What happened to a document is not edited. Use the buttons: try "
                    "again, sent by hand, posted, uploaded, came back."
                )
            )
        return super().write(vals)

    @api.depends("name", "channel")
    def _compute_display_name(self):
        names = dict(self._fields["channel"]._description_selection(self.env))
        for row in self:
            row.display_name = f"{row.name} · {names.get(row.channel, '')}"

    # ---------------------------------------------------------------- planning

    @api.model
    def _plan(self, moves):
        """The ways of these documents, by preference and by what is closed now.

        Documents that have ways already keep them.

        :return: the new rows
        """
        known = self.sudo().search(
            [("move_id", "in", moves.ids), ("state", "!=", "dropped")]
        )
        fresh = moves.sudo() - known.move_id
        preferences = self.env["o2c.sending.preference"]._of_moves(fresh)
        tasks, rows = self.env["o2c.contact.task"], []
        for company, group in fresh.grouped("company_id").items():
            customers = group.commercial_partner_id
            partners = group.partner_id | customers | customers.child_ids
            problems = tasks._closed_ways(company, partners)
            for move in group:
                shut = move._o2c_shut_ways(problems)
                rows += self._ways_of(move, preferences[move], shut)
        return self.sudo().create(rows)

    @api.model
    def _ways_of(self, move, preference, shut):
        """Values of the rows of one document."""
        company = move.company_id
        wishes = preference._ways() or policy.of_method(move._o2c_send_method())
        ways = policy.ways(
            wishes, shut, company._o2c_other_ways(), move._o2c_possible_ways()
        )
        return [
            {
                "move_id": move.id,
                "company_id": company.id,
                "partner_id": move._o2c_recipient().id,
                "customer_id": move.commercial_partner_id.id,
                "channel": way.channel,
                "instead_of": way.instead_of,
                **(self._closed_values(move) if way.waits else {}),
            }
            for way in ways
        ]

    @api.model
    def _closed_values(self, move):
        """Values of a row that waits: its way is closed and there is no other."""
        return {
            "state": "blocked",
            "waits_for": "customer",
            "reason": self.env._(
                "Earlier documents came back from this customer. Mend the contact data."
            ),
            "user_id": self._owner(move, "customer").id,
        }

    @api.model
    def _owner(self, move, cause):
        """Who is asked, by cause: the seller for the customer and the document, the
        responsible for our own data."""
        responsible = move.company_id.sudo().o2c_responsible_id
        if cause == "company":
            return responsible
        return move.invoice_user_id or responsible

    def _preference(self):
        """The preference that rules this row; in sudo, empty when there is none."""
        self.ensure_one()
        preferences = self.env["o2c.sending.preference"]._of_moves(self.move_id)
        return preferences[self.move_id.sudo()]

    # ------------------------------------------------------- what a person does

    def _check_sender(self):
        if not self.env.user.has_group("o2c_base.group_billing_user"):
            raise AccessError(self.env._("Only a billing user works the send queue."))
        self.check_access("read")
        self.move_id.check_access("write")

    def action_again(self):
        """Try again now."""
        self._check_sender()
        rows = self.sudo().filtered(
            lambda row: row.state in BUSY and row.move_id.state == "posted"
        )
        rows._again()
        self.env.ref("o2c_billing.o2c_send_queue_cron").sudo()._trigger()

    def _again(self):
        """From now on these rows are due."""
        self.write(
            {
                "state": "waiting",
                "attempts": 0,
                "next_try": False,
                "reason": False,
                "waits_for": False,
            }
        )
        self._settle()

    def action_by_hand(self):
        """A person sent these another way."""
        self._check_sender()
        rows = self.sudo().filtered(
            lambda row: row.state in BUSY and row.move_id.state == "posted"
        )
        rows._left(self.env._("by hand, %(user)s", user=self.env.user.name))

    def action_drop(self):
        """This way is not needed."""
        self._check_sender()
        rows = self.sudo().filtered(lambda row: row.state in BUSY)
        rows.write(
            {
                "state": "dropped",
                "next_try": False,
                "reason": self.env._("given up by %(user)s", user=self.env.user.name),
            }
        )
        rows._settle()

    def action_open_document(self):
        """Open the document."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "res_id": self.move_id.id,
            "views": [(False, "form")],
        }
