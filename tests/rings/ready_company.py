"""Run once in a template: a Dutch company with its chart of accounts.

Each test class wants a company of its own in a transaction of its own; loading a chart
takes seconds, finding one that is ready takes none. See O2cCommon.
"""

country = env.ref("base.nl")  # noqa: F821 - the shell's environment
env = env(context={**env.context, "tracking_disable": True})  # noqa: F821
company = env["res.company"].create(
    {
        "name": "company_1_data",
        "country_id": country.id,
        "currency_id": country.currency_id.id,
    }
)
charts = env["account.chart.template"]
charts.try_loading(
    charts._guess_chart_template(country), company=company, install_demo=False
)
company.currency_id = country.currency_id
env["ir.config_parameter"].set_param("o2c_base.test_company", str(company.id))
if "stock.warehouse" in env:
    # Odoo makes one itself only while a test runs
    env["stock.warehouse"].create({"company_id": company.id})
