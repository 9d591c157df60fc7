"""Proposing a limit: set by set, one open proposal per customer and source."""

from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import AccessError

from ...policy.authority import direction
from .o2c_limit_change import FIGURES

#: Who changes one of these has proposed the limit himself.
WEIGHT = {"limit_kind", "limit_amount", "currency_id", "date_from", "date_until"}


class O2cLimitChange(models.Model):
    _inherit = "o2c.limit.change"

    @api.model
    def _propose(self, vals_list):
        """Propose changes; the open one of the same source gets the new figures.

        :param list vals_list: dicts of ``profile_id``, ``limit_kind``,
            ``limit_amount``, ``reason``; optional ``currency_id``, ``date_from``,
            ``date_until``, ``review_date``, ``source``, ``cell_id``, ``arithmetic``,
            ``ends_temporary``
        :return: ``o2c.limit.change``, one per dict in the same order
        """
        changes = self.sudo()
        open_ones = {
            (one.profile_id.id, one.source): one
            for one in changes.search(
                [
                    ("profile_id", "in", [vals["profile_id"] for vals in vals_list]),
                    ("state", "=", "proposed"),
                ]
            )
        }
        result, to_make = [], []
        for vals in vals_list:
            key = (vals["profile_id"], vals.setdefault("source", "hand"))
            known = open_ones.get(key)
            if known is None:
                open_ones[key] = len(to_make)
                to_make.append(vals)
            elif isinstance(known, int):
                to_make[known].update(vals)
            else:
                known._refigure(vals)
            result.append(key)
        made = changes.create(to_make)
        return self.browse(
            [
                made[one].id if isinstance(one, int) else one.id
                for one in (open_ones[key] for key in result)
            ]
        )

    def _record(self, vals):
        """Write what nobody may edit by hand."""
        return super().write(vals)

    def _refigure(self, vals):
        """A newer proposal of the same source: its figures replace those here."""
        self.ensure_one()
        fresh = {name: False for name in FIGURES if name not in ("date_from",)}
        fresh |= {name: vals[name] for name in FIGURES if name in vals}
        fresh["currency_id"] = fresh["currency_id"] or self.company_id.currency_id.id
        self._record(self._stamped(fresh))
        self._take_measure()

    @api.model
    def _stamped(self, vals):
        """Who sets figures is the proposer, also of what another one started."""
        return {
            **vals,
            "proposer_id": self.env.uid,
            "proposed_on": fields.Datetime.now(),
        }

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            self._check_controls()
            vals_list = [
                {
                    name: value
                    for name, value in vals.items()
                    if name in FIGURES or name == "profile_id"
                }
                for vals in vals_list
            ]
        profiles = self.env["o2c.risk.profile"].sudo()
        for vals in vals_list:
            company = profiles.browse(vals.get("profile_id")).company_id
            vals["currency_id"] = vals.get("currency_id") or company.currency_id.id
            vals["date_from"] = vals.get("date_from") or company._o2c_today()
            if vals.get("limit_kind", "amount") != "amount":
                vals["limit_amount"] = 0.0
            vals.setdefault("ends_temporary", vals.get("limit_kind") == "cash")
        changes = super().create([self._stamped(vals) for vals in vals_list])
        changes.sudo()._take_measure()
        return changes

    def write(self, vals):
        if not self.env.su:
            self._check_controls()
            guarded = vals.keys() - set(FIGURES) - {"message_follower_ids"}
            if guarded or self.sudo().filtered(lambda one: one.state != "proposed"):
                raise AccessError(
                    self.env._(
                        "A limit change is decided by approving or refusing it; what "
                        "was decided stays as it was. Propose a new one."
                    )
                )
            vals = {name: value for name, value in vals.items() if name != "arithmetic"}
        if self.env.su or not WEIGHT & vals.keys():
            return super().write(vals)
        result = super().write(vals)
        self.sudo()._restamp()
        return result

    def _restamp(self):
        """The figures changed: so did who proposes them, and what they weigh."""
        self._record(self._stamped({}))
        self._take_measure()

    def _take_measure(self):
        """Set beside the new limit what counts today, and what it is in euros."""
        for company, changes in self.grouped("company_id").items():
            today = company._o2c_today()
            limits = self.env["o2c.risk.profile"]._limits_today(
                company, changes.partner_id.ids, today
            )
            for change in changes:
                before = limits[change.partner_id.id]
                after = change._in_company_currency(today)
                change._record(
                    {
                        "company_amount": float(after),
                        "before_kind": before.kind,
                        "before_amount": float(before.amount),
                        "direction": direction(
                            (before.kind, before.amount), (change.limit_kind, after)
                        ),
                    }
                )

    def _in_company_currency(self, today):
        """The new limit in company currency at the rate of a day."""
        self.ensure_one()
        amount = self.currency_id._convert(
            self.limit_amount, self.company_id.currency_id, self.company_id, today
        )
        return Decimal(str(round(amount, 2)))

    def _check_controls(self):
        """Limits are the work of credit control, whoever else can reach this."""
        if not self.env.user.has_group("o2c_base.group_credit_controller"):
            raise AccessError(
                self.env._("Only credit control proposes and decides limits.")
            )
