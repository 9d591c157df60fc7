{
    "name": "O2C Billing",
    "summary": "Contract prices that explain themselves, invoices at once, "
    "checked and sent as the customer wants them",
    "version": "19.0.1.1.0",
    "category": "Accounting/Accounting",
    "license": "LGPL-3",
    "author": "O2C for Odoo",
    "depends": ["o2c_credit", "sale", "sale_edi_ubl", "account_edi_ubl_cii"],
    "data": [
        "security/o2c_billing_security.xml",
        "security/ir.model.access.csv",
        "data/ir_cron_data.xml",
        "wizards/o2c_draft_return_views.xml",
        "wizards/o2c_order_import_views.xml",
        "views/o2c_billing_event_views.xml",
        "views/o2c_credit_policy_views.xml",
        "views/o2c_draft_check_rule_views.xml",
        "views/o2c_discount_group_views.xml",
        "views/o2c_subscription_form_views.xml",
        "views/o2c_price_agreement_views.xml",
        "views/product_template_views.xml",
        "views/res_partner_views.xml",
        "views/sale_order_views.xml",
        "views/account_move_views.xml",
        "views/account_move_send_views.xml",
        "views/res_config_settings_views.xml",
        "views/o2c_menus.xml",
    ],
    "demo": [
        "demo/o2c_billing_demo.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "o2c_billing/static/src/**/*",
        ],
    },
}
