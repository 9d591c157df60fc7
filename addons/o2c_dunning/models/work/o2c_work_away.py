"""What somebody else collects is no work for us: which cases, which documents."""

from odoo import api, models
from odoo.tools import SQL, format_date

from ..file.o2c_collection_file import OUTSIDE


class O2cDunningCase(models.Model):
    _inherit = "o2c.dunning.case"

    @api.model
    def _cases_away(self, company, today):
        """Cases of which everything that is overdue is with an agency or a trustee.

        :param company: the root company that collects
        :param date today: the date there
        :return: list of case ids, by one statement
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT f.case_id
                  FROM o2c_collection_file f
                 WHERE f.state = ANY(%(outside)s) AND f.company_id = %(company)s
                   AND NOT EXISTS (
                       SELECT 1
                         FROM account_move_line l
                         JOIN res_partner p ON p.id = l.partner_id
                        WHERE p.commercial_partner_id = f.partner_id
                          AND l.currency_id = f.currency_id
                          AND l.account_id = ANY(%(accounts)s)
                          AND l.parent_state = 'posted'
                          AND l.reconciled IS NOT TRUE
                          AND l.amount_residual_currency > 0
                          AND COALESCE(l.date_maturity, l.date) < %(today)s
                          AND l.company_id = ANY(ARRAY(
                              SELECT id FROM res_company
                               WHERE split_part(parent_path, '/', 1) = %(root)s))
                          AND NOT EXISTS (
                              SELECT 1 FROM o2c_collection_item i
                               WHERE i.live AND i.move_id = l.move_id))
                """,
                outside=list(OUTSIDE),
                company=company.id,
                root=str(company.id),
                accounts=self._receivable_account_ids(),
                today=today,
            )
        )
        return [case_id for (case_id,) in rows]

    @api.model
    def _cases_disputed(self, company, today):
        """Cases of which everything that is overdue is in dispute, as long as its
        deadline runs: there is nothing to ask before it is decided.

        :param company: the root company that collects
        :param date today: the date there
        :return: list of case ids, by one statement
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT c.id
                  FROM o2c_dunning_case c
                  JOIN o2c_dispute d ON d.partner_id = c.partner_id
                  JOIN account_move m
                    ON m.id = d.move_id AND m.currency_id = c.currency_id
                  JOIN res_company o ON o.id = d.company_id
                 WHERE c.company_id = %(company)s AND c.state <> 'closed'
                   AND c.amount_due > 0
                   AND d.state = 'open' AND d.deadline >= %(today)s
                   AND m.invoice_date_due < %(today)s
                   AND split_part(o.parent_path, '/', 1) = %(root)s
                 GROUP BY c.id
                HAVING sum(LEAST(d.amount, m.amount_residual)) >= c.amount_due
                """,
                company=company.id,
                root=str(company.id),
                today=today,
            )
        )
        return [case_id for (case_id,) in rows]

    @api.model
    def _moves_away(self, move_ids):
        """Which of these documents are with an agency or a trustee."""
        items = self.env["o2c.collection.item"].sudo()
        found = items.search([("live", "=", True), ("move_id", "in", move_ids)])
        return set(found.move_id.ids)

    def _away_words(self):
        """Since when somebody else collects; empty when nobody does."""
        self.ensure_one()
        file = self.file_ids.filtered(lambda one: one.state in OUTSIDE)[:1].sudo()
        if not file:
            return ""
        day = format_date(self.env, file.handed_over_on) if file.handed_over_on else ""
        if file.kind == "insolvency":
            return self.env._("With the trustee since %s.", day)
        return self.env._(
            "Handed over for collection: %(agency)s since %(day)s.",
            agency=file.agency_id.partner_id.name or "",
            day=day,
        )
