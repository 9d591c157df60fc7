"""A stubborn customer, an agency, and a case that is ready to leave the house."""

import io

from odoo.tests import freeze_time
from odoo.tools.pdf import PdfWriter

from .common import DunningCommon

TODAY = "2026-06-01"


@freeze_time(f"{TODAY} 09:00:00")
class CollectionCommon(DunningCommon):
    #: whether pages are really printed; takes seconds each
    real_pdf = False

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agency = cls.env["o2c.collection.agency"].create(
            {
                "partner_id": cls.env["res.partner"]
                .create({"name": "Incasso Proef", "email": "dossier@incasso.example"})
                .id
            }
        )
        cls.registered = {
            "register_number": "WKI-0042",
            "registered_from": "2024-04-01",
            "checked_on": "2026-05-01",
        }
        cls.env["o2c.interest.rate"].with_context(active_test=False).search([]).write(
            {"certainty": "confirmed", "active": True}
        )
        cls.company.o2c_term_agreed = "agreed"
        cls.files = cls.env["o2c.collection.file"].sudo()

    def setUp(self):
        super().setUp()
        if not self.real_pdf:
            page = self._blank_pdf()
            self.patch(type(self.files), "_html_to_pdf", lambda this, html: page)

    @classmethod
    def _blank_pdf(cls, pages=1):
        """A PDF of empty pages, in no time."""
        writer = PdfWriter()
        for _page in range(pages):
            writer.add_blank_page(210, 297)
        with io.BytesIO() as buffer:
            writer.write(buffer)
            return buffer.getvalue()

    def _case(self, partner=None, *dues, amount=1000):
        """A case with an overdue invoice per due date; reminded on 4 March."""
        partner = partner or self.sme
        self.invoices = self.env["account.move"]
        for due in dues or ("2026-03-01",):
            self.invoices += self._due(partner, amount, due)
        return self.cases.search(
            [("partner_id", "=", partner.id), ("state", "!=", "closed")]
        ) or self.cases._case_of(self.invoices)

    def _file(self, case=None, user=None):
        """The proposal of a case, made by a collector, with the agency."""
        case = (case or self._case()).with_user(user or self.collector)
        case.action_handover()
        file = case.file_ids.filtered(lambda one: one.state == "proposed")
        file.agency_id = self.agency
        return file

    def _ready(self, case=None):
        """A file whose dossier was made."""
        file = self._file(case)
        file.action_prepare()
        self.files._cron_dossier()
        self.assertEqual(file.state, "ready")
        return file

    def _handed_over(self, case=None):
        """A file that is with the agency."""
        file = self._ready(case)
        file.with_user(self.manager).action_hand_over()
        self.assertEqual(file.state, "handed_over")
        return file
