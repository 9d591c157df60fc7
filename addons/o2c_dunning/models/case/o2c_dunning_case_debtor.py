"""What holds for a customer as a whole: his case, his ladder, his address."""

import json
from dataclasses import replace

from odoo import api, models
from odoo.tools import SQL

from ...policy.may_remind import Debtor


class O2cDunningCase(models.Model):
    _inherit = "o2c.dunning.case"

    @api.model
    def _add_debtors(self, company, accounts):
        """Put case, pause, waiting reminders and bounces on the accounts.

        :param dict accounts: (partner id, currency id) to ``OpenAccount``
        """
        partner_ids = list({partner_id for partner_id, _currency in accounts})
        cases = self.env.execute_query(
            SQL(
                """
                SELECT id, partner_id, currency_id, state, paused_until, pause_reason
                  FROM o2c_dunning_case
                 WHERE company_id = %s AND state <> 'closed' AND partner_id = ANY(%s)
                """,
                company.id,
                partner_ids,
            )
        )
        case_ids = [row[0] for row in cases]
        pending, bounced = self._notices_on(case_ids)
        for case_id, partner_id, currency_id, state, paused_until, reason in cases:
            account = accounts.get((partner_id, currency_id))
            if account:
                account.case_id = case_id
                account.debtor = Debtor(
                    answered=state == "answered",
                    paused_until=paused_until if state == "paused" else None,
                    pending=pending.get(case_id, ""),
                    bounced=case_id in bounced,
                )
                if state == "paused" and paused_until:
                    account.facts["paused"] = {
                        "day": paused_until.isoformat(),
                        "text": reason or "",
                    }
                if case_id in bounced:
                    account.facts["reminder_bounced"] = {"text": bounced[case_id]}

    @api.model
    def _notices_on(self, case_ids):
        """Reminders that have not left yet, and last ones that came back.

        :return: (dict of case id to "waiting" (for a person) or "unsent", dict of case
            id to the address that we still have and from which it came back)
        """
        if not case_ids:
            return {}, {}
        rows = self.env.execute_query(
            SQL(
                """
                SELECT case_id, CASE WHEN bool_or(state = 'waiting')
                                     THEN 'waiting' ELSE 'unsent' END, NULL, NULL
                  FROM o2c_dunning_notice
                 WHERE case_id = ANY(%(cases)s)
                   AND state IN ('waiting', 'approved', 'queued', 'failed')
                 GROUP BY case_id
                 UNION ALL (
                SELECT DISTINCT ON (n.case_id) n.case_id, n.state, n.partner_id,
                       CASE WHEN n.channel <> 'sms' THEN COALESCE(n.email_to, '') END
                  FROM o2c_dunning_notice n
                 WHERE n.case_id = ANY(%(cases)s) AND n.state IN ('sent', 'bounced')
                 ORDER BY n.case_id, n.sent_at DESC NULLS LAST, n.id DESC)
                """,
                cases=case_ids,
            )
        )
        pending = {row[0]: row[1] for row in rows if row[1] in ("waiting", "unsent")}
        # what came back from a phone is tried by another way, see o2c_dunning_sms
        suspects = [row for row in rows if row[1] == "bounced" and row[3] is not None]
        if not suspects:
            return pending, {}
        recipients = self._recipients([row[2] for row in suspects])
        return pending, {
            case_id: email
            for case_id, _state, partner_id, email in suspects
            if recipients[partner_id]["email"] == email
        }

    @api.model
    def _recipients(self, partner_ids):
        """Who gets the reminders of each customer: his invoice contact, else himself.

        :return: dict of partner id to dict with contact_id, email and lang
        """
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT ON (p.id) p.id, COALESCE(c.id, p.id),
                       COALESCE(NULLIF(c.email, ''), p.email, ''),
                       COALESCE(c.lang, p.lang, '')
                  FROM res_partner p
                  LEFT JOIN res_partner c ON c.parent_id = p.id
                   AND c.type = 'invoice' AND c.active
                 WHERE p.id = ANY(%s)
                 ORDER BY p.id, NULLIF(c.email, '') IS NULL, c.id
                """,
                list(set(partner_ids)),
            )
        )
        return {
            partner_id: {"contact_id": contact_id, "email": email, "lang": lang}
            for partner_id, contact_id, email, lang in rows
        }

    @api.model
    def _add_ladders(self, company, accounts, today):
        """Put what credit knows of each customer on his accounts: ladder, insolvency,
        and what was agreed about paying.

        :param dict accounts: (partner id, currency id) to ``OpenAccount``
        :param date today: date in the company
        """
        partner_ids = list({partner_id for partner_id, _currency in accounts})
        choose = self.env["o2c.dunning.ladder"]._choice(company)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT c.id, (c.o2c_dunning_ladder_id ->> %s)::int, p.grade,
                       c.o2c_segment_id, COALESCE(p.insolvent, FALSE)
                  FROM res_partner c
                  LEFT JOIN o2c_risk_profile p
                    ON p.partner_id = c.id AND p.company_id = %s
                 WHERE c.id = ANY(%s)
                """,
                str(company.id),
                company.id,
                partner_ids,
            )
        )
        known = {
            partner_id: (choose(*facts), insolvent)
            for partner_id, *facts, insolvent in rows
        }
        paying = self._paying_facts(company, accounts, today)
        for key, account in accounts.items():
            ladder_id, insolvent = known.get(key[0], (0, False))
            account.ladder_id = ladder_id or 0
            if insolvent or paying[key]:
                account.debtor = replace(
                    account.debtor,
                    insolvent=insolvent,
                    **dict.fromkeys(paying[key], True),
                )

    @api.model
    def _add_flags(self, company, accounts, today):
        """Put what people said about customers on their accounts.

        :param dict accounts: (partner id, currency id) to ``OpenAccount``
        """
        by_partner = {}
        for key, account in accounts.items():
            by_partner.setdefault(key[0], []).append(account)
        flags = self.env["o2c.debtor.flag"]._in_force(company, by_partner, today)
        for partner_id, kind, channel, until, reason, name in flags:
            told = {"text": reason, "who": name, "day": until and until.isoformat()}
            for account in by_partner[partner_id]:
                account._flag(kind, channel, told)

    def _refresh_amounts(self, company, today):
        """Read the ledger again for these cases and write what is overdue now.

        :param company: ``res.company`` of the cases
        :param date today: the date there
        """
        if self:
            accounts = self._open_accounts(company, today, self.partner_id.ids)
            self._write_amounts(company, today, accounts)

    @api.model
    def _write_amounts(self, company, today, accounts, everybody=False):
        """Write what is overdue, and close cases where nothing is left to do.

        A case stays open while something is overdue, while a reminded item is open,
        or while an answer waits to be read.

        :param accounts: list of ``OpenAccount``
        :param bool everybody: the accounts are those of all customers of the company
        """
        rows = [
            {
                "id": account.case_id,
                "overdue": float(account.overdue(today)),
                "oldest": min(item.due for item in account.items).isoformat(),
                "active": any(i.due < today or i.history for i in account.items),
            }
            for account in accounts
            if account.case_id
        ]
        self.flush_model()
        self.env.execute_query(
            SQL(
                """
                UPDATE o2c_dunning_case c
                   SET amount_due = COALESCE(f.overdue, 0), oldest_due = f.oldest,
                       state = CASE WHEN f.active OR c.state = 'answered'
                                    THEN c.state ELSE 'closed' END,
                       closed_on = CASE WHEN f.active OR c.state = 'answered'
                                        THEN NULL ELSE %(today)s END
                  FROM o2c_dunning_case d
                  LEFT JOIN jsonb_to_recordset(%(rows)s::jsonb)
                         AS f (id int, overdue numeric, oldest date, active boolean)
                         ON f.id = d.id
                 WHERE d.id = c.id AND c.state <> 'closed'
                   AND c.company_id = %(company)s AND (%(all)s OR c.id = ANY(%(ids)s))
                   AND (c.amount_due, c.oldest_due, TRUE)
                       IS DISTINCT FROM (f.overdue, f.oldest, f.active)
                """,
                today=today,
                rows=json.dumps(rows),
                company=company.id,
                all=everybody,
                ids=self.ids,
            )
        )
        self.invalidate_model()
