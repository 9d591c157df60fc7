"""The notice remembers which words it used, and whether by lot."""

from odoo import api, fields, models

ARMS = [("standard", "Usual words"), ("other", "Other words")]


class O2cDunningNotice(models.Model):
    _inherit = "o2c.dunning.notice"

    arm = fields.Selection(
        ARMS,
        string="Trial",
        readonly=True,
        help="Which words the lot gave this customer. Empty: he took no part.",
    )
    hold_text_id = fields.Many2one(
        "o2c.notice.text", string="Text on Trial", readonly=True, ondelete="restrict"
    )
    text_id = fields.Many2one(
        "o2c.notice.text",
        string="Text",
        readonly=True,
        ondelete="restrict",
        help="The text that was used.",
    )

    def _values_now(self, message, steps, recipient, today):
        """The words that the lot gave, for the step as it leaves today."""
        values = super()._values_now(message, steps, recipient, today)
        step = self.env["o2c.dunning.step"].sudo().browse(values["step_id"])
        if not step.hold_share and not self.arm:
            return values
        drawn = step._arms(self.company_id, self.partner_id.ids)
        return values | step._words_of_arm(drawn[self.partner_id.id])

    def _rendered(self, texts=None, floor=None, urls=None):
        """The text on trial stands in for the usual one of its language."""
        self.ensure_one()
        trial = self.hold_text_id.sudo()
        lang = self._installed_lang() if trial else ""
        if trial and trial.lang == lang[:2]:
            if texts is None:
                texts = self.env["o2c.notice.text"]._for_company(self.company_id)
            texts = texts | {(self.tone, trial.lang): trial._compiled()}
        return super()._rendered(texts, floor, urls)

    def _freeze_content(self, company):
        """Which text was used is written down with what it said."""
        written = super()._freeze_content(company)
        model = self.env["o2c.notice.text"]
        texts = model._for_company(company)
        for notice in written:
            lang = notice._installed_lang()
            trial = notice.hold_text_id
            if not (trial and trial.lang == lang[:2]):
                found = model._pick(texts, notice.tone, lang, company.partner_id.lang)
                trial = model.browse(found and found.get("id"))
            notice.text_id = trial
        return written


class O2cDunningCase(models.Model):
    _inherit = "o2c.dunning.case"

    @api.model
    def _write_messages(self, run, company, today, planned, state, wait_reason):
        """Where other words are tried, the lot decides as soon as notices are there."""
        count = super()._write_messages(
            run, company, today, planned, state, wait_reason
        )
        steps = self.env["o2c.dunning.step"].sudo()
        tried = steps.browse({message.step.key for _account, message in planned})
        tried = tried.filtered("hold_share")
        if tried and count:
            notices = self.env["o2c.dunning.notice"].search(
                [("run_id", "=", run.id), ("step_id", "in", tried.ids)]
            )
            for step, batch in notices.grouped("step_id").items():
                arms = step._arms(company, batch.partner_id.ids)
                for drawn, same in batch.grouped(
                    lambda one, arms=arms: arms[one.partner_id.id]
                ).items():
                    if drawn:
                        same.write(step._words_of_arm(drawn))
        return count
