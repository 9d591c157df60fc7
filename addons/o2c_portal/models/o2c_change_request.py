"""What a customer asks to change in his own data; a colleague says yes in a click."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ..policy import own_data, proof

KINDS = [
    ("reference", "Own Order Number"),
    ("address", "Address"),
    ("email", "E-mail Address"),
    ("phone", "Phone Number"),
    ("language", "Language"),
    ("contact", "Contact for Invoices"),
    ("channel", "How Invoices Are Sent"),
    ("einvoice", "E-Invoice"),
]
#: Requests that one customer may make in a day.
MOST_PER_DAY = 30


class O2cChangeRequest(models.Model):
    """One wish, with what was there before and who decided."""

    _name = "o2c.change.request"
    _description = "Change Request of a Customer"
    _inherit = ["mail.thread"]
    _order = "id desc"
    _rec_name = "partner_id"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Contact",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        help="Whose data it is about.",
    )
    customer_id = fields.Many2one(
        related="partner_id.commercial_partner_id",
        string="Customer",
        store=True,
        index=True,
    )
    move_id = fields.Many2one(
        "account.move",
        string="Invoice",
        readonly=True,
        ondelete="cascade",
        index="btree_not_null",
    )
    kind = fields.Selection(
        KINDS, string="About", required=True, readonly=True, index=True
    )
    changes = fields.Json(required=True, readonly=True)
    before = fields.Json(required=True, readonly=True)
    summary = fields.Text(
        string="Wish",
        compute="_compute_summary",
        help="What it is now, and what the customer wants it to be.",
    )
    asked_by_id = fields.Many2one(
        "res.users", string="Asked By", readonly=True, ondelete="restrict"
    )
    state = fields.Selection(
        [("open", "Open"), ("done", "Done"), ("refused", "Refused")],
        default="open",
        required=True,
        readonly=True,
        index=True,
        tracking=True,
    )
    decided_by_id = fields.Many2one(
        "res.users", string="Decided By", readonly=True, ondelete="restrict"
    )
    decided_at = fields.Datetime(string="Decided On", readonly=True)
    answer = fields.Char(
        help="Why it was refused; the customer reads this in the portal."
    )

    _open_uniq = models.UniqueIndex(
        "(company_id, partner_id, kind, COALESCE(move_id, 0)) WHERE state = 'open'",
        "There is already an open request for this.",
    )

    @api.depends("changes", "before", "kind")
    @api.depends_context("lang")
    def _compute_summary(self):
        for request in self:
            request.summary = "\n".join(
                request._change_text(name, value)
                for name, value in (request.changes or {}).items()
            )

    def _change_text(self, name, value):
        """One change in words; what was or becomes empty is no value."""
        old = self._shown(name, (self.before or {}).get(name))
        new = self._shown(name, value)
        if old and not new:
            return self.env._(
                "%(what)s: remove %(old)s", what=self._label(name), old=old
            )
        return f"{self._label(name)}: {f'{old} → {new}' if old else new}"

    def _target_model(self):
        """Model whose fields the request is about."""
        return self.env["account.move" if self.kind == "reference" else "res.partner"]

    def _label(self, name):
        """Name of a field, in the reader's language."""
        if name == "ref":
            return self.env._("Own order number")
        return self._target_model()._fields[name]._description_string(self.env)

    def _shown(self, name, value):
        """A value as people read it."""
        if not value:
            return ""
        if name == "country_id":
            return self.env["res.country"].sudo().browse(int(value)).name
        field = self._target_model()._fields[name]
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, value)
        if name == "lang":
            return dict(self.env["res.lang"].get_installed()).get(value, value)
        return str(value)

    @api.model
    def _ask(self, user, partner, kind, values, move=None):
        """A wish of a portal user; the same wish again replaces the one that waits.

        :param user: who asks
        :param partner: the contact whose data it is
        :param dict values: texts as they came in; only the fields of the kind are read
        :param move: the invoice, for an own order number
        :return: the request in sudo, or an empty one when nothing would change
        :raise ValidationError: with a sentence for the customer
        """
        wishes = self.sudo()
        values = {
            name: " ".join(str(values.get(name) or "").split())
            for name in own_data.FIELDS[kind]
        }
        country = self.env["res.country"].browse(
            int(values.get("country_id") or 0) or partner.country_id.id
        )
        name, reason = own_data.problem(kind, values, country.code or "NL")
        if reason:
            raise ValidationError(self._refusal(kind, name, reason))
        before = wishes.new({"kind": kind})._present(partner, move)
        changes = {
            name: value
            for name, value in values.items()
            if value != before.get(name, "")
        }
        if not changes:
            return wishes
        wishes._check_pace(partner)
        company = move.company_id if move else user.company_id
        whose = [
            ("company_id", "=", company.id),
            ("partner_id", "=", partner.id),
            ("kind", "=", kind),
            ("move_id", "=", move.id if move else False),
            ("state", "=", "open"),
        ]
        wish = wishes.search(whose)
        if wish:
            wish.write({"changes": changes, "before": before, "asked_by_id": user.id})
        else:
            wish = wishes.with_context(mail_create_nosubscribe=True).create(
                {
                    "company_id": company.id,
                    "partner_id": partner.id,
                    "kind": kind,
                    "move_id": move.id if move else False,
                    "changes": changes,
                    "before": before,
                    "asked_by_id": user.id,
                }
            )
        self.env["o2c.desk.receipt"]._note(wish, proof.LOGIN, user.partner_id)
        self.env["o2c.contact.task"]._open(
            partner, company, "portal_correction", wish._for_task()
        )
        return wish

    def _for_task(self):
        """The wish in the note of the contact task."""
        about = dict(self._fields["kind"]._description_selection(self.env))[self.kind]
        about = f"{about} {self.move_id.name}" if self.move_id else about
        return f"{about}: {self.summary}"

    @api.model
    def _check_pace(self, partner):
        """No endless row of wishes."""
        since = fields.Datetime.subtract(fields.Datetime.now(), days=1)
        made = self.search_count(
            [
                ("customer_id", "=", partner.commercial_partner_id.id),
                ("create_date", ">=", since),
            ]
        )
        if made >= MOST_PER_DAY:
            raise ValidationError(
                self.env._("You asked many changes today. Please go on tomorrow.")
            )

    def _present(self, partner, move=None):
        """The values as they are now, as texts."""
        if self.kind == "contact":
            return dict.fromkeys(own_data.FIELDS["contact"], "")
        record = (move if self.kind == "reference" else partner).sudo()
        return {
            name: str(record[name].id or "")
            if record._fields[name].type == "many2one"
            else (record[name] or "")
            for name in own_data.FIELDS[self.kind]
            if name in record._fields
        }

    @api.model
    def _refusal(self, kind, name, reason):
        """The sentence a customer reads when his wish cannot be taken."""
        label = self.new({"kind": kind})._label(name)
        sentences = {
            own_data.EMPTY: self.env._("Please fill in: %s.", label),
            own_data.LONG: self.env._("%s is too long.", label),
            own_data.EMAIL: self.env._(
                "Please enter one e-mail address such as post@example.com."
            ),
            own_data.PHONE: self.env._(
                "Please enter a phone number such as +31 30 123 45 67."
            ),
            own_data.POSTCODE: self.env._("Please enter a postcode such as 1234 AB."),
            own_data.ENDPOINT: self.env._(
                "This number does not fit the kind of e-invoice address."
            ),
            own_data.IBAN_INSIDE: self.env._(
                "Bank details cannot be changed here. Please call us."
            ),
        }
        return sentences[reason]

    def _check_may_decide(self):
        """Who keeps customers' data and money in order."""
        self.check_access("write")
        groups = ("o2c_base.group_billing_user", "o2c_base.group_credit_controller")
        if not any(self.env.user.has_group(group) for group in groups):
            raise AccessError(
                self.env._("Only billing and credit may decide on a customer's wish.")
            )

    def action_refuse(self):
        """Nothing changes; the customer reads the answer."""
        self._check_may_decide()
        for request in self.filtered(lambda one: one.state == "open"):
            if not request.answer:
                raise UserError(
                    self.env._("Write an answer first: the customer reads why.")
                )
            request._decide("refused")

    def _decide(self, state):
        """Note who decided; the contact task is done when nothing waits any more."""
        self.sudo().write(
            {
                "state": state,
                "decided_by_id": self.env.user.id,
                "decided_at": fields.Datetime.now(),
            }
        )
        for request in self.sudo():
            waiting = self.sudo().search_count(
                [
                    ("partner_id", "=", request.partner_id.id),
                    ("company_id", "=", request.company_id.id),
                    ("state", "=", "open"),
                ],
                limit=1,
            )
            if not waiting:
                request._close_problem()

    def _close_problem(self):
        """The contact's open correction is mended."""
        self.env["o2c.contact.problem"].sudo().search(
            [
                ("partner_id", "=", self.partner_id.id),
                ("company_id", "=", self.company_id.id),
                ("problem", "=", "portal_correction"),
                ("solved_on", "=", False),
            ]
        ).action_solved()
