"""A book with habits: who pays when is known to the day."""

from datetime import date, timedelta

from odoo import Command

from odoo.addons.o2c_base.tests.common import O2cCommon

#: A Monday.
TODAY = date(2026, 3, 2)


class ForecastCommon(O2cCommon):
    """The sme pays ten days late, in six payments of the autumn before."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.forecasts = cls.env["o2c.cash.forecast"].sudo()
        for number in range(6):
            due = date(2025, 9, 1) + timedelta(days=20 * number)
            invoice = cls._bill(cls.sme, 1000, due)
            cls._pay(invoice, date=due + timedelta(days=10))
        cls.classPatch(
            type(cls.env["ir.cron"]), "_commit_progress", lambda *_a, **_k: 1
        )

    @classmethod
    def _bill(cls, partner, amount, due, **values):
        """An invoice that is due on a day, dated thirty days before."""
        due = date.fromisoformat(due) if isinstance(due, str) else due
        return cls._invoice(
            partner,
            amount,
            due - timedelta(days=30),
            **{
                "invoice_payment_term_id": False,
                "invoice_date_due": due,
            }
            | values,
        )

    @classmethod
    def _case(cls, partner):
        return (
            cls.env["o2c.dunning.case"]
            .sudo()
            .create(
                {
                    "partner_id": partner.id,
                    "company_id": cls.company.id,
                    "currency_id": cls.company.currency_id.id,
                }
            )
        )

    @classmethod
    def _promise(cls, invoice, amount, day, made="2026-02-20"):
        promise = (
            cls.env["o2c.payment.promise"]
            .sudo()
            .create(
                {
                    "case_id": cls._case(invoice.commercial_partner_id).id,
                    "date": day,
                    "amount": amount,
                    "move_ids": [Command.set(invoice.ids)],
                }
            )
        )
        promise.flush_recordset()
        cls.env.cr.execute(
            "UPDATE o2c_payment_promise SET create_date = %s WHERE id = %s",
            [made, promise.id],
        )
        return promise

    @classmethod
    def _plan(cls, invoice, instalments, started="2026-02-20"):
        return (
            cls.env["o2c.payment.plan"]
            .sudo()
            .create(
                {
                    "case_id": cls._case(invoice.commercial_partner_id).id,
                    "move_ids": [Command.set(invoice.ids)],
                    "state": "running",
                    "started_on": started,
                    "line_ids": [
                        Command.create({"number": number, "due": day, "amount": amount})
                        for number, (day, amount) in enumerate(instalments, start=1)
                    ],
                }
            )
        )

    def _take(self, today=TODAY):
        return self.forecasts._take(self.company, today)

    def _of(self, forecast, invoice):
        """The amount of an invoice in a forecast."""
        return forecast.item_ids.filtered(lambda item: item.move_id == invoice)

    def _shares(self, item):
        """Week to share, of the weeks that have one; 13 is later."""
        return {
            number: round(share, 4) for number, share in enumerate(item.shares) if share
        }
