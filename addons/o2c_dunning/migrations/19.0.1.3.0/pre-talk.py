"""Disputes know the day on which they were raised."""


def migrate(cr, version):
    if not version:
        return
    cr.execute("ALTER TABLE o2c_dispute ADD COLUMN IF NOT EXISTS raised_on date")
    cr.execute(
        """
        UPDATE o2c_dispute
           SET raised_on = (create_date AT TIME ZONE 'UTC'
                            AT TIME ZONE 'Europe/Amsterdam')::date
         WHERE raised_on IS NULL
        """
    )
    # an amount was typed: it must not follow the invoice from now on
    cr.execute("ALTER TABLE o2c_dispute ADD COLUMN IF NOT EXISTS scope varchar")
    cr.execute("UPDATE o2c_dispute SET scope = 'amount' WHERE scope IS NULL")
    # owners and deadlines stay as they are: routing is for new disputes
    cr.execute(
        "ALTER TABLE o2c_dispute ADD COLUMN IF NOT EXISTS manager_id int4, "
        "ADD COLUMN IF NOT EXISTS department_id int4"
    )
