"""Who starts and ends a bonus, and what comes after it."""

from dateutil.relativedelta import relativedelta

from odoo import models
from odoo.exceptions import AccessError, UserError

APPROVER = "o2c_base.group_billing_approver"


class O2cVolumeBonus(models.Model):
    _inherit = "o2c.volume.bonus"

    def action_start(self):
        """From now on it is followed every night."""
        self._check_authority()
        for bonus in self:
            if not bonus.tier_ids:
                raise UserError(
                    self.env._("%s has no tiers yet. Add one first.", bonus.name)
                )
        self.write({"state": "running"})
        for company, bonuses in self.grouped("company_id").items():
            bonuses._refresh(company._o2c_today())

    def action_close(self):
        """It is no longer followed, and no credit note is proposed."""
        self._check_authority()
        self.write({"state": "closed"})

    def action_draft(self):
        """Work on it again."""
        self._check_authority()
        if any(one.settlement_ids for one in self):
            raise UserError(self.env._("This bonus was settled already."))
        self.write({"state": "draft"})

    def action_next_period(self):
        """The same bonus for the next period, as a draft."""
        self._check_authority()
        made = self.browse()
        for bonus in self:
            begin = bonus.date_to + relativedelta(days=1)
            months = relativedelta(begin, bonus.date_from)
            end = begin + months - relativedelta(days=1)
            year = str(bonus.date_from.year)
            made |= bonus.copy(
                {
                    "name": bonus.name.replace(year, str(begin.year)),
                    "date_from": begin,
                    "date_to": end,
                    "predecessor_id": bonus.id,
                }
            )
        return made._get_records_action(name=self.env._("Year-end Bonuses"))

    def action_settlements(self):
        """The credit notes of this bonus."""
        self.ensure_one()
        moves = self.settlement_ids.move_id
        return moves._get_records_action(name=self.env._("Credit Notes"))

    def action_months(self):
        """How turnover and bonus grew, month by month."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Month by Month"),
            "res_model": "o2c.volume.bonus.month",
            "views": [[False, "graph"], [False, "pivot"], [False, "list"]],
            "domain": [("bonus_id", "=", self.id)],
        }

    def _check_authority(self):
        self.check_access("write")
        if not self.env.user.has_group(APPROVER):
            raise AccessError(
                self.env._("Only a billing approver decides about a bonus.")
            )
