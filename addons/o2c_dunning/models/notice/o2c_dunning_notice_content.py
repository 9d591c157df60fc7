"""What a notice says: the user's text, the list of items, one layout for all."""

import hashlib
import json
from urllib.parse import quote_plus

from odoo import api, fields, models

from odoo.addons.o2c_base.tools.local_form import day_text, money_text

from ...policy.salutation import addressed

#: What the hash covers besides the content.
HASHED = (
    "company_id",
    "currency_id",
    "channel",
    "step_name",
    "step_days",
    "email_to",
    "amount",
    "subject",
)


class O2cDunningNotice(models.Model):
    _inherit = "o2c.dunning.notice"

    def _rendered(self, texts=None, floor=None, urls=None):
        """Subject and content as they would leave now.

        :param dict texts: the company's texts, compiled once for a whole run
        :param dict floor: facts of the company, read once for a whole run
        :param dict urls: pay pages by notice, made once for a whole run
        :return: dict with subject, content and script
        """
        self.ensure_one()
        model = self.env["o2c.notice.text"]
        company = self.company_id
        texts = model._for_company(company) if texts is None else texts
        floor = self._company_facts(company) if floor is None else floor
        urls = self._payment_urls() if urls is None else urls
        lang = self._installed_lang()
        pieces = self._picked(texts, lang)
        if pieces is None:
            return {"subject": self.step_name or "", "content": "", "script": ""}
        blocks = model._fill(pieces, self._placeholder_values(floor, lang))
        url = urls.get(self.id, "")
        return {
            "subject": blocks["subject"],
            "content": self._laid_out(pieces, blocks, floor, lang, url),
            "script": blocks["script"],
        }

    def _picked(self, texts, lang):
        """The text for this reminder, cut into pieces; None when there is none."""
        return self.env["o2c.notice.text"]._pick(
            texts,
            self.tone,
            (lang, self.company_id.partner_id.lang),
            step=self.step_id.id or 0,
            kind=self.kind or "",
            segment=self.partner_id.sudo().o2c_segment_id.id or 0,
        )

    def _laid_out(self, pieces, blocks, floor, lang, url):
        """Hook: what the customer reads, in the form of the way it goes.

        :param dict pieces: the text, not filled
        :param dict blocks: its subject, script and blocks, filled
        :param dict floor: facts of the company
        :param str url: page where he can pay, if there is one
        """
        values = self._layout_values(blocks, floor, lang, url)
        layout = "notice_letter" if self.channel == "letter" else "notice_mail"
        return (
            self.env["ir.qweb"]
            .with_context(lang=lang)
            ._render(f"o2c_dunning.{layout}", values)
        )

    def _installed_lang(self):
        """The customer's language when it is installed, else the company's."""
        installed = {code for code, _name in self.env["res.lang"].get_installed()}
        for code in (self.lang, self.company_id.partner_id.lang):
            if code in installed:
                return code
        return "en_US" if "en_US" in installed else next(iter(installed))

    @api.model
    def _company_facts(self, company):
        """What every message of a company says about the company itself.

        :return: dict with bank account and the date payments are processed to
        """
        company = company.sudo()
        return {
            "processed_until": company._o2c_processed_until(),
            "iban": company.partner_id.bank_ids[:1].acc_number or "",
            "base_url": company.get_base_url(),
        }

    def _asked_lines(self):
        """Items whose amount stands in the total."""
        return self.line_ids.filtered(lambda line: line.kind in ("remind", "open"))

    def _placeholder_values(self, floor, lang):
        """Plain text for every placeholder a text may use."""
        self.ensure_one()
        company, asked = self.company_id.sudo(), self._asked_lines()
        today = self.date
        oldest = min(asked.mapped("due"), default=today)

        def day(value):
            return day_text(self.env, value, lang, long=True)

        return {
            "customer": self.partner_id.name or "",
            "contact": addressed(
                self.contact_id.name or self.partner_id.name or "", lang
            ),
            "company": company.name,
            "total": self._money(self.amount, lang),
            "count": str(len(asked)),
            "invoices": ", ".join(asked.mapped("label")),
            "oldest_due": day(oldest),
            "oldest_days": str(max(0, (today - oldest).days)),
            "pay_by": day(self.pay_by or self._pay_by(today)),
            "processed_until": day(floor["processed_until"] or today),
            "iban": floor["iban"],
            "phone": company.phone or "",
            "email": company.o2c_dunning_email or company.email or "",
        }

    def _pay_by(self, today):
        """Day by which this reminder asks to be paid; one that comes in advance asks
        for nothing before the due date."""
        day = fields.Date.add(today, days=self.step_id.pay_within or 7)
        if self.step_days < 0:
            day = max(self._asked_lines().mapped("due"), default=day)
        return day

    def _money(self, amount, lang):
        """Amount as people write it in the customer's language: a Dutchman puts the
        euro sign in front, a German behind."""
        return money_text(self.env, amount, self.currency_id, lang)

    def _layout_values(self, blocks, floor, lang, url):
        """What the layout needs: blocks, rows, totals, button and QR code."""
        company = self.company_id.sudo()
        lines = self.line_ids.sorted(
            lambda line: (line.kind in ("credit", "payment"), line.due, line.label)
        )
        letter = url and self.channel == "letter"
        processed = floor["processed_until"]
        return {
            "notice": self,
            "company": company,
            "blocks": self._shown_blocks(blocks["blocks"]),
            "figures": self._charge_figures(lang)
            if self.charge_info in ("show", "claim")
            else [],
            "rows": [self._row_values(line, lang) for line in lines],
            "total": self._money(self.amount, lang),
            "pay_by": day_text(
                self.env, self.pay_by or self._pay_by(self.date), lang, long=True
            ),
            "url": url,
            "qr_src": self._payment_qr_src(url, floor["base_url"]) if url else "",
            "codes": self._payment_codes(url, lang) if letter else [],
            "reference": self._payment_reference(),
            "sender_email": company.o2c_dunning_email or company.email or "",
            "processed_until": processed
            and day_text(self.env, processed, lang, long=True),
            "iban": floor["iban"],
            "base_url": floor["base_url"],
            "lang": lang,
        }

    def _shown_blocks(self, blocks):
        """The blocks of a text that this reminder has, in their order.

        :param blocks: pairs of kind and text
        :return: list of such pairs; an empty text of the user is left out
        """
        charge = self.charge_info not in (False, "none")
        return [
            (kind, text)
            for kind, text in blocks
            if (kind != "charge" or charge) and (kind != "words" or text.strip())
        ]

    def _payment_reference(self):
        """What to mention with a bank transfer: the numbers, as far as they fit."""
        labels = self._asked_lines().sorted("due").mapped("label")
        shown = ", ".join(labels[:4])
        return f"{shown} …" if len(labels) > 4 else shown

    def _row_values(self, line, lang):
        """One row of the list, already written out."""
        late = (self.date - line.due).days if line.kind in ("remind", "open") else 0
        return {
            "kind": line.kind,
            "label": line.label,
            "issued": line.issued and day_text(self.env, line.issued, lang),
            "due": day_text(self.env, line.due, lang),
            "late": max(0, late),
            "amount": self._money(line.amount, lang),
            "disputed": line.kind != "disputed"
            and line.amount_disputed
            and self._money(line.amount_disputed, lang),
            "promised": line.kind != "promised"
            and line.amount_promised
            and self._money(line.amount_promised, lang),
        }

    def _letter_date(self):
        """The date of a letter, written out in the customer's language."""
        return day_text(self.env, self.date, self._installed_lang(), long=True)

    def _seal(self):
        """Hash over the meta data and the hash of the content."""
        self.ensure_one()
        body = hashlib.sha256(str(self.content or "").encode()).hexdigest()
        meta = {
            name: self[name].id if self._fields[name].relational else self[name]
            for name in HASHED
        }
        return hashlib.sha256(
            json.dumps([meta, body], sort_keys=True, default=str).encode()
        ).hexdigest()

    def _payment_urls(self):
        """Hook: pages where customers pay these reminders, made in one go.

        :return: dict of notice id to address; without an entry there is no page
        """
        return {}

    def _charge_figures(self, lang):
        """Hook: interest and cost that this reminder shows or claims.

        :param str lang: language of the customer
        :return: list of (label, amount as text); empty where the law allows none
        """
        return []

    def _payment_qr_src(self, url, base_url):
        """Hook: address of the picture that shows the payment page as a QR code.

        Mail programs do not show pictures that are written into the mail, so it is
        an address of this server.
        """
        return (
            f"{base_url}/report/barcode/?barcode_type=QR"
            f"&value={quote_plus(url)}&width=180&height=180"
        )

    def _payment_codes(self, url, lang):
        """Hook: the codes to scan on a letter.

        :return: list of dict ``picture`` (address of an image) and ``text``
        """
        return []
