"""Contact tasks: one per customer, what is wrong becomes its lines."""


def migrate(cr, version):
    """Keep what was noticed aside; the first open task of a customer stays."""
    cr.execute(
        """
        CREATE TABLE o2c_contact_problem_before AS
        SELECT t.id AS old_id, t.partner_id, t.problem, t.note, t.done_on, t.create_uid,
               t.create_date, t.state, t.company_id,
               COALESCE(p.commercial_partner_id, p.id) AS customer_id,
               CASE WHEN t.state = 'open' THEN
                   first_value(t.id) OVER (
                       PARTITION BY COALESCE(p.commercial_partner_id, p.id),
                                    t.company_id, t.state
                       ORDER BY t.id)
               ELSE t.id END AS task_id
          FROM o2c_contact_task t
          JOIN res_partner p ON p.id = t.partner_id
        """
    )
    cr.execute("DROP INDEX IF EXISTS o2c_contact_task__open_uniq")
    cr.execute(
        """
        DELETE FROM o2c_contact_task t USING o2c_contact_problem_before b
         WHERE b.old_id = t.id AND b.task_id <> t.id
        """
    )
    cr.execute(
        """
        UPDATE o2c_contact_task t SET partner_id = b.customer_id
          FROM o2c_contact_problem_before b WHERE b.old_id = t.id
        """
    )
