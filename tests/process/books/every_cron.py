"""Run in Odoo's shell: every scheduled action once, those of others too."""

for cron in env["ir.cron"].with_context(active_test=False).search([], order="id"):  # noqa: F821
    if cron.cron_name and "Publisher" not in cron.cron_name:
        print(cron.cron_name)
        cron.method_direct_trigger()
        env.cr.commit()  # noqa: F821
