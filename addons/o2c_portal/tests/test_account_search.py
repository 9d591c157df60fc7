"""Who looks for an amount types it as it stands on his paper."""

from odoo.tests import tagged

from .common import PayCommon


@tagged("post_install", "-at_install")
class TestAccountSearch(PayCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.wanted = cls._invoice(cls.sme, 8203.80, "2026-01-05")
        cls.other = cls._invoice(cls.sme, 820.38, "2026-01-05")
        cls.user = cls._portal_user("contact", cls.sme_contact)
        cls.overview = cls.env["o2c.account.overview"].with_user(cls.user)

    def _found(self, text):
        found = self.overview._documents(self.user.partner_id, "all", search=text)
        return [row["move"].id for row in found["rows"]]

    def test_an_amount_is_found_however_it_is_typed(self):
        for text in (
            "8.203,80",
            "8203,80",
            "8203.80",
            "8,203.80",
            "8 203,80",
            "8\N{NARROW NO-BREAK SPACE}203,80\N{NO-BREAK SPACE}€",
            "€ 8.203,80",
            "€8,203.80",
            "EUR 8203,8",
        ):
            self.assertEqual(self._found(text), [self.wanted.id], text)

    def test_what_could_be_thousands_is_looked_for_as_thousands_too(self):
        whole = self._invoice(self.sme, 8203.0, "2026-01-06")
        self.assertEqual(self._found("8.203"), [whole.id])

    def test_what_is_still_open_is_found_too(self):
        self._pay(self.wanted, 203.80, "2026-01-20")
        self.assertEqual(self._found("8.000,00"), [self.wanted.id])

    def test_signs_that_a_database_reads_as_anything_are_looked_for_as_typed(self):
        self.wanted.ref = "50%_deel"
        for text in ("%", "_", "50%_d"):
            self.assertEqual(self._found(text), [self.wanted.id], text)
        self.assertEqual(self._found("5%_"), [])

    def test_no_amount_finds_nothing_by_amount(self):
        for text in ("0,00", "8203..80", "1e3", "infinity"):
            self.assertNotIn(self.wanted.id, self._found(text), text)
