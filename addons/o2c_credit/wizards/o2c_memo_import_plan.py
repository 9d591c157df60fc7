"""What a file of another ledger would change, for all its rows together."""

from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Domain

from ..policy import memo_file
from ..policy.report.row import Problem
from .o2c_memo_import import SHOWN


class O2cMemoImport(models.TransientModel):
    _inherit = "o2c.memo.import"

    def _plan(self, raws):
        """Rows of the file against what is open here.

        :return: dict of ``new`` (items), ``changed`` (pairs of record and item),
            ``same`` (records), ``gone`` (records), ``known`` (open records), ``bad``
            (items) and ``unclear``
        """
        items = [memo_file.read_item(raw) for raw in raws]
        memo_file.twice(items)
        self._match_customers(items)
        self._match_currencies(items)
        self._match_booked(items)
        records = self.env["o2c.memo.item"].sudo()
        every = records.search([("source_id", "=", self.source_id.id)])
        at = {record.number: record for record in every}
        known = every.filtered(lambda record: record.state == "open")
        gone = memo_file.gone(set(known.mapped("number")), items)
        plan = {
            "bad": [item for item in items if item.problems],
            "new": [],
            "changed": [],
            "same": records,
            "known": known,
            "unclear": gone is None,
            "gone": records.union(*(at[number] for number in gone or ())),
        }
        for item in items:
            if item.problems:
                continue
            record = at.get(item.number)
            if not record:
                plan["new"].append(item)
            elif self._differs(record, item):
                plan["changed"].append((record, item))
            else:
                plan["same"] |= record
        return plan

    def _match_customers(self, items):
        """Customers by reference, VAT or trade register number, e-mail address, or
        their exact name, in one query."""
        texts = {item.customer for item in items if item.customer}
        contacts = self.env["res.partner"]
        domain = Domain.OR(
            [(name, "in", sorted(texts))]
            for name in ("ref", "vat", "company_registry", "name")
        ) | Domain("email_normalized", "in", [text.lower() for text in texts])
        found = defaultdict(contacts.browse)
        own = Domain("company_id", "in", (False, self.company_id.id))
        for contact in contacts.search(own & domain):
            entity = contact.commercial_partner_id
            for name in ("ref", "vat", "company_registry", "name"):
                found[contact[name]] |= entity
            found[contact.email_normalized] |= entity
        for item in items:
            if not item.customer:
                continue
            entities = found.get(item.customer) or found.get(item.customer.lower())
            item.partner = entities if entities and len(entities) == 1 else contacts
            if not item.partner:
                code = "several" if entities else "unknown"
                item.problems.append(Problem(memo_file.CUSTOMER, code, item.customer))

    def _match_currencies(self, items):
        """Active currencies; each with one rate for the whole file."""
        currencies = {one.name: one for one in self.env["res.currency"].search([])}
        ours = self.company_id.currency_id
        rates = {}
        for item in items:
            currency = currencies.get(item.currency) if item.currency else ours
            if not currency:
                item.problems.append(
                    Problem(memo_file.CURRENCY, "currency", item.currency)
                )
                continue
            if currency not in rates:
                rates[currency] = currency._get_conversion_rate(
                    currency, ours, self.company_id, self.as_of
                )
            item.money = currency
            item.worth = ours.round(float(item.open or 0) * rates[currency])

    def _match_booked(self, items):
        """What is booked here as well would count twice."""
        numbers = {item.number for item in items if item.number}
        moves = self.env["account.move"].sudo()
        booked = defaultdict(moves.browse)
        for move in moves.search(
            [
                ("company_id", "child_of", self.company_id.id),
                ("move_type", "in", ("out_invoice", "out_refund")),
                ("state", "=", "posted"),
                ("name", "in", sorted(numbers)),
            ]
        ):
            booked[move.name] |= move
        for item in items:
            partner = item.partner
            if partner and partner in booked[item.number].commercial_partner_id:
                item.problems.append(Problem(memo_file.NUMBER, "booked", item.number))

    def _differs(self, record, item):
        values = self._item_values(item)
        return record.state != "open" or any(
            (record[name].id if record._fields[name].relational else record[name])
            != value
            for name, value in values.items()
            if name != "source_id"
        )

    def _item_values(self, item):
        currency = item.money
        return {
            "source_id": self.source_id.id,
            "partner_id": item.partner.id,
            "number": item.number,
            "date": item.day,
            "due": item.due,
            "currency_id": currency.id,
            "amount": currency.round(float(item.amount)),
            "open_amount": currency.round(float(item.open)),
            "open_company": item.worth,
        }

    def _afterwards(self, plan):
        """What is open once the file is taken, in company currency."""
        changed = self.env["o2c.memo.item"].union(*(one for one, _i in plan["changed"]))
        stays = plan["known"] - plan["gone"] - changed
        coming = [*plan["new"], *(item for _one, item in plan["changed"])]
        return sum(stays.mapped("open_company")) + sum(item.worth for item in coming)

    def _shown(self, plan):
        """Lines of the preview, of each kind the first."""
        lines = [
            {
                "import_id": self.id,
                "kind": "bad",
                "row": item.row,
                "number": item.number,
                "customer": item.customer,
                "advice": "\n".join(
                    f"{one.column}: {self._advice(one)}" for one in item.problems
                ),
            }
            for item in plan["bad"][:SHOWN]
        ]
        lines += [self._line("new", item) for item in plan["new"][:SHOWN]]
        lines += [
            self._line("changed", item) | {"before": known.open_company}
            for known, item in plan["changed"][:SHOWN]
        ]
        lines += [
            {
                "import_id": self.id,
                "kind": "gone",
                "number": known.number,
                "partner_id": known.partner_id.id,
                "customer": known.partner_id.name,
                "due": known.due,
                "before": known.open_company,
            }
            for known in plan["gone"][:SHOWN]
        ]
        return lines

    def _line(self, kind, item):
        return {
            "import_id": self.id,
            "kind": kind,
            "row": item.row,
            "number": item.number,
            "customer": item.customer,
            "partner_id": item.partner.id,
            "due": item.due,
            "open_company": item.worth,
        }

    @api.model
    def _advice(self, problem):
        """What to do about a cell."""
        return {
            "missing": self.env._("fill it in"),
            "surplus": self.env._("the row has more cells than there are columns"),
            "long": self.env._("shorten it: a number has at most 64 characters"),
            "number": self.env._("“%s” is not a number") % problem.value,
            "date": self.env._("“%s” is not a date (2026-03-31)") % problem.value,
            "before": self.env._("“%s” is before the date of the document")
            % problem.value,
            "twice": self.env._("stands in row %s too: leave one out") % problem.value,
            "unknown": self.env._(
                "“%s” was not found: use the reference, VAT number, KvK number, e-mail "
                "address or exact name of a customer"
            )
            % problem.value,
            "several": self.env._("“%s” fits more than one customer") % problem.value,
            "currency": self.env._("“%s” is no active currency here") % problem.value,
            "booked": self.env._(
                "%s is booked here: it would count twice. Leave it out of the file."
            )
            % problem.value,
        }[problem.code]


class O2cMemoImportLine(models.TransientModel):
    """A row as the preview shows it."""

    _name = "o2c.memo.import.line"
    _description = "Row of the Preview of Open Items"
    _order = "kind, id"

    import_id = fields.Many2one("o2c.memo.import", ondelete="cascade", index=True)
    company_id = fields.Many2one(related="import_id.company_id")
    currency_id = fields.Many2one(related="import_id.currency_id")
    kind = fields.Selection(
        [
            ("bad", "Problem"),
            ("changed", "Changed"),
            ("gone", "Gone"),
            ("new", "New"),
        ],
        string="What Happens",
        readonly=True,
        help="New and changed items are as the file says; what is gone is closed.",
    )
    row = fields.Integer(readonly=True)
    number = fields.Char(readonly=True)
    customer = fields.Char(string="Customer as Written", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    due = fields.Date(string="Due Date", readonly=True)
    before = fields.Monetary(string="Open Now", readonly=True)
    open_company = fields.Monetary(string="Open Then", readonly=True)
    advice = fields.Text(string="What to Do", readonly=True)
