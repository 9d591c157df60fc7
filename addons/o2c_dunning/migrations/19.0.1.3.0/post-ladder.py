"""The words of every text move into blocks, in the order they had on paper. New ladders
take no customers of an existing database: people give them their segments."""

from odoo.tools import SQL

WRITTEN = ((10, "words", "opening"), (40, "charge", "charge"), (50, "words", "closing"))
MADE = ((20, "invoices"), (30, "pay"))


def migrate(cr, version):
    if not version:
        return
    cr.execute(
        """
        SELECT t.id INTO TEMPORARY o2c_text_without_blocks FROM o2c_notice_text t
         WHERE NOT EXISTS (SELECT 1 FROM o2c_notice_block b WHERE b.text_id = t.id)
        """
    )
    for sequence, kind in MADE:
        cr.execute(
            """
            INSERT INTO o2c_notice_block (text_id, sequence, kind, create_uid,
                                          write_uid, create_date, write_date)
            SELECT id, %s, %s, 1, 1, now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
              FROM o2c_text_without_blocks
            """,
            (sequence, kind),
        )
    for sequence, kind, column in WRITTEN:
        cr.execute(
            SQL(
                """
                INSERT INTO o2c_notice_block (text_id, sequence, kind, body, create_uid,
                                              write_uid, create_date, write_date)
                SELECT t.id, %s, %s, %s, 1, 1,
                       now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
                  FROM o2c_notice_text t JOIN o2c_text_without_blocks USING (id)
                 WHERE COALESCE(%s, '') <> ''
                """,
                sequence,
                kind,
                SQL.identifier("t", column),
                SQL.identifier("t", column),
            )
        )
    cr.execute("DROP TABLE o2c_text_without_blocks")
    cr.execute(
        """
        DELETE FROM o2c_customer_segment_o2c_dunning_ladder_rel r
         USING ir_model_data d
         WHERE d.module = 'o2c_dunning' AND d.model = 'o2c.dunning.ladder'
           AND d.res_id = r.o2c_dunning_ladder_id
           AND d.name IN ('o2c_dunning_ladder_consumer', 'o2c_dunning_ladder_public',
                          'o2c_dunning_ladder_corporate')
        """
    )
