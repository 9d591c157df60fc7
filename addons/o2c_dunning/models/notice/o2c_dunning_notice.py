"""The notice: one message to one customer, and the proof of what it said."""

from markupsafe import Markup, escape

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_amount

from odoo.addons.o2c_base.tools.local_form import day_text

from ..ladder.o2c_dunning_ladder import CHANNELS, STEP_KINDS, TONES

UNSENT = ("waiting", "approved", "failed")
SENT = ("sent", "bounced")
#: What may still be written once a notice has left: never what it said.
AFTER_SENDING = frozenset(("state", "bounced_on", "failure_reason"))


class O2cDunningNotice(models.Model):
    """A reminder. Written by the run, approved where needed, immutable once sent."""

    _name = "o2c.dunning.notice"
    _description = "Reminder"
    _order = "date desc, id desc"
    _check_company_auto = True

    case_id = fields.Many2one(
        "o2c.dunning.case",
        required=True,
        index=True,
        readonly=True,
        ondelete="restrict",
        check_company=True,
    )
    run_id = fields.Many2one(
        "o2c.run", index="btree_not_null", readonly=True, ondelete="set null"
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        required=True,
        index=True,
        readonly=True,
        ondelete="restrict",
    )
    contact_id = fields.Many2one(
        "res.partner", string="Addressed To", readonly=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, readonly=True, ondelete="restrict"
    )
    currency_id = fields.Many2one(
        "res.currency", required=True, readonly=True, ondelete="restrict"
    )
    date = fields.Date(required=True, readonly=True, help="Day of the run.")
    step_id = fields.Many2one(
        "o2c.dunning.step", string="Step", readonly=True, ondelete="restrict"
    )
    step_name = fields.Char(string="Reminder", readonly=True)
    step_days = fields.Integer(string="Day", readonly=True)
    kind = fields.Selection(
        STEP_KINDS, string="What It Is", default="reminder", readonly=True
    )
    tone = fields.Selection(TONES, readonly=True)
    charge_info = fields.Char(readonly=True)
    channel = fields.Selection(CHANNELS, required=True, readonly=True)
    state = fields.Selection(
        [
            ("preview", "Preview"),
            ("waiting", "Waits for approval"),
            ("approved", "Approved"),
            ("queued", "On its way"),
            ("sent", "Sent"),
            ("failed", "Failed"),
            ("bounced", "Came back"),
            ("withdrawn", "Withdrawn"),
        ],
        default="waiting",
        required=True,
        index=True,
        readonly=True,
        help="On its way: in the mail queue, printed but not posted yet, or a call "
        "that was planned.",
    )
    wait_reason = fields.Selection(
        [
            ("step", "This step is approved first"),
            ("first_run", "First run"),
            ("large_run", "Unusually many reminders"),
        ],
        readonly=True,
    )
    lang = fields.Char(string="Language", readonly=True)
    email_to = fields.Char(string="E-mail", readonly=True)
    amount = fields.Monetary(
        readonly=True, help="What the reminder asks; taken again when it is sent."
    )
    amount_company = fields.Monetary(
        string="Amount (company currency)",
        currency_field="company_currency_id",
        readonly=True,
    )
    company_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Company Currency"
    )
    pay_by = fields.Date(readonly=True)
    subject = fields.Char(readonly=True)
    content = fields.Html(
        sanitize=False, readonly=True, help="Exactly what the customer was sent."
    )
    content_hash = fields.Char(
        readonly=True, copy=False, help="Proves that nothing was changed afterwards."
    )
    shown = fields.Html(string="Message", compute="_compute_shown", sanitize=False)
    shown_subject = fields.Char(
        string="Subject of the Message",
        compute="_compute_shown",
        help="As it was sent, or as it would be sent now.",
    )
    sent_on = fields.Date(readonly=True, help="The next step counts from this day.")
    sent_at = fields.Datetime(readonly=True)
    bounced_on = fields.Date(readonly=True)
    approved_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    approved_at = fields.Datetime(readonly=True)
    failure_reason = fields.Char(readonly=True)
    tries = fields.Integer(readonly=True)
    retry_at = fields.Datetime(readonly=True)
    mail_message_id = fields.Many2one(
        "mail.message", index="btree_not_null", readonly=True, ondelete="set null"
    )
    activity_id = fields.Many2one(
        "mail.activity", index="btree_not_null", readonly=True, ondelete="set null"
    )
    line_ids = fields.One2many("o2c.dunning.notice.line", "notice_id", readonly=True)

    _run_case_uniq = models.Constraint(
        "UNIQUE(run_id, case_id)",
        "A run writes one reminder per case. Open the one that is there.",
    )

    @api.depends("step_name", "partner_id", "date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for notice in self:
            notice.display_name = " · ".join(
                filter(
                    None,
                    (
                        notice.step_name,
                        notice.partner_id.display_name,
                        notice.date and day_text(self.env, notice.date),
                    ),
                )
            )

    @api.depends("content", "state")
    def _compute_shown(self):
        for notice in self:
            now = {} if notice.content else notice._rendered()
            notice.shown = notice.content or now["content"]
            notice.shown_subject = notice.subject or now.get("subject", "")

    def write(self, vals):
        """A notice that has left keeps what it said, for everybody."""
        fixed = set(vals) - AFTER_SENDING or vals.get("state", "bounced") != "bounced"
        if fixed and self._has_left():
            raise UserError(
                self.env._("A reminder cannot be changed after it has been sent.")
            )
        return super().write(vals)

    def _has_left(self):
        """The notices among these that were sent."""
        return self.filtered(lambda notice: notice.state in SENT)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_written(self):
        if self.filtered(lambda notice: notice.state != "preview"):
            raise UserError(
                self.env._("Reminders are kept. Withdraw the ones that must not leave.")
            )

    def _check_collector(self, manager=False):
        """Only collectors act on notices; a whole run is for their manager."""
        self.env.user._o2c_check_collector(manager)
        self.check_access("read")

    def action_approve(self):
        """Let waiting reminders go; they leave with the next sending."""
        waiting = self.filtered(lambda notice: notice.state == "waiting")
        whole_run = waiting.filtered(lambda notice: notice.wait_reason != "step")
        waiting._check_collector(manager=bool(whole_run))
        waiting.sudo().write(
            {
                "state": "approved",
                "approved_by_id": self.env.uid,
                "approved_at": fields.Datetime.now(),
            }
        )
        waiting.sudo().run_id._o2c_close_when_approved()
        if waiting:
            self.env.ref("o2c_dunning.ir_cron_send").sudo()._trigger()

    def action_withdraw(self):
        """Take reminders back that have not left, once somebody says why."""
        self._check_collector()
        unsent = self.filtered(lambda notice: notice.state in UNSENT)
        if not unsent:
            raise UserError(
                self.env._(
                    "There is nothing to withdraw: only what has not left can be "
                    "withdrawn."
                )
            )
        return self.env["o2c.dunning.case"]._dialog(
            "o2c.notice.withdrawal",
            self.env._("Withdraw reminders"),
            default_notice_ids=unsent.ids,
        )

    def _withdraw_because(self, reason):
        """Take these back; the reason stands on them and in their conversations. The
        next run judges again.

        :param str reason: in the words of whoever withdraws
        """
        self._check_collector()
        unsent = self.filtered(lambda notice: notice.state in UNSENT).sudo()
        unsent._withdraw(
            self.env._("%(reason)s (%(who)s)", reason=reason, who=self.env.user.name)
        )
        unsent._tell_cases({one.id: one._withdrawn_words(reason) for one in unsent})

    def _tell_cases(self, words):
        """Say it in the conversations of the cases; of several of one case together.

        :param dict words: notice id to text, which may have several lines
        """
        said = {}
        for notice in self:
            said.setdefault(notice.case_id.id, []).extend(words[notice.id].split("\n"))
        bodies = {
            case: Markup("<br/>").join(map(escape, lines))
            for case, lines in said.items()
        }
        if bodies:
            self.case_id.sudo()._message_log_batch(bodies=bodies)

    def _withdrawn_words(self, reason):
        """What the conversation says; a dossier carries it along."""
        return self.env._(
            "%(step)s about %(amount)s withdrawn: %(reason)s",
            step=self.step_name,
            amount=format_amount(self.env, self.amount, self.currency_id),
            reason=reason,
        )

    def action_retry(self):
        """Try failed reminders again with the next sending."""
        self._check_collector()
        self.filtered(lambda notice: notice.state == "failed").sudo().write(
            {"state": "approved", "tries": 0, "retry_at": False}
        )
        self.env.ref("o2c_dunning.ir_cron_send").sudo()._trigger()

    def _withdraw(self, reason):
        """The reminder does not leave; its items are free for the next run.

        :param str reason: why, for colleagues
        """
        if not self:
            return
        self.write({"state": "withdrawn", "failure_reason": reason})
        self.line_ids.write({"live": False})

    @api.model
    def _withdraw_stale(self, company, judged):
        """Unsent reminders of customers who owe nothing any more do not wait on."""
        owing = {
            account.case_id
            for account, message in judged
            if message is None
            or any(
                verdict.overdue and verdict.asked > 0 for verdict in message.verdicts
            )
        }
        self.flush_model()
        unsent = self.env.execute_query(
            SQL(
                "SELECT id, case_id FROM o2c_dunning_notice"
                " WHERE company_id = %s AND state = ANY(%s)",
                company.id,
                list(UNSENT),
            )
        )
        stale = [notice_id for notice_id, case_id in unsent if case_id not in owing]
        self.browse(stale)._withdraw(self.env._("Nothing is due any more"))

    @api.model
    def _clear_previews(self, company):
        """Previews of earlier runs make room for those of tonight."""
        self.flush_model()
        self.env.execute_query(
            SQL(
                "DELETE FROM o2c_dunning_notice WHERE company_id = %s AND state = %s",
                company.id,
                "preview",
            )
        )
        self.invalidate_model()
