"""A piece of a reminder: words of the user's own, or a part that is made for him."""

from odoo import api, fields, models
from odoo.tools import html2plaintext

#: The parts of a reminder. Only words and the text about cost are written by people.
BLOCK_KINDS = [
    ("words", "Words"),
    ("invoices", "List of invoices"),
    ("pay", "How to pay"),
    ("charge", "About cost"),
]
#: What a new text starts with.
USUAL_ORDER = ("words", "invoices", "pay", "charge", "words")
WRITTEN = ("words", "charge")
MADE = ("invoices", "pay")


class O2cNoticeBlock(models.Model):
    """One block of a text, in its place."""

    _name = "o2c.notice.block"
    _description = "Reminder Text Block"
    _order = "text_id, sequence, id"

    text_id = fields.Many2one(
        "o2c.notice.text", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        BLOCK_KINDS,
        string="Block",
        default="words",
        required=True,
        help="Words: what you write. List of invoices, how to pay: made for every "
        "customer; you decide where they stand. About cost: only in steps that say "
        "something about interest and cost, with the amounts where they are shown.",
    )
    body = fields.Html(
        string="What It Says",
        help="What the customer reads. Placeholders between braces become his figures.",
    )
    excerpt = fields.Char(string="Begins With", compute="_compute_excerpt")

    @api.depends("body", "kind")
    def _compute_excerpt(self):
        made = {
            "invoices": self.env._("made for every customer: invoices, due, total"),
            "pay": self.env._("made for every customer: button, QR code, bank account"),
        }
        for block in self:
            words = " ".join(html2plaintext(block.body or "").split())
            if len(words) > 110:
                words = words[:110].rsplit(" ", 1)[0] + " …"
            block.excerpt = made.get(block.kind) or words

    def write(self, vals):
        """Who changes what customers read leaves a trace on the text."""
        before = {block: (block.kind, block.body) for block in self}
        result = super().write(vals)
        changed = self.filtered(lambda one: (one.kind, one.body) != before[one])
        changed._tell(self.env._("Block changed: %(block)s"))
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_and_tell(self):
        self._tell(self.env._("Block taken out: %(block)s"))

    def _tell(self, words):
        """A line in the conversation of the text, by whoever did it.

        :param str words: with ``%(block)s``
        """
        if self.env.context.get("install_mode"):
            return
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for block in self:
            name = " · ".join(filter(None, (kinds[block.kind], block.excerpt)))
            block.text_id.message_post(body=words % {"block": name})

    @api.constrains("kind", "body", "text_id")
    def _check_body(self):
        self.text_id._check_placeholders()
        self.text_id._check_once()
