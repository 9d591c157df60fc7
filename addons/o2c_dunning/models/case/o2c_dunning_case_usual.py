"""Is this run like other nights? The first one never is."""

from odoo import api, models
from odoo.tools import SQL

from ...policy.may_remind import ZERO
from ...policy.unusual_run import unusual
from ...tools.amount import decimal

#: Runs that say what is usual.
NIGHTS = 20


class O2cDunningCase(models.Model):
    _inherit = "o2c.dunning.case"

    @api.model
    def _wait_reason(self, company, run, planned):
        """Why the whole run waits for a person, if it does.

        :param planned: list of (account, message) that the run will write
        :return: "first_run", "large_run" or None
        """
        notices = self.env["o2c.dunning.notice"]
        left = [("company_id", "=", company.id), ("state", "in", ("sent", "bounced"))]
        if not notices.search(left, limit=1):
            return "first_run"
        nights = self._usual_nights(company, run)
        written = nights.pop(run.id, (0, ZERO))
        count = written[0] + len(planned)
        asked = sum((message.total_company for _account, message in planned), ZERO)
        found = unusual(
            count,
            written[1] + asked,
            list(nights.values()),
            **company._o2c_dunning_unusual(),
        )
        return "large_run" if found else None

    @api.model
    def _usual_nights(self, company, run):
        """Number and amount of what the last runs wrote, and of this one so far.

        :return: dict of run id to (number, amount in company currency)
        """
        self.env["o2c.dunning.notice"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT n.run_id, count(*), sum(n.amount_company)
                  FROM o2c_dunning_notice n
                 WHERE n.state <> 'preview' AND n.run_id IN (
                       SELECT r.id FROM o2c_run r
                        WHERE r.company_id = %(company)s
                          AND (r.id = %(run)s
                               OR r.kind = 'dunning' AND r.state <> 'cancelled')
                        ORDER BY r.id DESC LIMIT 60)
                 GROUP BY n.run_id ORDER BY n.run_id DESC LIMIT %(nights)s
                """,
                company=company.id,
                run=run.id,
                nights=NIGHTS + 1,
            )
        )
        return {key: (count, decimal(amount or 0)) for key, count, amount in rows}
