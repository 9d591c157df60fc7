"""Disputes get the cause, and the department of it, that their kind of cause stands for."""


def migrate(cr, version):
    if not version:
        return
    cr.execute(
        """
        UPDATE o2c_dispute d
           SET cause_id = c.id, department_id = c.department_id
          FROM (SELECT DISTINCT ON (code) code, id, department_id
                  FROM o2c_dispute_cause WHERE active
                 ORDER BY code, sequence, id) c
         WHERE c.code = d.cause AND d.cause_id IS NULL
        """
    )
