"""What we write beside the ladder: about promises, plans, disputes and questions."""

from markupsafe import Markup, escape

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ...tools.placeholder import compiled, filled, unknown_placeholders

KINDS = [
    ("answer", "Answer to a question"),
    ("promise_before", "Before a promised day"),
    ("dispute_rejected", "Dispute rejected"),
    ("dispute_settled", "Dispute settled"),
    ("plan_agreed", "Plan agreed"),
    ("plan_before", "Before an instalment"),
    ("plan_late", "Instalment late"),
    ("plan_broken", "Plan ended, all is due"),
    ("plan_withdrawn", "Plan withdrawn"),
    ("plan_kept", "Plan kept"),
]
BLOCKS = ("subject", "body")
PLACEHOLDERS = (
    "customer",
    "contact",
    "company",
    "reference",
    "invoices",
    "amount",
    "date",
    "left",
    "schedule",
    "text",
    "iban",
    "phone",
    "email",
    "sender",
)


class O2cCustomerText(models.Model):
    """The words for one occasion in one language; a record per language."""

    _name = "o2c.customer.text"
    _description = "Customer Text"
    _inherit = ["mail.thread"]
    _order = "kind, lang, sequence, id"
    _check_company_auto = True
    _check_company_domain = models.check_company_domain_parent_of

    name = fields.Char(
        required=True, help="How colleagues find it, such as: copy of an invoice."
    )
    kind = fields.Selection(
        KINDS,
        string="Occasion",
        required=True,
        default="answer",
        help="When it is used. Answers are chosen by a person, all others by what "
        "happens.",
    )
    sequence = fields.Integer(default=10)
    lang = fields.Selection(
        selection=lambda self: self.env["o2c.notice.text"]._languages(),
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
    body = fields.Html(string="Text", required=True, help="What the customer reads.")
    attach_invoices = fields.Boolean(
        string="With the Invoices",
        help="The PDF of each invoice goes with an answer by mail.",
    )
    placeholders = fields.Html(compute="_compute_placeholders", sanitize=False)

    _text_uniq = models.UniqueIndex(
        "(kind, lang, COALESCE(company_id, 0)) WHERE active AND kind <> 'answer'",
        "There is already a text for this occasion and language. Change that one.",
    )

    @api.model
    def _placeholder_labels(self):
        """What each placeholder becomes, for the people who write texts."""
        return {
            "customer": self.env._("name of the customer"),
            "contact": self.env._("name of the contact the message goes to"),
            "company": self.env._("our name"),
            "reference": self.env._("our number of the plan, dispute or question"),
            "invoices": self.env._("numbers of the invoices it is about"),
            "amount": self.env._("amount promised, disputed, agreed or due"),
            "date": self.env._("day promised, or on which an instalment is due"),
            "left": self.env._("what is still open"),
            "schedule": self.env._("list of the instalments (plans only)"),
            "text": self.env._("our findings, or what the customer asked"),
            "iban": self.env._("our bank account"),
            "phone": self.env._("our phone number"),
            "email": self.env._("our e-mail address"),
            "sender": self.env._("name of the colleague who writes"),
        }

    @api.depends_context("lang")
    def _compute_placeholders(self):
        rows = Markup().join(
            Markup("<li><code>{%s}</code> %s</li>") % (name, label)
            for name, label in self._placeholder_labels().items()
        )
        self.placeholders = Markup("<ul class='mb-0'>%s</ul>") % rows

    @api.constrains(*BLOCKS)
    def _check_placeholders(self):
        for text in self:
            for block in BLOCKS:
                wrong = unknown_placeholders(text[block] or "", PLACEHOLDERS)
                if wrong:
                    raise ValidationError(
                        self.env._(
                            "%(block)s contains %(wrong)s, which means nothing. Choose "
                            "from the list of placeholders and type it in one go.",
                            block=self._fields[block]._description_string(self.env),
                            wrong=", ".join(wrong),
                        )
                    )

    @api.model
    def _find(self, kind, company, lang):
        """The text for an occasion, in the customer's language, else the company's,
        else English; a company's own goes before a shared one.

        :return: ``o2c.customer.text``, in sudo; empty when there is none at all
        """
        texts = self.sudo().search(
            Domain("kind", "=", kind)
            & (
                Domain("company_id", "parent_of", company.ids)
                | Domain("company_id", "=", False)
            )
        )
        for code in (lang, company.partner_id.lang, "en"):
            mine = texts.filtered(lambda one, code=code: one.lang == (code or "")[:2])
            if mine:
                return mine.sorted(lambda one: not one.company_id)[0]
        return texts[:1]

    def _filled(self, values):
        """Subject and body with their values.

        :param dict values: plain text per placeholder, or ``Markup`` for a list;
            what is missing stays empty
        """
        self.ensure_one()
        plain = {name: str(values.get(name) or "") for name in PLACEHOLDERS}
        safe = {name: str(escape(values.get(name) or "")) for name in PLACEHOLDERS}
        return {
            "subject": filled(compiled(self.subject), plain),
            "body": Markup(filled(compiled(str(self.body)), safe)),
        }
