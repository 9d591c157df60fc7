"""A call that is done is a reminder that was given."""

from odoo import fields, models


class MailActivity(models.Model):
    _inherit = "mail.activity"

    def _action_done(self, feedback=False, attachment_ids=None):
        calls = self.env["o2c.dunning.notice"]
        if "o2c.dunning.case" in self.mapped("res_model"):
            calls = calls.sudo().search(
                [("activity_id", "in", self.ids), ("state", "=", "queued")]
            )
        result = super()._action_done(feedback=feedback, attachment_ids=attachment_ids)
        calls._left(fields.Datetime.now())
        return result
