"""What happened to each document that was sent to a customer."""

from odoo import api, fields, models
from odoo.tools import SQL


class O2cDeliveryLog(models.Model):
    """One line per event in the life of a sent document; never changed afterwards."""

    _name = "o2c.delivery.log"
    _description = "Delivery Log"
    _order = "at desc, id desc"
    _rec_name = "document"

    res_model = fields.Char(string="Document Model", required=True, readonly=True)
    res_id = fields.Many2oneReference(
        string="Document ID", model_field="res_model", required=True, readonly=True
    )
    document = fields.Char(required=True, readonly=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, ondelete="cascade", readonly=True
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        index="btree_not_null",
        ondelete="set null",
        readonly=True,
    )
    channel = fields.Selection(
        [
            ("email", "E-mail"),
            ("einvoice", "E-invoice"),
            ("portal", "Portal"),
            ("post", "Post"),
            ("upload", "Supplier portal"),
            ("hand", "By hand"),
            ("sms", "SMS"),
            ("call", "Call"),
            ("link", "Pay link"),
        ],
        required=True,
        readonly=True,
    )
    event = fields.Selection(
        [
            ("queued", "Queued"),
            ("sent", "Sent"),
            ("accepted", "Accepted"),
            ("failed", "Failed"),
            ("bounced", "Bounced"),
            ("rejected", "Rejected"),
            ("opened", "Opened"),
            ("seen", "Seen"),
            ("downloaded", "Downloaded"),
            ("payment", "Payment started"),
        ],
        required=True,
        readonly=True,
    )
    detail = fields.Char(
        readonly=True, help="The address it went to, or why it did not arrive."
    )
    at = fields.Datetime(
        string="Moment", required=True, readonly=True, default=fields.Datetime.now
    )

    _document_idx = models.Index("(res_model, res_id, event)")

    @api.model
    def _log(self, record, channel, event, partner=None, detail="", at=None):
        """Write one line per record.

        :param record: recordset of the documents, with ``company_id``
        :param str channel: a value of :attr:`channel`
        :param str event: a value of :attr:`event`
        :param partner: customer; the document's own ``partner_id`` when not given
        :param str detail: address or reason
        :param datetime at: moment; now when not given
        :return: the lines
        """
        moment = at or fields.Datetime.now()
        return self.sudo().create(
            [
                {
                    "res_model": document._name,
                    "res_id": document.id,
                    "document": document.sudo().display_name,
                    "company_id": document.sudo().company_id.id,
                    "partner_id": (partner or document.sudo().partner_id).id,
                    "channel": channel,
                    "event": event,
                    "detail": detail,
                    "at": moment,
                }
                for document in record
            ]
        )

    @api.model
    def _last_sent(self, model, ids):
        """When each document last left by a way that did not bring it back.

        :param str model: name of the documents' model
        :param ids: ids of the documents
        :return: dict of id to naive UTC datetime; absent when never sent or when it
            came back afterwards by every way it went
        """
        if not ids:
            return {}
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT res_id, max(left_at)
                  FROM (
                    SELECT res_id,
                           max(at) FILTER (WHERE event IN ('sent', 'accepted'))
                               AS left_at,
                           max(at) FILTER (WHERE event IN ('bounced', 'rejected'))
                               AS back_at
                      FROM o2c_delivery_log
                     WHERE res_model = %s AND res_id IN %s
                       AND event IN ('sent', 'accepted', 'bounced', 'rejected')
                     GROUP BY res_id, channel
                  ) AS way
                 WHERE left_at > COALESCE(back_at, '-infinity')
                 GROUP BY res_id
                """,
                model,
                tuple(ids),
            )
        )
        return dict(rows)

    def action_open_document(self):
        """Open the document that this line is about."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }
