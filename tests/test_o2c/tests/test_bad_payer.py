import base64
import re

from odoo.tests import tagged

from .common import StoryCase

BUREAU = """kvk;bureau;date;score;credit_advice
{registry};Bureau Proef;{date};4;0
"""


@tagged("post_install", "-at_install")
class TestBadPayer(StoryCase):
    """A bureau warns, the policy asks money first, the customer pays on his phone."""

    def test_from_the_bureaus_file_to_the_paid_advance_and_the_delivery(self):
        self._set_policy()
        self._import_bureau_file()
        self.assertEqual(self.sme._o2c_profile(self.company).grade, "D")

        order = self._order_arrives(20, "WEB-2001")
        self.assertEqual(order.prepayment_percent, 0.5)
        self.assertEqual(order.payment_term_id, self.cell.payment_term_id)
        order.with_user(self.seller).action_confirm()
        hold = order.o2c_hold_id
        self.assertIn("down_payment", [reason.code for reason in hold._reasons()])
        self.assertFalse(order.picking_ids)
        self.assertEqual(hold.policy_id, self.cell)

        mail = self._ask(hold)
        self.assertEqual(hold.asked_amount, round(order.amount_total / 2, 2))
        for word in ("limiet", "krediet", "geblokkeerd", "score", "limit", "hold"):
            self.assertNotIn(word, mail.body.lower())
        self._pay_order_on_a_phone(mail)
        self.assertEqual(order.state, "sale", "nobody had to let it go")
        self.assertEqual(hold.state, "resolved")
        self.assertFalse(hold.released_by_id)

        self._deliver(order)
        self._bill()
        self.assertEqual(order.invoice_ids.state, "posted")

    def _set_policy(self):
        """Who is graded D pays half up front, and the rest after eight days."""
        self.cell = self.env.ref("o2c_credit.o2c_credit_policy_d")
        self.cell.write(
            {
                "down_payment": 50,
                "payment_term_id": self.env["account.payment.term"]
                .create({"name": "8 dagen", "line_ids": [(0, 0, {"nb_days": 8})]})
                .id,
            }
        )

    def _import_bureau_file(self):
        """The controller looks at the file first; the night makes a grade of it."""
        content = BUREAU.format(
            registry=self.sme.company_registry, date=self.company._o2c_today()
        )
        wizard = (
            self.env["o2c.report.import"]
            .with_user(self.controller)
            .create(
                {
                    "filename": "bureau.csv",
                    "file": base64.b64encode(content.encode()),
                }
            )
        )
        wizard.action_look()
        self.assertEqual((wizard.good_count, wizard.bad_count), (1, 0))
        wizard.action_import()
        self._rescore()

    def _ask(self, hold):
        """The controller reads the mail and sends it."""
        action = hold.with_user(self.controller).action_ask_payment()
        request = self.env["o2c.payment.request"].browse(action["res_id"])
        request.with_user(self.controller).action_send()
        return hold.order_id.message_ids[0]

    def _pay_order_on_a_phone(self, mail):
        """The customer opens the link of the mail and pays what it asks."""
        path = re.search(r'href="[^"]*?(/my/orders/[^"]+)"', mail.body)[1]
        with self._phone(path.replace("&amp;", "&")) as page:
            # the address names the amount, so the form opens by itself
            page.locator("#modalaccept.show").wait_for(timeout=60000)
            page.locator('input[data-payment-method-code="ideal"]').check()
            page.locator('[name="o_payment_submit_button"]').click()
            page.get_by_text("Amount paid").first.wait_for(timeout=60000)
