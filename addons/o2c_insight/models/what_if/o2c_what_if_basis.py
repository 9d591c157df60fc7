"""What a replay was made of, so that the next one can say why its figures differ."""

from zlib import crc32

from odoo import api, fields, models
from odoo.tools import format_datetime

#: Customers that are named; the others are counted.
NAMED = 4
PARTS = ("orders", "money", "rules")


class O2cWhatIf(models.Model):
    _inherit = "o2c.what.if"

    basis = fields.Json(
        readonly=True,
        copy=False,
        groups="base.group_system",
        help="Fingerprints of what the last replay read, by customer.",
    )
    changed = fields.Json(
        readonly=True,
        copy=False,
        groups="base.group_system",
        help="What differs from what the replay before read.",
    )
    changes = fields.Text(
        string="Since the Replay Before",
        compute="_compute_changes",
        help="The same question on the same books gives the same figures. What changed "
        "in the books or in the question stands here, with the customers.",
    )

    @api.depends("changed")
    @api.depends_context("lang", "tz")
    def _compute_changes(self):
        for study in self:
            changed = study.sudo().changed
            study.changes = study._told_changes(changed) if changed else False

    def _note_basis(self, customers):
        """Keep the fingerprints of this replay, and what differs from those before."""
        basis = {
            "question": self._question(),
            "customers": {
                str(partner): _fingerprints(*told)
                for partner, told in customers.items()
            },
        }
        study = self.sudo()
        before = study.basis
        study.write(
            {
                "basis": basis,
                "changed": before and self._differences(before, basis),
            }
        )

    def _question(self):
        """A fingerprint of all that people chose."""
        return _fingerprint(
            self.date_from,
            self.date_to,
            self.remind_days,
            self.released and self.release_days,
            self.cost_percent,
            self.company_id.o2c_overdue_days,
            [
                (one.scenario_id.id, one.segment_id.id, one.grade, one._terms(0, 0))
                for one in self.scenario_ids.rule_ids
            ],
        )

    def _differences(self, before, now):
        """Which customers differ and in what; a period that moved moves them all."""
        told = {
            "since": fields.Datetime.to_string(self.replayed_at),
            "question": before["question"] != now["question"],
        }
        old, new = before["customers"], now["customers"]
        for number, part in enumerate(PARTS):
            told[part] = [
                int(partner)
                for partner in sorted(old.keys() | new.keys(), key=int)
                if old.get(partner, _NOBODY)[number]
                != new.get(partner, _NOBODY)[number]
            ]
        return told

    def _told_changes(self, changed):
        """The differences in words."""
        since = fields.Datetime.to_datetime(changed["since"])
        words = {
            "orders": self.env._("orders of %(who)s"),
            "money": self.env._("invoices or payments of %(who)s"),
            "rules": self.env._("limit, grade or policy of %(who)s"),
        }
        told = [
            words[part] % {"who": self._named(changed[part])}
            for part in PARTS
            if changed[part]
        ]
        if changed["question"]:
            told.insert(0, self.env._("the question: its period or scenarios"))
        when = format_datetime(self.env, since, dt_format="short")
        if not told:
            return self.env._(
                "Nothing changed since the replay of %(when)s: the same figures.",
                when=when,
            )
        return self.env._(
            "Changed since the replay of %(when)s: %(what)s.",
            when=when,
            what="; ".join(told),
        )

    def _named(self, partner_ids):
        """The first customers by name, the others as a number."""
        some = self.env["res.partner"].browse(partner_ids[:NAMED]).exists()
        names = ", ".join(one.name or "" for one in some.sudo())
        more = len(partner_ids) - len(some)
        if not more:
            return names
        if not names:
            return self.env._("%(number)s customers", number=more)
        return self.env._("%(names)s and %(number)s more", names=names, number=more)


def _fingerprints(customer, segment, grade):
    """Of orders, of invoices with payments, of limit and rules; order is no part."""
    claims = [*customer.claims, *(c for one in customer.orders for c in one.claims)]
    return [
        _fingerprint(sorted((one.key, one.day, one.amount) for one in customer.orders)),
        _fingerprint(
            sorted(
                (one.issued, one.due, one.amount, sorted(one.payments))
                for one in claims
            )
        ),
        _fingerprint(customer.facts, customer.rules, segment, grade),
    ]


def _fingerprint(*what):
    return f"{crc32(repr(what).encode()):08x}"


#: Fingerprints of who was not there: no orders, no invoices, no rules.
_NOBODY = [_fingerprint([]), _fingerprint([]), None]
