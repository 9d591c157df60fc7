"""Amounts and days as the reader writes them, on pages, papers and in mails."""

from datetime import date

from odoo.tests import TransactionCase, tagged

from ..tools.local_form import day_text, money_text

HARD, NARROW = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"


@tagged("post_install", "-at_install")
class TestLocalForm(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for code in ("nl_NL", "de_DE", "fr_FR"):
            cls.env["res.lang"]._activate_lang(code)
        cls.euro = cls.env.ref("base.EUR")

    def _in(self, lang):
        return self.env(context={"lang": lang})

    def test_the_sign_stands_where_the_language_puts_it(self):
        for lang, text, below in (
            ("nl_NL", f"€{HARD}4.265,14", f"€{HARD}-60,00"),
            ("de_DE", f"4.265,14{HARD}€", f"-60,00{HARD}€"),
            ("fr_FR", f"4{NARROW}265,14{HARD}€", f"-60,00{HARD}€"),
            ("en_US", "€4,265.14", "-€60.00"),
        ):
            self.assertEqual(money_text(self._in(lang), 4265.14, self.euro), text)
            self.assertEqual(money_text(self.env, -60, self.euro, lang), below)

    def test_nothing_is_never_less_than_nothing(self):
        self.assertEqual(money_text(self.env, -0.001, self.euro, "en_US"), "€0.00")
        self.assertEqual(money_text(self.env, None, self.euro, "en_US"), "€0.00")

    def test_a_price_keeps_its_own_decimals(self):
        yen = self.env.ref("base.JPY")
        self.assertEqual(
            money_text(self.env, 0.0125, self.euro, "nl_NL", digits=4),
            f"€{HARD}0,0125",
        )
        self.assertEqual(money_text(self.env, 1200, yen, "en_US"), "¥1,200")

    def test_a_day_means_one_day_only(self):
        day = date(2026, 11, 3)
        for lang, short, long in (
            ("nl_NL", "03-11-2026", "3 november 2026"),
            ("de_DE", "03.11.2026", "3. November 2026"),
            ("fr_FR", "03/11/2026", "3 novembre 2026"),
            ("en_US", "3 Nov 2026", "3 November 2026"),
        ):
            self.assertEqual(day_text(self._in(lang), day), short)
            self.assertEqual(day_text(self.env, day, lang, long=True), long)
        self.assertEqual(day_text(self.env, None), "")

    def test_pages_write_them_with_a_widget(self):
        arch = """<t t-name="x"><b t-out="amount"
            t-options="{'widget': 'o2c_money', 'display_currency': euro}"/>
            <i t-out="day" t-options="{'widget': 'o2c_day'}"/></t>"""
        view = self.env["ir.ui.view"].create({"type": "qweb", "arch": arch})
        values = {"amount": 4265.14, "euro": self.euro, "day": date(2026, 11, 3)}
        for lang, money, day in (
            ("nl_NL", f"€{HARD}4.265,14", "03-11-2026"),
            ("en_US", "€4,265.14", "3 Nov 2026"),
        ):
            found = self._in(lang)["ir.qweb"]._render(view.id, values)
            self.assertIn(money, found)
            self.assertIn(day, found)

    def test_our_mails_write_them_too_and_others_stay_as_they_are(self):
        template = self.env["mail.template"].create(
            {
                "name": "x",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "body_html": '<p t-out="format_amount(4265.14, object.env.ref('
                "'base.EUR'))\"/><p t-out=\"format_date('2026-11-03')\"/>",
            }
        )
        partner = self.env["res.partner"].create({"name": "x"})

        def body(lang):
            return template.with_context(lang=lang)._render_field(
                "body_html", partner.ids
            )[partner.id]

        self.assertIn("11/03/2026", body("en_US"))
        self.env["ir.model.data"].create(
            {
                "module": "o2c_base",
                "name": "x_template",
                "model": "mail.template",
                "res_id": template.id,
            }
        )
        self.assertIn("€4,265.14", body("en_US"))
        self.assertIn("3 Nov 2026", body("en_US"))
        self.assertIn(f"€{HARD}4.265,14", body("nl_NL"))
