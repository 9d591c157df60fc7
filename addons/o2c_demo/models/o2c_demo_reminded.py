"""Who paid after a reminder: what the result per step is counted from."""

from datetime import timedelta

from odoo import models

#: customer, days overdue, article, units, paid so many days after which reminder (days
#: before the demo), share that was paid
PAYING = [
    ("papaver", 44, "POMP-65", 2, 5, 38, 1.0),
    ("melkmeisje", 43, "UV-36", 3, 9, 38, 1.0),
    ("tegelkunst", 45, "POMP-40", 3, 4, 38, 0.5),
    ("hoogwater", 42, "UV-36", 2, 12, 38, 1.0),
    ("tegelkunst", 31, "FILT-10", 9, 6, 26, 1.0),
    ("belfort", 32, "POMP-40", 2, 3, 26, 1.0),
    ("kasplant", 30, "UV-36", 2, 8, 26, 1.0),
]


class O2cDemoReminded(models.AbstractModel):
    """Invoices that were paid, in full or in part, because of a reminder."""

    _name = "o2c.demo.reminded"
    _description = "Demo Reminded Payers"

    def _owe(self, company, customers, today):
        """The invoices, not paid yet.

        :return: list of (reminded so many days before, days until paid, share, invoice)
        """
        desk = self.env["o2c.demo.collecting"]
        found = []
        for key, days, code, units, later, before, share in PAYING:
            move = desk._late(company, customers, today, [(key, days, code, units)])
            found.append((before, later, share, move[key]))
        return found

    def _pay_after(self, paying, before, reminded_on):
        """What was paid after the reminder of a day, by bank.

        :param int before: days of that reminder before the demo, as in ``PAYING``
        :param date reminded_on: the day on which it was sent
        """
        for reminder, later, share, move in paying:
            if reminder != before:
                continue
            day = reminded_on + timedelta(days=later)
            with self.env["o2c.demo.story"]._at(day, 10):
                wizard = self.env["account.payment.register"].with_context(
                    active_model="account.move", active_ids=move.ids
                )
                owed = move.amount_residual
                wizard.create(
                    {
                        "payment_date": day,
                        "amount": move.currency_id.round(owed * share),
                    }
                )._create_payments()
