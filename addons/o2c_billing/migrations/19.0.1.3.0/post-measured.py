"""Hours and milestones become events from now on, not those of before.

Where billing runs already, what Odoo summed up until today was invoiced by people or
was left for a reason: it stays in the backlog.
"""


def migrate(cr, version):
    """One baseline for each order line whose quantity Odoo works out."""
    cr.execute(
        """
        INSERT INTO o2c_measured_delivery (
            order_line_id, company_id, baseline, since,
            create_uid, create_date, write_uid, write_date
        )
        SELECT line.id, line.company_id, COALESCE(line.qty_delivered, 0), now()::date,
               1, now() AT TIME ZONE 'UTC', 1, now() AT TIME ZONE 'UTC'
          FROM sale_order_line line
          JOIN sale_order o ON o.id = line.order_id
          JOIN res_company company ON company.id = line.company_id
         WHERE company.o2c_billing_mode <> 'off'
           AND o.state = 'sale'
           AND line.qty_delivered_method NOT IN ('manual', 'stock_move')
        ON CONFLICT DO NOTHING
        """
    )
