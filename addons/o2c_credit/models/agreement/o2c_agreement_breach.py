"""Agreements that were not kept: found in the night, for all customers at once."""

from odoo import api, models
from odoo.tools import SQL, format_amount, format_date

from ...policy.agreement import PaidLine, breach_of
from ...policy.watch import Finding
from ..profile.o2c_exposure import to_money


class O2cRiskProfile(models.Model):
    _inherit = "o2c.risk.profile"

    @api.model
    def _watch_agreements(self, root, today, partner_ids):
        """Short payments, discounts taken late, other terms and missing numbers."""
        findings = super()._watch_agreements(root, today, partner_ids)
        for model in (
            "o2c.payment.agreement",
            "account.move.line",
            "account.move",
            "account.partial.reconcile",
            "sale.order",
        ):
            self.env[model].flush_model()
        found = self._breached_lines(root, partner_ids)
        found += self._breached_orders(root, partner_ids)
        customers = self.env["res.partner"].browse({pid for pid, _one in found})
        # a customer with an agreement may never have been scored
        profiles = {
            profile.partner_id.id: profile.id
            for profile in self._ensure(root, customers)
        }
        for partner_id, one in found:
            findings[(profiles[partner_id], one.kind, one.key)] = one
        return findings

    @api.model
    def _breached_lines(self, root, partner_ids):
        """Instalments under an agreement that were not paid as agreed."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT agreement.partner_id, move.id || ':' || line.date_maturity,
                       move.name, line.balance,
                       line.amount_residual, paid.day, agreement.discount_percent,
                       line.discount_date,
                       CASE WHEN line.discount_date IS NOT NULL
                            THEN line.balance - line.discount_balance END
                  FROM o2c_payment_agreement agreement
                  JOIN account_move_line line
                    ON line.partner_id = agreement.partner_id
                   AND line.reconciled IS NOT TRUE
                   AND line.parent_state = 'posted'
                   AND line.amount_residual > 0
                   AND line.amount_residual < line.balance
                  JOIN account_account account ON account.id = line.account_id
                   AND account.account_type = 'asset_receivable'
                  JOIN account_move move ON move.id = line.move_id
                   AND move.move_type IN ('out_invoice', 'out_receipt')
                   AND move.invoice_date >= agreement.date_from
                   AND (agreement.date_until IS NULL
                        OR move.invoice_date <= agreement.date_until)
                  JOIN res_company company ON company.id = line.company_id
                   AND split_part(company.parent_path, '/', 1)::int = %(root)s
                  JOIN LATERAL (
                       SELECT max(part.max_date) AS day
                         FROM account_partial_reconcile part
                         JOIN account_move_line money ON money.id = part.credit_move_id
                         JOIN account_move source ON source.id = money.move_id
                        WHERE part.debit_move_id = line.id
                          AND source.move_type = 'entry') paid ON paid.day IS NOT NULL
                 WHERE agreement.company_id = %(root)s
                   AND agreement.state IN ('confirmed', 'ended') AND %(which)s
                 ORDER BY line.id
                """,
                root=root.id,
                which=self._which_sql(partner_ids),
            )
        )
        found = []
        for pid, item, name, balance, residual, day, percent, until, offered in rows:
            line = PaidLine(
                to_money(balance),
                to_money(residual),
                day,
                to_money(percent),
                until,
                to_money(offered) if offered else None,
            )
            breach = breach_of(line)
            if breach:
                figures = {"breach": breach, "name": name, "on": day.isoformat()}
                found.append(
                    (
                        pid,
                        Finding(
                            "agreement_breach",
                            f"{breach}:{item}",
                            line.residual,
                            figures=figures,
                        ),
                    )
                )
        return found

    @api.model
    def _breached_orders(self, root, partner_ids):
        """Confirmed orders with another term than agreed, or without their number."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT agreement.partner_id, sale.id, sale.name,
                       sale.amount_total / COALESCE(NULLIF(sale.currency_rate, 0), 1),
                       sale.payment_term_id IS DISTINCT FROM agreement.payment_term_id
                           AND agreement.payment_term_id IS NOT NULL,
                       agreement.order_number_required
                           AND COALESCE(trim(sale.client_order_ref), '') = ''
                  FROM o2c_payment_agreement agreement
                  JOIN res_partner contact
                    ON contact.commercial_partner_id = agreement.partner_id
                  JOIN sale_order sale ON sale.partner_invoice_id = contact.id
                   AND sale.state = 'sale' AND sale.invoice_status <> 'invoiced'
                   AND sale.date_order >= agreement.date_from
                   AND (agreement.date_until IS NULL
                        OR sale.date_order < agreement.date_until + 1)
                  JOIN res_company company ON company.id = sale.company_id
                   AND split_part(company.parent_path, '/', 1)::int = %(root)s
                 WHERE agreement.company_id = %(root)s
                   AND agreement.state IN ('confirmed', 'ended') AND %(which)s
                   AND (sale.payment_term_id IS DISTINCT FROM agreement.payment_term_id
                            AND agreement.payment_term_id IS NOT NULL
                        OR agreement.order_number_required
                            AND COALESCE(trim(sale.client_order_ref), '') = '')
                 ORDER BY sale.id
                """,
                root=root.id,
                which=self._which_sql(partner_ids),
            )
        )
        found = []
        for pid, order_id, name, amount, other_term, no_number in rows:
            for breach, holds in (("term", other_term), ("number", no_number)):
                if holds:
                    found.append(
                        (
                            pid,
                            Finding(
                                "agreement_breach",
                                f"{breach}:{order_id}",
                                to_money(amount),
                                figures={"breach": breach, "name": name},
                            ),
                        )
                    )
        return found

    @api.model
    def _which_sql(self, partner_ids):
        if partner_ids is None:
            return SQL("TRUE")
        return SQL("agreement.partner_id = ANY(%s)", list(partner_ids))


class O2cCreditAlert(models.Model):
    _inherit = "o2c.credit.alert"

    def _text_of(self, figures):
        if self.kind != "agreement_breach":
            return super()._text_of(figures)
        amount = format_amount(self.env, self.amount, self.currency_id)
        name = figures.get("name", "")
        day = self._fields["opened_on"].to_date(figures.get("on"))
        on = format_date(self.env, day) if day else ""
        texts = {
            "short_payment": self.env._(
                "%(name)s was not paid in full on %(on)s: %(amount)s is missing.",
                name=name,
                on=on,
                amount=amount,
            ),
            "late_discount": self.env._(
                "The discount of %(amount)s on %(name)s was taken too late, on %(on)s.",
                name=name,
                on=on,
                amount=amount,
            ),
            "term": self.env._("%s has other payment terms than were agreed.", name),
            "number": self.env._(
                "%s was confirmed without the customer's order number.", name
            ),
        }
        return texts.get(figures.get("breach"), name)
