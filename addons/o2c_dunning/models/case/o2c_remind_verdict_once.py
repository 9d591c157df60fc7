"""Reasons that do not stutter and do not contradict each other."""

import re

from odoo import api, models

#: A name or a question that ends its sentence with a sign of its own.
ENDS_TWICE = re.compile(r"([.?!])\.(?=\s|$)")
#: When the next step would be, which nobody needs to know of who is left alone.
NEXT_STEPS = ("step_later", "interval", "not_due")
#: What needs no saying beside a reason.
SAYS_ALREADY = {
    "insolvent": NEXT_STEPS,
    "factored": NEXT_STEPS,
    "at_agency": NEXT_STEPS,
    "vulnerable": NEXT_STEPS,
    "not_sent_yet": ("previous_unsent",),
    "reminder_bounced": ("previous_bounced",),
}


class O2cRemindVerdict(models.Model):
    _inherit = "o2c.remind.verdict"

    @api.model
    def _said_once(self, codes):
        """The codes without those that repeat or contradict a heavier one: who is left
        alone for good has no next step, and one reminder waits only once.

        :param codes: reason codes, heaviest first
        """
        mute = set().union(*(SAYS_ALREADY.get(code, ()) for code in codes))
        return [code for code in codes if code not in mute]

    @api.model
    def _ended(self, sentence):
        """A sentence that ends once."""
        return ENDS_TWICE.sub(r"\1", sentence)
