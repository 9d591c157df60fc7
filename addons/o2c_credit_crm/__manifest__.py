{
    "name": "O2C Credit - CRM",
    "summary": "Opportunities show what you can sell to this customer",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "license": "LGPL-3",
    "author": "O2C for Odoo",
    "depends": ["o2c_credit", "sale_crm"],
    "data": ["views/crm_lead_views.xml"],
    "auto_install": True,
}
