"""A refused event that a person mends: what is meant, and what it was."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_datetime


class O2cSourceRefusal(models.Model):
    _inherit = "o2c.source.refusal"

    charge_type_id = fields.Many2one(
        "o2c.charge.type",
        string="This Charge Type",
        check_company=True,
        ondelete="set null",
        help="Choose the charge type that is meant and try again.",
    )
    product_id = fields.Many2one(
        "product.product",
        string="This Article",
        check_company=True,
        domain=lambda self: self._article_domain(),
        ondelete="set null",
        help="Choose the article that is meant and try again. It needs an internal "
        "reference or a barcode.",
    )
    right_date = fields.Date(help="The delivery date, where another one was reported.")
    right_amount = fields.Float(
        digits="Product Price",
        help="Amount without VAT in the currency of the event, where another one was "
        "reported. Zero: as it was reported.",
    )
    mends = fields.Json(readonly=True)
    mended = fields.Text(
        compute="_compute_mended", help="What a person changed before it was taken."
    )

    @api.model
    def _article_domain(self):
        return Domain("default_code", "!=", False) | Domain("barcode", "!=", False)

    @api.depends("mends")
    @api.depends_context("lang", "tz")
    def _compute_mended(self):
        for refusal in self:
            refusal.mended = "\n".join(
                refusal._mend_words(mend) for mend in refusal.mends or ()
            )

    def _mend_words(self, mend):
        names = self.source_id._field_words()
        return self.env._(
            "%(field)s: “%(was)s” became “%(now)s” (%(user)s, %(moment)s)",
            field=names.get(mend["field"], mend["field"]),
            was=mend["was"],
            now=mend["now"],
            user=mend["user"],
            moment=format_datetime(
                self.env, fields.Datetime.to_datetime(mend["moment"])
            ),
        )

    def _chosen(self):
        """What a person says that it should have been, by name of the source.

        :return: dict; None takes a name out
        """
        self.ensure_one()
        chosen = {}
        if self.charge_type_id:
            chosen["charge"] = self.charge_type_id.code
        if self.product_id:
            code = self.product_id.default_code or self.product_id.barcode
            if not code:
                raise UserError(
                    self.env._(
                        "%s has no internal reference and no barcode. Give it one, or "
                        "choose another article.",
                        self.product_id.display_name,
                    )
                )
            chosen["article"] = code
        if self.right_date:
            chosen["date"] = self.right_date.isoformat()
        if self.right_amount:
            chosen["amount"] = self.right_amount
            if "price" in (self.content or {}):
                chosen["price"] = None
        return chosen

    def _mend(self):
        """Put what was chosen in the content and keep what it was, who and when."""
        for refusal in self:
            content = dict(refusal.content or {})
            mends = list(refusal.mends or ())
            for name, value in refusal._chosen().items():
                was = content.pop(name, None)
                if value is not None:
                    content[name] = value
                if was != value:
                    mends.append(refusal._mend_of(name, was, value))
            if mends != list(refusal.mends or ()):
                refusal.sudo().write({"content": content, "mends": mends})

    def _mend_of(self, name, was, value):
        return {
            "field": name,
            "was": "" if was is None else str(was),
            "now": "" if value is None else str(value),
            "user": self.env.user.name,
            "moment": fields.Datetime.to_string(fields.Datetime.now()),
        }

    def _take_again(self, source, early):
        self._mend()
        return super()._take_again(source, early)

    def _close(self, state, event=None):
        """The event itself says what a person changed before it was taken."""
        result = super()._close(state, event)
        for refusal in self.filtered("mends") if event else ():
            event.sudo().message_post(
                body=self.env._("Changed before it was taken: %s", refusal.mended),
                author_id=self.env.user.partner_id.id,
            )
        return result

    @api.model
    def _refusal_values(self, source, batch, one):
        """What the source sends anew counts as it is sent."""
        values = super()._refusal_values(source, batch, one)
        if batch.channel == "retry":
            return values
        empty = dict.fromkeys(("charge_type_id", "product_id", "right_date"), False)
        return {**values, **empty, "right_amount": 0.0, "mends": False}
