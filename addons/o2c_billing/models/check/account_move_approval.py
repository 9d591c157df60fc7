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
        for move, verdict in drafts._o2c_judge().items():
            waits = move.o2c_check_state in ("to_check", "returned")
            if (verdict.needed or waits) and not move._o2c_checked():
                reasons = verdict.reasons or move.o2c_check_reasons
                refused.append(
                    f"{move._o2c_draft_name()}: {self._o2c_reasons_in_words(reasons)}"
                )
        if refused:
            raise UserError(
                self.env._(
                    "A second person looks at this before it is posted. Use Ask for "
                    "Approval.\n%(drafts)s",
                    drafts="\n".join(refused),
                )
            )
        return super()._post(soft)

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
            batch = policy.Check((("batch", 0, ""),))
            verdicts = {
                move: policy.Check(batch.reasons + verdict.reasons)
                for move, verdict in verdicts.items()
            }
        ready = self.browse()
        for move, verdict in verdicts.items():
            if verdict.needed and not move._o2c_checked():
                move._o2c_wait_for_check(verdict)
            else:
                ready |= move
        ready.filtered(lambda m: not m.o2c_check_state).o2c_check_state = "not_needed"
        ready._o2c_post_each()

    def _o2c_wait_for_check(self, verdict, asked_by=None):
        """From now on this draft waits for an approver."""
        self.ensure_one()
        if self.o2c_check_state != "to_check":
            self.write(
                {
                    "o2c_check_state": "to_check",
                    "o2c_check_reasons": [list(reason) for reason in verdict.reasons],
                    "o2c_check_since": fields.Datetime.now(),
                    "o2c_asked_by_id": asked_by.id if asked_by else False,
                }
            )
        self._o2c_mark_events("to_approve", next_try=False)

    def _o2c_post_each(self):
        """Post together; when that fails, one by one, and keep the reason.

        :return: dict of the moves that could not be posted to the error
        """
        if not self:
            return {}
        try:
            with self.env.cr.savepoint():
                self.action_post()
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
        """A colleague wants this draft looked at."""
        self.check_access("write")
        for move, verdict in self._o2c_judge().items():
            if move.state == "draft" and move.is_sale_document(include_receipts=True):
                move._o2c_wait_for_check(verdict, asked_by=self.env.user)

    def action_o2c_approve(self):
        """Approve and post what waits for a check."""
        if not self.env.user.has_group("o2c_base.group_billing_approver"):
            raise AccessError(self.env._("Only a billing approver approves drafts."))
        self.check_access("write")
        waiting = self.filtered(
            lambda move: move.state == "draft"
            and move.o2c_check_state in ("to_check", "returned")
        )
        own = waiting.filtered(lambda move: self.env.user in move._o2c_makers())
        if own:
            raise UserError(
                self.env._(
                    "Four eyes: you made this draft or asked for the check, so a "
                    "colleague approves it.\n%(drafts)s",
                    drafts="\n".join(move._o2c_draft_name() for move in own),
                )
            )
        for move in waiting:
            move.write(
                {
                    "invoice_date": move.company_id._o2c_today(),
                    "o2c_check_state": "approved",
                    "o2c_approval": "person",
                    "o2c_approved_by_id": self.env.user.id,
                    "o2c_approved_at": fields.Datetime.now(),
                    "o2c_check_note": False,
                }
            )
            move.o2c_check_digest = move._o2c_digest()
        failed = waiting._o2c_post_each()
        if failed:
            raise UserError(
                "\n".join(
                    f"{move._o2c_draft_name()}: {error}"
                    for move, error in failed.items()
                )
            )

    def _o2c_makers(self):
        """People who made this draft or asked for its check."""
        self.ensure_one()
        return (self.create_uid | self.o2c_asked_by_id).filtered("active")

    def _o2c_approve_paid_online(self):
        """A done online payment is the approval: core posts without being stopped."""
        self.filtered(lambda move: move.state == "draft").sudo().write(
            {
                "o2c_check_state": "approved",
                "o2c_approval": "paid_online",
                "o2c_approved_at": fields.Datetime.now(),
            }
        )
