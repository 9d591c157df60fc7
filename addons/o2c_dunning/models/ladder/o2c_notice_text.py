"""What a reminder says: a text per tone and language, with a closed list of blanks."""

from markupsafe import Markup, escape

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ...tools.placeholder import compiled, filled, unknown_placeholders
from .o2c_dunning_ladder import TONES

BLOCKS = ("subject", "opening", "charge", "closing", "script")
PLACEHOLDERS = (
    "customer",
    "contact",
    "company",
    "total",
    "count",
    "invoices",
    "oldest_due",
    "oldest_days",
    "pay_by",
    "processed_until",
    "iban",
    "phone",
    "email",
)


class O2cNoticeText(models.Model):
    """The words of one tone in one language.

    A record per language, not a translated field: somebody who rewrites the Dutch
    text must not touch the German one, and edits both in the same editor.
    """

    _name = "o2c.notice.text"
    _description = "Reminder Text"
    _inherit = ["mail.thread"]
    _order = "lang, tone_order, id"
    _rec_name = "subject"
    _check_company_auto = True
    _check_company_domain = models.check_company_domain_parent_of

    tone = fields.Selection(TONES, required=True, tracking=True)
    tone_order = fields.Integer(compute="_compute_tone_order", store=True)
    lang = fields.Selection(
        selection="_languages",
        string="Language",
        required=True,
        default=lambda self: (self.env.lang or "en")[:2],
        help="Used for customers with this language, whatever their country.",
    )
    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        ondelete="cascade",
        help="Only this company uses the text. Empty: every company may use it.",
    )
    active = fields.Boolean(default=True)
    subject = fields.Char(
        required=True, help="Subject of the e-mail, head of a letter."
    )
    opening = fields.Html(required=True, help="Stands above the list of invoices.")
    charge = fields.Html(
        string="About Cost",
        help="Only in steps that say that cost may follow.",
    )
    closing = fields.Html(help="Stands below the list and the payment button.")
    script = fields.Text(
        string="Call Script", help="What the collector says when the step is a call."
    )
    placeholders = fields.Html(compute="_compute_placeholders", sanitize=False)
    preview_partner_id = fields.Many2one(
        "res.partner",
        string="Preview With",
        store=False,
        help="A customer with open invoices; nothing is sent.",
    )
    preview = fields.Html(compute="_compute_preview", sanitize=False)

    _text_uniq = models.UniqueIndex(
        "(tone, lang, COALESCE(company_id, 0)) WHERE active",
        "There is already a text for this tone and language. Change that one.",
    )

    @api.model
    def _languages(self):
        """Every language family that the system knows, named in itself."""
        families = {}
        langs = (
            self.env["res.lang"]
            .sudo()
            .with_context(active_test=False)
            .search([("code", "!=", False)])
        )
        for lang in langs.sorted(lambda one: (not one.active, len(one.code), one.code)):
            families.setdefault(lang.iso_code[:2], lang.name.split(" (")[0])
        return sorted(families.items(), key=lambda item: item[1])

    @api.model
    def _placeholder_labels(self):
        """What each placeholder becomes, for the people who write texts."""
        return {
            "customer": self.env._("name of the customer"),
            "contact": self.env._("name of the contact the message goes to"),
            "company": self.env._("our name"),
            "total": self.env._("amount to pay"),
            "count": self.env._("number of open invoices"),
            "invoices": self.env._("numbers of the open invoices"),
            "oldest_due": self.env._("due date of the oldest invoice"),
            "oldest_days": self.env._("days the oldest invoice is late"),
            "pay_by": self.env._("date by which we expect the money"),
            "processed_until": self.env._("date up to which payments are processed"),
            "iban": self.env._("our bank account"),
            "phone": self.env._("our phone number"),
            "email": self.env._("our e-mail address"),
        }

    @api.depends("tone")
    def _compute_tone_order(self):
        order = [tone for tone, _label in TONES]
        for text in self:
            text.tone_order = order.index(text.tone) if text.tone else 0

    @api.depends_context("lang")
    def _compute_placeholders(self):
        rows = Markup().join(
            Markup("<li><code>{%s}</code> %s</li>") % (name, label)
            for name, label in self._placeholder_labels().items()
        )
        self.placeholders = Markup("<ul class='mb-0'>%s</ul>") % rows

    @api.depends("preview_partner_id", *BLOCKS)
    def _compute_preview(self):
        for text in self:
            text.preview = self.env["o2c.dunning.notice"]._preview_html(
                text, text.preview_partner_id, self.env.company
            )

    @api.constrains(*BLOCKS)
    def _check_placeholders(self):
        names = self._fields
        for text in self:
            for block in BLOCKS:
                wrong = unknown_placeholders(text[block] or "", PLACEHOLDERS)
                if wrong:
                    raise ValidationError(
                        self.env._(
                            "%(block)s contains %(wrong)s, which means nothing. Choose "
                            "from the list of placeholders and type it in one go.",
                            block=names[block]._description_string(self.env),
                            wrong=", ".join(wrong),
                        )
                    )

    @api.depends("subject", "lang", "tone")
    def _compute_display_name(self):
        tones = dict(self._fields["tone"]._description_selection(self.env))
        for text in self:
            tone = tones.get(text.tone, "")
            text.display_name = f"{tone} ({text.lang or ''})"

    @api.model
    def _for_company(self, company):
        """The texts a company uses, compiled once.

        :return: dict of (tone, language family) to a dict of compiled blocks
        """
        texts = self.sudo().search(
            Domain("company_id", "parent_of", company.ids)
            | Domain("company_id", "=", False)
        )
        found = {}
        for text in texts.sorted(lambda one: bool(one.company_id)):
            found[text.tone, text.lang] = text._compiled()
        return found

    @api.model
    def _pick(self, texts, tone, lang, company_lang):
        """The text in the customer's language, else the company's, else English."""
        for code in (lang, company_lang, "en"):
            if code and (tone, code[:2]) in texts:
                return texts[tone, code[:2]]
        return next((text for (t, _lang), text in texts.items() if t == tone), None)

    def _compiled(self):
        """The blocks cut into pieces, ready to be filled many times."""
        self.ensure_one()
        return {"id": self.id} | {
            block: compiled(str(self[block] or "")) for block in BLOCKS
        }

    @api.model
    def _fill(self, pieces, values):
        """One block with its values.

        :param dict values: plain text per placeholder; escaped here for HTML
        :return: dict of block to text, HTML blocks as Markup
        """
        safe = {name: str(escape(value)) for name, value in values.items()}
        texts = {
            block: Markup(filled(pieces[block], safe))
            for block in ("opening", "charge", "closing")
        }
        for block in ("subject", "script"):
            texts[block] = filled(pieces[block], values)
        return texts
