"""Opened, seen, downloaded: what the customer did with the document."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL, consteq
from odoo.tools.misc import hmac

from ...policy import tracking as policy

#: The same thing of the same document counts once in so many minutes.
AGAIN_AFTER = 30


class O2cSending(models.Model):
    _inherit = "o2c.sending"

    def _opened_url(self):
        """Address of the invisible picture; the token is computed, never stored."""
        self.ensure_one()
        base = self.company_id.get_base_url()
        return f"{base}/o2c/opened/{self.id}-{self._opened_token()}.gif"

    def _opened_token(self):
        return hmac(self.env(su=True), "o2c.sending.opened", str(self.id))[:32]

    @api.model
    def _opened(self, number, token):
        """Somebody's mail program asked for the picture."""
        row = self.sudo().browse(number).exists()
        if (
            row
            and consteq(row._opened_token(), token)
            and row.company_id.o2c_track_opens
        ):
            row.move_id._o2c_customer_did(row.channel, "opened")


class AccountMove(models.Model):
    _inherit = "account.move"

    o2c_delivery_log_ids = fields.One2many(
        "o2c.delivery.log",
        "res_id",
        string="Sending Log",
        domain=[("res_model", "=", "account.move")],
        readonly=True,
        groups="o2c_base.group_billing_user,o2c_base.group_credit_controller,"
        "o2c_base.group_collector",
    )
    o2c_delivery_signs = fields.Json(
        string="Reached",
        compute="_compute_o2c_delivery_signs",
        help="How the document reached the customer: one sign per way.",
    )

    def _o2c_customer_did(self, channel, event):
        """Log what the customer did, not every click of his."""
        self.ensure_one()
        if self.company_id._o2c_mode("billing") == "off":
            return
        log = self.env["o2c.delivery.log"].sudo()
        since = fields.Datetime.now() - timedelta(minutes=AGAIN_AFTER)
        known = log.search_count(
            [
                ("res_model", "=", self._name),
                ("res_id", "=", self.id),
                ("channel", "=", channel),
                ("event", "=", event),
                ("at", ">=", since),
            ],
            limit=1,
        )
        if not known:
            log._log(self, channel, event)

    def _compute_o2c_delivery_signs(self):
        found = self._o2c_log_lines()
        log = self.env["o2c.delivery.log"]
        channels = dict(log._fields["channel"]._description_selection(self.env))
        events = dict(log._fields["event"]._description_selection(self.env))
        for move in self:
            move.o2c_delivery_signs = [
                {
                    "channel": sign.channel,
                    "tone": sign.tone,
                    "label": f"{channels[sign.channel]}: {events[sign.event].lower()}",
                }
                for sign in policy.signs(found.get(move._origin.id, ()))
            ] or False

    def _o2c_log_lines(self):
        """What happened to these documents, in one statement.

        :return: dict of id to list of (channel, event), oldest first
        """
        ids = self._origin.ids
        if not ids:
            return {}
        self.env["o2c.delivery.log"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT res_id, channel, event
                  FROM o2c_delivery_log
                 WHERE res_model = 'account.move' AND res_id = ANY(%s)
                 ORDER BY res_id, at, id
                """,
                ids,
            )
        )
        found = {}
        for key, channel, event in rows:
            found.setdefault(key, []).append((channel, event))
        return found
