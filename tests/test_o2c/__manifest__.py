# pylint: disable=missing-readme
{
    "name": "O2C Stories",
    "summary": "One order to cash, told as tests across the add-ons",
    "version": "19.0.1.0.0",
    "category": "Hidden/Tests",
    "license": "LGPL-3",
    "author": "O2C for Odoo",
    "depends": [
        "account_peppol",
        "l10n_nl",
        "o2c_billing_stock",
        "o2c_cash",
        "o2c_credit_crm",
        "o2c_credit_stock",
        "o2c_dunning_sms",
        "o2c_insight",
        "o2c_portal",
        "payment_demo",
        "sale_edi_ubl",
        "sale_management",
        "snailmail_account",
    ],
}
