"""Core's sending, whoever starts it: what left is remembered, what failed explained."""

from odoo import api, models


class AccountMoveSend(models.AbstractModel):
    _inherit = "account.move.send"

    @api.model
    def _hook_if_success(self, moves_data, from_cron=False):
        """A document sent by a person counts as sent too."""
        result = super()._hook_if_success(moves_data, from_cron=from_cron)
        if not from_cron:
            for move in moves_data:
                if move.company_id._o2c_mode("billing") != "off":
                    move._o2c_mark_sent()
                    move._o2c_log_sending("sent")
        return result

    @api.model
    def _hook_if_errors(self, moves_data, allow_raising=True):
        """Documents that cannot be made wait with core's own explanation."""
        result = super()._hook_if_errors(moves_data, allow_raising=allow_raising)
        for move, move_data in moves_data.items():
            if move.o2c_send_state:
                move._o2c_block_sending(self._format_error_text(move_data["error"]))
        return result
