"""Customers who want their invoices another way: by post, at their portal, together."""

from odoo import models

#: customer and what he prefers
PREFERENCES = [
    ("spiegelmeer", {"by_post": True}),
    ("lichtvogel", {"by_post": True, "by_email": True}),
    (
        "zonnewende",
        {"by_upload": True, "upload_url": "https://leveranciers.zonnewende.example"},
    ),
    ("torenvalk", {"by_email": True, "rhythm": "weekly", "weekday": "4"}),
]
#: customer, article, units: delivered yesterday
DELIVERED = [
    ("spiegelmeer", "FILT-10", 2),
    ("lichtvogel", "FILT-10", 3),
    ("zonnewende", "SENS-6", 2),
    ("torenvalk", "FILT-10", 4),
    ("torenvalk", "SENS-6", 1),
]


class O2cDemoSending(models.AbstractModel):
    """Preferences of a few customers; their invoices lie in every tray."""

    _name = "o2c.demo.sending"
    _description = "Demo Sending"

    def _prefer(self, company, customers):
        """Write the preferences.

        :return: what these customers get delivered
        """
        uploader = self.env["o2c.demo.story"]._user("controller")
        company.o2c_ask_customer = True
        self.env["o2c.sending.preference"].create(
            [
                {
                    "partner_id": customers[key].id,
                    "company_id": company.id,
                    "by_email": False,
                    "upload_user_id": uploader.id,
                    **values,
                }
                for key, values in PREFERENCES
            ]
        )
        return DELIVERED
