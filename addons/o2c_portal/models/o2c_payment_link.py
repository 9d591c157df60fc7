"""The durable page where a document, or all that a customer owes, can be paid."""

import io
from datetime import timedelta

import qrcode

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import consteq
from odoo.tools.misc import hmac

from ..policy import creditor_reference, pay_code

#: Version of the QR standard that sets the size: 45 points a side.
SMALLEST_CODE = 7


def _purpose(values):
    """What makes a link the one of its document, within a model."""
    return values["res_id"], values["company_id"], values["currency_id"]


class O2cPaymentLink(models.Model):
    """One live link per purpose. The token is computed, never stored."""

    _name = "o2c.payment.link"
    _description = "Pay Link"
    _inherit = ["mail.thread"]
    _order = "id desc"
    _rec_name = "document"
    _check_company_auto = True

    res_model = fields.Char(string="Document Model", required=True, readonly=True)
    res_id = fields.Many2oneReference(
        string="Document ID", model_field="res_model", required=True, readonly=True
    )
    document = fields.Char(
        required=True, readonly=True, help="What can be paid on this page."
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        help="The customer as a company; its contacts share the link.",
    )
    currency_id = fields.Many2one(
        "res.currency", required=True, readonly=True, ondelete="restrict"
    )
    version = fields.Integer(
        default=1,
        required=True,
        readonly=True,
        help="Goes up when the link is revoked: every address printed before stops "
        "working.",
    )
    state = fields.Selection(
        [("live", "Live"), ("revoked", "Revoked"), ("expired", "Expired")],
        default="live",
        required=True,
        readonly=True,
        tracking=True,
    )
    expires_on = fields.Date(
        readonly=True,
        help="Last day that the address works; it moves on when the document is "
        "printed or sent again.",
    )
    opened_at = fields.Datetime(
        string="Last Opened", readonly=True, help="When a customer last opened it."
    )
    url = fields.Char(string="Address", compute="_compute_url")
    reference = fields.Char(
        compute="_compute_reference",
        store=True,
        index="btree_not_null",
        help="What a customer mentions with a bank transfer for several invoices.",
    )
    transaction_ids = fields.One2many(
        "payment.transaction", "o2c_link_id", string="Payments", readonly=True
    )

    _live_uniq = models.UniqueIndex(
        "(res_model, res_id, company_id, currency_id) WHERE state = 'live'",
        "There is already a live pay link for this document.",
    )

    @api.depends("version", "state")
    def _compute_url(self):
        for link in self:
            link.url = link._url() if link.state == "live" else False

    @api.depends("res_model")
    def _compute_reference(self):
        for link in self:
            body = f"PL{link._origin.id or 0:06d}"
            link.reference = creditor_reference.creditor_reference(body)

    @property
    def reference_printed(self):
        """The reference in groups of four."""
        self.ensure_one()
        return creditor_reference.printed(self.reference)

    # the link of a document

    @api.model
    def _for(self, record, currency=None):
        """Link of a document: the live one, or a new one. Same address every time.

        :param record: an invoice, a notice, or a customer ("all he owes")
        :param currency: for a customer: ``res.currency``, his company's when absent
        :return: link, in sudo
        """
        record.ensure_one()
        return self._for_each(record, currency)

    @api.model
    def _for_each(self, records, currency=None):
        """The same for many documents of one kind, in a few statements.

        :return: links in the order of the documents, in sudo
        """
        records.check_access("read")
        purposes = [self._purpose_values(one, currency) for one in records.sudo()]
        known = self._by_purpose(records._name, purposes)
        wanted = [
            {**purpose, "expires_on": self._expiry(purpose["company_id"])}
            for purpose in purposes
        ]
        new = [values for values in wanted if _purpose(values) not in known]
        quiet = {"mail_create_nolog": True, "mail_create_nosubscribe": True}
        made = self.sudo().with_context(**quiet).create(new)
        made = made.with_context(**dict.fromkeys(quiet, False))
        known.update(
            (_purpose(values), link) for values, link in zip(new, made, strict=True)
        )
        links = self.sudo().browse()
        for values in wanted:
            link, expires_on = known[_purpose(values)], values["expires_on"]
            if link.state != "live" or link.expires_on != expires_on:
                link.write({"state": "live", "expires_on": expires_on})
            links += link
        return links

    @api.model
    def _by_purpose(self, res_model, purposes):
        """Links that serve these purposes already; a live one before an expired one.

        :return: dict of purpose to link, in sudo
        """
        found = self.sudo().search(
            [
                ("res_model", "=", res_model),
                ("res_id", "in", [values["res_id"] for values in purposes]),
                ("state", "in", ("live", "expired")),
            ],
            order="state, id",
        )
        return {
            (link.res_id, link.company_id.id, link.currency_id.id): link
            for link in found
        }

    @api.model
    def _purpose_values(self, record, currency=None):
        """What a link to this record is for. Extend for another kind of document."""
        if record._name == "res.partner":
            partner = record.commercial_partner_id
            company = record.company_id or record.env.company
            currency = currency or company.currency_id
            document = self.env._("All invoices of %s", partner.name)
            record_id = partner.id
        elif record._name == "account.move":
            if not record.is_sale_document(include_receipts=True):
                raise UserError(self.env._("Only what a customer owes can be paid."))
            company, currency = record.company_id, record.currency_id
            partner = record.commercial_partner_id
            document, record_id = record.name, record.id
        else:
            raise UserError(
                self.env._("There is no pay link for %s.", record._description)
            )
        return {
            "res_model": record._name,
            "res_id": record_id,
            "document": document,
            "company_id": company.id,
            "partner_id": partner.id,
            "currency_id": currency.id,
        }

    @api.model
    def _expiry(self, company_id):
        """Last day of a link that is printed today, or False."""
        company = self.env["res.company"].sudo().browse(company_id)
        if not company.o2c_link_days:
            return False
        return company._o2c_today() + timedelta(days=company.o2c_link_days)

    # the address

    def _digest(self):
        """Keyed hash over this link; of no link at all for an empty recordset."""
        message = f"{self.id or 0}|{self.version or 0}"
        return hmac(self.env(su=True), "o2c.payment.link", message)

    def _code(self):
        """Number and token, as they stand in the address."""
        self.ensure_one()
        return pay_code.compose(self.id, self._digest())

    def _url(self):
        """Address that a customer opens."""
        self.ensure_one()
        return f"{self.company_id._o2c_public_address()}/pay/{self._code()}"

    @api.model
    def _open(self, code):
        """The link of a code, in sudo; empty when the code is wrong in any way.

        Unknown number, wrong token, revoked link and nonsense do the same work and
        get the same answer.

        :param str code: what stands in the address
        """
        number, token = pay_code.parse(code)
        link = self.sudo().search([("id", "=", number)])
        right = consteq(pay_code.token(link._digest()), token or "-")
        if not right or not link or link.state == "revoked":
            return self.sudo()
        return link

    def _is_expired(self, today):
        """Whether the last day of this link has passed."""
        self.ensure_one()
        return self.state == "expired" or bool(
            self.expires_on and self.expires_on < today
        )

    @api.model
    def _qr_png(self, text, level=qrcode.constants.ERROR_CORRECT_Q):
        """QR code of an address, readable from a folded letter.

        Level Q: a quarter of the picture may be lost to a fold or a stain. From size 7
        on a code has six small squares inside to aim at; smaller ones have one, and
        are lost when a fold runs near it.

        :return: bytes of a PNG picture
        """
        code = qrcode.QRCode(
            version=SMALLEST_CODE, error_correction=level, box_size=8, border=4
        )
        code.add_data(text)
        code.make(fit=True)
        stream = io.BytesIO()
        code.make_image().save(stream, format="PNG")
        return stream.getvalue()

    # decisions

    def _check_may_manage(self):
        """Only the roles that talk with customers about money."""
        groups = (
            "o2c_base.group_credit_controller",
            "o2c_base.group_billing_user",
            "o2c_base.group_collector",
        )
        if not any(self.env.user.has_group(group) for group in groups):
            raise AccessError(
                self.env._("Only credit, billing and collecting may change pay links.")
            )
        self.check_access("read")

    def action_revoke(self):
        """Stop the address: everything printed with it leads to "page not found"."""
        self._check_may_manage()
        for link in self.sudo().filtered(lambda link: link.state != "revoked"):
            link.write({"state": "revoked", "version": link.version + 1})
            link.message_post(
                body=self.env._("Revoked by %s.", self.env.user.name),
                author_id=self.env.user.partner_id.id,
            )

    def action_open_document(self):
        """Open what this link is for."""
        self.ensure_one()
        # of a merged customer the number is gone, the customer is not
        whole = self.res_model == "res.partner"
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.partner_id.id if whole else self.res_id,
            "views": [(False, "form")],
        }

    @api.model
    def _cron_expire(self):
        """Mark links whose last day has passed. Twice does no harm."""
        ending = [("state", "=", "live"), ("expires_on", "!=", False)]
        for (company,) in self.sudo()._read_group(ending, ["company_id"]):
            self.sudo().search(
                [
                    ("company_id", "=", company.id),
                    ("state", "=", "live"),
                    ("expires_on", "<", company._o2c_today()),
                ]
            ).write({"state": "expired"})
