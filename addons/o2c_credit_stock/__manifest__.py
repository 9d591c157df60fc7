{
    "name": "O2C Credit - Deliveries",
    "summary": "Goods stay in the house while a credit hold is open",
    "version": "19.0.1.1.0",
    "category": "Accounting/Accounting",
    "license": "LGPL-3",
    "author": "O2C for Odoo",
    "depends": ["o2c_credit", "sale_stock"],
    "data": [
        "data/ir_cron_data.xml",
        "views/stock_picking_views.xml",
        "views/res_config_settings_views.xml",
    ],
    "auto_install": True,
}
