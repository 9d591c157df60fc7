"""Taking in what a source reports: each event by itself, none twice, none lost."""

import logging
from dataclasses import dataclass

from psycopg2 import OperationalError

from odoo import models

from ...policy import order_file, reported_event

_logger = logging.getLogger(__name__)

#: Events that are looked up and written together.
CHUNK = 500
ACCEPTED, KNOWN, REFUSED, LEFT = "accepted", "known", "refused", "not_taken"


@dataclass
class Arrival:
    """One reported event on its way in."""

    raw: object
    line: int = 0
    report: object = None
    problems: tuple = ()
    status: str = ACCEPTED
    event: object = None
    values: dict = None

    @property
    def key(self):
        """Its key, also when nothing else of it was understood."""
        if self.report:
            return self.report.key
        given = self.raw.get("key") if isinstance(self.raw, dict) else None
        return str(given or "")[:100]

    def refuse(self, field, code, value=""):
        """It is not taken, for this reason."""
        self.status = REFUSED
        self.problems += (order_file.Problem(self.line, field, code, value),)


class O2cBillingSource(models.Model):
    _inherit = "o2c.billing.source"

    def _take(self, rows, batch, whole=False, early=False):
        """Take in reported events.

        :param list rows: pairs of line number and dict as it was reported
        :param batch: ``o2c.source.batch`` record that they came with
        :param bool whole: all of them or none
        :param bool early: also what was delivered before the start date
        :return: list of :class:`Arrival` in the order of the rows
        """
        self.ensure_one()
        arrivals = []
        for start in range(0, len(rows), CHUNK):
            part = self._judge(rows[start : start + CHUNK], arrivals, early)
            arrivals += part
            if not whole:
                self._write_apart(part, batch)
        if whole:
            if any(one.status == REFUSED for one in arrivals):
                for one in arrivals:
                    one.status = LEFT if one.status == ACCEPTED else one.status
            else:
                self._write_down(arrivals, batch)
        batch._count(arrivals)
        if self.completeness != "none":
            self.env.ref("o2c_billing.o2c_source_day_cron")._trigger()
        return arrivals

    def _judge(self, rows, before=(), early=False):
        """What would become of these rows; writes nothing.

        :param list before: arrivals of the same report that were judged already
        :return: list of :class:`Arrival`
        """
        arrivals = []
        for line, raw in rows:
            report, problems = reported_event.read(raw, line)
            one = Arrival(raw, line, report, tuple(problems))
            one.status = REFUSED if problems else ACCEPTED
            arrivals.append(one)
        read = [one for one in arrivals if one.report]
        self._sort_out_known(read, before)
        self._understand([one for one in read if one.status == ACCEPTED], early)
        return arrivals

    def _sort_out_known(self, arrivals, before):
        """The same key with the same content is known, with another refused."""
        events = self.env["o2c.billing.event"]
        found = events.search_fetch(
            [
                ("company_id", "=", self.company_id.id),
                ("source", "=", self.code),
                ("key", "in", [one.key for one in arrivals]),
            ],
            ["key", "content_hash"],
        )
        prints = {event.key: (event.content_hash, event) for event in found}
        for one in before:
            if one.report and one.status == ACCEPTED:
                prints.setdefault(one.key, (one.report.fingerprint, one.event))
        for one in arrivals:
            mark = one.report.fingerprint
            known = prints.get(one.key)
            if known is None:
                prints[one.key] = (mark, None)
            elif known[0] == mark:
                one.status, one.event = KNOWN, known[1]
            else:
                one.event = known[1]
                one.refuse("key", "changed", one.key)

    def _write_apart(self, arrivals, batch):
        """Write them together; when that fails, one by one, and keep the reason."""
        try:
            with self.env.cr.savepoint():
                self._write_down(arrivals, batch)
            return
        except OperationalError:
            raise
        except Exception as error:
            if len(arrivals) == 1:
                _logger.warning("Reported event failed", exc_info=error)
                arrivals[0].refuse("", "unexpected", str(error)[:500])
                self._write_down(arrivals, batch)
                return
        for one in arrivals:
            self._write_apart([one], batch)

    def _write_down(self, arrivals, batch):
        """Events for what is accepted, a refusal for what is not."""
        events = self.env["o2c.billing.event"]
        wanted = [one for one in arrivals if one.status == ACCEPTED]
        plain = [one for one in wanted if not one.values.get("corrects_id")]
        for one in wanted:
            one.values["batch_id"] = batch.id
        created = events._record([one.values for one in plain])
        by_key = {event.key: event for event in created}
        for one in plain:
            one.event = by_key.get(one.key)
            if not one.event:
                one.status = KNOWN
        for one in wanted:
            if one.values.get("corrects_id"):
                self._write_correction(one)
        taken = events.browse([one.event.id for one in wanted if one.event])
        (taken | taken.corrects_id)._settle_commissions()
        self.env["o2c.source.refusal"]._note(self, batch, arrivals)
