"""One document of a customer: what happened to it, and what belongs to it."""

from odoo import api, models
from odoo.fields import Domain

from odoo.addons.o2c_base.tools.local_form import day_text

#: Events of the delivery log that a customer recognises.
SHOWN = ("sent", "accepted", "bounced", "rejected", "opened", "downloaded", "payment")


class O2cAccountOverview(models.AbstractModel):
    _inherit = "o2c.account.overview"

    @api.model
    def _document(self, partner, move_id):
        """A document of the customer that the user may read, or an empty one."""
        return self.env["account.move"].search(
            self._domain(partner) & Domain("id", "=", move_id)
        )

    @api.model
    def _timeline(self, move):
        """From issued to paid, oldest first.

        :param move: a document that the user may read
        :return: list of dicts with date, tone and text
        """
        rows = (
            self._issued(move)
            + self._log_steps(move)
            + self._reminder_steps(move)
            + self._talk_steps(move)
            + self._money_steps(move)
        )
        return sorted(rows, key=lambda row: (row["date"], row["rank"]))

    @api.model
    def _step(self, date, rank, text, tone="plain"):
        return {
            "date": date,
            "rank": rank,
            "text": text,
            "tone": tone,
            "day": day_text(self.env, date),
        }

    @api.model
    def _issued(self, move):
        if not move.invoice_date:
            return []
        return [self._step(move.invoice_date, 0, self.env._("Issued"))]

    @api.model
    def _log_steps(self, move):
        """What the delivery log knows; the same on one day is told once."""
        logs = (
            self.env["o2c.delivery.log"]
            .sudo()
            .search(
                [
                    ("res_model", "=", move._name),
                    ("res_id", "=", move.id),
                    ("event", "in", SHOWN),
                ],
                order="at, id",
            )
        )
        told, steps = set(), []
        for log in logs:
            text = self._log_text(log)
            date = move.company_id.sudo()._o2c_today(log.at)
            if text and (date, text) not in told:
                told.add((date, text))
                steps.append(self._step(date, 1, text))
        return steps

    @api.model
    def _log_text(self, log):
        """An event in words; empty for what says nothing to a customer."""
        channels = dict(log._fields["channel"]._description_selection(self.env))
        way = channels[log.channel]
        if log.event in ("sent", "accepted"):
            if log.channel == "email" and log.detail:
                return self.env._("Sent by e-mail to %s", log.detail)
            return self.env._("Sent: %s", way)
        if log.event in ("bounced", "rejected"):
            return self.env._("Did not arrive: %s", way)
        if log.event == "opened":
            return self.env._("Pay page opened")
        if log.event == "downloaded":
            return self.env._("Downloaded")
        return self.env._("Online payment started")

    @api.model
    def _reminder_steps(self, move):
        """Reminders that left and name this document."""
        notices = (
            self.env["o2c.dunning.notice"]
            .sudo()
            .search([("line_ids.move_id", "=", move.id), ("sent_on", "!=", False)])
        )
        return [
            self._step(
                notice.sent_on, 2, notice.step_name or self.env._("Reminder"), "late"
            )
            for notice in notices
        ]

    @api.model
    def _talk_steps(self, move):
        """Disputes and announced payments."""
        steps = []
        disputes = self.env["o2c.dispute"].sudo().search([("move_id", "=", move.id)])
        for dispute in disputes:
            day = move.company_id.sudo()._o2c_today(dispute.create_date)
            steps.append(self._step(day, 3, self.env._("Disputed")))
            if dispute.closed_on:
                text = self.env._("Dispute closed")
                steps.append(self._step(dispute.closed_on, 3, text))
        promises = (
            self.env["o2c.payment.promise"].sudo().search([("move_ids", "in", move.id)])
        )
        for promise in promises:
            day = move.company_id.sudo()._o2c_today(promise.create_date)
            until = day_text(self.env, promise.date)
            text = self.env._("Payment announced for %s", until)
            steps.append(self._step(day, 3, text))
        return steps

    @api.model
    def _money_steps(self, move):
        """Payments and credit notes on an invoice; invoices that a credit note paid."""
        link = self.env["o2c.payment.link"]
        steps = []
        for _partial, amount, line in move.sudo()._get_reconciled_invoices_partials()[
            0
        ]:
            values = {
                "amount": link._money_of(abs(amount), move.currency_id),
                "document": line.move_id.name,
            }
            if move.move_type == "out_refund":
                text = self.env._("%(amount)s used for %(document)s", **values)
            elif line.move_id.move_type == "out_refund":
                text = self.env._("%(amount)s credited: %(document)s", **values)
            else:
                text = self.env._("%(amount)s paid", **values)
            steps.append(self._step(line.date, 4, text, "good"))
        return steps

    @api.model
    def _asked_reference(self, move):
        """The order number that the customer sent and nobody looked at yet."""
        wish = (
            self.env["o2c.change.request"]
            .sudo()
            .search(
                [
                    ("move_id", "=", move.id),
                    ("kind", "=", "reference"),
                    ("state", "=", "open"),
                ],
                order="id desc",
                limit=1,
            )
        )
        return (wish.changes or {}).get("ref") or ""

    @api.model
    def _papers(self, move):
        """What can be downloaded with a document, and what it is about.

        :return: list of (label, address)
        """
        papers = [(self.env._("PDF"), f"/my/account-overview/document/{move.id}/pdf")]
        own = move.sudo()
        if own._get_invoice_legal_documents("ubl"):
            papers.append(
                (
                    self.env._("E-invoice (UBL)"),
                    f"/my/account-overview/document/{move.id}/ubl",
                )
            )
        for order in own.invoice_line_ids.sale_line_ids.order_id:
            papers.append(
                (self.env._("Order %s", order.name), f"/my/orders/{order.id}")
            )
            papers += self._delivery_papers(order)
        return papers

    @api.model
    def _delivery_papers(self, order):
        """Delivery slips of an order, where the stock of Odoo is used."""
        if "picking_ids" not in order._fields:
            return []
        done = order.picking_ids.filtered(
            lambda picking: (
                picking.state == "done" and picking.picking_type_code == "outgoing"
            )
        )
        return [
            (
                self.env._("Delivery %s", picking.name),
                f"/my/picking/pdf/{picking.id}?access_token="
                f"{order._portal_ensure_token()}",
            )
            for picking in done
        ]
