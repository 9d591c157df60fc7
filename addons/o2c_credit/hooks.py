"""What must be sane again when the add-on leaves."""


def uninstall_hook(env):
    """Core's credit limits stay as they are: they are readable there. Only the cent
    that means *cash only* is explained to nobody, so it stays a limit of one cent."""
    for name in ("_cron_rescore()", "_cron_fetch()"):
        env["ir.cron"].search([("code", "ilike", name)]).active = False
