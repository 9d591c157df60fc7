"""What the words of a source mean here: customer, charge, article, currency."""

from datetime import datetime, time

import pytz

from odoo import models

#: About the names of the columns themselves: shown as they must be written.
HEADINGS = ("column", "twice", "missing")


class O2cBillingSource(models.Model):
    _inherit = "o2c.billing.source"

    def _understand(self, arrivals, early):
        """Find what each event speaks of and give it its values, or refuse it."""
        if not arrivals:
            return
        reports = [one.report for one in arrivals]
        customers = self._find_customers({report.customer for report in reports})
        charges = self._find_charges()
        articles = self._find_articles({r.article for r in reports if r.article})
        currencies = self._find_currencies({r.currency for r in reports if r.currency})
        firsts = self._find_firsts(arrivals)
        for one in arrivals:
            values = self._plain_values(one, early)
            self._set_customer(one, values, customers)
            self._set_charge(one, values, charges, articles)
            self._set_currency(one, values, currencies)
            if one.report.corrects:
                self._set_first(one, values, firsts)
            one.values = values

    def _plain_values(self, one, early):
        """Everything that needs no looking up."""
        report, company = one.report, self.company_id
        delivered = self._moment(report.moment)
        day = company._o2c_today(delivered)
        start = company._o2c_start_date("billing")
        if start and day < start and not early:
            one.refuse("date", "before_start", str(start))
        elif day > company._o2c_today():
            one.refuse("date", "future", str(day))
        values = {
            "company_id": company.id,
            "source": self.code,
            "source_id": self.id,
            "key": report.key,
            "content_hash": report.fingerprint,
            "delivered_at": delivered,
            "quantity": float(report.quantity),
            "reference": report.reference or False,
            "dossier": report.dossier or report.key,
            "cost_centre": report.cost_centre or False,
            "user_id": self.user_id.id or company.o2c_responsible_id.id,
            "early": early,
        }
        if report.price is not None:
            values["price_unit"] = float(report.price)
        if report.description:
            values["description"] = report.description
        return values

    def _moment(self, given):
        """A date at noon, a moment without zone in the time of the company; as UTC.

        An hour that the clock skips or repeats is taken as winter time.
        """
        if not isinstance(given, datetime):
            given = datetime.combine(given, time(12))
        if given.tzinfo is None:
            zone = pytz.timezone(self.company_id._o2c_zone())
            given = zone.localize(given)
        return given.astimezone(pytz.utc).replace(tzinfo=None, microsecond=0)

    def _set_customer(self, one, values, customers):
        partner, code = customers[one.report.customer]
        if not partner:
            one.refuse("customer", code, one.report.customer)
            return
        addresses = partner.address_get(["invoice"])
        values["partner_id"] = addresses["invoice"] or partner.id

    def _set_charge(self, one, values, charges, articles):
        report = one.report
        charge = self.env["o2c.charge.type"]
        if report.charge:
            charge = charges.get(report.charge.lower(), charge)
            if not charge:
                one.refuse("charge", "unknown", report.charge)
                return
        elif not report.article:
            charge = self.charge_type_id
            if not charge:
                one.refuse("charge", "required")
                return
        product = charge.product_id
        if report.article:
            product = articles.get(report.article)
            if not product:
                code = "unknown" if product is None else "several"
                one.refuse("article", code, report.article)
                return
        needs_price = charge.pass_through or not product
        if report.price is None and needs_price and report.quantity:
            one.refuse("price", "required")
        values |= {
            "charge_type_id": charge.id,
            "product_id": product.id if product else False,
        }
        if charge and "description" not in values:
            values["description"] = f"{charge.name} {values['dossier']}"

    def _set_currency(self, one, values, currencies):
        code = one.report.currency
        if not code:
            return
        currency = currencies.get(code.upper())
        if not currency:
            one.refuse("currency", "unknown", code)
        elif currency != self.company_id.currency_id:
            values["price_currency_id"] = currency.id

    def _find_charges(self):
        """Charge types this source may use, by code in lower case."""
        charges = self.charge_type_ids or self.env["o2c.charge.type"].search(
            [("company_id", "=", self.company_id.id)]
        )
        charges |= self.charge_type_id
        return {charge.code.lower(): charge for charge in charges if charge.active}

    def _find_articles(self, codes):
        """Articles by internal reference or barcode; empty when a code fits several."""
        found = self.env["product.product"].search(
            [
                ("company_id", "in", (False, self.company_id.id)),
                "|",
                ("default_code", "in", list(codes)),
                ("barcode", "in", list(codes)),
            ]
        )
        articles = {}
        for code in codes:
            hits = found.filtered(
                lambda product, code=code: code
                in (product.default_code, product.barcode)
            )
            if hits:
                articles[code] = hits if len(hits) == 1 else found.browse()
        return articles

    def _find_currencies(self, codes):
        found = self.env["res.currency"].search(
            [("name", "in", [code.upper() for code in codes])]
        )
        return {currency.name: currency for currency in found}

    # In words

    def _problem_words(self, problem):
        """What is wrong with a reported event, and what to do."""
        field, value = problem.field, problem.value
        words = self._content_words(field, value) | self._sense_words(value)
        text = words.get(problem.code, problem.code)
        if problem.code not in HEADINGS:
            field = self._field_words().get(field, field)
        return f"{field}: {text}" if field else text

    def _field_words(self):
        """How a person calls what an event is made of."""
        return {
            "key": self.env._("Key"),
            "customer": self.env._("Customer"),
            "date": self.env._("Delivery Date"),
            "charge": self.env._("Charge Type"),
            "article": self.env._("Article"),
            "quantity": self.env._("Quantity"),
            "price": self.env._("Price"),
            "amount": self.env._("Amount"),
            "currency": self.env._("Currency"),
            "description": self.env._("Description"),
            "reference": self.env._("Reference"),
            "dossier": self.env._("File Number"),
            "cost_centre": self.env._("Cost Centre"),
            "corrects": self.env._("Corrects"),
            "correction": self.env._("Kind of Correction"),
        }

    def _content_words(self, field, value):
        """Of a value that cannot be read."""
        return {
            "object": self.env._("an event is a set of names and values"),
            "column": self.env._("this name is not known"),
            "twice": self.env._("this column is there twice"),
            "missing": self.env._("this column is missing"),
            "required": self.env._("is missing"),
            "text": self.env._("“%s” is not a text", value),
            "long": self.env._("is longer than %s characters", value),
            "number": self.env._("“%s” is not a number", value),
            "large": self.env._("“%s” is too large", value),
            "ambiguous": self.env._(
                "“%s” can mean two things: write it without thousands separator", value
            ),
            "date": self.env._("“%s” is not a date (2026-03-31)", value),
            "zero": self.env._("is zero; only a correction takes something back"),
            "differs": self.env._("is not price times quantity"),
            "correction": self.env._("“%s” is neither replace nor add", value),
            "itself": self.env._("an event does not correct itself"),
            "empty": self.env._("there are no events in the file"),
            "too_long": self.env._("a file has at most %s rows", value),
            "csv": self.env._("the file is damaged: %s", value),
            "unreadable": self.env._(
                "%s is neither CSV nor XLSX. Export it as one of these.", value
            ),
            "unsafe": self.env._("%s is refused: it is not safe to open.", value),
            "large_file": self.env._("the file is larger than 10 MB"),
        }

    def _sense_words(self, value):
        """Of a value that can be read and means nothing here."""
        return {
            "unknown": self.env._("“%s” was not found", value),
            "several": self.env._("“%s” fits more than one", value),
            "archived": self.env._("“%s” is archived", value),
            "before_start": self.env._(
                "delivered before the start of billing on %s. Take it along by hand "
                "if it was not invoiced yet.",
                value,
            ),
            "future": self.env._("%s still has to come", value),
            "changed": self.env._(
                "“%s” was reported before with another content. Report a correction "
                "under a key of its own.",
                value,
            ),
            "set_aside": self.env._(
                "“%s” was set aside. Take it up again before it is corrected.", value
            ),
            "invoiced": self.env._(
                "“%s” was invoiced to another customer or in another currency. Use "
                "Bill Again on its invoice.",
                value,
            ),
            "unexpected": self.env._("unexpected: %s", value),
        }
