"""Trying other words: a share of the customers gets them at this step."""

import secrets

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...policy.hold_out import OTHER, arm
from ..ladder.o2c_dunning_ladder import TONES

#: The law says what these say, or they say nothing.
FIXED_KINDS = ("wik", "handover")


class O2cDunningStep(models.Model):
    _inherit = "o2c.dunning.step"

    hold_share = fields.Integer(
        string="Try on (%)",
        default=0,
        help="Share of the customers who get the other words at this step, by lot. 0: "
        "off. Natural persons and key accounts never take part.",
    )
    hold_tone = fields.Selection(
        TONES, string="Other Tone", help="The tone that this share gets."
    )
    hold_text_id = fields.Many2one(
        "o2c.notice.text",
        string="Other Text",
        ondelete="restrict",
        help="A text that this share gets, for customers who read its language. Keep "
        "it archived so that nobody else gets it. Empty: the text of the other tone.",
    )
    hold_seed = fields.Char(
        string="Seed",
        copy=False,
        readonly=True,
        default=lambda self: secrets.token_hex(8),
        help="The lot of each customer follows from this seed, so the draw can be "
        "done again by anybody.",
    )
    hold_since = fields.Date(
        string="Tried Since",
        copy=False,
        readonly=True,
        help="Reminders from this day on are compared.",
    )

    _hold_share_check = models.Constraint(
        "CHECK(hold_share BETWEEN 0 AND 50)",
        "Try other words on half of the customers at most: 0 to 50 %.",
    )

    @api.constrains("hold_share", "hold_tone", "hold_text_id", "tone", "kind")
    def _check_hold_out(self):
        for step in self.filtered("hold_share"):
            if step.kind in FIXED_KINDS:
                raise ValidationError(
                    self.env._(
                        "What %s says is fixed: nothing can be tried out there.",
                        step.display_name,
                    )
                )
            other = step.hold_tone and step.hold_tone != step.tone
            if not other and not step.hold_text_id:
                raise ValidationError(
                    self.env._(
                        "Choose another tone or another text to try out at %s.",
                        step.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        steps = super().create(vals_list)
        steps.filtered("hold_share")._start_trial()
        return steps

    def write(self, vals):
        """Other words are another trial: what was sent before is not compared."""
        changed = {"hold_share", "hold_tone", "hold_text_id", "tone"} & vals.keys()
        before = {step: step._trial() for step in self} if changed else {}
        result = super().write(vals)
        for step, trial in before.items():
            if step._trial() != trial and step.hold_share:
                step._start_trial()
        return result

    def _trial(self):
        """What is compared at this step."""
        self.ensure_one()
        return bool(self.hold_share), self.hold_tone, self.hold_text_id, self.tone

    def _start_trial(self):
        """From today on reminders are compared; a step of before gets its seed."""
        for step in self:
            company = step.ladder_id.company_id or self.env.company
            step.write(
                {
                    "hold_since": company._o2c_today(),
                    "hold_seed": step.hold_seed or secrets.token_hex(8),
                }
            )

    def _arms(self, company, partner_ids):
        """Which words each customer gets at this step.

        :param company: ``res.company`` that collects, the root
        :param partner_ids: ids of commercial partners
        :return: dict of partner id to "standard", "other" or "" (takes no part)
        """
        self.ensure_one()
        if not self.hold_share:
            return dict.fromkeys(partner_ids, "")
        excluded = self._takes_no_part(company, partner_ids)
        return {
            partner_id: arm(
                self.hold_seed or "",
                company.id,
                partner_id,
                self.hold_share,
                excluded=partner_id in excluded,
            )
            for partner_id in partner_ids
        }

    @api.model
    def _takes_no_part(self, company, partner_ids):
        """Natural persons and key accounts, in two statements.

        :return: set of partner ids
        """
        profiles = self.env["o2c.risk.profile"].sudo()
        persons = profiles._natural_persons(company, partner_ids)
        partners = self.env["res.partner"].sudo().with_context(active_test=False)
        keys = partners.search(
            [("id", "in", list(partner_ids)), ("o2c_key_account", "=", True)]
        )
        single = partners.search(
            [("id", "in", list(partner_ids)), ("is_company", "=", False)]
        )
        return persons | set(keys.ids) | set(single.ids)

    def _words_of_arm(self, drawn):
        """What a notice takes of its arm.

        :param str drawn: as in :meth:`_arms`
        """
        self.ensure_one()
        other = drawn == OTHER
        return {
            "arm": drawn or False,
            "tone": other and self.hold_tone or self.tone,
            "hold_text_id": self.hold_text_id.id if other else False,
        }
