{
    "name": "O2C Portal",
    "summary": "Pay links and QR that always ask today's amount; account page",
    "version": "19.0.1.1.0",
    "category": "Accounting/Accounting",
    "license": "LGPL-3",
    "author": "O2C for Odoo",
    "depends": ["o2c_dunning", "account_payment"],
    "external_dependencies": {"python": ["qrcode"]},
    "data": [
        "security/o2c_portal_security.xml",
        "security/ir.model.access.csv",
        "data/ir_cron_data.xml",
        "views/o2c_payment_link_views.xml",
        "views/o2c_remittance_note_views.xml",
        "views/o2c_change_request_views.xml",
        "views/payment_transaction_views.xml",
        "views/account_move_views.xml",
        "views/report_invoice.xml",
        "views/res_config_settings_views.xml",
        "report/statement_templates.xml",
        "views/res_partner_views.xml",
        "views/pay_templates.xml",
        "views/account_overview_templates.xml",
        "views/account_document_templates.xml",
        "views/account_details_templates.xml",
    ],
    "demo": [
        "demo/res_company_demo.xml",
    ],
    "assets": {
        "web.assets_frontend": [
            "o2c_portal/static/src/pay/**/*",
        ],
        "web.assets_tests": [
            "o2c_portal/static/tests/tours/**/*",
        ],
    },
}
