"""Numbers of entries: each journal's sequence goes on where it was."""

from odoo import models
from odoo.tools import SQL


class O2cDemoNumbers(models.AbstractModel):
    _name = "o2c.demo.numbers"
    _description = "Demo Numbers"

    def _number(self, pattern, entries):
        """Set number and name of entries, which are in order of their day.

        :param dict pattern: row of an entry of the same journal that Odoo numbered
        :param entries: objects with ``day``, ``number`` and ``name``
        """
        width = len(pattern["name"]) - len(pattern["sequence_prefix"])
        last = {}
        for entry in entries:
            prefix = self._prefix(pattern, entry.day)
            if prefix not in last:
                last[prefix] = self._last(pattern["journal_id"], prefix)
            last[prefix] += 1
            entry.number = last[prefix]
            entry.name = f"{prefix}{entry.number:0{width}d}"

    def _prefix(self, pattern, day):
        """The prefix of the pattern, on another day."""
        made = pattern["date"]
        parts = pattern["sequence_prefix"].split("/")
        swap = {str(made.year): str(day.year), f"{made.month:02d}": f"{day.month:02d}"}
        return "/".join([parts[0], *(swap.get(part, part) for part in parts[1:])])

    def _last(self, journal, prefix):
        [[last]] = self.env.execute_query(
            SQL(
                """SELECT COALESCE(MAX(sequence_number), 0) FROM account_move
                    WHERE journal_id = %s AND sequence_prefix = %s""",
                journal,
                prefix,
            )
        )
        return last
