"""The gate before posting, and the people who open it."""

from psycopg2 import OperationalError

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ...policy import draft_check as policy


class AccountMove(models.Model):
    _inherit = "account.move"

    def _post(self, soft=True):
        drafts = self.filtered(
            lambda move: move.is_sale_document(include_receipts=True)
            and move.company_id._o2c_mode("billing") == "live"
        )
        refused = []
        verdicts = drafts._o2c_judge()
        for move, verdict in verdicts.items():
            waits = move.o2c_check_state in ("to_check", "returned")
            if (verdict.needed or waits) and not move._o2c_checked():
                reasons = verdict.reasons or move.o2c_check_reasons
                refused.append(
                    f"{move._o2c_draft_name()}: {move._o2c_reasons_in_words(reasons)}"
                )
        if refused:
            raise UserError(
                self.env._(
                    "A second person looks at this before it is posted. Use Ask for "
                    "Approval.\n%(drafts)s",
                    drafts="\n".join(refused),
                )
            )
        # what posting itself fills in is no change by somebody
        whole = self.with_context(o2c_whole_document=True)
        posted = super(AccountMove, whole)._post(soft).with_env(self.env)
        drafts._o2c_passed(verdicts)
        return posted

    def _o2c_passed(self, verdicts):
        """These went through the gate: remember the draw, and what was approved."""
        self.env["o2c.draft.check.draw"]._record(verdicts)
        for move in self.filtered(lambda one: one.o2c_check_state == "approved"):
            # posting itself fills in a date or a term
            move.sudo().o2c_check_digest = move._o2c_digest()
        self._o2c_stop_asking()

    def _o2c_draft_name(self):
        """How people recognise a draft."""
        return f"{self.partner_id.display_name} {self.invoice_origin or self.ref or ''}"

    # What happens to a draft

    def _o2c_check_and_post(self, company):
        """Post the drafts of the queue that need no check; the others wait.

        :param company: their company
        """
        if not self:
            return
        verdicts = self._o2c_judge()
        if not company.sudo().o2c_billing_automatic:
            batch = ((policy.BATCH, 0, ""),)
            verdicts = {
                move: policy.Check(batch + verdict.reasons, verdict.draws)
                for move, verdict in verdicts.items()
            }
        ready = self.browse()
        waiting = {}
        for move, verdict in verdicts.items():
            if verdict.needed and not move._o2c_checked():
                waiting[move] = verdict
            else:
                ready |= move
        self.browse([move.id for move in waiting])._o2c_wait(waiting)
        unseen = ready.filtered(lambda move: not move.o2c_check_state)
        unseen = unseen._o2c_notes().with_context(tracking_disable=True)
        unseen.o2c_check_state = "not_needed"
        ready._o2c_post_each()

    def _o2c_wait(self, verdicts, asked_by=None):
        """From now on these drafts wait for an approver; who waits already keeps his
        place, with the reasons and the approver of today.

        :param verdicts: dict of move to :class:`policy.draft_check.Check`
        :param asked_by: the colleague who asks or who changed the draft
        """
        if not self:
            return
        now = fields.Datetime.now()
        if asked_by:
            self.sudo().o2c_asked_by_id = asked_by
        asked = self._o2c_whom_to_ask(verdicts)
        for move in self:
            values = {
                "o2c_check_reasons": [list(one) for one in verdicts[move].reasons],
                "o2c_check_digest": move._o2c_digest(),
            }
            if move.o2c_check_state != "to_check":
                values |= {
                    "o2c_check_state": "to_check",
                    "o2c_check_since": now,
                    "o2c_check_asked_at": now,
                    "o2c_check_level": 0,
                    "o2c_approval": False,
                    "o2c_approved_by_id": False,
                    "o2c_approved_at": False,
                }
            if not move.o2c_check_level or "o2c_check_level" in values:
                values |= move._o2c_desk_values(asked[move])
            move._o2c_mended()
            move.sudo().write(values)
        self.env["o2c.draft.check.draw"]._record(verdicts)
        self._o2c_mark_events("to_approve", next_try=False)

    def _o2c_post_each(self):
        """Post together; when that fails, one by one, and keep the reason.

        As when core makes and posts in one go, posting is no tracked change of each
        document (a message of its own, with recipients): one note for all says it.

        :return: dict of the moves that could not be posted to the error
        """
        if not self:
            return {}
        try:
            with self.env.cr.savepoint():
                self._track_discard()
                self.action_post()
                words = self.env._("Looked at by the draft checks, and posted.")
                self._message_log_batch(dict.fromkeys(self.ids, words))
            return {}
        except OperationalError:
            raise
        except Exception as error:
            if len(self) == 1:
                self.o2c_event_ids.sudo()._fail(error)
                return {self: error}
        failed = {}
        for move in self:
            failed |= move._o2c_post_each()
        return failed

    def action_o2c_ask_approval(self):
        """A colleague wants these drafts looked at, also when no rule asks for it."""
        self.check_access("write")
        drafts = self.filtered(
            lambda move: move.state == "draft"
            and move.is_sale_document(include_receipts=True)
        )
        verdicts = drafts._o2c_judge()
        for move, verdict in verdicts.items():
            if not verdict.needed:
                verdicts[move] = policy.Check(
                    ((policy.COLLEAGUE, 0, ""),), verdict.draws
                )
        drafts._o2c_wait(verdicts, asked_by=self.env.user)

    def action_o2c_approve(self):
        """Approve and post what waits for a check. Of several, those that the user may
        not approve and those that cannot be posted stay and are named.

        :return: a notification when some stay, else nothing
        """
        if not self.env.user.has_group("o2c_base.group_billing_approver"):
            raise AccessError(self.env._("Only a billing approver approves drafts."))
        self.check_access("write")
        waiting = self.filtered(
            lambda move: move.state == "draft"
            and move.o2c_check_state in ("to_check", "returned")
        )
        stay = waiting._o2c_not_mine()
        allowed = waiting - self.browse([move.id for move in stay])
        for move, error in allowed._o2c_approve_each().items():
            stay[move] = str(error)
        if not stay:
            return None
        words = "\n".join(
            f"{move._o2c_draft_name()}: {why}" for move, why in stay.items()
        )
        if len(stay) == len(waiting):
            raise UserError(words)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "sticky": True,
                "title": self.env._(
                    "%(done)s approved and posted, %(stay)s stay",
                    done=len(waiting) - len(stay),
                    stay=len(stay),
                ),
                "message": words,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _o2c_approve_each(self):
        """Approve and post together; when that fails, one by one. What cannot be posted
        is not approved either.

        :return: dict of the moves that stay to the error
        """
        if not self:
            return {}
        try:
            with self.env.cr.savepoint():
                for move in self:
                    move._o2c_approve()
                self.action_post()
            return {}
        except OperationalError:
            raise
        except Exception as error:
            if len(self) == 1:
                return {self: error}
        stay = {}
        for move in self:
            stay |= move._o2c_approve_each()
        return stay

    def _o2c_approve(self):
        """Record the approval of this draft as it is now, dated today."""
        self.ensure_one()
        self.sudo().write(
            {
                "o2c_check_state": "approved",
                "o2c_check_digest": False,
                "o2c_approval": "person",
                "o2c_approved_by_id": self.env.user.id,
                "o2c_approved_at": fields.Datetime.now(),
                "o2c_check_note": False,
            }
        )
        self.invoice_date = self.company_id._o2c_today()
        self.sudo().o2c_check_digest = self._o2c_digest()

    def _o2c_makers(self):
        """People who made this draft, changed it or asked for its check."""
        self.ensure_one()
        return (self.create_uid | self.sudo().o2c_asked_by_id).filtered("active")

    def _o2c_approve_paid_online(self):
        """A done online payment is the approval: core posts without being stopped."""
        for move in self.filtered(lambda move: move.state == "draft").sudo():
            move._o2c_mended()
            move.write(
                {
                    "o2c_check_state": "approved",
                    "o2c_approval": "paid_online",
                    "o2c_approved_at": fields.Datetime.now(),
                    "o2c_check_digest": move._o2c_digest(),
                }
            )
