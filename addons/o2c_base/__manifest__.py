{
    "name": "Order to Cash",
    "summary": "Floor of the O2C add-ons: roles, switch, runs, delivery log, Today",
    "version": "19.0.1.1.0",
    "category": "Accounting/Accounting",
    "license": "LGPL-3",
    "author": "O2C for Odoo",
    "depends": ["account", "mail", "portal"],
    "data": [
        "security/o2c_security.xml",
        "security/ir.model.access.csv",
        "data/o2c_customer_segment_data.xml",
        "views/o2c_today_views.xml",
        "views/o2c_run_views.xml",
        "views/o2c_delivery_log_views.xml",
        "views/o2c_contact_task_views.xml",
        "views/o2c_customer_segment_views.xml",
        "views/o2c_switch_log_views.xml",
        "views/res_partner_views.xml",
        "views/res_config_settings_views.xml",
        "wizards/o2c_setup_wizard_views.xml",
        "views/o2c_menus.xml",
    ],
    "demo": [
        "demo/res_partner_demo.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "o2c_base/static/src/keyboard/**/*",
            "o2c_base/static/src/today/**/*",
        ],
    },
    "application": True,
}
