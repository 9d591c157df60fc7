"""Asking Mollie how a payment is, when it does not say so itself."""

import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..policy import asking

_logger = logging.getLogger(__name__)

#: Payments that one night of silence may leave; asked in one go.
BATCH = 50
OPEN = ("draft", "pending")


class PaymentTransaction(models.Model):
    _inherit = "payment.transaction"

    o2c_ask_after = fields.Datetime(
        string="Ask Again After",
        readonly=True,
        copy=False,
        help="Moment from which Mollie may be asked again how this payment is.",
    )

    def _o2c_ask(self, now):
        """Ask once, if it is time, and process the answer.

        An open payment stays as it is, so that who started it may try again at once.

        :return: whether there was an answer
        """
        self.ensure_one()
        if not self._o2c_by_mollie() or self.state not in OPEN:
            return False
        if not self.provider_reference:
            return False
        if self.o2c_ask_after and now < self.o2c_ask_after:
            return False
        if not self.try_lock_for_update():
            return False
        answered = self._o2c_asked()
        wait = asking.seconds_to_wait(now - self.create_date, not answered)
        self.o2c_ask_after = now + timedelta(seconds=wait)
        return answered

    def _o2c_asked(self):
        """The question and its answer; whatever comes back breaks nothing."""
        try:
            answer = self._send_api_request(
                "GET", f"/payments/{self.provider_reference}"
            )
            if asking.is_news(answer, self.provider_reference):
                with self.env.cr.savepoint():
                    self._process("mollie", answer)
        except ValidationError as error:
            # never the answer itself: it may name the customer
            _logger.info(
                "No usable answer about payment %s: %s",
                self.reference,
                type(error).__name__,
            )
            return False
        return True

    @api.model
    def _cron_o2c_ask(self):
        """Payments of which nothing was heard although they must have ended."""
        now = fields.Datetime.now()
        domain = [
            ("provider_id.code", "=", "mollie"),
            ("o2c_link_id", "!=", False),
            ("state", "in", OPEN),
            ("provider_reference", "!=", False),
            ("create_date", "<", now - asking.LAPSED),
            ("create_date", ">", now - asking.LONGEST),
            "|",
            ("o2c_ask_after", "=", False),
            ("o2c_ask_after", "<=", now),
        ]
        cron = self.env["ir.cron"]
        found = self.search(domain, order="id", limit=BATCH)
        for left, transaction in zip(range(len(found) - 1, -1, -1), found, strict=True):
            if transaction.exists() and not transaction._o2c_ask(now):
                # silent or overloaded: the others would fare no better now
                cron._commit_progress(1, remaining=0)
                break
            if not cron._commit_progress(1, remaining=left):
                break
        if any(one.state == "done" for one in found.exists()):
            self.env.ref("payment.cron_post_process_payment_tx")._trigger()
