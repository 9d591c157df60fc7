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

    def _values_now(self, message, steps, recipient, today, channel=""):
        """The words that the lot gave, for the step as it leaves today."""
        values = super()._values_now(message, steps, recipient, today, channel)
        step = self.env["o2c.dunning.step"].sudo().browse(values["step_id"])
        if not step.hold_share and not self.arm:
            return values
        drawn = step._arms(self.company_id, self.partner_id.ids)
        return values | step._words_of_arm(drawn[self.partner_id.id])

    def _text_place(self):
        """For whom the text of this notice is, as ``o2c.notice.text._pick`` asks."""
        self.ensure_one()
        return {
            "step": self.step_id.id or 0,
            "kind": self.kind or "",
            "segment": self.partner_id.sudo().o2c_segment_id.id or 0,
        }

    def _trial_text(self):
        """The text on trial, for a customer who reads its language."""
        self.ensure_one()
        trial = self.hold_text_id.sudo()
        lang = self._installed_lang() if trial else ""
        return trial.filtered(lambda text: text.lang == lang[:2])

    def _rendered(self, texts=None, floor=None, urls=None):
        """Extends: the text on trial stands in for the one he would get else."""
        self.ensure_one()
        trial = self._trial_text()
        if trial:
            if texts is None:
                texts = self.env["o2c.notice.text"]._for_company(self.company_id)
            place = (self.tone, trial.lang, *self._text_place().values())
            texts = texts | {place: trial._compiled()}
        return super()._rendered(texts, floor, urls)

    def _freeze_content(self, company):
        """Extends: which text was used is written down with what it said. A 14-day
        letter has a text of its own."""
        written = super()._freeze_content(company)
        model = self.env["o2c.notice.text"]
        texts = model._for_company(company)
        for notice in written.filtered(lambda one: one.kind != "wik"):
            text = notice._trial_text()
            if not text:
                langs = (notice._installed_lang(), company.partner_id.lang)
                found = model._pick(texts, notice.tone, langs, **notice._text_place())
                text = model.browse(found and found.get("id"))
            notice.text_id = text
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
