"""References of pay links, for who matches the money that comes in by the bank."""

from decimal import Decimal

from odoo import api, models
from odoo.tools import SQL


class O2cMoneyIn(models.AbstractModel):
    _inherit = "o2c.money.in"

    @api.model
    def _references(self, company):
        """A customer who transfers by hand mentions the reference of his pay page: it
        stands for one invoice, for what a reminder names, or for all that he owes."""
        found = super()._references(company)
        self.env["o2c.payment.link"].flush_model()
        self.env["account.move"].flush_model()
        self.env["o2c.payment.plan.item"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT k.reference, array_agg(DISTINCT m.id)
                  FROM o2c_payment_link k
                  LEFT JOIN o2c_dunning_notice_line n
                    ON n.notice_id = k.res_id AND k.res_model = 'o2c.dunning.notice'
                  LEFT JOIN o2c_payment_plan_item p
                    ON p.plan_id = k.res_id AND k.res_model = 'o2c.payment.plan'
                  JOIN account_move m
                    ON m.company_id = k.company_id AND m.state = 'posted'
                   AND m.payment_state IN ('not_paid', 'partial')
                   AND m.currency_id = k.currency_id
                   AND (k.res_model = 'account.move' AND m.id = k.res_id
                        OR m.id = n.move_id
                        OR m.id = p.move_id
                        OR k.res_model = 'res.partner'
                           AND m.commercial_partner_id = k.partner_id
                           AND m.move_type IN
                               ('out_invoice', 'out_refund', 'out_receipt'))
                 WHERE k.company_id = %s AND k.reference IS NOT NULL
                 GROUP BY k.id
                """,
                company.id,
            )
        )
        return found + [(reference, moves) for reference, moves in rows]

    @api.model
    def _instalments(self, company):
        """What customers told with their transfer: these invoices for this amount.

        A file whose rows were read says more, see :meth:`_specifications`.
        """
        found = super()._instalments(company)
        notes = (
            self.env["o2c.remittance.note"]
            .sudo()
            .search(
                [
                    ("company_id", "=", company.id),
                    ("state", "=", "new"),
                    ("amount", ">", 0),
                    ("reference", "!=", False),
                ],
                order="id",
            )
        )
        for note in notes:
            moves = note.move_ids.sorted(lambda move: (move.invoice_date_due, move.id))
            digits = note.currency_id.decimal_places
            amount = Decimal(f"{note.amount:.{digits}f}")
            if (note._specification() or {}).get("amount") == amount:
                continue
            found.append((note.reference, moves.ids, {amount}))
        return found

    @api.model
    def _specifications(self, company):
        """Files of customers whose rows were read, the oldest first."""
        found = super()._specifications(company)
        notes = (
            self.env["o2c.remittance.note"]
            .sudo()
            .search(
                [
                    ("company_id", "=", company.id),
                    ("state", "=", "new"),
                    ("reading", "in", ("whole", "partly")),
                ],
                order="id",
            )
        )
        told = [note._specification() for note in notes]
        return found + [one for one in told if one]

    @api.model
    def _specifications_used(self, company, keys, used=True):
        """A file is used once; when the booking is undone it waits again."""
        result = super()._specifications_used(company, keys, used)
        notes = self.env["o2c.remittance.note"].sudo()
        mine = notes._of_keys(keys).filtered(lambda note: note.company_id == company)
        before, after = ("new", "done") if used else ("done", "new")
        mine.filtered(lambda note: note.state == before).write({"state": after})
        return result
