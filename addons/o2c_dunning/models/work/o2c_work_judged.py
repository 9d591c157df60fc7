"""The verdicts on the card: judged at the moment it is opened, not last night."""

import logging

from odoo import models
from odoo.tools import format_date

from ..case.o2c_dunning_case_hand import Selection

_logger = logging.getLogger(__name__)


class O2cDunningCase(models.Model):
    _inherit = "o2c.dunning.case"

    def _judged_now(self, today):
        """The verdict on each open item as a run would give it at this moment: what was
        paid, promised or asked since last night counts.

        :return: dict of (move id, due date) to values of a verdict; empty where
            collecting is off, or when judging fails
        """
        self.ensure_one()
        company = self.company_id
        if company._o2c_mode("dunning") == "off":
            return {}
        try:
            with self.env.cr.savepoint(flush=False):
                chosen = Selection(tuple(self.partner_id.ids))
                accounts = self._foresee(company, today, chosen)
        except Exception:
            _logger.exception("Case %s was not judged again", self.id)
            return {}
        return {
            (verdict.item.key.move_id, verdict.item.due): {
                "label": verdict.item.key.label,
                "reason": verdict.reasons[0] if verdict.reasons else "remind",
                "next_on": verdict.on,
            }
            for account, message in accounts
            if account.currency_id == self.currency_id.id
            for verdict in message.verdicts
        }

    def _judged_last_night(self):
        """The verdicts of the last run, as :meth:`_judged_now` gives them."""
        return {
            (one.move_id.id, one.due): {
                "label": one.label,
                "reason": one.reason,
                "next_on": one.next_on,
            }
            for one in self.verdict_ids
        }

    def _judged_words(self, judged):
        """For which moment the verdicts on the card were given."""
        self.ensure_one()
        if judged:
            return self.env._("as of now")
        days = self.verdict_ids.mapped("date")
        return self.env._("as of %s", format_date(self.env, max(days))) if days else ""
