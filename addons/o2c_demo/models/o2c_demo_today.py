"""What lies on everyone's desk on the day of the demo."""

from datetime import timedelta

from odoo import models
from odoo.fields import Command

#: customer, article, units: orders that the credit check will not let pass
TO_HOLD = [
    ("schuimkraag", "POMP-65", 2),
    ("hoogwater", "FILT-10", 20),
    ("bouwlust", "REGEL-2", 30),
]
#: delivered yesterday: two drafts wait for approval, two cannot be sent
DELIVERED = [
    ("zeemeeuw", "REGEL-2", 6),
    ("kasplant", "POMP-65", 1),
    ("papaver", "UV-36", 3),
    ("fontaine", "FILT-10", 5),
]
#: delivered this morning: waits for the queue
WAITING = [("kersenboom", "VAT-35", 8), ("melkmeisje", "SENS-6", 10)]


def previous_working_day(day):
    """The working day before this one."""
    return day - timedelta(days=(3, 1, 1, 1, 1, 1, 2)[day.weekday()])


class O2cDemoToday(models.AbstractModel):
    """Leaves the demo in the middle of a working day, through the real methods."""

    _name = "o2c.demo.today"
    _description = "Demo Working Day"

    def _leave(self, company, today):
        """Orders on hold, drafts to check, documents that cannot be sent, promises,
        disputes, and the list of who will be reminded tonight."""
        story = self.env["o2c.demo.story"]
        customers = self.env["o2c.demo.cast"]._customers(company)
        yesterday = previous_working_day(today)
        with story._at(yesterday, 9):
            others = self.env["o2c.demo.sending"]._prefer(company, customers)
            for row in DELIVERED + others:
                story._deliver(self._confirmed(customers, *row))
            self.env["o2c.demo.events"]._report(company, customers, yesterday)
            story._bill(company)
        with story._at(today, 6):
            for row in TO_HOLD:
                self._confirmed(customers, *row)
            for row in WAITING:
                story._deliver(self._confirmed(customers, *row))
            self._quoted(customers)
        with story._at(today, 7):
            self._claims(company, customers, today)
        self.env["o2c.demo.collecting"]._deepen(company, customers, today)
        with story._at(today, 7):
            self._paid_this_morning(company, customers)
            self._bank_file(company, today)
            self.env["o2c.demo.money"]._weekend(company, today)
            self.env["o2c.demo.events"]._look(company, today)
            self.env["o2c.demo.credit"]._deepen(company, customers, today)
            self.env["o2c.risk.profile"]._rescore(company, today)
            self.env["o2c.demo.credit"]._night(company, today)
            self.env["o2c.dunning.case"]._night(company, today, preview=True)
            self.env["o2c.demo.insight"]._look_around(company, today)

    def _quote(self, customers, key, code, units):
        """A quote of the seller."""
        article = code.lower().replace("-", "_")
        product = self.env.ref(f"o2c_demo.product_{article}")
        return self.env["sale.order"].create(
            {
                "partner_id": customers[key].id,
                "user_id": self.env["o2c.demo.story"]._user("seller").id,
                "order_line": [
                    Command.create({"product_id": product.id, "product_uom_qty": units})
                ],
            }
        )

    def _confirmed(self, customers, key, code, units):
        order = self._quote(customers, key, code, units)
        seller = self.env["o2c.demo.story"]._user("seller")
        order.with_user(seller).action_confirm()
        return order

    def _quoted(self, customers):
        """Quotes that show verdict and price steps before anyone clicks."""
        self._quote(customers, "warmbron", "ONTH-200", 7)
        self._quote(customers, "zeemeeuw", "POMP-40", 4)
        self._quote(customers, "tegelkunst", "POMP-40", 12)

    def _claims(self, company, customers, today):
        """A promise, a broken one, and an invoice that a customer disputes."""
        overdue = self._overdue(company, today)
        chosen = iter(sorted(overdue, key=lambda partner: partner.id))
        promiser = next(chosen, None)
        if promiser:
            moves = overdue[promiser]
            self.env["o2c.payment.promise"]._promise(
                moves,
                today + timedelta(days=5),
                sum(moves.mapped("amount_residual")),
                note="Pays when his own customer has paid.",
            )
        disputer = next(chosen, None)
        if disputer:
            move = overdue[disputer][:1]
            self.env["o2c.dispute"]._dispute(
                move,
                round(move.amount_residual / 2, 2),
                "quality",
                note="Two filters arrived broken.",
            )

    def _paid_this_morning(self, company, customers):
        """A customer paid everything on the link of his reminder."""
        notice = self.env["o2c.dunning.notice"].search(
            [
                ("state", "=", "sent"),
                ("case_id.state", "!=", "closed"),
                ("case_id.file_ids", "=", False),
                ("currency_id", "=", company.currency_id.id),
                ("partner_id", "!=", customers["hoogwater"].id),
            ],
            order="amount",
            limit=1,
        )
        if notice:
            self.env["o2c.demo.story"]._pay(notice)

    def _bank_file(self, company, today):
        """The bank's file of today: two payments that are clear, one that is not."""
        journal = self.env["o2c.demo.company"]._bank_journal(company)
        invoices = self.env["account.move"].search(
            [
                ("company_id", "=", company.id),
                ("move_type", "=", "out_invoice"),
                ("payment_state", "=", "not_paid"),
                ("invoice_date_due", ">=", today),
                ("currency_id", "=", company.currency_id.id),
            ],
            order="invoice_date, id",
            limit=2,
        )
        for invoice in invoices:
            self._receive(
                journal, today, invoice.name, invoice.amount_residual, invoice
            )
        self._receive(journal, today, "OVERBOEKING KLANT 2218", 412.5)

    def _receive(self, journal, day, reference, amount, invoice=None):
        """A line of the bank; matched with its invoice when it is clear."""
        line = self.env["account.bank.statement.line"].create(
            {
                "journal_id": journal.id,
                "date": day,
                "payment_ref": reference,
                "amount": amount,
                "partner_id": invoice.commercial_partner_id.id if invoice else False,
            }
        )
        if invoice:
            asked = invoice.line_ids.filtered(
                lambda row: row.account_id.account_type == "asset_receivable"
            )
            _liquidity, suspense, _other = line._seek_for_lines()
            suspense.account_id = asked.account_id
            (suspense + asked).reconcile()

    def _overdue(self, company, today):
        """Overdue invoices per customer in the company's own currency."""
        moves = self.env["account.move"].search(
            [
                ("company_id", "=", company.id),
                ("move_type", "=", "out_invoice"),
                ("state", "=", "posted"),
                ("payment_state", "in", ("not_paid", "partial")),
                ("invoice_date_due", "<", today),
                ("currency_id", "=", company.currency_id.id),
            ]
        )
        return moves.grouped("commercial_partner_id")
