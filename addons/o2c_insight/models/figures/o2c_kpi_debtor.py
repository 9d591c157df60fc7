"""The customers with most past due: kept per month, as the key figures."""

from odoo import fields, models
from odoo.tools import SQL

#: Customers that are kept of a month.
MOST = 10


class O2cKpiDebtor(models.Model):
    """One row per customer with much past due at the end of a month."""

    _name = "o2c.kpi.debtor"
    _description = "Customer with Most Past Due"
    _order = "snapshot_id, overdue desc, id"
    _rec_name = "label"
    _log_access = False

    snapshot_id = fields.Many2one(
        "o2c.kpi.snapshot",
        string="Key Figures",
        required=True,
        index=True,
        ondelete="cascade",
        readonly=True,
    )
    company_id = fields.Many2one(related="snapshot_id.company_id", store=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        index="btree_not_null",
        ondelete="set null",
        readonly=True,
    )
    label = fields.Char(
        string="Name", readonly=True, help="Name of the customer when it was counted."
    )
    receivables = fields.Monetary(
        string="Open", readonly=True, help="At the end of the month."
    )
    overdue = fields.Monetary(
        string="Past Due", readonly=True, help="The part whose due date is past."
    )
    disputed = fields.Monetary(readonly=True, help="Part of what is open.")
    promised = fields.Monetary(readonly=True, help="Part of what is open.")
    days_late = fields.Integer(
        string="Oldest",
        readonly=True,
        aggregator="max",
        help="Days after its due date.",
    )

    def action_open_items(self):
        """What the customer owed at the end of the month."""
        self.ensure_one()
        return self.snapshot_id._open_items([("partner_id", "=", self.partner_id.id)])


class O2cKpiSnapshot(models.Model):
    _inherit = "o2c.kpi.snapshot"

    debtor_ids = fields.One2many(
        "o2c.kpi.debtor",
        "snapshot_id",
        string="Most Past Due",
        help="The ten customers with most past due at the end of the month.",
    )

    def _keep_details(self, companies):
        """The customers with most past due, of the company as a whole."""
        super()._keep_details(companies)
        total = self.filtered(lambda one: one.dimension == "total")[:1]
        if not total:
            return
        items = self.env["o2c.receivable.report"]._items_sql(total.as_of, companies.ids)
        rows = self.env.execute_query_dict(
            SQL(
                """
                SELECT item.partner_id, sum(item.amount) AS receivables,
                       sum(item.overdue) AS overdue, sum(item.disputed) AS disputed,
                       sum(item.promised) AS promised,
                       max(item.days_late) FILTER (WHERE item.amount > 0) AS days_late
                  FROM (%s) item
                 GROUP BY item.partner_id
                HAVING sum(item.overdue) > 0
                 ORDER BY sum(item.overdue) DESC, item.partner_id
                 LIMIT %s
                """,
                items,
                MOST,
            )
        )
        partners = self.env["res.partner"].sudo()
        names = {
            partner.id: partner.display_name
            for partner in partners.browse([row["partner_id"] for row in rows])
        }
        self.env["o2c.kpi.debtor"].sudo().create(
            [
                row | {"snapshot_id": total.id, "label": names[row["partner_id"]]}
                for row in rows
            ]
        )
