"""Sending: what was mailed lately gets its row, so that a bounce is still noticed.

Documents that wait are taken along by the send queue itself.
"""


def migrate(cr, version):
    """One row by e-mail for each document mailed in the last thirty days."""
    cr.execute(
        """
        INSERT INTO o2c_sending (
            move_id, company_id, partner_id, customer_id, channel, state, sent_at,
            message_id, create_uid, create_date, write_uid, write_date
        )
        SELECT m.id, m.company_id, m.partner_id, m.commercial_partner_id, 'email',
               'sent', m.o2c_sent_at, m.o2c_send_message_id, 1, now(), 1, now()
          FROM account_move m
         WHERE m.o2c_send_state = 'sent'
           AND m.o2c_send_message_id IS NOT NULL
           AND m.o2c_sent_at >= now() AT TIME ZONE 'UTC' - interval '30 days'
        ON CONFLICT DO NOTHING
        """
    )
