"""Approving and refusing limit changes, within one's authority."""

from decimal import Decimal

from odoo import SUPERUSER_ID, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_amount

from ...policy.authority import Authority, Decider, needs_four_eyes, refusal


class O2cLimitChange(models.Model):
    _inherit = "o2c.limit.change"

    may_decide = fields.Boolean(
        compute="_compute_may_decide",
        help="Whether this is within your authority.",
    )
    who_decides = fields.Char(compute="_compute_may_decide")

    def _compute_may_decide(self):
        for change in self:
            why = change.state == "proposed" and change._refusal()
            change.may_decide = change.state == "proposed" and not why
            change.who_decides = change._refusal_words(why) if why else False

    def action_approve(self):
        """Approve what is within the authority of the present user.

        Of several, those beyond it stay where they are and are named.
        """
        self._check_controls()
        self.sudo(False).check_access("write")
        changes = self.sudo()._still_open()
        refused = {change: why for change in changes if (why := change._refusal())}
        granted = changes - self.browse().sudo().union(*refused)
        if refused and not granted:
            change, why = next(iter(refused.items()))
            raise AccessError(change._refusal_words(why))
        granted._from_today_on()
        granted._decide("approved")
        granted._start_if_due()
        return self._tell_decided(granted, refused)

    def action_refuse(self, reason=None):
        """Refuse; without a reason it is asked for."""
        self._check_controls()
        if not (reason or "").strip():
            return self._ask_refusal()
        self.sudo(False).check_access("write")
        self.sudo()._still_open()._decide("refused", reason.strip())
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def action_withdraw(self):
        """The proposer, or a manager, takes the proposal back."""
        self._check_controls()
        self.sudo(False).check_access("write")
        changes = self.sudo()._still_open(states=("proposed", "approved"))
        manager = self.env.user.has_group("o2c_base.group_credit_manager")
        for change in changes:
            if change.proposer_id != self.env.user and not manager:
                raise AccessError(
                    self.env._(
                        "%(user)s proposed this: only he or a credit manager can "
                        "withdraw it. You can refuse it.",
                        user=change.proposer_id.name,
                    )
                )
        changes._decide("withdrawn")
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def _from_today_on(self):
        """A decision does not count for the past, and is weighed as things are now."""
        for change in self:
            today = change.company_id._o2c_today()
            if change.date_until and change.date_until < today:
                raise UserError(
                    self.env._(
                        "The temporary limit of %s would be over already: refuse it.",
                        change.partner_id.display_name,
                    )
                )
            if change.date_from < today:
                change.date_from = today
        self._take_measure()

    def _still_open(self, states=("proposed",)):
        """These changes, locked; an error when one was decided meanwhile."""
        self.lock_for_update()
        if self.filtered(lambda change: change.state not in states):
            raise UserError(
                self.env._("This was decided meanwhile. Load the page again.")
            )
        return self

    def _refusal(self):
        """Why the present user may not decide this change; None when he may."""
        self.ensure_one()
        change = self.sudo()
        user = self.env.user
        root = change.company_id
        today = root._o2c_today()
        # what counts now and at today's rate, not what was written at the proposal
        now = self.env["o2c.risk.profile"]._limits_today(
            root, change.partner_id.ids, today
        )[change.partner_id.id]
        before = (now.kind, now.amount)
        after = (change.limit_kind, change._in_company_currency(today))
        authority = root._o2c_limit_authority()
        proposer = change.proposer_id == user
        alone = (
            proposer
            and needs_four_eyes(before, after, authority)
            and not change._others_who_decide()
        )
        return refusal(
            before,
            after,
            Decider(
                controller=user.has_group("o2c_base.group_credit_controller"),
                manager=user.has_group("o2c_base.group_credit_manager"),
                proposer=proposer,
                alone=alone,
                human=user.id != SUPERUSER_ID,
            ),
            authority,
            change.natural_person,
        )

    def _others_who_decide(self):
        """Other people who could decide in this company."""
        return (
            self.env["res.users"]
            .sudo()
            .search(
                [
                    (
                        "all_group_ids",
                        "in",
                        self.env.ref("o2c_base.group_credit_manager").ids,
                    ),
                    ("company_ids", "in", self.company_id.ids),
                    ("share", "=", False),
                    ("id", "not in", [self.env.uid, SUPERUSER_ID]),
                ]
            )
        )

    def _refusal_words(self, why):
        """A refusal that says who can do it."""
        self.ensure_one()
        root = self.sudo().company_id
        authority = root._o2c_limit_authority()

        def money(amount):
            return format_amount(self.env, float(amount), root.currency_id)

        texts = {
            "controller": self.env._(
                "Only credit control proposes and decides limits."
            ),
            "manager": self.env._(
                "A credit manager decides about %(customer)s: your authority ends at "
                "%(amount)s.",
                amount=money(authority.controller),
                customer=self.sudo().partner_id.display_name,
            ),
            "four_eyes": self.env._(
                "Above %(amount)s somebody else approves the limit of %(customer)s: "
                "you proposed this yourself.",
                amount=money(authority.four_eyes or Decimal(0)),
                customer=self.sudo().partner_id.display_name,
            ),
            "human": self.env._(
                "The limit of a natural person is only lowered by a person."
            ),
        }
        return texts[why]

    def _decide(self, state, reason=False):
        """Record a decision of the present user."""
        for change in self:
            root = change.company_id
            now = change._in_company_currency(root._o2c_today())
            alone = (
                state == "approved"
                and change.proposer_id == self.env.user
                and needs_four_eyes(
                    (change.before_kind, Decimal(str(change.before_amount))),
                    (change.limit_kind, now),
                    root._o2c_limit_authority(),
                )
            )
            change.write(
                {
                    "state": state,
                    "decider_id": self.env.uid,
                    "decided_on": fields.Datetime.now(),
                    "decision_reason": reason,
                    "decided_alone": alone,
                }
            )
            change._log(state, reason)

    def _log(self, event, reason=False):
        """One line in the conversation of the risk profile."""
        self.ensure_one()
        words = {
            "approved": self.env._("Limit change approved: %s", self.change_text),
            "refused": self.env._("Limit change refused: %s", self.change_text),
            "withdrawn": self.env._("Limit change withdrawn: %s", self.change_text),
            "applied": self.env._("Limit in force: %s", self.change_text),
            "ended": self.env._("Temporary limit ended: %s", self.change_text),
        }
        lines = [words[event], reason or self.reason]
        if event == "approved" and self.warned:
            lines.append(self.env._("In spite of: %s", self.warned))
        if event == "approved" and self.decided_alone:
            lines.append(
                self.env._("Approved by the proposer: nobody else has the authority.")
            )
        self.profile_id.message_post(body="\n".join(filter(None, lines)))

    def _tell_decided(self, granted, refused):
        """What happened, for who clicked."""
        if not refused:
            return {"type": "ir.actions.client", "tag": "soft_reload"}
        change, why = next(iter(refused.items()))
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "sticky": True,
                "title": self.env._(
                    "%(done)s approved, %(left)s left",
                    done=len(granted),
                    left=len(refused),
                ),
                "message": change._refusal_words(why),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _ask_refusal(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Refuse"),
            "res_model": "o2c.limit.refusal",
            "views": [[False, "form"]],
            "target": "new",
            "context": {"default_change_ids": self.ids},
        }


class ResCompany(models.Model):
    _inherit = "res.company"

    def _o2c_limit_authority(self):
        """What this company set about deciding limits."""
        root = self.root_id.sudo()
        return Authority(
            controller=Decimal(str(root.o2c_limit_controller_amount)),
            four_eyes=Decimal(str(root.o2c_limit_four_eyes_amount))
            if root.o2c_limit_four_eyes
            else None,
        )
