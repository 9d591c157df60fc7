"""Numbers of a source that did not arrive."""

from odoo import api, models
from odoo.tools import SQL


class O2cSourceDay(models.Model):
    _inherit = "o2c.source.day"

    @api.model
    def _gaps(self, source, since):
        """Steps of more than one in each series (what stands before the last nine
        digits names a series), with the day of the number after the gap."""
        return self.env.execute_query(
            SQL(
                """
                WITH arrived AS (
                    SELECT date, key FROM o2c_billing_event
                     WHERE source_id = %(source)s AND date >= %(since)s
                       AND NOT COALESCE(automatic, false)
                     UNION ALL
                    SELECT date, key FROM o2c_source_refusal
                     WHERE source_id = %(source)s AND date >= %(since)s
                       AND state != 'solved'
                ), numbered AS (
                    SELECT date, substring(key FROM '\\d{1,9}$')::bigint AS number,
                           regexp_replace(key, '\\d{1,9}$', '') AS prefix
                      FROM arrived WHERE key ~ '\\d$'
                ), stepped AS (
                    SELECT date, number, prefix,
                           lag(number, 1, NULLIF(%(first)s, 0)) OVER (
                               PARTITION BY prefix ORDER BY number
                           ) AS before
                      FROM numbered
                )
                SELECT date, before, number, prefix FROM stepped
                 WHERE number - before > 1
                 ORDER BY prefix, number
                """,
                source=source.id,
                since=since,
                first=source.series_from,
            )
        )
