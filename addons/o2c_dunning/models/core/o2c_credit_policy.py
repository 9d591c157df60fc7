"""The credit policy also decides how a customer is reminded."""

from odoo import fields, models


class O2cCreditPolicy(models.Model):
    _inherit = "o2c.credit.policy"

    o2c_dunning_ladder_id = fields.Many2one(
        "o2c.dunning.ladder",
        string="Reminder Ladder",
        ondelete="set null",
        check_company=True,
        help="How customers in this row are reminded. Empty: the ladder of their "
        "segment, else the company's default.",
    )

    def _carried(self):
        ladder = self.o2c_dunning_ladder_id
        return {**super()._carried(), "default_o2c_dunning_ladder_id": ladder.id}

    def _effects(self):
        effects = super()._effects()
        if self.o2c_dunning_ladder_id:
            name = self.o2c_dunning_ladder_id.name
            effects.append(
                {
                    "key": "ladder",
                    "text": self.env._("Reminders: %s", name),
                    "tone": "",
                }
            )
        return effects
