"""Open items of other ledgers on a reminder: named, never asked."""

from odoo import api, models


class O2cDunningNotice(models.Model):
    _inherit = "o2c.dunning.notice"

    @api.model
    def _company_facts(self, company):
        """With what customers may see of other ledgers, read once for a whole run."""
        memos = self.env["o2c.memo.item"].sudo()
        return super()._company_facts(company) | {
            "other_ledgers": memos._shown(company)
        }

    def _layout_values(self, blocks, floor, lang, url):
        values = super()._layout_values(blocks, floor, lang, url)
        return values | {
            "ledgers": self._other_ledgers(floor.get("other_ledgers", {}), lang)
        }

    def _other_ledgers(self, shown, lang):
        """What this reminder names of them, in its own money. A letter that the law
        asks for names only what is claimed.

        :param dict shown: of ``o2c.memo.item``, by customer
        """
        if self.kind != "reminder":
            return []
        rows = [
            row
            for row in shown.get(self.partner_id.commercial_partner_id.id, ())
            if row["currency_id"] == self.currency_id.id
        ]
        return self.env["o2c.memo.item"].sudo()._shown_ledgers(rows, lang)

    def _statement_values(self):
        lang = self._installed_lang()
        memos = self.env["o2c.memo.item"].sudo()
        shown = memos._shown(self.company_id, self.partner_id, self.currency_id)
        return super()._statement_values() | {
            "ledgers": self._other_ledgers(shown, lang)
        }
