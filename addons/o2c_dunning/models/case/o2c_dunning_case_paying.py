"""What is known about how a customer pays: agreed, through others, or set off."""

from odoo import api, fields, models
from odoo.tools import SQL, format_amount

from ...policy.may_remind import may_offset
from ...tools.amount import decimal


class O2cDunningCase(models.Model):
    _inherit = "o2c.dunning.case"

    paying_text = fields.Text(
        string="How He Pays",
        compute="_compute_paying_text",
        compute_sudo=True,
        help="From his payment agreement and your open bills with him: who pays, "
        "through whom, where, and what he may set off.",
    )

    @api.depends("partner_id", "company_id", "currency_id")
    def _compute_paying_text(self):
        agreements = self.env["o2c.payment.agreement"]
        for company, cases in self.grouped("company_id").items():
            today = company._o2c_today()
            partner_ids = cases.partner_id.ids
            agreed = agreements._in_force(company, partner_ids, today)
            self.env["account.move"].flush_model()
            self.env["account.move.line"].flush_model()
            owed = self._owed_to(company, partner_ids, today)
            for case in cases:
                agreement = agreed.get(case.partner_id.id, agreements)
                key = case.partner_id.id, case.currency_id.id
                case.paying_text = "\n".join(
                    case._say_paying(agreement, owed.get(key, (0, 0)))
                )

    def _say_paying(self, agreement, owed):
        """Sentences for the collector.

        :param agreement: ``o2c.payment.agreement`` in force, may be empty
        :param owed: what we owe him, and the part that is overdue
        """
        self.ensure_one()
        lines = []
        if agreement.direct_debit:
            lines.append(self.env._("You collect from his account."))
        if agreement.payer_id and agreement.payer_id != agreement.partner_id:
            lines.append(
                self.env._(
                    "%s pays for him; he stays the debtor.",
                    agreement.payer_id.display_name,
                )
            )
        if agreement.buying_group_id:
            lines.append(
                self.env._("Buys through %s.", agreement.buying_group_id.display_name)
            )
        if agreement.factor_id:
            lines.append(
                self.env._(
                    "His invoices are assigned to %s.", agreement.factor_id.display_name
                )
            )
        total, late = owed
        if total > 0:
            lines.append(
                self.env._(
                    "A supplier too: you owe him %(amount)s, %(late)s of it overdue. "
                    "He may set that off.",
                    amount=format_amount(self.env, float(total), self.currency_id),
                    late=format_amount(self.env, float(late), self.currency_id),
                )
            )
        return lines

    @api.model
    def _paying_facts(self, company, accounts, today):
        """What the verdict must know about how customers pay.

        :param company: the root company that collects
        :param dict accounts: (partner id, currency id) to ``OpenAccount``
        :return: dict of the same keys to names of ``Debtor`` that hold
        """
        partner_ids = list({partner_id for partner_id, _currency in accounts})
        agreed = self.env["o2c.payment.agreement"]._in_force(
            company, partner_ids, today
        )
        known = {
            partner_id: {"debit", "factored"} & set(agreement._known_reminder_facts())
            for partner_id, agreement in agreed.items()
        }
        owed = self._owed_to(company, partner_ids, today)
        facts = {key: set(known.get(key[0], ())) for key in accounts}
        for key, (_total, late) in owed.items():
            if key in accounts and may_offset(accounts[key].overdue(today), late):
                facts[key].add("may_offset")
                accounts[key].facts["may_offset"] = {"amount": float(late)}
        self._add_payers(company, accounts, agreed, facts)
        return facts

    @api.model
    def _add_payers(self, company, accounts, agreed, facts):
        """Customers for whom somebody else pays, where a person decides whom to ask.

        :param dict agreed: partner id to his payment agreement
        :param dict facts: what :meth:`_paying_facts` returns
        """
        for key, account in accounts.items():
            agreement = agreed.get(key[0])
            if not agreement:
                continue
            codes = agreement._known_reminder_facts()
            if "payer" in codes and company.o2c_dunning_other_payer == "hold":
                facts[key].add("other_payer")
                name = agreement.payer_id.display_name
                account.facts["other_payer"] = {"text": name}
            if "factored" in codes:
                name = agreement.factor_id.display_name
                account.facts["factored"] = {"text": name}

    @api.model
    def _owed_to(self, company, partner_ids, today):
        """What we owe customers who are suppliers too, in one statement.

        A bill whose payment we blocked ourselves is not owed for sure: left out.

        :return: dict of (partner id, currency id) to (owed, overdue part)
        """
        rows = self.env.execute_query(
            SQL(
                """
                SELECT p.commercial_partner_id, l.currency_id,
                       -sum(l.amount_residual_currency),
                       -COALESCE(sum(l.amount_residual_currency) FILTER (
                           WHERE COALESCE(l.date_maturity, l.date) < %(today)s
                              OR l.amount_residual_currency > 0), 0)
                  FROM account_move_line l
                  JOIN account_move m ON m.id = l.move_id
                  JOIN res_company c ON c.id = l.company_id
                   AND split_part(c.parent_path, '/', 1)::int = %(root)s
                  JOIN res_partner p ON p.id = l.partner_id
                 WHERE l.account_id = ANY(ARRAY(
                       SELECT id FROM account_account
                        WHERE account_type = 'liability_payable'))
                   AND l.reconciled IS NOT TRUE
                   AND l.parent_state = 'posted'
                   AND m.payment_state IS DISTINCT FROM 'blocked'
                   AND p.commercial_partner_id = ANY(%(partners)s)
                 GROUP BY p.commercial_partner_id, l.currency_id
                HAVING sum(l.amount_residual_currency) < 0
                """,
                today=today,
                root=company.root_id.id,
                partners=list(partner_ids),
            )
        )
        return {
            (pid, currency): (decimal(owed), decimal(late))
            for pid, currency, owed, late in rows
        }
