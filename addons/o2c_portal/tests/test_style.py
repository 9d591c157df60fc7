"""The style sheets of the portal and the pay page compile."""

from odoo.tests import TransactionCase, tagged

#: Where an error in one of our files makes every page of a customer ugly.
BUNDLE = "web.assets_frontend"


@tagged("post_install", "-at_install")
class TestStyle(TransactionCase):
    def test_the_style_sheets_compile(self):
        bundle = self.env["ir.qweb"]._get_asset_bundle(BUNDLE, css=True, js=False)
        # compiled here: a sheet that was made before is not asked
        sheet = bundle.preprocess_css()
        self.assertEqual(bundle.css_errors, [])
        for ours in (".o2c_pay_card", ".o2c_account_card", ".o2c_desk_form"):
            self.assertIn(ours, sheet)
