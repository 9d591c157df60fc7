{
    "name": "O2C Demo Company",
    "summary": "Fictional Dutch company with two years of books and one story",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "license": "LGPL-3",
    "author": "O2C for Odoo",
    "depends": [
        "contacts",
        "l10n_nl",
        "o2c_base",
        "payment_demo",
        "sale_edi_ubl",
        "sale_management",
        "sale_stock",
    ],
}
