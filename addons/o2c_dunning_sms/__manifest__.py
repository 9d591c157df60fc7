{
    "name": "O2C Collecting - SMS",
    "summary": "Reminders by SMS with a pay link, and another way when that fails",
    "version": "19.0.1.0.0",
    "category": "Accounting/Accounting",
    "license": "LGPL-3",
    "author": "O2C for Odoo",
    "depends": ["o2c_dunning", "sms"],
    "data": [
        "views/o2c_notice_text_views.xml",
        "views/o2c_dunning_notice_views.xml",
    ],
    "auto_install": True,
}
