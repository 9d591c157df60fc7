{
    "name": "O2C Insight",
    "summary": "Receivables by age on any day; DSO, CEI and more; cash forecast",
    "version": "19.0.1.0.0",
    "category": "Accounting/Accounting",
    "license": "LGPL-3",
    "author": "O2C for Odoo",
    "depends": ["o2c_credit", "o2c_billing", "o2c_dunning", "spreadsheet_dashboard"],
    "data": [
        "security/ir.model.access.csv",
        "security/o2c_insight_security.xml",
        "data/ir_cron_data.xml",
        "data/spreadsheet_dashboard_data.xml",
        "views/o2c_receivable_report_views.xml",
        "views/o2c_receivable_day_views.xml",
        "views/o2c_kpi_snapshot_views.xml",
        "views/o2c_forecast_report_views.xml",
        "views/o2c_cash_forecast_item_views.xml",
        "views/o2c_cash_forecast_week_views.xml",
        "views/o2c_cash_forecast_trial_views.xml",
        "views/o2c_cash_forecast_views.xml",
        "views/o2c_insight_menus.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "o2c_insight/static/src/**/*",
        ],
    },
}
