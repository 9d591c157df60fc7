"""The commission over what was advanced: one per file, kept up to date."""

from decimal import Decimal

from odoo import models
from odoo.tools import SQL

from ...policy import charge
from ..billing.o2c_billing_event import DUE_STATES


class O2cBillingEvent(models.Model):
    _inherit = "o2c.billing.event"

    def _settle_commissions(self):
        """Bring the commission of the files of these events up to date.

        One waiting event per file, customer and commission carries what is still to be
        charged; what was charged before stays.
        """
        for source, events in self.grouped("source_id").items():
            advances = events.filtered(
                lambda event: event.charge_type_id.commission_type_id
            )
            commissions = events.filtered(
                lambda event: event.charge_type_id.commission_percentage
                or event.charge_type_id.commission_minimum
            )
            dossiers = set((advances | commissions).mapped("dossier"))
            if source and dossiers:
                self._settle_dossiers(source, tuple(sorted(dossiers)))

    def _settle_dossiers(self, source, dossiers):
        """Set-based: three statements for any number of files."""
        self.flush_model()
        rows = self.env.execute_query(self._commission_sql(source, dossiers))
        waiting = {
            (event.dossier, event.partner_id.id, event.charge_type_id.id): event
            for event in self.sudo().search(
                [
                    ("source_id", "=", source.id),
                    ("dossier", "in", dossiers),
                    ("automatic", "=", True),
                    ("state", "in", DUE_STATES),
                ]
            )
        }
        new = []
        for dossier, partner, kind, advanced, charged, count, model, last in rows:
            kind = self.env["o2c.charge.type"].browse(kind)
            amount = charge.commission(
                Decimal(advanced),
                Decimal(str(kind.commission_percentage)),
                Decimal(str(kind.commission_minimum)),
                Decimal(charged),
            )
            event = waiting.pop((dossier, partner, kind.id), None)
            if event:
                event._set_commission(amount)
            elif amount:
                like = self.browse(model)
                new.append(like._commission_values(kind, amount, count, last))
        for event in waiting.values():
            event._set_commission(0)
        self.sudo()._record(new)

    def _commission_sql(self, source, dossiers):
        """Per file, customer and commission: advanced, charged, how many, and the event
        whose words are taken over."""
        return SQL(
            """
            SELECT a.dossier, a.partner_id, c.id,
                   sum(a.amount)::numeric::text,
                   COALESCE(max(m.charged), 0)::numeric::text,
                   COALESCE(max(m.number), 0),
                   max(a.id) FILTER (WHERE a.corrects_id IS NULL),
                   max(m.last)
              FROM o2c_billing_event a
              JOIN o2c_charge_type t ON t.id = a.charge_type_id
              JOIN o2c_charge_type c ON c.id = t.commission_type_id
              LEFT JOIN (
                  SELECT dossier, partner_id, charge_type_id,
                         sum(amount) FILTER (
                             WHERE state NOT IN ('waiting', 'failed', 'skipped')
                         ) AS charged,
                         count(*) AS number,
                         max(id) FILTER (
                             WHERE state NOT IN ('waiting', 'failed', 'skipped')
                         ) AS last
                    FROM o2c_billing_event
                   WHERE source_id = %(source)s AND automatic
                     AND dossier IN %(dossiers)s
                   GROUP BY 1, 2, 3
              ) m ON m.dossier = a.dossier AND m.partner_id = a.partner_id
                 AND m.charge_type_id = c.id
             WHERE a.source_id = %(source)s AND a.dossier IN %(dossiers)s
               AND a.state != 'skipped'
             GROUP BY 1, 2, 3
             ORDER BY 1, 2, 3
            """,
            source=source.id,
            dossiers=dossiers,
        )

    def _set_commission(self, amount):
        """The commission that waits comes to this amount now."""
        self.ensure_one()
        amount = float(amount)
        if amount == self.amount:
            return
        if not amount:
            self._silent().write(
                {
                    "quantity": 0,
                    "price_unit": 0,
                    "amount": 0,
                    "state": "skipped",
                    "reason": self.env._("Nothing was advanced in this file."),
                }
            )
            return
        self._silent().write(
            {
                "quantity": 1 if amount > 0 else -1,
                "price_unit": abs(amount),
                "amount": amount,
            }
        )

    def _commission_values(self, kind, amount, count, last):
        """The commission event beside this advance."""
        self.ensure_one()
        key = f"{self.dossier}/{self.partner_id.id}/{kind.code}"
        return {
            "company_id": self.company_id.id,
            "source": self.source,
            "source_id": self.source_id.id,
            "batch_id": self.batch_id.id,
            "automatic": True,
            "key": f"{key}/{count + 1}" if count else key,
            "partner_id": self.partner_id.id,
            "charge_type_id": kind.id,
            "product_id": kind.product_id.id,
            "description": f"{kind.name} {self.dossier}",
            "quantity": 1 if amount > 0 else -1,
            "price_unit": float(abs(amount)),
            "delivered_at": self.delivered_at,
            "reference": self.reference,
            "dossier": self.dossier,
            "cost_centre": self.cost_centre,
            "corrects_id": last if amount < 0 else False,
            "user_id": self.user_id.id,
            "early": True,
        }
