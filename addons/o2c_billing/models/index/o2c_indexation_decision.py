"""Who lets an indexation go, and who takes it back."""

from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

APPROVER = "o2c_base.group_billing_approver"


class O2cPriceIndexation(models.Model):
    _inherit = "o2c.price.indexation"

    def action_propose(self):
        """Ask somebody else to approve it."""
        for one in self:
            one.check_access("write")
            if one.state != "draft":
                raise UserError(self.env._("Only a draft can be proposed."))
            if not one.previewed_on or not one.planned_count:
                raise UserError(
                    self.env._(
                        "%(name)s changes no price yet. Make a preview first, and look "
                        "at what is left alone and why.",
                        name=one.name,
                    )
                )
            one.sudo().write({"state": "proposed", "proposer_id": self.env.user.id})

    def action_draft(self):
        """Work on it again; nothing was changed yet."""
        for one in self:
            one.check_access("write")
            if one.state != "proposed":
                raise UserError(
                    self.env._("What was approved is withdrawn, not changed.")
                )
            one.sudo().state = "draft"

    def action_approve(self):
        """Let it go: prices change from the date, customers are told."""
        self._check_approver()
        for one in self:
            if one.state != "proposed":
                raise UserError(self.env._("Only what was proposed can be approved."))
            one._check_four_eyes()
            one._check_notice(one.company_id._o2c_today())
            one._check_still_right()
            rows = one.line_ids.filtered(lambda row: row.state == "planned").sudo()
            rows.state = "approved"
            one.sudo().write(
                {
                    "state": "approved",
                    "approver_id": self.env.user.id,
                    "approved_on": fields.Datetime.now(),
                }
            )
        self.env.ref("o2c_billing.o2c_indexation_cron").sudo()._trigger()

    def action_withdraw(self):
        """Take it back before it begins: the old prices hold on, customers are told."""
        self._check_approver()
        for one in self:
            if one.state not in ("proposed", "approved", "applied"):
                raise UserError(self.env._("There is nothing to withdraw."))
            if one.company_id._o2c_today() >= one.effective_date:
                raise UserError(
                    self.env._(
                        "The new prices hold since %(date)s and were perhaps invoiced. "
                        "Make an indexation with a negative percentage instead.",
                        date=format_date(self.env, one.effective_date),
                    )
                )
            one = one.sudo()
            one.line_ids._take_back()
            one.letter_ids._take_back()
            one.state = "withdrawn"
        self.env.ref("o2c_billing.o2c_indexation_cron").sudo()._trigger()

    def _check_approver(self):
        self.check_access("write")
        if not self.env.user.has_group(APPROVER):
            raise AccessError(
                self.env._("Only a billing approver decides about an indexation.")
            )
        for one in self:
            if one.company_id._o2c_mode("billing") == "off":
                raise UserError(
                    self.env._(
                        "Billing is off in %(company)s: nothing would follow the new "
                        "prices. Switch it on first.",
                        company=one.company_id.name,
                    )
                )

    def _check_four_eyes(self):
        """Who proposed it does not approve it, when there is somebody else who may."""
        if self.proposer_id != self.env.user:
            return
        others = (
            self.env["res.users"]
            .sudo()
            .search(
                [
                    ("all_group_ids", "in", self.env.ref(APPROVER).ids),
                    ("company_ids", "in", self.company_id.ids),
                    ("id", "!=", self.env.user.id),
                    ("share", "=", False),
                ],
                limit=3,
            )
        )
        if others:
            raise UserError(
                self.env._(
                    "You proposed this yourself, so somebody else approves it: "
                    "%(people)s.",
                    people=", ".join(others.mapped("name")),
                )
            )

    def _check_notice(self, today):
        if today > self.notice_until:
            raise UserError(
                self.env._(
                    "Customers must be told %(days)s days before, so by %(until)s. "
                    "Choose a later date, or another notice when that was agreed.",
                    days=self.notice_days,
                    until=format_date(self.env, self.notice_until),
                )
            )

    def _check_still_right(self):
        """Prices and figures as in the preview; nobody else indexes the same."""
        rows = self.line_ids.filtered(lambda row: row.state == "planned")
        changed = rows._changed_since()
        if changed:
            if len(changed) == 1:
                raise UserError(
                    self.env._(
                        "%s changed since the preview. Set it back to draft and make a "
                        "new preview.",
                        changed.display_name,
                    )
                )
            raise UserError(
                self.env._(
                    "%(count)s prices changed since the preview, the first is "
                    "%(price)s. Set it back to draft and make a new preview.",
                    count=len(changed),
                    price=changed[:1].display_name,
                )
            )
        figure = self._policy_run().figure
        if figure and any(row.figure_value != float(figure.value) for row in rows):
            raise UserError(
                self.env._(
                    "The figure of the index changed since the preview. Set it back to "
                    "draft and make a new preview."
                )
            )
        taken = rows._taken_by_others()
        if taken:
            raise UserError(
                self.env._(
                    "Prices are indexed from that date by %(other)s already: "
                    "%(price)s, %(count)s in all. Make a new preview to leave them "
                    "alone.",
                    price=taken[:1].display_name,
                    count=len(taken),
                    other=taken[:1].indexation_id.name,
                )
            )
