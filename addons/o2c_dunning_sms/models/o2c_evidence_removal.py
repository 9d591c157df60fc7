"""What a retention run removes of a reminder by SMS: the number too."""

from odoo import models
from odoo.tools import SQL


class O2cEvidenceRemoval(models.Model):
    _inherit = "o2c.evidence.removal"

    def _remove_batch(self, proofs):
        notice_ids = proofs.notice_id.ids
        result = super()._remove_batch(proofs)
        for statement in (
            SQL(
                "UPDATE mail_notification SET sms_number = NULL WHERE mail_message_id"
                " IN (SELECT mail_message_id FROM o2c_dunning_notice"
                " WHERE id = ANY(%s))",
                notice_ids,
            ),
            SQL(
                "UPDATE o2c_dunning_notice SET sms_number = NULL WHERE id = ANY(%s)",
                notice_ids,
            ),
        ):
            self.env.cr.execute(statement)
        self.env.invalidate_all()
        return result
