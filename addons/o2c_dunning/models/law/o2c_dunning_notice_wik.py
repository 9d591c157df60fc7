"""A notice that is a 14-day letter: its text, its check, its clock."""

from markupsafe import Markup, escape

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.o2c_base.tools.local_form import day_text

from ...policy.claim import claims
from ...policy.collection_cost import collection_cost
from ...policy.debt import Letter
from ...policy.receipt_clock import receipt_clock
from ...policy.salutation import addressed
from ...tools.amount import decimal
from ...tools.placeholder import filled


class O2cDunningNotice(models.Model):
    _inherit = "o2c.dunning.notice"

    wik_cost = fields.Monetary(
        string="Cost Announced",
        currency_field="company_currency_id",
        readonly=True,
        help="Collection cost that this letter names, owed after its term.",
    )
    wik_interest = fields.Monetary(
        string="Interest Named", currency_field="company_currency_id", readonly=True
    )
    wik_check = fields.Text(
        string="Check of the Letter",
        compute="_compute_wik_check",
        help="What keeps this letter from leaving; empty when it is right.",
    )
    wik_cost_from = fields.Date(
        string="Cost Owed From",
        compute="_compute_wik_cost_from",
        help="The day after the fourteen days, counted from the day on which the "
        "letter is assumed to have arrived.",
    )

    @api.depends("kind", "state", "content", "line_ids.amount")
    def _compute_wik_check(self):
        for notice in self:
            unsent = notice.kind == "wik" and notice.state in ("waiting", "approved")
            found = notice._wik_findings() if unsent else ()
            early = [detail for code, detail in found if code == "not_in_default"]
            wrong = [one for one in found if one[0] != "not_in_default"]
            said = [notice._wik_in_words(wrong), notice._wik_early_words(early)]
            notice.wik_check = "\n".join(filter(None, said))

    def _wik_early_words(self, labels):
        """What becomes of items that are not in default: judged again when it leaves.

        :param labels: their numbers
        """
        if not labels:
            return ""
        named = ", ".join(labels)
        if len(labels) == len(self._asked_lines()):
            return self.env._(
                "%s: not in default yet. This letter waits for that day.", named
            )
        return self.env._(
            "%s: not in default yet. Stays out when this letter leaves.", named
        )

    @api.depends("kind", "state", "sent_on")
    def _compute_wik_cost_from(self):
        clocks = self._wik_clocks()
        for notice in self:
            clock = clocks.get(notice.id)
            notice.wik_cost_from = clock.cost_from if clock else False

    def _wik_clock(self):
        """The clock of this letter; None when it is none, or did not arrive.

        :return: :class:`policy.receipt_clock.ReceiptClock` or None
        """
        self.ensure_one()
        return self._wik_clocks().get(self.id)

    def _wik_clocks(self):
        """The clocks of the 14-day letters among these that left and arrived.

        :return: dict of notice id to :class:`policy.receipt_clock.ReceiptClock`
        """
        letters = self.filtered(
            lambda one: one.kind == "wik" and one.state == "sent" and one.sent_on
        )
        if not letters:
            return {}
        days = letters.mapped("sent_on")
        holidays = self.env["account.move"]._o2c_postal_holidays(min(days), max(days))
        terms = self.env["o2c.postal.term"]._terms()
        seen = letters._wik_seen()
        clocks = {}
        for letter in letters:
            clocks[letter.id] = receipt_clock(
                letter.channel,
                letter.sent_on,
                holidays,
                terms,
                letter.company_id.sudo().o2c_wik_extend,
                seen.get(letter.id),
            )
        return {key: clock for key, clock in clocks.items() if clock}

    def _wik_seen(self):
        """Day on which each letter was first seen in the portal."""
        self.env["o2c.delivery.log"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT res_id, min(at)::date FROM o2c_delivery_log
                 WHERE res_model = %s AND res_id = ANY(%s) AND channel = 'portal'
                   AND event IN ('seen', 'downloaded') GROUP BY res_id
                """,
                self._name,
                list(self.ids),
            )
        )
        return dict(rows)

    def _values_now(self, message, steps, recipient, today, channel=""):
        """Extends: a 14-day letter gives the days of the law, no days of the step."""
        values = super()._values_now(message, steps, recipient, today, channel)
        if values.get("kind") == "wik":
            moves = self.env["account.move"]
            clock = receipt_clock(
                values["channel"],
                today,
                moves._o2c_postal_holidays(today, today),
                self.env["o2c.postal.term"]._terms(),
                self.company_id.sudo().o2c_wik_extend,
            )
            values["pay_by"] = clock and fields.Date.subtract(clock.cost_from, days=1)
        return values

    def _rendered(self, texts=None, floor=None, urls=None):
        """Extends: a 14-day letter has a text of its own, made of data."""
        self.ensure_one()
        text = self.kind == "wik" and self._wik_text()
        if not text:
            return super()._rendered(texts, floor, urls)
        return self._wik_rendered(text, floor, urls)

    @api.model
    def _preview_wik(self, text, partner, company):
        """A 14-day letter as a customer would get it, before anything is written.

        :param text: ``o2c.wik.text``, saved or being edited
        """
        notice = self._preview_notice(
            partner,
            company,
            kind="wik",
            channel=text.preview_channel or "letter",
            lang=self._lang_of_family(text.lang),
        )
        return notice._wik_rendered(text)["content"]

    def _wik_rendered(self, text, floor=None, urls=None):
        """The letter in the words of a text."""
        floor = self._company_facts(self.company_id) if floor is None else floor
        urls = self._payment_urls() if urls is None else urls
        lang = self._wik_lang(text)
        blocks = self._wik_blocks(text, floor, lang)
        values = self._layout_values(blocks, floor, lang, urls.get(self.id, ""))
        layout = "notice_letter" if self.channel == "letter" else "notice_mail"
        content = (
            self.env["ir.qweb"]
            .with_context(lang=lang)
            ._render(
                f"o2c_dunning.{layout}",
                values | {"figures": [], "pay_by": ""},
            )
        )
        return {"subject": blocks["subject"], "content": content, "script": ""}

    def _wik_text(self):
        return self.env["o2c.wik.text"]._for(self.company_id, self.lang)

    def _wik_lang(self, text):
        """The language of the letter: the text's, with the customer's country."""
        own = self._installed_lang()
        if own[:2] == text.lang:
            return own
        codes = [code for code, _name in self.env["res.lang"].get_installed()]
        return next((code for code in codes if code[:2] == text.lang), own)

    def _wik_blocks(self, text, floor, lang):
        """Subject and HTML of the letter, filled."""
        values = self._wik_values(floor, lang)
        safe = {name: str(escape(value)) for name, value in values.items()}
        pieces = text._pieces()
        block = {
            name: Markup(filled(pieces[name], safe))
            for name in pieces
            if name != "subject"
        }
        parties = (
            self.env["ir.qweb"]
            .with_context(lang=lang)
            ._render(
                "o2c_dunning.wik_parties",
                {
                    "creditor": self._wik_party(self.company_id.sudo().partner_id),
                    "debtor": ", ".join(filter(None, self._wik_debtor().values())),
                },
            )
        )
        charge = block["term"]
        if self._wik_interest_named():
            charge += block["interest"]
        if self.company_id.sudo().o2c_cost_vat:
            charge += block["vat"]
        return {
            "subject": filled(pieces["subject"], values),
            "script": "",
            "blocks": [
                ("words", parties + block["opening"]),
                ("invoices", ""),
                ("words", charge),
                ("pay", ""),
                ("words", block["closing"]),
            ],
        }

    def _wik_values(self, floor, lang):
        """Plain text for every placeholder of the letter."""
        company = self.company_id.sudo()
        cost = self._wik_cost_named()
        percent = company.o2c_cost_vat_percent if company.o2c_cost_vat else 0
        return {
            "customer": self.partner_id.name or "",
            "contact": addressed(
                self.contact_id.name or self.partner_id.name or "", lang
            ),
            "company": company.name,
            "total": self._money(self.amount, lang),
            "cost": self._wik_money(cost, lang),
            "with_cost": self._wik_money(self.amount_company + cost, lang),
            "interest": self._wik_money(self._wik_interest_named(), lang),
            "until": day_text(self.env, self.date, lang, long=True),
            "vat": f"{percent:g}%",
            "iban": floor["iban"],
            "reference": self._payment_reference(),
            "phone": company.phone or "",
            "email": company.o2c_dunning_email or company.email or "",
        }

    def _wik_money(self, amount, lang):
        """An amount in the currency of the books, which is that of the law."""
        currency = self.company_id.sudo().currency_id
        return self.new({"currency_id": currency.id})._money(amount, lang)

    def _wik_party(self, partner):
        """Name and address on one line."""
        place = " ".join(filter(None, (partner.zip, partner.city)))
        return ", ".join(filter(None, (partner.name, partner.street, place)))

    def _wik_debtor(self):
        """Name and address of the debtor."""
        partner, contact = self.partner_id, self.contact_id or self.partner_id
        return {
            "name": partner.name or "",
            "street": contact.street or partner.street or "",
            "place": " ".join(
                filter(None, (contact.zip or partner.zip, contact.city or partner.city))
            ),
        }

    def _wik_cost_named(self):
        """The cost as the letter names it; taken anew as long as it has not left."""
        return self.wik_cost or float(self._wik_cost_now())

    def _wik_interest_named(self):
        """The interest as the letter names it; taken anew until it leaves."""
        return self.wik_interest or self._wik_interest_now()

    def _wik_cost_now(self):
        """The cost that the letter announces, in company currency."""
        company = self.company_id.sudo()
        law = company._o2c_law()
        if law.periodic:
            return self._wik_periodic_cost(law)
        return collection_cost(decimal(self.amount_company), law.vat_percent)

    def _wik_periodic_cost(self, law):
        """The same by the rule of periodic terms, as if this letter arrived today."""
        lines = self._asked_lines()
        clock = receipt_clock("email", self.date)
        items = frozenset((line.move_id.id, line.instalment) for line in lines)
        moves = lines.move_id.sudo()
        letters = moves._o2c_letters(self.company_id.sudo())
        letters = [one for one in letters if one.key != self.id]
        letters.append(Letter(self.id, clock, items))
        debts = moves._o2c_debts(self.company_id.sudo())
        figures = claims(debts, letters, law, clock.cost_from)
        return sum((one.cost for one in figures.values()), decimal(0))
