"""What to say to the customer: the words of the step with the figures of now."""

from odoo import Command, models

from ...tools.placeholder import filled, without


class O2cDunningCase(models.Model):
    _inherit = "o2c.dunning.case"

    def _work_script(self):
        """What to say at the step that is due: of the call that waits, else of the last
        reminder that left."""
        notices = self.env["o2c.dunning.notice"].search(
            [("case_id", "=", self.id), ("state", "in", ("queued", "sent", "bounced"))],
            order="date desc, id desc",
            limit=10,
        )
        call = notices.filtered(
            lambda one: one.channel == "call" and one.state == "queued"
        )
        notice = (call or notices)[:1]
        care = self._vulnerable_words()
        if self.id in self._cases_away(self.company_id, self.company_id._o2c_today()):
            words = self.env._("Please pay and agree with them; we cannot do it here.")
            lines = [care, self._away_words(), words]
            return {"step": "", "call": False, "text": [one for one in lines if one]}
        if not notice or not notice.line_ids:
            return {}
        return {
            "step": notice.step_name or "",
            "call": bool(call),
            "text": [care] * bool(care)
            + self._script_today(notice.sudo()).splitlines(),
        }

    def _script_today(self, notice):
        """The words of that step with what is owed at this moment.

        :param notice: the reminder that left or the call that waits
        """
        today = self.company_id._o2c_today()
        cases = self.env["o2c.dunning.case"].sudo()
        items, total = [], 0.0
        for account in cases._open_accounts(
            self.company_id, today, self.partner_id.ids
        ):
            if account.currency_id == self.currency_id.id:
                items = [item for item in account.items if item.due < today]
                total = float(account.overdue(today))
        asked = [item for item in items if item.open > item.disputed]
        aside = float(sum(item.disputed for item in items))
        if not asked or total - aside <= 0:
            return notice._rendered()["script"] or ""
        fresh = notice.new(
            {
                "company_id": self.company_id.id,
                "currency_id": self.currency_id.id,
                "partner_id": self.partner_id.id,
                "contact_id": notice.contact_id.id,
                "lang": notice.lang,
                "tone": notice.tone,
                "kind": notice.kind,
                "step_id": notice.step_id.id,
                "channel": notice.channel,
                "date": today,
                "pay_by": self._last_pay_by(),
                "amount": total - aside,
                "line_ids": [
                    Command.create(
                        {
                            "kind": "open",
                            "label": item.key.label,
                            "due": item.due,
                            "amount": float(item.open),
                            "amount_disputed": float(item.disputed),
                        }
                    )
                    for item in asked
                ],
            }
        )
        return self._script_words(fresh)

    def _script_words(self, fresh):
        """The script; when nothing was asked in writing yet, it names no day by which
        we asked.

        :param fresh: the reminder with the figures of this moment, not kept
        """
        if fresh.pay_by:
            return fresh._rendered(urls={})["script"] or ""
        texts = self.env["o2c.notice.text"]._for_company(fresh.company_id)
        lang = fresh._installed_lang()
        pieces = fresh._picked(texts, lang)
        if pieces is None:
            return ""
        values = fresh._placeholder_values(fresh._company_facts(fresh.company_id), lang)
        return filled(without(pieces["script"], "pay_by"), values)
