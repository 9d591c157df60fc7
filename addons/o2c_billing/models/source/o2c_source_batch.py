"""What came in together: one call, one file, one mail."""

import json
from datetime import date

from odoo import api, fields, models
from odoo.exceptions import AccessError

from .o2c_source_intake import ACCEPTED, KNOWN, REFUSED


class O2cSourceBatch(models.Model):
    """A delivery of events by a source, with what became of it."""

    _name = "o2c.source.batch"
    _description = "Received Batch"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _mail_post_access = "read"

    name = fields.Char(required=True, readonly=True)
    source_id = fields.Many2one(
        "o2c.billing.source", required=True, index=True, readonly=True
    )
    company_id = fields.Many2one(
        related="source_id.company_id", store=True, index=True, readonly=True
    )
    channel = fields.Selection(
        [("api", "Endpoint"), ("file", "File"), ("mail", "Mail"), ("retry", "By hand")],
        required=True,
        readonly=True,
        default="mail",
    )
    state = fields.Selection(
        [
            ("received", "To read"),
            ("done", "Taken"),
            ("partly", "Partly refused"),
            ("failed", "Failed"),
            ("dropped", "Set aside"),
        ],
        default="received",
        required=True,
        readonly=True,
        index=True,
    )
    reason = fields.Text(readonly=True, help="Why it could not be read.")
    sender = fields.Char(readonly=True, help="Who sent the mail.")
    user_id = fields.Many2one(
        "res.users",
        string="Owner",
        index="btree_not_null",
        help="Solves it when it does not go by itself.",
    )
    accepted_count = fields.Integer(string="Taken", readonly=True)
    known_count = fields.Integer(
        string="Known Before",
        readonly=True,
        help="Reported earlier with the same content: not taken again.",
    )
    refused_count = fields.Integer(string="Refused", readonly=True)
    event_ids = fields.One2many("o2c.billing.event", "batch_id", readonly=True)

    @api.model
    def _open(self, source, channel, name, **values):
        """A new batch of a source.

        :param source: ``o2c.billing.source`` record
        :param str channel: a value of :attr:`channel`
        """
        quiet = self.sudo().with_context(tracking_disable=True)
        return quiet.create(
            {
                "source_id": source.id,
                "channel": channel,
                "name": name,
                "user_id": source.user_id.id or source.company_id.o2c_responsible_id.id,
                **values,
            }
        )

    def write(self, vals):
        own = {name for name in vals if not name.startswith(("message_", "activity_"))}
        if not self.env.su and own - {"user_id"}:
            raise AccessError(
                self.env._("A received batch is kept as it came. Choose its owner.")
            )
        return super().write(vals)

    def _count(self, arrivals):
        """Remember what became of them.

        :param list arrivals: :class:`Arrival` of the events that came with this batch
        """
        counts = {
            status: sum(one.status == status for one in arrivals)
            for status in (ACCEPTED, KNOWN, REFUSED)
        }
        done = counts[ACCEPTED] + counts[KNOWN]
        state = "partly" if done else "failed"
        self.write(
            {
                "accepted_count": self.accepted_count + counts[ACCEPTED],
                "known_count": self.known_count + counts[KNOWN],
                "refused_count": self.refused_count + counts[REFUSED],
                "state": state if counts[REFUSED] else "done",
                "reason": False,
            }
        )

    def _check_authority(self):
        if not self.env.user.has_group("o2c_base.group_billing_user"):
            raise AccessError(self.env._("Only a billing user works the imports."))
        self.check_access("write")

    def action_drop(self):
        """Nothing of this is wanted."""
        self._check_authority()
        open_ones = self.filtered(lambda b: b.state in ("received", "failed"))
        open_ones.sudo().write(
            {
                "state": "dropped",
                "reason": self.env._("Set aside by %(user)s.", user=self.env.user.name),
            }
        )
        open_ones.sudo().activity_unlink(["mail.mail_activity_data_todo"])

    def action_open_events(self):
        """The events that came with it."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "o2c_billing.o2c_billing_event_action"
        )
        return action | {"domain": [("batch_id", "=", self.id)], "context": {}}

    def action_open_refusals(self):
        """What was refused of it."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "o2c_billing.o2c_source_refusal_action"
        )
        return action | {"domain": [("batch_id", "=", self.id)], "context": {}}

    @api.model
    def _as_json(self, raw):
        """What was reported, as it can be kept."""
        if isinstance(raw, dict):
            return {
                str(name): value.isoformat() if isinstance(value, date) else value
                for name, value in raw.items()
            }
        return {"event": json.dumps(raw, default=str)[:1000]}

    @api.autovacuum
    def _gc_batches(self):
        """What was taken completely more than a year ago proves nothing any more: its
        events do."""
        limit = fields.Datetime.subtract(fields.Datetime.now(), days=400)
        self.search(
            [("state", "=", "done"), ("create_date", "<", limit)], limit=1000
        ).unlink()
