"""The endpoint: what other systems call over Odoo's own JSON API."""

from odoo import api, models
from odoo.exceptions import UserError

from ...policy import reported_event
from ...policy.order_file import day, number
from .o2c_source_intake import REFUSED

#: In one call; a caller with more makes more calls.
MAX_EVENTS = 5000


class O2cBillingEvent(models.Model):
    _inherit = "o2c.billing.event"

    @api.model
    def o2c_report(self, source, events, all_or_nothing=False):
        """Report what must be invoiced: ``POST /json/2/o2c.billing.event/o2c_report``.

        Each event has a key of the source's own. Reporting again is safe: what is known
        is said to be known. One bad event never loses the others, unless asked.

        :param str source: code of the billing source
        :param list events: dicts; their names are in :mod:`policy.reported_event`
        :param bool all_or_nothing: take none when one is refused
        :return: dict with ``batch`` and, in the order given, ``results``: dicts with
            ``key``, ``status`` (accepted, known, refused, not_taken), ``event`` (its
            number here) and, when refused, ``problems``: field, code and reason
        """
        billing_source = self.env["o2c.billing.source"]._reporting_source(source)
        if not isinstance(events, list):
            raise UserError(self.env._("events is a list."))
        if len(events) > MAX_EVENTS:
            raise UserError(
                self.env._("Report at most %s events in one call.", MAX_EVENTS)
            )
        batch = self.env["o2c.source.batch"]._open(
            billing_source, "api", self.env._("Call of %s", self.env.user.name)
        )
        arrivals = billing_source._take(
            [(0, event) for event in events],
            batch.with_env(billing_source.env),
            whole=bool(all_or_nothing),
        )
        if all_or_nothing and any(one.status == REFUSED for one in arrivals):
            batch.reason = self.env._("Asked for all or nothing: nothing was taken.")
        return {
            "batch": batch.id,
            "results": [self._arrival_result(billing_source, one) for one in arrivals],
        }

    @api.model
    def o2c_report_total(self, source, date, count, amount=None):
        """Tell the total of a day, so that what is missing is seen.

        :param str source: code of the billing source
        :param str date: delivery date, as 2026-03-31
        :param int count: how many events were made
        :param amount: what they come to without VAT, in company currency
        :return: dict with ``state``, ``made``, ``taken``, ``refused``, ``missing``
        """
        billing_source = self.env["o2c.billing.source"]._reporting_source(source)
        on = day(date) if isinstance(date, str) else None
        if on is None:
            raise UserError(self.env._("“%s” is not a date (2026-03-31)", date))
        if isinstance(count, bool) or not isinstance(count, int) or count < 0:
            raise UserError(self.env._("count is a whole number."))
        if amount is not None:
            amount = number(str(amount))
            if isinstance(amount, str) or abs(amount) >= reported_event.LIMIT:
                raise UserError(self.env._("amount is not a number."))
            amount = float(amount)
        told = billing_source.env["o2c.source.day"]._told(
            billing_source, on, count, amount
        )
        return {
            "state": told.state,
            "made": told.expected_count,
            "taken": told.accepted_count,
            "refused": told.refused_count,
            "missing": told.difference,
        }

    @api.model
    def _arrival_result(self, source, one):
        result = {
            "key": one.key,
            "status": one.status,
            "event": one.event.id if one.event else False,
        }
        if one.status == REFUSED:
            words = source.with_context(lang=self.env.lang)
            result["problems"] = [
                {
                    "field": problem.field,
                    "code": problem.code,
                    "reason": words._problem_words(problem),
                }
                for problem in one.problems
            ]
        return result
