"""Odoo's SMS queue and its delivery reports tell the reminder what became of it."""

from odoo import fields, models


class SmsTracker(models.Model):
    _inherit = "sms.tracker"

    o2c_notice_id = fields.Many2one(
        "o2c.dunning.notice",
        string="Reminder",
        index="btree_not_null",
        ondelete="cascade",
        help="The reminder that this SMS carries.",
    )

    def _action_update_from_sms_state(
        self, sms_state, failure_type=False, failure_reason=False
    ):
        result = super()._action_update_from_sms_state(
            sms_state, failure_type=failure_type, failure_reason=failure_reason
        )
        self._o2c_tell(sms_state, failure_type, failure_reason)
        return result

    def _action_update_from_provider_error(self, provider_error):
        found = super()._action_update_from_provider_error(provider_error)
        _status, failure_type, reason = found
        self._o2c_tell("error", failure_type, reason)
        return found

    def _o2c_tell(self, state, failure_type, reason):
        """Tell the reminders; an SMS that failed is not sent again by hand, since its
        reminder goes on with fresh amounts."""
        carriers = self.filtered("o2c_notice_id")
        if not carriers:
            return
        carriers.o2c_notice_id.sudo()._sms_outcome(
            state, failure_type or "", reason or ""
        )
        if state == "error":
            uuids = carriers.mapped("sms_uuid")
            failed = self.env["sms.sms"].sudo().search([("uuid", "in", uuids)])
            failed.to_delete = True
