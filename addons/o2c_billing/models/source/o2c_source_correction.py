"""Corrections and supplements: they speak of the key that came first."""

from decimal import Decimal

from odoo import models

from ...policy import charge, reported_event
from ..billing.o2c_billing_event import DUE_STATES


class O2cBillingSource(models.Model):
    _inherit = "o2c.billing.source"

    def _find_firsts(self, arrivals):
        """The events that are corrected, by key."""
        keys = [one.report.corrects for one in arrivals if one.report.corrects]
        if not keys:
            return {}
        found = self.env["o2c.billing.event"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("source", "=", self.code),
                ("key", "in", keys),
            ]
        )
        return {event.key: event.corrects_id or event for event in found}

    def _set_first(self, one, values, firsts):
        """What is corrected, and whether it can be."""
        report = one.report
        first = firsts.get(report.corrects)
        if not first:
            one.refuse("corrects", "unknown", report.corrects)
            return
        values["corrects_id"] = first.id
        if not report.dossier:
            values["dossier"] = first.dossier
            values["reference"] = report.reference or first.reference
        if report.correction == reported_event.ADD:
            return
        if first.state == "skipped":
            one.refuse("corrects", "set_aside", first.key)
        elif first.state not in DUE_STATES:
            partner = self.env["res.partner"].browse(values.get("partner_id"))
            if (
                partner.commercial_partner_id != first.partner_id.commercial_partner_id
                or values.get("price_currency_id", False) != first.price_currency_id.id
            ):
                one.refuse("corrects", "invoiced", first.key)

    def _write_correction(self, one):
        """Change the first event, or make one for the difference."""
        events = self.env["o2c.billing.event"]
        first = events.browse(one.values["corrects_id"])
        if one.report.correction == reported_event.ADD:
            one.event = events._record([one.values])
        elif first.state in DUE_STATES:
            one.event = self._replace_first(one, first)
        else:
            one.event = self._charge_difference(one, first)

    def _replace_first(self, one, first):
        """Nothing was invoiced yet: the first event is what was meant."""
        values = dict(one.values)
        event = self._record_settled(
            values, self.env._("Taken up in the event %(key)s.", key=first.key)
        )
        if not event:
            return event
        changes = {
            name: values[name]
            for name in (
                "partner_id",
                "quantity",
                "price_unit",
                "description",
                "reference",
                "cost_centre",
                "charge_type_id",
                "product_id",
                "price_currency_id",
            )
            if name in values
        }
        first.message_post(
            body=self.env._(
                "Corrected by the source (%(key)s): %(old)s × %(old_price)s became "
                "%(new)s × %(new_price)s.",
                key=one.key,
                old=first.quantity,
                old_price=first.price_unit,
                new=values["quantity"],
                new_price=values.get("price_unit", first.price_unit),
            )
        )
        if not values["quantity"]:
            first._silent().write(
                {
                    "state": "skipped",
                    "next_try": False,
                    "reason": self.env._(
                        "Withdrawn by the source (%(key)s).", key=one.key
                    ),
                }
            )
            return event
        first._silent().write({**changes, "state": "waiting", "reason": False})
        first._recount()
        first._plan()
        return event

    def _charge_difference(self, one, first):
        """It was invoiced: what it should have been, less what it was."""
        events = self.env["o2c.billing.event"]
        earlier = first | events.search(
            [("corrects_id", "=", first.id), ("state", "!=", "skipped")]
        ).filtered(lambda event: event.charge_type_id == first.charge_type_id)
        before = sum(Decimal(str(event._document_amount())) for event in earlier)
        values = dict(one.values)
        price = values.get("price_unit", first.price_unit)
        reported = Decimal(str(price)) * Decimal(str(values["quantity"]))
        change = charge.difference(reported, before)
        if not change:
            return self._record_settled(
                values, self.env._("No difference with what was invoiced.")
            )
        values |= {
            "reported_amount": float(reported),
            "quantity": 1 if change > 0 else -1,
            "price_unit": float(abs(change)),
            "charge_type_id": first.charge_type_id.id,
            "product_id": first.product_id.id,
            "partner_id": first.partner_id.id,
            "dossier": first.dossier,
            "reference": first.reference,
            "description": self.env._(
                "Correction: %(what)s",
                what=values.get("description") or first.description,
            ),
        }
        return events._record([values])

    def _record_settled(self, values, reason):
        """An event that asks nothing, kept so that its key is known."""
        event = self.env["o2c.billing.event"]._record(
            [{**values, "state": "skipped", "reason": reason}]
        )
        return event
