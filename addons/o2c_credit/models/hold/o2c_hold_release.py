"""Who may let an order pass, and what happens then."""

from odoo import models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_amount


class O2cCreditHold(models.Model):
    _inherit = "o2c.credit.hold"

    def action_release(self):
        """Ask for the reason, then release."""
        self._check_may_release()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Release"),
            "res_model": "o2c.credit.release",
            "views": [[False, "form"]],
            "target": "new",
            "context": {"default_hold_ids": self.ids},
        }

    def action_recheck(self):
        """Judge again: money came in, or the order became smaller."""
        if not self.env.user.has_group("o2c_base.group_credit_controller"):
            raise AccessError(self.env._("Only a credit controller can check again."))
        self.check_access("read")
        for hold in self.filtered(lambda hold: hold.state == "open"):
            hold.order_id._o2c_recheck(hold.sudo())
        return True

    def _check_may_release(self):
        """A controller releases up to the company's amount, a manager any.

        The user counts, whatever mode the code runs in.
        """
        user = self.env.user
        if not user.has_group("o2c_base.group_credit_controller"):
            raise AccessError(
                self.env._("Only a credit controller can release a hold.")
            )
        self.sudo(False).check_access("read")
        if user.has_group("o2c_base.group_credit_manager"):
            return
        for hold in self.sudo():
            authority = hold.company_id.root_id.o2c_release_amount
            if hold.amount > authority or hold._needs_manager():
                raise AccessError(
                    self.env._(
                        "%(order)s goes beyond your authority of %(amount)s: ask a "
                        "credit manager to release it.",
                        order=hold.order_id.name,
                        amount=format_amount(self.env, authority, hold.currency_id),
                    )
                )

    def _needs_manager(self):
        """Insolvency, and what the policy stops, are beyond a controller."""
        self.ensure_one()
        return any(
            reason.code == "insolvent" or reason.verdict == "stop"
            for reason in self._reasons()
        )

    def _release(self, reason):
        """Let the orders pass, on the authority of the present user.

        :param str reason: why, for the record
        """
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Say why this order may pass."))
        if self.sudo().filtered(lambda hold: hold.state != "open"):
            raise UserError(self.env._("This hold has been closed meanwhile."))
        holds = self.sudo()
        for hold in holds.filtered(lambda hold: hold.kind == "confirm"):
            # the order may have changed since: judge what is released
            judged = hold.order_id._o2c_judged()
            hold._record(hold._figures(judged.decision, judged.facts))
        self._check_may_release()
        for hold in holds:
            hold._record({"released_by_id": self.env.user.id, "release_reason": reason})
            hold._close("released", feedback=reason)
            hold._note_on_order(
                self.env._(
                    "Released by %(user)s: %(reason)s",
                    user=self.env.user.name,
                    reason=reason,
                )
            )
            hold._let_go()

    def _let_go(self):
        """What was stopped goes on. Hook: the stock add-on tells the warehouse."""
        self.ensure_one()
        if self.kind == "confirm":
            self.order_id._o2c_confirm_released()
