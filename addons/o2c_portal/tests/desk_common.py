"""A customer at the desk, with open invoices and a live collecting department."""

import re

from lxml import html

from odoo import Command, fields
from odoo.tests import tagged

from odoo.addons.o2c_dunning.tests.common import DunningCommon

from .common import PayHttpCommon

ACCOUNT = "/my/account-overview"


@tagged("post_install", "-at_install")
class DeskCommon(PayHttpCommon, DunningCommon):
    """Two invoices of 600 and 400 (two lines), overdue, of ``cls.sme``.

    Offers ``cls.user`` (portal user of the customer), :meth:`_send` (fills in a form as
    a browser does), :meth:`_judged` (what tonight's run says about an invoice).
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.company._o2c_today()
        cls.company.o2c_responsible_id = cls.manager
        late = fields.Date.to_string(fields.Date.subtract(cls.today, days=10))
        cls.first = cls._due(cls.sme, 600, late)
        cls.second = cls._due(cls.sme, 400, late, post=False)
        cls.second.invoice_line_ids = [
            Command.create(
                {"name": "Bakplaten", "price_unit": 100, "tax_ids": [Command.clear()]}
            )
        ]
        cls.second.invoice_date_due = late
        cls.second.action_post()
        cls.foreign = cls._due(cls.corporate, 999, late)
        cls.user = cls._portal_user("contact", cls.sme_contact)
        # a test user brings an address of his own
        cls.sme_contact.email = "crediteuren@proef.example"
        cls.plans = cls.env["o2c.payment.plan"].sudo()
        cls.promises = cls.env["o2c.payment.promise"].sudo()
        cls.disputes = cls.env["o2c.dispute"].sudo()
        cls.questions = cls.env["o2c.question"].sudo()
        cls.receipts = cls.env["o2c.desk.receipt"].sudo()

    def setUp(self):
        super().setUp()
        from ..controllers.pay_mail_code import ASKED

        ASKED._moments.clear()

    def _day(self, days):
        """A day counted from today, as forms write it."""
        return fields.Date.to_string(fields.Date.add(self.today, days=days))

    def _login(self):
        self.authenticate("contact", "contact")

    def _filled(self, page, **values):
        """What a browser would send of the form on a page with these values.

        Hidden fields and ticks are kept; the form is the one that is posted.
        """
        tree = html.fromstring(page.text)
        (form, *_more) = tree.xpath("//form[@method='post'][.//input[@name='form']]")
        data = {}
        for field in form.xpath(".//input[@name]"):
            kind = field.get("type")
            if (
                kind == "file"
                or kind in ("checkbox", "radio")
                and (field.get("checked") is None or field.get("disabled") is not None)
            ):
                continue
            data.setdefault(field.get("name"), []).append(field.get("value") or "")
        for field in form.xpath(".//select[@name]"):
            data[field.get("name")] = field.xpath(".//option[@selected]/@value")[:1]
        for name, value in values.items():
            data[name] = value if isinstance(value, list) else [str(value)]
        return form.get("action"), data

    def _send(self, path, files=None, follow=True, **values):
        """Open a form, fill it in and send it."""
        page = self.url_open(path)
        self.assertEqual(page.status_code, 200, path)
        action, data = self._filled(page, **values)
        return self.url_open(
            action, data=data, files=files, allow_redirects=follow, method="POST"
        )

    def _pay_rows(self, page):
        """Texts of the rows of a pay page, by number of the invoice."""
        rows = html.fromstring(page.text).xpath("//li[contains(@class,'o2c_pay_line')]")
        texts = [" ".join(row.text_content().split()) for row in rows]
        return {text.split()[0]: text for text in texts}

    def _judged(self, invoice):
        """Reason of tonight's run for an invoice."""
        self._nightly(fields.Date.to_string(self.today))
        return self._verdict(invoice).reason

    def _errors(self, page):
        """Sentences beside the fields of a page that came back."""
        self.assertEqual(page.status_code, 422)
        return self._feedback(page)

    def _feedback(self, page):
        """Sentences beside the fields of a page."""
        found = re.findall(r'class="o2c_desk_error"[^>]*>\s*([^<]+)', page.text)
        return [text.strip() for text in found]
