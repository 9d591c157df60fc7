"""The customer is asked for what his invoice misses, on a page that works once."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import consteq
from odoo.tools.misc import hmac

from ...policy import answer as policy

#: Days that the page works.
DAYS = 30


class O2cDataRequest(models.Model):
    """One open question per document; the token is computed, never stored."""

    _name = "o2c.data.request"
    _description = "Question to a Customer"
    _inherit = ["mail.thread"]
    _order = "id desc"
    _rec_name = "move_id"

    move_id = fields.Many2one(
        "account.move",
        string="Document",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Asked",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        help="Who got the e-mail with the page.",
    )
    asks = fields.Char(required=True, readonly=True, help="What is missing.")
    state = fields.Selection(
        [("open", "Open"), ("answered", "Answered"), ("void", "No longer needed")],
        default="open",
        required=True,
        readonly=True,
        index=True,
    )
    expires_on = fields.Date(readonly=True, help="Last day that the page works.")
    answer = fields.Text(readonly=True, help="What the customer filled in.")
    answered_at = fields.Datetime(readonly=True)

    _open_uniq = models.UniqueIndex(
        "(move_id) WHERE state = 'open'",
        "The customer was asked already for this document.",
    )

    @api.model
    def _ask(self, move, partner, codes):
        """Ask once; when something else is missing now, ask anew.

        :param list codes: problems of the preflight that a customer can solve
        :return: the open question
        """
        asks = ",".join(sorted(codes))
        known = self.sudo().search([("move_id", "=", move.id), ("state", "=", "open")])
        if known and known.asks == asks:
            return known
        known.write({"state": "void"})
        known.flush_recordset()
        request = self.sudo().create(
            {
                "move_id": move.id,
                "company_id": move.company_id.id,
                "partner_id": partner.id,
                "asks": asks,
                "expires_on": move.company_id._o2c_today() + timedelta(days=DAYS),
            }
        )
        request._mail()
        return request

    def _mail(self):
        """The e-mail with the page, in the customer's language."""
        self.ensure_one()
        lang = (
            self.env["o2c.mail.bundle"]
            .new({"partner_id": self.partner_id.id, "company_id": self.company_id.id})
            ._language()
        )
        template = self.env.ref("o2c_billing.o2c_data_request_template")
        render = template.with_context(lang=lang)._render_field
        author = self.move_id.invoice_user_id or self.company_id.o2c_responsible_id
        self.with_context(lang=lang).message_post(
            body=render("body_html", self.ids, options={"post_process": True})[self.id],
            subject=render("subject", self.ids)[self.id],
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            partner_ids=self.partner_id.ids,
            author_id=(author or self.env.user).partner_id.id,
            email_layout_xmlid="mail.mail_notification_light",
        )

    # The page

    def _token(self):
        """Keyed hash over this question; of no question for an empty recordset."""
        message = f"{self.id or 0}|{self.asks or ''}"
        return hmac(self.env(su=True), "o2c.data.request", message)[:40]

    def _url(self):
        """Address of the page."""
        self.ensure_one()
        return f"{self.company_id.get_base_url()}/o2c/fill/{self.id}-{self._token()}"

    @api.model
    def _open_page(self, code):
        """The question of a code, in sudo; empty when the code is wrong in any way."""
        number, _dash, token = (code or "").partition("-")
        request = self.sudo()
        if number.isdecimal() and len(number) < 10:
            request = request.search([("id", "=", int(number))])
        right = consteq(request._token(), token if token.isascii() else "-")
        return request if right and request else self.sudo()

    def _works(self):
        """Does the page still work? Once answered or expired it does not."""
        self.ensure_one()
        return (
            self.state == "open"
            and self.expires_on >= self.company_id._o2c_today()
            and self.move_id.state == "posted"
        )

    def _codes(self):
        return tuple((self.asks or "").split(","))

    def _read_form(self, form):
        """The answer and its wrong fields, by the policy."""
        country = self.partner_id.country_id or self.company_id.country_id
        return policy.read(self._codes(), form, country.code)

    def _take(self, values):
        """The customer answered: fill what was empty and let the document go on."""
        self.ensure_one()
        move = self.move_id
        self.write(
            {
                "state": "answered",
                "answered_at": fields.Datetime.now(),
                "answer": "\n".join(f"{name}: {text}" for name, text in values.items()),
            }
        )
        number = values.get("order_reference")
        if number:
            orders = move.invoice_line_ids.sale_line_ids.order_id
            orders.filtered(lambda one: not one.client_order_ref).write(
                {"client_order_ref": number}
            )
            move.ref = number
        address = move._o2c_buyer_address()
        for name in ("street", "zip", "city"):
            if values.get(name) and not address[name]:
                address[name] = values[name]
        customer = move.commercial_partner_id
        if values.get("registration") and not customer.company_registry:
            customer.company_registry = values["registration"]
        move.message_post(
            body=self.env._(
                "The customer filled in what was missing: %(answer)s",
                answer="; ".join(values.values()),
            )
        )
        rows = move.sudo().o2c_sending_ids.filtered(lambda row: row.state == "blocked")
        rows._answered()
