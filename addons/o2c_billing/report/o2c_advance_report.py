"""Paid for customers, and whether it was charged on."""

from odoo import fields, models
from odoo.tools import SQL


class O2cAdvanceReport(models.Model):
    """Balance of the advance accounts per file: what stays was never charged on."""

    _name = "o2c.advance.report"
    _description = "Advances per File"
    _auto = False
    _order = "date, id"
    _rec_name = "dossier"

    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    account_id = fields.Many2one("account.account", readonly=True)
    dossier = fields.Char(
        readonly=True,
        help="As filled in on the booking; without one, its label.",
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        readonly=True,
        help="Of the events and invoices of this file.",
    )
    paid = fields.Monetary(readonly=True, help="Booked on the advance account.")
    recharged = fields.Monetary(
        string="Charged On", readonly=True, help="Taken off by invoices."
    )
    balance = fields.Monetary(
        string="Not Charged On",
        readonly=True,
        help="Positive: paid and not charged on. Negative: charged on and not paid.",
    )
    waiting = fields.Monetary(
        readonly=True, help="Reported by a source and not an invoice yet."
    )
    date = fields.Date(string="Since", readonly=True, help="Oldest booking.")
    age = fields.Integer(string="Age (days)", readonly=True, aggregator="max")
    last_date = fields.Date(string="Last Booking", readonly=True)

    @property
    def _table_query(self):
        """Two sums per file, joined: what is booked, and what the sources told."""
        return SQL(
            """
            WITH advance AS (
                SELECT DISTINCT company_id, advance_account_id AS account_id
                  FROM o2c_charge_type WHERE pass_through
            ), booked AS (
                SELECT l.company_id, l.account_id,
                       COALESCE(NULLIF(l.o2c_dossier, ''), l.name, m.name) AS dossier,
                       min(l.id) AS id,
                       sum(l.balance) FILTER (
                           WHERE m.move_type NOT IN ('out_invoice', 'out_refund')
                       ) AS paid,
                       -sum(l.balance) FILTER (
                           WHERE m.move_type IN ('out_invoice', 'out_refund')
                       ) AS recharged,
                       sum(l.balance) AS balance,
                       max(l.partner_id) FILTER (
                           WHERE m.move_type IN ('out_invoice', 'out_refund')
                       ) AS partner_id,
                       min(l.date) AS date,
                       max(l.date) AS last_date
                  FROM account_move_line l
                  JOIN account_move m ON m.id = l.move_id
                  JOIN advance a
                    ON a.account_id = l.account_id AND a.company_id = l.company_id
                 WHERE l.parent_state = 'posted'
                 GROUP BY 1, 2, 3
            ), told AS (
                SELECT e.company_id, e.dossier, max(p.commercial_partner_id) AS partner,
                       sum(e.amount) FILTER (
                           WHERE t.pass_through
                             AND e.state IN ('waiting', 'failed', 'drafted',
                                             'to_approve')
                       ) AS waiting
                  FROM o2c_billing_event e
                  JOIN o2c_charge_type t ON t.id = e.charge_type_id
                  JOIN res_partner p ON p.id = e.partner_id
                 WHERE e.dossier IN (SELECT dossier FROM booked)
                 GROUP BY 1, 2
            )
            SELECT b.id, b.company_id, b.account_id, b.dossier,
                   COALESCE(b.partner_id, t.partner) AS partner_id,
                   COALESCE(b.paid, 0) AS paid,
                   COALESCE(b.recharged, 0) AS recharged,
                   b.balance,
                   COALESCE(t.waiting, 0) AS waiting,
                   b.date, b.last_date,
                   CURRENT_DATE - b.date AS age
              FROM booked b
              LEFT JOIN told t
                ON t.company_id = b.company_id AND t.dossier = b.dossier
            """
        )

    def action_open_entries(self):
        """The bookings of this file."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "account.action_account_moves_all_a"
        )
        return action | {
            "domain": [
                ("company_id", "=", self.company_id.id),
                ("account_id", "=", self.account_id.id),
                ("parent_state", "=", "posted"),
                "|",
                ("o2c_dossier", "=", self.dossier),
                "&",
                ("o2c_dossier", "in", (False, "")),
                ("name", "=", self.dossier),
            ],
            "context": {},
            "views": [(False, "list"), (False, "form")],
        }
