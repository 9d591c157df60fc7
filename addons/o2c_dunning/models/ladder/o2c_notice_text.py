"""What a reminder says: blocks in an order of your own, with a closed list of blanks.

A text per tone and language; where a segment, a kind of step or a single step needs
other words, a text of its own.
"""

from markupsafe import Markup, escape

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command, Domain

from ...tools.placeholder import compiled, filled, unknown_placeholders
from .o2c_dunning_ladder import STEP_KINDS, TONES
from .o2c_notice_block import MADE, USUAL_ORDER, WRITTEN


class O2cNoticeText(models.Model):
    """The words of one tone in one language, for everybody or for some.

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
    kind = fields.Selection(
        [step for step in STEP_KINDS if step[0] not in ("wik", "handover")],
        string="Only For Steps That Are",
        help="Such as a notice of default, which must say other things. Empty: for "
        "every step with this tone. The 14-day letter has a text of its own.",
    )
    segment_id = fields.Many2one(
        "o2c.customer.segment",
        string="Only Segment",
        ondelete="cascade",
        help="Only for customers of this segment. Empty: for everybody.",
    )
    step_id = fields.Many2one(
        "o2c.dunning.step",
        string="Only Step",
        ondelete="cascade",
        domain="[('kind', 'not in', ('wik', 'handover'))]",
        help="Only for this step of this ladder; goes before every other text of the "
        "same language. Empty: for every step with this tone.",
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
    block_ids = fields.One2many(
        "o2c.notice.block",
        "text_id",
        string="Blocks",
        copy=True,
        default=lambda self: self._usual_blocks(),
        help="Drag them into the order in which the customer reads them.",
    )
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
    preview_channel = fields.Selection(
        [("email", "E-mail"), ("letter", "Letter")],
        string="Preview As",
        default="email",
        store=False,
        help="A letter has no button, but a QR code and a bank account.",
    )
    preview = fields.Html(compute="_compute_preview", sanitize=False)
    preview_subject = fields.Char(
        string="Subject in the Preview",
        compute="_compute_preview",
        help="The subject as this customer would get it.",
    )

    _text_uniq = models.UniqueIndex(
        "(tone, lang, COALESCE(company_id, 0), COALESCE(kind, ''),"
        " COALESCE(segment_id, 0), COALESCE(step_id, 0)) WHERE active",
        "There is already a text for this tone and language, and for the same segment, "
        "kind and step. Change that one.",
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

    @api.depends(
        "preview_partner_id",
        "preview_channel",
        "subject",
        "script",
        "block_ids.body",
        "block_ids.kind",
        "block_ids.sequence",
    )
    def _compute_preview(self):
        for text in self:
            shown = self.env["o2c.dunning.notice"]._preview(
                text, text.preview_partner_id, self.env.company
            )
            text.preview = shown["content"]
            text.preview_subject = shown["subject"]

    @api.constrains("subject", "script")
    def _check_placeholders(self):
        names, allowed = self._fields, tuple(self._placeholder_labels())
        for text in self:
            written = [
                (names[name]._description_string(self.env), text[name])
                for name in ("subject", "script")
            ]
            written += [
                (block.excerpt or "", block.body)
                for block in text.block_ids
                if block.kind in WRITTEN
            ]
            for where, words in written:
                wrong = unknown_placeholders(words or "", allowed)
                if wrong:
                    raise ValidationError(
                        self.env._(
                            "%(block)s contains %(wrong)s, which means nothing. Choose "
                            "from the list of placeholders and type it in one go.",
                            block=where,
                            wrong=", ".join(wrong),
                        )
                    )

    @api.constrains("block_ids")
    def _check_complete(self):
        """Every reminder lists its invoices and says how to pay."""
        for text in self:
            if text.block_ids and not set(MADE) <= set(text.block_ids.mapped("kind")):
                raise ValidationError(
                    self.env._(
                        "A reminder lists the invoices and says how to pay. Add the "
                        "block that is missing."
                    )
                )

    def _check_once(self):
        """Only words come more than once."""
        for text in self:
            kinds = text.block_ids.mapped("kind")
            if any(kinds.count(kind) > 1 for kind in (*MADE, "charge")):
                raise ValidationError(
                    self.env._(
                        "The list of invoices, how to pay and the words about cost "
                        "stand in a reminder once. Take the second block out."
                    )
                )

    @api.model
    def _usual_blocks(self):
        """Commands for the blocks that a new text starts with; a text that ships
        brings its own."""
        if self.env.context.get("install_mode"):
            return []
        return [
            Command.create({"sequence": number * 10, "kind": kind})
            for number, kind in enumerate(USUAL_ORDER, 1)
        ]

    @api.depends("subject", "lang", "tone", "kind", "segment_id", "step_id")
    def _compute_display_name(self):
        tones = dict(self._fields["tone"]._description_selection(self.env))
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for text in self:
            special = (
                kinds.get(text.kind),
                text.segment_id.name,
                text.step_id.display_name,
            )
            name = f"{tones.get(text.tone, '')} ({text.lang or ''})"
            text.display_name = " · ".join([name, *filter(None, special)])

    @api.model
    def _for_company(self, company):
        """The texts a company uses, compiled once.

        :return: dict of (tone, language family, step id, kind, segment id) to a dict of
            compiled pieces; 0 and "" stand for everybody
        """
        texts = self.sudo().search(
            Domain("company_id", "parent_of", company.ids)
            | Domain("company_id", "=", False)
        )
        found = {}
        for text in texts.sorted(lambda one: bool(one.company_id)):
            found[text._key()] = text._compiled()
        return found

    def _key(self):
        """Whom this text is for, as ``_pick`` looks it up."""
        self.ensure_one()
        return (
            self.tone,
            (self.lang or "en")[:2],
            self.step_id.id or 0,
            self.kind or "",
            self.segment_id.id or 0,
        )

    @api.model
    def _pick(self, texts, tone, langs, step=0, kind="", segment=0):
        """The most particular text in the first language that has one: for the step,
        then for the kind of step, then for the segment, then for everybody.

        :param langs: language codes: the customer's, the company's
        """
        for code in (*langs, "en"):
            for own in (step, 0):
                for what in (kind, ""):
                    for who in (segment, 0):
                        text = texts.get((tone, (code or "")[:2], own, what, who))
                        if text:
                            return text
        return next((text for key, text in texts.items() if key[0] == tone), None)

    def _compiled(self):
        """The blocks cut into pieces, ready to be filled many times."""
        self.ensure_one()
        blocks = [
            (block.kind, compiled(str(block.body or "")))
            for block in self.block_ids.sorted("sequence")
        ]
        # whatever happened to the blocks: no reminder without its invoices
        there = {kind for kind, _pieces in blocks}
        blocks += [(kind, ("",)) for kind in MADE if kind not in there]
        return {
            "id": self.id,
            "subject": compiled(self.subject or ""),
            "script": compiled(self.script or ""),
            "blocks": blocks,
        }

    @api.model
    def _fill(self, pieces, values):
        """A text with its values.

        :param dict values: plain text per placeholder; escaped here for HTML
        :return: dict with subject and script, and blocks as pairs of kind and Markup
        """
        safe = {name: str(escape(value)) for name, value in values.items()}
        return {
            "subject": filled(pieces["subject"], values),
            "script": filled(pieces["script"], values),
            "blocks": [
                (kind, Markup(filled(block, safe))) for kind, block in pieces["blocks"]
            ],
        }
