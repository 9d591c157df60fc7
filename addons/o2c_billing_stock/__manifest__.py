{
    "name": "O2C Billing Stock",
    "summary": "Deliveries that become invoices",
    "version": "19.0.1.1.0",
    "category": "Accounting/Accounting",
    "license": "LGPL-3",
    "author": "O2C for Odoo",
    "depends": ["o2c_billing", "sale_stock"],
    "auto_install": True,
}
