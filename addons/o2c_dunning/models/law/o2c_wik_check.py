"""The 14-day letter is read over before it leaves; a wrong one stays here, with why."""

from lxml import html

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ...policy.collection_cost import collection_cost
from ...policy.default_start import in_default
from ...policy.fourteen_day_letter import LetterFacts, Row, lint
from ...policy.receipt_clock import receipt_clock
from ...tools.amount import decimal


class O2cDunningNotice(models.Model):
    _inherit = "o2c.dunning.notice"

    def _freeze_content(self, company):
        """Extends: a 14-day letter is made ready first, and checked afterwards.

        :return: the notices whose text could be made and may leave
        """
        letters = self.filtered(lambda one: one.kind == "wik")
        if not letters:
            return super()._freeze_content(company)
        waits = letters - letters._wik_prepare()
        written = super(O2cDunningNotice, self - waits)._freeze_content(company)
        return written - (written & letters)._wik_refuse()

    def action_print(self):
        """Extends: a 14-day letter that is not right says so, instead of nothing."""
        try:
            return super().action_print()
        except UserError as error:
            wrong = self.sudo().filtered(
                lambda one: one.kind == "wik" and one.state == "failed"
            )
            if not wrong:
                raise
            reasons = filter(None, wrong.mapped("failure_reason"))
            raise UserError("\n".join(reasons)) from error

    def _wik_prepare(self):
        """Cost and interest of this day; without anything in default it waits.

        What is not in default was left out when the amounts were taken, unless nothing
        in the letter is.

        :return: the letters that can be written
        """
        ready = self.browse()
        for letter in self:
            if not letter.company_id._o2c_dutch():
                letter._fail(
                    self.env._("The 14-day letter is one of Dutch law."), final=True
                )
                continue
            lines = letter._asked_lines()
            starts = letter._wik_starts(lines.move_id)
            if letter._wik_early(lines, starts):
                letter._wik_wait(lines, starts)
                continue
            letter.wik_interest = letter._wik_interest_now()
            letter.wik_cost = float(letter._wik_cost_now())
            ready += letter
        return ready

    def _wik_wait(self, lines, starts):
        """Nothing in it is in default: it is tried again on the first day that is."""
        found = [starts.get((line.move_id.id, line.instalment)) for line in lines]
        days = [start.on for start in found if start and start.on]
        words = self.env["account.move"]._o2c_claim_reasons()
        said = {words[start.reason] for start in found if start and start.reason}
        reason = ". ".join(sorted(said)) or words["not_default"]
        if days:
            reason = self.env._(
                "%(reason)s: tried again on %(day)s",
                reason=reason,
                day=format_date(self.env, min(days)),
            )
        self._fail(reason, final=not days)
        if days:
            self.write({"tries": 1, "retry_at": fields.Datetime.to_datetime(min(days))})

    def _wik_interest_now(self):
        """Interest until today, when the company names it and every rate is sure."""
        if not self.company_id.sudo().o2c_wik_interest:
            return 0.0
        found = self._asked_lines().move_id._o2c_cost_and_interest(self.date)
        if not all(figures.sure for figures in found.values()):
            return 0.0
        return float(sum(figures.interest_left for figures in found.values()))

    def _wik_refuse(self):
        """Letters with a fault do not leave; a person sees why.

        :return: the letters that were refused
        """
        refused = self.browse()
        for letter in self:
            found = letter._wik_findings(letter.content)
            if found:
                letter._fail(letter._wik_in_words(found), final=True)
                refused += letter
        return refused

    @api.model
    def _wik_labels(self):
        """What each fault means; the detail stands at the %s."""
        return {
            "language": self.env._("there is no letter in this language: %s"),
            "sender": self.env._("the creditor is not named: %s"),
            "debtor": self.env._("the debtor is not named: %s"),
            "no_invoice": self.env._("no invoice is named"),
            "invoice_number": self.env._("the number of %s is missing"),
            "invoice_date": self.env._("the date of %s is missing"),
            "invoice_due": self.env._("the due date of %s is missing"),
            "invoice_amount": self.env._("the amount of %s is missing"),
            "total": self.env._("the total principal is missing: %s"),
            "cost": self.env._("the cost in euro is missing: %s"),
            "cost_amount": self.env._("the cost is not what the scale says: %s"),
            "interest": self.env._("the interest is not shown apart: %s"),
            "term": self.env._(
                "the term of 14 days from the day after receipt is missing"
            ),
            "forbidden": self.env._("“%s” starts the term too early"),
            "other_term": self.env._("another term stands beside the 14 days: %s days"),
            "consequence": self.env._(
                "it does not say that the cost is owed afterwards"
            ),
            "how_to_pay": self.env._("it does not say how to pay"),
            "vat_statement": self.env._("it does not say that VAT cannot be deducted"),
            "earlier_date": self.env._("it names a day before the term ends: %s"),
            "not_all_claims": self.env._("%s could be dunned too and is not in it"),
            "not_in_default": self.env._("%s is not in default yet"),
        }

    @api.model
    def _wik_in_words(self, found):
        """The faults of a letter in words, or nothing.

        :param found: pairs of code and detail
        """
        if not found:
            return ""
        labels = self._wik_labels()
        said = [
            labels[code] % detail if "%s" in labels[code] else labels[code]
            for code, detail in found
        ]
        return self.env._("This 14-day letter is not right: %s", "; ".join(said))

    def _wik_facts(self):
        """What the finished letter must say."""
        text = self._wik_text()
        lang, company = self._wik_lang(text), self.company_id.sudo()
        debtor = self._wik_debtor()
        lines = self._asked_lines()
        early, missing = self._wik_not_all()
        rows = [self._row_values(line, lang) for line in lines]
        taken = self.line_ids.filtered(lambda line: line.kind in ("credit", "payment"))
        principal = sum(lines.mapped("amount_asked")) + sum(taken.mapped("amount"))
        rate = self.amount_company / self.amount if self.amount else 1
        law, cost = company._o2c_law(), self._wik_cost_named()
        interest = self._wik_interest_named()
        expected = collection_cost(
            decimal(round(max(principal, 0) * rate, 2)), law.vat_percent
        )
        return LetterFacts(
            text.lang or lang,
            self.date,
            receipt_clock("email", self.date).last_free_day,
            (company.name, company.city or company.street or ""),
            tuple(filter(None, (debtor["name"], debtor["street"]))),
            tuple(
                Row(row["label"], row["issued"], row["due"], row["amount"])
                for row in rows
            ),
            self._money(self.amount, lang),
            self._wik_money(cost, lang),
            decimal(cost),
            decimal(cost) if law.periodic else expected,
            (self._company_facts(company)["iban"], self._payment_urls().get(self.id)),
            self._wik_money(interest, lang) if interest else "",
            law.vat_percent,
            missing,
            early,
        )

    def _wik_not_all(self):
        """Items in the letter that are not in default, and claims that it leaves out.

        :return: (numbers too early, numbers missing)
        """
        company = self.company_id.sudo()
        lines = self._asked_lines()
        starts = self._wik_starts(lines.move_id)
        early = tuple(self._wik_early(lines, starts).mapped("label"))
        others = self.env["account.move"].sudo()
        others = others.search(
            [
                ("commercial_partner_id", "=", self.partner_id.id),
                ("company_id", "child_of", company.id),
                ("move_type", "in", ("out_invoice", "out_receipt")),
                ("state", "=", "posted"),
                ("payment_state", "in", ("not_paid", "partial")),
                ("id", "not in", self.line_ids.move_id.ids),
            ]
        )
        others -= others.filtered(
            lambda move: all(
                line.no_followup
                for line in move.line_ids
                if line.account_id.account_type == "asset_receivable"
            )
        )
        cases = self.env["o2c.dunning.case"].sudo()
        aside = set(cases._disputed_amounts(company, others.ids) if others else ())
        aside |= set(cases._set_aside(company, others.ids, self.date))
        if others:
            aside |= set(cases._promised_moves(company, self.date, others.ids))
        since = others._o2c_default_from()
        missing = tuple(
            move.name
            for move in others
            if move.id not in aside and since[move] and since[move] <= self.date
        )
        return early, missing

    def _wik_starts(self, moves):
        """First day of default per (move id, instalment)."""
        return self.env["o2c.dunning.case"]._default_starts(self.company_id, moves)

    def _wik_early(self, lines, starts):
        """The lines that are not in default on the day of this letter."""
        return lines.filtered(
            lambda line: not in_default(
                starts.get((line.move_id.id, line.instalment)), self.date
            )
        )

    def _wik_findings(self, content=None):
        """What is wrong with the letter; see :func:`policy.fourteen_day_letter.lint`.

        :param str content: HTML; made now when not given
        """
        self.ensure_one()
        if not self._wik_text():
            return (("language", self.lang or ""),)
        content = self._rendered()["content"] if content is None else content
        tree = html.fromstring(f"<div>{content}</div>")
        words = " ".join(tree.xpath("//text()"))
        return lint(words, self._wik_facts())
