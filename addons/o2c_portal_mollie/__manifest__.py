{
    "name": "O2C Portal - Mollie",
    "summary": "The bank's own iDEAL code on a computer screen, with its result",
    "version": "19.0.1.0.0",
    "category": "Accounting/Accounting",
    "license": "LGPL-3",
    "author": "O2C for Odoo",
    "depends": ["o2c_portal", "payment_mollie"],
    "data": [
        "data/ir_cron_data.xml",
        "views/scan_templates.xml",
    ],
    "assets": {
        "web.assets_frontend": [
            "o2c_portal_mollie/static/src/scan/**/*",
        ],
        "web.assets_tests": [
            "o2c_portal_mollie/static/tests/tours/**/*",
        ],
    },
    "auto_install": True,
}
