"""What an auditor gets: each add-on adds its sheets, the export writes them."""

from datetime import datetime, time

import pytz

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import html2plaintext, split_every

#: Records that are read at once.
BATCH = 2000


class O2cProofSource(models.AbstractModel):
    """Sheets of a period: who decided what, when and why."""

    _name = "o2c.proof.source"
    _description = "Source of Proof"

    @api.model
    def _sheets(self, company, first, last):
        """Hook: the sheets of an add-on. Extend with ``super()``.

        :param company: root ``res.company``; its branches count in
        :param date first: first day of the period
        :param date last: last day of the period
        :return: list of dicts with ``key`` (a word), ``name``, ``columns`` (headings)
            and ``rows`` (an iterable of tuples; read when the sheet is written)
        """
        period = (company, first, last)
        switches = self._record_sheet(
            "switches",
            self.env._("Switches"),
            "o2c.switch.log",
            self._touched("o2c.switch.log", "create_date", *period),
            "create_date company_id part mode_before mode_after start_date create_uid",
        )
        deliveries = self._record_sheet(
            "deliveries",
            self.env._("Documents that left"),
            "o2c.delivery.log",
            self._touched("o2c.delivery.log", "at", *period),
            "at company_id document partner_id channel event detail",
        )
        return [switches, deliveries]

    @api.model
    def _touched(self, model, names, company, first, last):
        """Domain of what happened in a company, its branches and a period.

        :param str names: date fields, separated by spaces; one of them lies in the
            period, moments as the company's clock shows them
        """
        moments = self._moments(company, first, last)
        within = Domain.OR(
            Domain(name, ">=", bounds[0]) & Domain(name, "<=", bounds[1])
            for name in names.split()
            for bounds in [
                moments
                if self.env[model]._fields[name].type == "datetime"
                else (first, last)
            ]
        )
        return Domain("company_id", "child_of", company.id) & within

    @api.model
    def _moments(self, company, first, last):
        """First and last moment of a period in the company's zone, in UTC."""
        zone = pytz.timezone(company._o2c_zone())
        return tuple(
            zone.localize(datetime.combine(day, at))
            .astimezone(pytz.utc)
            .replace(tzinfo=None)
            for day, at in ((first, time.min), (last, time.max.replace(microsecond=0)))
        )

    @api.model
    def _record_sheet(self, key, name, model, domain, paths):
        """A sheet with a row per record.

        :param str paths: fields, separated by spaces; ``order_id.name`` reads through
        """
        paths = paths.split()
        records = self.env[model].sudo().with_context(active_test=False)
        return {
            "key": key,
            "name": name,
            "columns": [self._heading(records, path) for path in paths],
            "rows": self._record_rows(records, domain, paths),
        }

    @api.model
    def _heading(self, records, path):
        """The label of the field that a path begins with."""
        name = path.split(".")[0]
        return records.fields_get([name], ["string"])[name]["string"]

    @api.model
    def _record_rows(self, records, domain, paths):
        """Values of the records, read in batches and forgotten again."""
        zone = pytz.timezone(self.env.context.get("tz") or "UTC")
        for ids in split_every(BATCH, records.search(domain, order="id").ids):
            for record in records.browse(ids):
                yield tuple(self._value(record, path, zone) for path in paths)
            self.env.invalidate_all()

    @api.model
    def _value(self, record, path, zone):
        """One value as a person reads it."""
        *steps, name = path.split(".")
        for step in steps:
            record = record[step]
        field = record._fields[name]
        values = [
            self._words(one, field, one[name], zone) for one in record if one[name]
        ]
        if field.type == "boolean":
            return self.env._("yes") if any(record.mapped(name)) else ""
        if not values:
            return {"integer": 0, "float": 0.0, "monetary": 0.0}.get(field.type, "")
        return values[0] if len(values) == 1 else ", ".join(map(str, values))

    @api.model
    def _words(self, record, field, value, zone):
        """A value of a field that has one."""
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, value)
        if field.type == "datetime":
            return value.replace(tzinfo=pytz.utc).astimezone(zone).replace(tzinfo=None)
        if field.type == "html":
            return html2plaintext(value)
        if field.relational:
            return ", ".join(value.mapped("display_name"))
        if field.type in ("char", "text", "date", "integer", "float", "monetary"):
            return value
        return str(value)
