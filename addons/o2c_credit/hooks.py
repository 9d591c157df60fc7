"""What must be sane again when the add-on leaves."""


def uninstall_hook(env):
    """Core's credit limits stay: what was agreed for good, because there nothing ends a
    temporary limit by itself. The cent that means *cash only* stays a limit of one
    cent."""
    for company in env["res.company"]._o2c_companies("credit"):
        env["o2c.risk.profile"]._leave_core_limits(company)
    for name in ("_cron_rescore()", "_cron_fetch()", "_cron_start()"):
        env["ir.cron"].search([("code", "ilike", name)]).active = False
