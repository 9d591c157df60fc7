"""Papers that are made for a reminder: the statement, the calculation.

They are made when the reminder leaves, by the queue that sends, never in a run: one
reminder at a time, each committed, so that a stopped queue goes on where it was. A
paper that cannot be made keeps its own reminder here and nobody else's.
"""

import logging

from odoo import models

from odoo.addons.o2c_base.tools.local_form import day_text

_logger = logging.getLogger(__name__)
STATEMENT = "o2c_dunning.o2c_notice_statement_report"
CALCULATION = "o2c_dunning.o2c_claim_statement_report"
#: The method that makes a paper, per choice on the step, in their order in the mail.
MADE = {
    "attach_statement": "_statement_paper",
    "attach_calculation": "_calculation_paper",
}
#: Days late up to which an open item stands in a column of the statement.
AGES = (0, 30, 60, 90)


class O2cDunningNotice(models.Model):
    _inherit = "o2c.dunning.notice"

    def _papers_to_make(self):
        """Hook: which papers this reminder gets that do not exist yet.

        :return: list of names of methods, each returns (name, report, record ids) or
            None where there is nothing to put on paper
        """
        self.ensure_one()
        if self.channel != "email":
            return []
        return [maker for choice, maker in MADE.items() if self.step_id[choice]]

    def _make_papers(self):
        """Make the papers of these reminders.

        :return: the notices that have what they need; the others have failed, and say
            why
        """
        ready = self.filtered(lambda notice: not notice._papers_to_make())
        for notice in self - ready:
            try:
                with self.env.cr.savepoint():
                    notice._papers().unlink()  # of an earlier try, on another day
                    for maker in notice._papers_to_make():
                        notice._make_paper(getattr(notice, maker)())
            except Exception as error:
                _logger.exception("Papers of notice %s could not be made", notice.id)
                notice.tries += 1
                notice._fail(self.env._("What goes along could not be made: %s", error))
                continue
            ready += notice
        return ready

    def _make_paper(self, paper):
        """Render one paper and keep it with the notice, as part of its proof.

        :param paper: (name, report, record ids), or None
        """
        if not paper:
            return
        name, report, record_ids = paper
        raw, kind = self.env["ir.actions.report"]._render_qweb_pdf(report, record_ids)
        pdf = kind == "pdf" and raw.startswith(b"%PDF")
        self.env["ir.attachment"].create(
            {
                "name": f"{name}.{'pdf' if pdf else 'html'}",
                "raw": raw,
                "mimetype": "application/pdf" if pdf else "text/html",
                "res_model": self._name,
                "res_id": self.id,
            }
        )

    def _papers(self):
        """What was made to go along with these notices."""
        return self._kept_files().filtered(
            lambda file: not file.name.startswith("letter-")
        )

    def _attachments(self):
        """Also: the papers that were made for these reminders."""
        found = super()._attachments()
        asked = self.filtered(lambda notice: notice._papers_to_make())
        for file in asked._papers() if asked else ():
            found.setdefault(file.res_id, []).append(file.id)
        return found

    def action_as_letter(self):
        """A letter goes without the papers of the mail."""
        result = super().action_as_letter()
        self.filtered(lambda one: one.channel == "letter").sudo()._papers().unlink()
        return result

    def _statement_paper(self):
        """Everything that is open in this currency."""
        words = self.with_context(lang=self._installed_lang()).env
        name = words._("Open items %s", self._letter_date())
        return name, STATEMENT, self.ids

    def _calculation_paper(self):
        """Cost and interest of what is asked, where there is any and it is sure."""
        moves = self._asked_lines().move_id
        figures = moves._o2c_cost_and_interest(self.date).values()
        owed = sum(one.interest_left + one.cost_left for one in figures)
        if not owed or not all(one.sure for one in figures):
            return None
        action = self.env["o2c.claim.estimate"]._open(moves, self.date, self.case_id)
        words = self.with_context(lang=self._installed_lang()).env
        name = words._("Interest and cost %s", self._letter_date())
        return name, CALCULATION, [action["res_id"]]

    def _statement_values(self):
        """What the statement lists, written out in the language of the customer.

        :return: dict with rows, ages (label, amount) and total
        """
        self.ensure_one()
        lang, today = self._installed_lang(), self.date
        cases, rows = self.env["o2c.dunning.case"].sudo(), []
        ages = [0.0] * (len(AGES) + 1)
        for account in cases._open_accounts(
            self.company_id.root_id, today, self.partner_id.ids
        ):
            if account.currency_id != self.currency_id.id:
                continue
            for item in account.items:
                late = max(0, (today - item.due).days)
                ages[sum(late > most for most in AGES)] += float(item.open)
                rows.append((item.key, float(item.open), late, bool(item.disputed)))
            rows += [(row, row.open_currency, 0, False) for row in account.credits]
        rows.sort(key=lambda row: (row[0].issued or row[0].due, row[0].label))
        return {
            "rows": [
                {
                    "label": ledger.label,
                    "issued": ledger.issued and day_text(self.env, ledger.issued, lang),
                    "due": day_text(self.env, ledger.due, lang) if amount > 0 else "",
                    "late": late,
                    "disputed": disputed,
                    "credit": amount < 0,
                    "amount": self._money(amount, lang),
                }
                for ledger, amount, late, disputed in rows
            ],
            "ages": [self._money(amount, lang) for amount in ages],
            "total": self._money(sum(row[1] for row in rows), lang),
            "date": day_text(self.env, today, lang, long=True),
        }
