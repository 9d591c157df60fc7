"""Who had an address learns that somebody wants another one there."""

from odoo.tests import tagged

from .common import PayCommon

OLD, NEW = "boekhouding@proef.example", "iemand@elders.example"


@tagged("post_install", "-at_install")
class TestAddressWarning(PayCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sme.email = OLD
        cls.user = cls._portal_user("contact", cls.sme_contact)
        cls.clerk = cls._user("clerk", "o2c_base.group_billing_user")
        cls.wishes = cls.env["o2c.change.request"].sudo()

    def _asked(self, kind="email", **values):
        return self.wishes._ask(self.user, self.sme, kind, values or {"email": NEW})

    def _warnings(self):
        mails = self.env["mail.mail"].sudo()
        return mails.search([("email_to", "in", (OLD, NEW))], order="id")

    def test_the_old_address_is_told_when_it_is_asked_and_when_it_is_done(self):
        wish = self._asked()
        [asked] = self._warnings()
        self.assertEqual((asked.email_to, asked.state), (OLD, "outgoing"))
        self.assertIn("Somebody asked", asked.subject)
        self.assertIn("i…@elders.example", asked.body_html)
        self.assertNotIn(NEW, asked.body_html)
        self.assertIn(self.company.phone, asked.body_html)
        self.assertIn("administratie@waterlelie.example", asked.reply_to)
        wish.with_user(self.clerk).sudo(False).action_approve()
        self.assertEqual(self.sme.email, NEW)
        [_asked, done] = self._warnings()
        self.assertEqual(done.email_to, OLD)
        self.assertIn("was changed", done.subject)

    def test_the_same_wish_again_tells_nobody_again(self):
        self._asked()
        self._asked()
        self.assertEqual(len(self._warnings()), 1)
        self._asked(email="anders@elders.example")
        self.assertEqual(len(self._warnings()), 2)

    def test_a_refused_wish_and_other_wishes_send_nothing(self):
        wish = self._asked(kind="phone", phone="+31 30 123 45 67")
        self.assertEqual(wish.kind, "phone")
        self.assertFalse(self._warnings())
        wish = self._asked()
        wish.answer = "Please call us."
        wish.with_user(self.clerk).sudo(False).action_refuse()
        self.assertEqual(len(self._warnings()), 1)
        self.assertEqual(self.sme.email, OLD)

    def test_who_had_no_address_gets_no_warning(self):
        self.sme.email = False
        wish = self._asked()
        wish.with_user(self.clerk).sudo(False).action_approve()
        self.assertEqual(self.sme.email, NEW)
        self.assertFalse(self._warnings())

    def test_what_a_customer_types_stays_text(self):
        self.sme.name = "<b>Proef</b>"
        self._asked()
        self.assertIn("&lt;b&gt;Proef", self._warnings().body_html)
