"""Contact tasks: the lines of what was noticed before."""


def migrate(cr, version):
    """Write what the first half kept aside."""
    cr.execute(
        """
        INSERT INTO o2c_contact_problem (
            task_id, company_id, partner_id, problem, note, solved_on,
            create_uid, create_date, write_uid, write_date
        )
        SELECT DISTINCT ON (task_id, partner_id, problem, state)
               task_id, company_id, partner_id, problem, note,
               CASE WHEN state = 'done' THEN COALESCE(done_on, create_date) END,
               create_uid, create_date, create_uid, create_date
          FROM o2c_contact_problem_before
         ORDER BY task_id, partner_id, problem, state, old_id
        """
    )
    cr.execute("DROP TABLE o2c_contact_problem_before")
