"""The last day of a claim: counted every night, with an alarm in time."""

from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import SQL

from ...policy.bad_debt import reclaim_on
from ...policy.limitation import alarm, limitation, term_on
from .o2c_limitation_term import CLAIM_KINDS


class O2cDunningCase(models.Model):
    _inherit = "o2c.dunning.case"

    limitation_on = fields.Date(
        string="Time-Barred After",
        readonly=True,
        index="btree_not_null",
        help="Last day of the oldest claim, as far as the data here say. A written "
        "demand in time starts a new term. Counted every night.",
    )
    limitation_warned = fields.Integer(
        readonly=True, help="Last alarm, in days before."
    )
    vat_back_on = fields.Date(
        string="VAT Back From",
        readonly=True,
        help="One year after the due date of the oldest open invoice with VAT: then "
        "the VAT can be claimed back (art. 29 Wet OB).",
    )
    vat_warned = fields.Boolean(readonly=True)

    def _claim_kind(self):
        """What kind of claim this customer's invoices are, for the limitation."""
        self.ensure_one()
        partner = self.partner_id.sudo()
        if partner.o2c_claim_kind:
            return partner.o2c_claim_kind
        if partner.o2c_segment_id.natural_person:
            return "consumer"
        return self.company_id.o2c_claim_kind

    def _limitation_days(self, today, claimed=None):
        """Last day of each open item of one case.

        :param date today: the date in the company
        :param claimed: only these (move id, instalment)
        :return: dict of (move id, instalment) to date
        """
        days = self._limitation_by_case(today)[self.id]
        return {key: day for key, day in days.items() if not claimed or key in claimed}

    def _limitation_by_case(self, today):
        """Last days of all open items of these cases, set-based.

        :return: dict of case id to dict of (move id, instalment) to date
        """
        terms = self.env["o2c.limitation.term"]._terms()
        kinds = {case.id: case._claim_kind() for case in self}
        items = self._items_for_limitation()
        demands = self._demands([move_id for _c, move_id, _n, _d, _v in items])
        known = self._acknowledged([move_id for _c, move_id, _n, _d, _v in items])
        found = defaultdict(dict)
        for case_id, move_id, number, due, _vat in items:
            term = term_on(terms.get(kinds[case_id], ()), due)
            if term:
                result = limitation(due, term, demands[move_id, number], known[move_id])
                found[case_id][move_id, number] = result.last_day
        return found

    def _items_for_limitation(self):
        """Open items of these cases, in one statement.

        :return: rows of (case id, move id, instalment, due date, has VAT)
        """
        self.env.flush_all()
        return self.env.execute_query(
            SQL(
                """
                SELECT case_id, move_id, number, due, vat FROM (
                    SELECT c.id AS case_id, l.move_id,
                           row_number() OVER (PARTITION BY c.id, l.move_id
                                              ORDER BY l.date_maturity, l.id) AS number,
                           COALESCE(l.date_maturity, l.date) AS due,
                           m.amount_tax > 0 AS vat, l.amount_residual_currency AS open
                      FROM o2c_dunning_case c
                      JOIN res_partner p ON p.commercial_partner_id = c.partner_id
                      JOIN account_move_line l ON l.partner_id = p.id
                       AND l.currency_id = c.currency_id
                       AND l.account_id = ANY(%(accounts)s)
                       AND l.parent_state = 'posted'
                      JOIN res_company b ON b.id = l.company_id
                       AND split_part(b.parent_path, '/', 1)::int = c.company_id
                      JOIN account_move m ON m.id = l.move_id
                     WHERE c.id = ANY(%(cases)s)
                       AND m.move_type IN ('out_invoice', 'entry')
                ) item
                 WHERE open > 0
                """,
                accounts=self._receivable_account_ids(),
                cases=self.ids,
            )
        )

    @api.model
    def _demands(self, move_ids):
        """Days on which a written demand left that reserved our rights: a notice of
        default, a 14-day letter, or words that are firm or final. Friendly reminders
        are left out, and so is what came back: the alarm is rather too early.

        :return: dict of (move id, instalment) to list of dates
        """
        rows = self.env.execute_query(
            SQL(
                """
                SELECT l.move_id, l.instalment, n.sent_on
                  FROM o2c_dunning_notice_line l
                  JOIN o2c_dunning_notice n ON n.id = l.notice_id
                 WHERE n.state = 'sent' AND n.channel IN ('email', 'letter')
                   AND (n.kind IN ('default', 'wik') OR n.tone IN ('firm', 'final'))
                   AND l.kind IN ('remind', 'open') AND l.move_id = ANY(%s)
                """,
                list(set(move_ids)),
            )
        )
        found = defaultdict(list)
        for move_id, instalment, day in rows:
            found[move_id, instalment].append(day)
        return found

    @api.model
    def _acknowledged(self, move_ids):
        """Days on which the debtor acknowledged the debt: he promised to pay it, or
        agreed to a plan (art. 3:318 BW).

        :return: dict of move id to list of dates
        """
        rows = self.env.execute_query(
            SQL(
                """
                SELECT r.move_id, p.create_date::date
                  FROM o2c_payment_promise p
                  JOIN o2c_payment_promise_move_rel r ON r.promise_id = p.id
                 WHERE r.move_id = ANY(%(moves)s)
                 UNION
                SELECT i.move_id, p.started_on
                  FROM o2c_payment_plan p
                  JOIN o2c_payment_plan_item i ON i.plan_id = p.id
                 WHERE i.move_id = ANY(%(moves)s) AND p.started_on IS NOT NULL
                """,
                moves=list(set(move_ids)),
            )
        )
        found = defaultdict(list)
        for move_id, day in rows:
            found[move_id].append(day)
        return found

    @api.model
    def _warn_of_last_days(self, company, today):
        """Count the last days of all open cases, and warn once per alarm and case.

        :param company: the root company that collects
        :param date today: the date there
        """
        cases = self.search(
            [("company_id", "=", company.id), ("state", "!=", "closed")]
        )
        days = cases._limitation_by_case(today)
        vat = cases._vat_days()
        for case in cases:
            last = min(days[case.id].values(), default=None)
            if case.limitation_on != last:
                moved = case.limitation_on and last and last > case.limitation_on
                case.write(
                    {"limitation_on": last}
                    | ({"limitation_warned": 0} if moved or not last else {})
                )
            due = alarm(last, today, case.limitation_warned) if last else 0
            if due:
                case.limitation_warned = due
                case._alarm(
                    self.env._("Time-barred after %s: write or claim in time", last),
                    min(last, fields.Date.add(today, days=7)),
                )
            case._note_vat(vat.get(case.id), today)

    def _vat_days(self):
        """The first day on which VAT can be claimed back, per case.

        :return: dict of case id to date
        """
        found = {}
        for case_id, _move, _number, due, vat in self._items_for_limitation():
            if vat:
                found[case_id] = min(due, found.get(case_id, due))
        months = {case.id: case.company_id.o2c_bad_debt_months for case in self}
        return {
            case_id: reclaim_on(due, months[case_id]) for case_id, due in found.items()
        }

    def _note_vat(self, day, today):
        """Keep the day of the VAT, and say once that it has come.

        :param day: date from which VAT can be claimed back, or None
        """
        self.ensure_one()
        if self.vat_back_on != (day or False):
            self.write({"vat_back_on": day, "vat_warned": False})
        if day and day <= today and not self.vat_warned:
            self.vat_warned = True
            self._alarm(self.env._("Claim the VAT back (art. 29 Wet OB)"), today)

    def _alarm(self, summary, day):
        """One activity for whoever works the case."""
        owner = self.user_id or self.company_id.o2c_responsible_id
        self.activity_schedule(
            "mail.mail_activity_data_warning",
            date_deadline=day,
            summary=summary,
            user_id=(owner or self.env.ref("base.user_admin")).id,
        )


class ResPartner(models.Model):
    _inherit = "res.partner"

    o2c_claim_kind = fields.Selection(
        CLAIM_KINDS,
        string="Kind of Claim",
        copy=False,  # a seller who duplicates a customer may not read it
        groups="o2c_base.group_collector",
        help="Decides how long his invoices can be claimed. Empty: consumers as sale "
        "to a consumer, others as the company says.",
    )
