"""The mail about what is past due deducts what came in and was not matched yet."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """The text as it is now, where nobody changed it; a changed text stays."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    template = env.ref("o2c_credit.mail_template_ask_overdue", raise_if_not_found=False)
    if template and template.write_date == template.create_date:
        template.reset_template()
