"""The checks before a claim leaves: facts, verdict, and the reasons in words."""

import re

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from odoo.addons.o2c_credit.policy.person import PERSONAL_FORMS

from ...policy.hand_over import Claim, against, against_agency
from ...tools.amount import decimal


class O2cCollectionFile(models.Model):
    _inherit = "o2c.collection.file"

    objection_text = fields.Text(
        string="Not Yet, Because",
        compute="_compute_objection_text",
        help="What stands against handing over today. Solve it, or wait.",
    )

    @api.depends("state", "agency_id", "kind", "insolvent_on")
    def _compute_objection_text(self):
        for file in self:
            codes = ()
            if file.state in ("proposed", "preparing", "ready"):
                codes = file._objections(file.company_id._o2c_today())
            words = file._objection_words()
            file.objection_text = "\n".join(words[code] for code in codes)

    def _objections(self, today, with_agency=True):
        """Codes of what stands against handing this claim over today.

        :param date today: the date in the company
        :param bool with_agency: also judge the agency
        """
        self.ensure_one()
        claim = self.case_id.sudo()._claim_facts(today, self.item_ids.sudo())
        if self.kind == "insolvency":
            return () if claim.due > 0 else ("nothing_due",)
        codes = against(claim, today)
        if with_agency:
            agency = self.agency_id.sudo()._policy_agency()
            codes += against_agency(claim, agency, today)
        return codes

    def _check_may_leave(self, with_agency=True):
        """Refuse with every reason at once.

        :raises UserError: when something stands against it
        """
        for file in self:
            codes = file._objections(file.company_id._o2c_today(), with_agency)
            if codes:
                words = file._objection_words()
                raise UserError(
                    self.env._(
                        "%(customer)s cannot be handed over yet:\n%(reasons)s",
                        customer=file.partner_id.display_name,
                        reasons="\n".join(f"– {words[code]}" for code in codes),
                    )
                )

    def _objection_words(self):
        """What each reason says to a person, with what to do about it."""
        return {
            "nothing_due": self.env._("Nothing of it is due any more."),
            "insolvent": self.env._(
                "The customer is insolvent: submit the claim to the trustee instead."
            ),
            "barred": self.env._(
                "The claim is time-barred. Ask a lawyer before anybody demands it."
            ),
            "disputed": self.env._("A dispute is open. Answer it first."),
            "on_plan": self.env._("A payment plan is running."),
            "plan_waits": self.env._(
                "A payment plan waits for approval. Approve or refuse it first."
            ),
            "promised": self.env._("A promise to pay is open. Wait for its day."),
            "question": self.env._("The customer asked a question. Answer it first."),
            "answered": self.env._("The customer wrote back. Read his answer first."),
            "paused": self.env._("The case is on pause."),
            "term_missing": self.env._(
                "No valid 14-day letter was sent. Without it a consumer owes no cost: "
                "send the letter first."
            ),
            "term_runs": self.env._(
                "The term of the 14-day letter has not ended yet. Wait for its last "
                "day."
            ),
            "pay_by": self.env._(
                "The last reminder asks to pay by %(day)s. Wait for the end of that "
                "day.",
                day=format_date(self.env, self.case_id._last_pay_by())
                if len(self) == 1
                else "",
            ),
            "letter_waits": self.env._(
                "A letter is still on its way to the customer: %s. Wait until it "
                "has reached him.",
                ", ".join(self.case_id._letters_under_way(self.company_id._o2c_today()))
                if len(self) == 1
                else "",
            ),
            "no_agency": self.env._("Choose the agency."),
            "not_registered": self.env._(
                "The agency has no valid number in the register. Nobody else may "
                "collect from natural persons, sole traders included."
            ),
            "not_checked": self.env._(
                "Nobody looked the agency's number up in the register. Do so, and "
                "write the day on the agency."
            ),
        }


class O2cDunningCase(models.Model):
    _inherit = "o2c.dunning.case"

    def _claim_facts(self, today, items=None):
        """What the checks must know about this case.

        :param date today: the date in the company
        :param items: ``o2c.collection.item`` that are claimed; everything that is due
            when there are none
        :return: :class:`policy.hand_over.Claim`
        """
        self.ensure_one()
        accounts = self._open_accounts(self.company_id, today, self.partner_id.ids)
        account = next(
            (one for one in accounts if one.currency_id == self.currency_id.id), None
        )
        claimed = {(item.move_id.id, item.instalment) for item in items or ()}
        due = [
            item
            for item in (account.items if account else ())
            if item.due < today
            and (not claimed or (item.key.move_id, item.key.instalment) in claimed)
        ]
        letter_missing, lawful = self._letter_days(
            {item.key.move_id for item in due}, today
        )
        owed = sum((item.open for item in due), decimal(0))
        return Claim(
            due=max(decimal(0), owed - (account.credit if account else decimal(0))),
            natural_person=self._is_person(),
            insolvent=bool(account and account.debtor.insolvent),
            disputed=sum((item.disputed for item in due), decimal(0)),
            promised=any(
                item.promised_until and today <= item.promised_until for item in due
            ),
            on_plan=any(item.on_plan for item in due),
            plan_waits=any(item.plan_waits for item in due),
            question=any(item.question for item in due),
            answered=self.state == "answered",
            paused_until=self.paused_until if self.state == "paused" else None,
            pay_by=self._last_pay_by() or None,
            lawful_from=lawful,
            term_missing=letter_missing,
            letter_waits=bool(self._letters_under_way(today)),
            barred=any(
                day < today for day in self._limitation_days(today, claimed).values()
            ),
        )

    def _last_pay_by(self):
        """The day by which the last reminder that left asks to pay."""
        sent = self.notice_ids.filtered(lambda one: one.state == "sent")
        return sent.sorted(lambda one: (one.sent_on or one.date, one.id))[-1:].pay_by

    def _is_person(self):
        """Whether a natural person stands behind the claim: then a person decides, with
        a reason, and only a registered agency may collect."""
        persons = self.env["o2c.risk.profile"]._natural_persons(
            self.company_id, self.partner_id.ids
        )
        return self.partner_id.id in persons or self._is_personal_firm()

    def _is_personal_firm(self):
        """Whether the newest report names a form behind which a person stands: the
        register binds for sole traders too, whatever else the company decided."""
        report = self.env["o2c.credit.report"].search(
            [
                ("partner_id", "=", self.partner_id.id),
                ("company_id", "=", self.company_id.id),
                ("legal_form", "!=", False),
            ],
            order="date desc, id desc",
            limit=1,
        )
        return bool(re.search(PERSONAL_FORMS, (report.legal_form or "").lower()))

    def _letter_days(self, move_ids, today):
        """What the 14-day letter says about handing these invoices over.

        :return: (whether a letter that is needed never arrived, day on which the terms
            of all of them have ended or None)
        """
        company = self.company_id.sudo()
        moves = self.env["account.move"].browse(move_ids)
        if not moves or not company._o2c_dutch():
            return False, None
        needed = {
            debt.move_id for debt in moves._o2c_debts(company) if debt.letter_needed
        }
        figures = moves.browse(needed & move_ids)._o2c_cost_and_interest(today)
        unpaid = [one for one in figures.values() if "paid_in_term" not in one.reasons]
        days = [one.cost_from for one in unpaid]
        return not all(days), max(filter(None, days), default=None)
