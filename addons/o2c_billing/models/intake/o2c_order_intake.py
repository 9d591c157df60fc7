"""What came in as orders: one file, one record, with what became of each order."""

import base64
import hashlib

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import AccessError, ConcurrencyError, UserError

MAX_BYTES = 10 * 1024 * 1024
OWN_FIELDS = {"user_id", "problem_ids"}
#: Orders for which something has to be done yet.
OPEN = ("ready", "mend")
#: Files with more rows are made into quotations by the scheduler.
AT_ONCE = 500


class O2cOrderIntake(models.Model):
    """A file, mail or call with orders of customers."""

    _name = "o2c.order.intake"
    _description = "Received Orders"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _mail_post_access = "read"

    name = fields.Char(required=True, readonly=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        readonly=True,
        default=lambda self: self.env.company,
        ondelete="cascade",
    )
    channel = fields.Selection(
        [("file", "File"), ("mail", "Mail"), ("api", "Endpoint")],
        required=True,
        readonly=True,
        default="mail",
    )
    state = fields.Selection(
        [
            ("received", "Received"),
            ("ready", "To Be Made"),
            ("mend", "To Mend"),
            ("done", "Done"),
            ("dropped", "Set Aside"),
        ],
        default="received",
        required=True,
        readonly=True,
        index=True,
    )
    reason = fields.Text(
        readonly=True, help="Why the file as a whole was not taken, and what to do."
    )
    file = fields.Binary(readonly=True, help="The file as it came in.")
    filename = fields.Char(readonly=True)
    file_hash = fields.Char(
        readonly=True, help="Fingerprint of the file: the same file is taken once."
    )
    same_as_id = fields.Many2one(
        "o2c.order.intake",
        string="Came In Before As",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="The same file was taken earlier; nothing was made again.",
    )
    sender = fields.Char(readonly=True, help="Who sent the mail.")
    trusted_by_id = fields.Many2one(
        "res.users",
        string="Sender Vouched For By",
        readonly=True,
        help="This person looked at the mail and said that it is right.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Owner",
        index="btree_not_null",
        help="Mends what does not go by itself.",
    )
    order_ids = fields.One2many("o2c.intake.order", "intake_id", readonly=True)
    problem_ids = fields.One2many("o2c.intake.problem", "intake_id")
    made_count = fields.Integer(string="Quotations", readonly=True)
    known_count = fields.Integer(
        string="Known Before",
        readonly=True,
        help="Orders that were taken earlier: shown, not made again.",
    )
    mend_count = fields.Integer(string="To Mend", readonly=True)
    ready_count = fields.Integer(
        string="To Be Made",
        readonly=True,
        help="Understood, and not a quotation yet: billing watches, or the scheduler "
        "is at it.",
    )

    next_step = fields.Text(
        string="What to Do",
        compute="_compute_next_step",
        help="Why it waits: the first reason.",
    )

    _file_uniq = models.UniqueIndex(
        "(company_id, file_hash) "
        "WHERE file_hash IS NOT NULL AND same_as_id IS NULL AND state != 'dropped'",
        "This file was taken already.",
    )

    def _compute_next_step(self):
        for intake in self:
            problems = intake.problem_ids.filtered(
                lambda one: not one.solved and one.order_id.state == "mend"
            )
            intake.next_step = intake.reason or problems[:1].reason

    def write(self, vals):
        own = {name for name in vals if not name.startswith(("message_", "activity_"))}
        if not self.env.su and own - OWN_FIELDS:
            raise AccessError(
                self.env._(
                    "What came in is kept as it came. Choose its owner, write the "
                    "right value at what is wrong, and try again."
                )
            )
        return super().write(vals)

    @api.model
    def _receive(self, company, channel, filename, content, **values):
        """Keep a file, once; reading it is another step.

        :param company: ``res.company`` that sells
        :param str channel: a value of :attr:`channel`
        :param bytes content: the file
        :return: the record, and whether the same file came in before: then the record
            is the earlier one
        """
        if not content.strip():
            raise UserError(self.env._("The file is empty."))
        if len(content) > MAX_BYTES:
            raise UserError(self.env._("The file is larger than 10 MB. Split it."))
        digest = hashlib.sha256(content).hexdigest()
        known = self._same_file(company, digest)
        if known:
            return known.with_env(self.env), True
        quiet = self.sudo().with_context(tracking_disable=True)
        with self._once():
            intake = quiet.create(
                {
                    "name": filename or self.env._("Orders"),
                    "company_id": company.id,
                    "channel": channel,
                    "filename": filename,
                    "file": base64.b64encode(content),
                    "file_hash": digest,
                    "user_id": self._owner(company, channel).id,
                    **values,
                }
            )
            intake.flush_recordset()
        return intake.with_env(self.env), False

    @api.model
    def _same_file(self, company, digest):
        """The record under which this file was taken."""
        return self.sudo().search(
            [
                ("company_id", "=", company.id),
                ("file_hash", "=", digest),
                ("same_as_id", "=", False),
                ("state", "!=", "dropped"),
            ],
            limit=1,
        )

    @api.model
    def _owner(self, company, channel):
        """Who looks at what does not go by itself: who brought the file, or who looks
        after what comes in."""
        if channel == "file" and self.env.user.has_group("base.group_user"):
            return self.env.user
        mailbox = self.env["o2c.order.mailbox"].sudo()
        own = mailbox.search([("company_id", "=", company.id)], limit=1)
        return own.user_id or company.sudo().o2c_responsible_id

    def _once(self):
        """Two at once: the later one looks again and finds what the first made."""
        return _Once(self.env.cr)

    def _at_work(self):
        """The record with its company and time zone around it."""
        self.ensure_one()
        company = self.company_id
        return self.with_company(company).with_context(
            allowed_company_ids=company.ids, tz=company._o2c_zone()
        )

    def _settle(self):
        """Count what became of the orders; the state follows."""
        for intake in self.sudo():
            states = intake.order_ids.grouped("state")
            counts = {state: len(orders) for state, orders in states.items()}
            mend, ready = counts.get("mend", 0), counts.get("ready", 0)
            state = "mend" if mend or intake.reason else "ready" if ready else "done"
            intake.write(
                {
                    "made_count": counts.get("made", 0),
                    "known_count": counts.get("known", 0),
                    "mend_count": mend,
                    "ready_count": ready,
                    "state": state,
                }
            )
            if state == "mend":
                intake._ask_owner()
            elif state == "done":
                intake.activity_unlink(["mail.mail_activity_data_todo"])

    def _ask_owner(self):
        """A task for the owner, one however often it is tried."""
        if self.channel == "file" or not self.user_id or self.activity_ids:
            return
        self.activity_schedule(
            "mail.mail_activity_data_todo",
            date_deadline=self.company_id._o2c_today(),
            summary=self.env._("Orders to mend: %s", self.name),
            note=self.reason or "",
            user_id=self.user_id.id,
        )

    # Buttons

    def _check_authority(self):
        if not self.env.user.has_group("sales_team.group_sale_salesman"):
            raise AccessError(self.env._("Only people who sell take orders in."))
        self.check_access("write")

    def action_retry(self):
        """Read it again: what was missing is there, or a person wrote what is meant."""
        self._check_authority()
        for intake in self:
            if intake.state in ("received", "ready", "mend"):
                intake._work()

    def action_trust(self):
        """This sender is right: a person has looked at the mail."""
        self._check_authority()
        waiting = self.filtered(lambda one: one.state in ("received", "ready", "mend"))
        waiting.sudo().trusted_by_id = self.env.user
        waiting.action_retry()

    def action_make(self):
        """Make the quotations that are ready (billing only watches)."""
        self._check_authority()
        for intake in self:
            if intake.ready_count:
                intake._at_work()._make(intake.order_ids)

    def action_drop(self):
        """Nothing of this is wanted, or it was entered by hand."""
        self._check_authority()
        waiting = self.sudo().filtered(
            lambda one: one.state in ("received", "ready", "mend")
        )
        for intake in waiting:
            open_ones = intake.order_ids.filtered(lambda o: o.state in OPEN)
            open_ones.state = "dropped"
            intake.write(
                {
                    "state": "done" if intake.made_count else "dropped",
                    "mend_count": 0,
                    "ready_count": 0,
                }
            )
        waiting.activity_unlink(["mail.mail_activity_data_todo"])
        waiting._message_log_batch(
            bodies={
                one.id: self.env._("Set aside by %s.", self.env.user.name)
                for one in waiting
            }
        )

    def action_open_quotations(self):
        """The quotations that were made of it."""
        self.ensure_one()
        return self.order_ids.order_id._get_records_action(
            name=self.env._("Quotations of %s", self.name)
        )


class _Once:
    """A savepoint in which what exists already means: somebody was faster."""

    def __init__(self, cr):
        self.savepoint = cr.savepoint()

    def __enter__(self):
        return self.savepoint.__enter__()

    def __exit__(self, kind, error, trace):
        self.savepoint.__exit__(kind, error, trace)
        if kind is not None and issubclass(kind, UniqueViolation):
            raise ConcurrencyError(str(error)) from error
        return False
