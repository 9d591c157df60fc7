"""What a collector must see before he does anything: with the agency, vulnerable."""

from odoo import api, fields, models


class O2cDunningCase(models.Model):
    _inherit = "o2c.dunning.case"

    warning_text = fields.Text(
        string="Mind This",
        compute="_compute_warning_text",
        help="Who collects now, and whether the customer is vulnerable.",
    )
    vulnerable = fields.Boolean(
        compute="_compute_warning_text",
        help="Somebody flagged the customer as a vulnerable debtor.",
    )

    @api.depends("partner_id", "file_ids.state")
    def _compute_warning_text(self):
        for case in self:
            said = case._vulnerable_words()
            case.vulnerable = bool(said)
            case.warning_text = "\n".join(filter(None, [said, case._away_words()]))

    def _vulnerable_words(self):
        """Why this customer is approached with care; empty when he is like others."""
        self.ensure_one()
        flags = self.env["o2c.debtor.flag"].search(
            [
                ("partner_id", "=", self.partner_id.id),
                ("company_id", "=", self.company_id.id),
                ("kind", "=", "vulnerable"),
                ("in_force", "=", True),
            ]
        )
        if not flags:
            return ""
        return self.env._(
            "Vulnerable customer: %s. Take your time, and agree nothing he cannot "
            "keep.",
            ", ".join(flag.reason.rstrip(". ") for flag in flags),
        )

    def _button_warnings(self):
        """What is asked before a button does its work.

        :return: dict of method name to text
        """
        self.ensure_one()
        asked = {}
        away, vulnerable = self._away_words(), self._vulnerable_words()
        if away:
            words = self.env._(
                "%s What you agree here goes past them: do you want to go on, and will "
                "you tell them?",
                away,
            )
            asked |= {"action_promise": words, "action_plan": words}
        if vulnerable:
            words = self.env._("%s Do you want to hand the claim over?", vulnerable)
            asked["action_handover"] = words
        return asked

    def _dialog(self, model, title, **context):
        """Extends: a plan or promise about what is with an agency says so on top."""
        away = len(self) == 1 and model != "o2c.file.reason" and self._away_words()
        if away and model in ("o2c.payment.promise", "o2c.plan.proposal"):
            title = f"{title} – {away}"
        return super()._dialog(model, title, **context)
