"""On a phone of 390 pixels nothing of the account stands outside the screen."""

from odoo import Command
from odoo.tests import tagged

from .common import PayHttpCommon

#: Everything between the edges of the screen, and a row in reach of the eye.
FITS = """
document.querySelectorAll("details").forEach((one) => (one.open = true));
const wide = document.documentElement.clientWidth;
const out = [...document.querySelectorAll("#wrap *, main *")].filter((one) => {
    const box = one.getBoundingClientRect();
    const hidden = one.closest("thead, .visually-hidden, .o_portal_navbar");
    return box.width && !hidden && (box.right > wide + 1 || box.left < -1);
});
if (window.innerWidth !== %(width)s) {
    throw new Error(`the screen is ${window.innerWidth} wide`);
}
const all = [...document.querySelectorAll("body *")].filter(
    (one) => one.getBoundingClientRect().right > wide + 1
);
if (out.length || document.documentElement.scrollWidth > wide) {
    throw new Error(`off the screen: ${(out[0] || all[0])?.outerHTML.slice(0, 200)}`);
}
if (!document.querySelector(%(wanted)r)) {
    throw new Error("there is no row");
}
console.log("test successful");
"""


@tagged("post_install", "-at_install")
class TestNarrow(PayHttpCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for code in ("nl_NL", "de_DE", "fr_FR"):
            cls.env["res.lang"]._activate_lang(code)
        term = cls.env["account.payment.term"].create(
            {
                "name": "In two",
                "line_ids": [
                    Command.create(
                        {"value": "percent", "value_amount": 50, "nb_days": days}
                    )
                    for days in (14, 4000)
                ],
            }
        )
        cls.long = cls._invoice(
            cls.sme,
            1428203.8,
            "2026-01-05",
            ref="BESTELLING-2026-KANAALWEG-000017-UTRECHT",
            invoice_payment_term_id=term.id,
        )
        cls.paid = cls._invoice(cls.sme, 9128203.8, "2026-01-05")
        cls._pay(cls.paid)
        cls._invoice(cls.sme, 1200.0, "2026-01-06", move_type="out_refund")
        cls._portal_user("contact", cls.sme_contact)

    def _fits(self, path, width, wanted):
        self.browser_size = f"{width}x844"
        script = FITS % {"width": width, "wanted": wanted}
        self.browser_js(path, script, login="contact", timeout=60)

    def test_the_documents_are_cards_on_a_phone(self):
        account = "/my/account-overview"
        for show in ("all", "overdue", "paid", "credit"):
            self._fits(f"{account}?show={show}", 390, ".o2c_account_table tbody tr")
        for lang in ("de", "fr"):
            self._fits(f"/{lang}{account}?show=all", 390, ".o2c_account_open")
        self._fits(f"{account}/document/{self.long.id}", 390, ".o2c_account_timeline")

    def test_on_a_desk_they_are_a_table(self):
        path = "/my/account-overview?show=all"
        self._fits(path, 1366, ".o2c_account_table thead th")

    def test_the_pay_page_fits_with_all_its_boxes_open(self):
        link = self.env["o2c.payment.link"]._for(self.long)
        for lang in ("nl", "de", "fr"):
            self._fits(f"{self._path(link)}?lang={lang}", 390, ".o2c_pay_line small")
