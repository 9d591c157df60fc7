"""The words of the 14-day letter, per language: editable, and checked when saved."""

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import html2plaintext

from ...policy.letter_wording import TERMS, wording
from ...tools.placeholder import compiled, unknown_placeholders

BLOCKS = ("subject", "opening", "term", "interest", "vat", "closing")
PLACEHOLDERS = (
    "customer",
    "contact",
    "company",
    "total",
    "cost",
    "with_cost",
    "interest",
    "until",
    "vat",
    "iban",
    "reference",
    "phone",
    "email",
)


class O2cWikText(models.Model):
    """One record per language. The list of invoices and the two parties are added."""

    _name = "o2c.wik.text"
    _description = "Text of the 14-Day Letter"
    _inherit = ["mail.thread"]
    _order = "lang, id"
    _rec_name = "subject"
    _check_company_auto = True
    _check_company_domain = models.check_company_domain_parent_of

    lang = fields.Selection(
        [("nl", "Dutch"), ("en", "English"), ("de", "German"), ("fr", "French")],
        string="Language",
        required=True,
        tracking=True,
        help="Used for customers with this language. Whoever reads none of them gets "
        "the Dutch letter.",
    )
    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        ondelete="cascade",
        help="Only this company uses the text. Empty: every company may use it.",
    )
    active = fields.Boolean(default=True)
    subject = fields.Char(required=True)
    opening = fields.Html(required=True, help="Stands above the list of invoices.")
    term = fields.Html(
        string="Term and Consequence",
        required=True,
        help="The fourteen days from receipt, and the cost that is owed afterwards. "
        "When the words of the law are missing you cannot save it.",
    )
    interest = fields.Html(help="Only in letters that name interest, see the settings.")
    vat = fields.Html(
        string="VAT on Cost",
        help="Only when VAT comes on top of the cost: says that it cannot be deducted.",
    )
    closing = fields.Html(required=True, help="Stands at the end.")
    placeholders = fields.Html(compute="_compute_placeholders", sanitize=False)
    preview_partner_id = fields.Many2one(
        "res.partner",
        string="Preview With",
        store=False,
        help="A customer with open invoices; nothing is sent.",
    )
    preview_channel = fields.Selection(
        [("email", "E-mail"), ("letter", "Letter")],
        string="Preview As",
        default="letter",
        store=False,
        help="A letter has no button, but a QR code and a bank account.",
    )
    preview = fields.Html(compute="_compute_preview", sanitize=False)

    _lang_uniq = models.UniqueIndex(
        "(lang, COALESCE(company_id, 0)) WHERE active",
        "There is already a 14-day letter in this language. Change that one.",
    )

    @api.model
    def _placeholder_labels(self):
        """What each placeholder becomes."""
        return {
            "customer": self.env._("name of the customer"),
            "contact": self.env._("name of the contact the letter goes to"),
            "company": self.env._("our name"),
            "total": self.env._("principal of all invoices in the letter"),
            "cost": self.env._("collection cost that is owed after the term"),
            "with_cost": self.env._("principal and cost together"),
            "interest": self.env._("interest until today"),
            "until": self.env._("day up to which that interest is counted"),
            "vat": self.env._("VAT rate on the cost"),
            "iban": self.env._("our bank account"),
            "reference": self.env._("what to mention with a payment"),
            "phone": self.env._("our phone number"),
            "email": self.env._("our e-mail address"),
        }

    @api.depends_context("lang")
    def _compute_placeholders(self):
        rows = Markup().join(
            Markup("<li><code>{%s}</code> %s</li>") % (name, label)
            for name, label in self._placeholder_labels().items()
        )
        self.placeholders = Markup("<ul class='mb-0'>%s</ul>") % rows

    @api.depends("preview_partner_id", "preview_channel", "lang", *BLOCKS)
    def _compute_preview(self):
        notices = self.env["o2c.dunning.notice"]
        for text in self:
            text.preview = notices._preview_wik(
                text, text.preview_partner_id, self.env.company
            )

    @api.constrains("lang", *BLOCKS)
    def _check_wording(self):
        for text in self:
            for block in BLOCKS:
                wrong = unknown_placeholders(text[block] or "", PLACEHOLDERS)
                if wrong:
                    raise ValidationError(
                        self.env._(
                            "%(block)s contains %(wrong)s, which means nothing. Choose "
                            "from the list of placeholders and type it in one go.",
                            block=text._fields[block]._description_string(self.env),
                            wrong=", ".join(wrong),
                        )
                    )
            text._check_lawful()

    def _check_lawful(self):
        """The words of the law stand in it, and nothing that undoes them."""
        words = " ".join(html2plaintext(self[block] or "") for block in BLOCKS)
        found = wording(self.lang, words.replace("*", ""))
        if "{cost}" not in str(self.term):
            found.append(("cost", "{cost}"))
        if found:
            labels = self.env["o2c.dunning.notice"]._wik_labels()
            raise ValidationError(
                self.env._(
                    "A judge would not accept this letter: %(why)s. Use, for example: "
                    "%(good)s",
                    why="; ".join(
                        labels[code] % detail if "%s" in labels[code] else labels[code]
                        for code, detail in found
                    ),
                    good=self._good_words()[self.lang],
                )
            )

    @api.model
    def _good_words(self):
        """A wording of the term that holds, per language: in that language always."""
        return {
            "nl": "binnen veertien dagen vanaf de dag nadat deze brief bij u is "
            "bezorgd",
            "en": "within fourteen days from the day after this letter was "
            "delivered to you",
            "de": "innerhalb von vierzehn Tagen ab dem Tag, nachdem dieser Brief Ihnen "
            "zugestellt wurde",
            "fr": "dans les quatorze jours à compter du lendemain du jour où cette "
            "lettre vous a été remise",
        }

    @api.model
    def _for(self, company, lang):
        """The text for a customer's language: his own, else Dutch.

        :param str lang: language code, such as nl_NL
        :return: the record, in sudo; empty when somebody archived them all
        """
        texts = self.sudo().search(
            Domain("company_id", "parent_of", company.ids)
            | Domain("company_id", "=", False)
        )
        for code in ((lang or "")[:2], "nl"):
            if code in TERMS:
                found = texts.filtered(lambda one, code=code: one.lang == code)
                if found:
                    return found.sorted(lambda one: not one.company_id)[:1]
        return self.browse()

    def _pieces(self):
        """The blocks cut into pieces, ready to be filled."""
        self.ensure_one()
        return {block: compiled(str(self[block] or "")) for block in BLOCKS}
