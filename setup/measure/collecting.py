"""Reminders: deciding and writing them, and putting them into the mail queue."""

from datetime import timedelta

from odoo.fields import Datetime

from . import least, stage
from .clock import compare

#: Reminders that are put into the mail queue in one go.
MAILS = 1000


def dunning(env, company):
    """The nightly run: decide and write, before any mail."""
    today = company._o2c_today()
    cases = env["o2c.dunning.case"]
    stage.switch(env, company, "dunning", "live")
    found = compare(
        env,
        {
            "ours": (lambda _r: cases._run(company, today), None),
            "second run": (
                lambda _r: cases._run(company, today + timedelta(days=1)),
                lambda: cases._run(company, today),
            ),
            "one SQL": least.sql(env, company, least.DUE),
        },
    )
    stage.switch(env, company, "dunning", "off")
    return found


def _written(env, company):
    """Reminders whose text is sealed and that may leave now, at most MAILS."""
    env["o2c.dunning.case"]._run(company, company._o2c_today())
    notices = env["o2c.dunning.notice"].search([("company_id", "=", company.id)])[
        :MAILS
    ]
    if not notices:
        raise RuntimeError("The run wrote no reminder.")
    notices.write({"channel": "email", "email_to": "debtor@example.com"})
    return notices._freeze_content(company)


def mails(env, company):
    """Sealed reminders into the mail queue; beside a mail template that sends the
    same bodies."""
    stage.switch(env, company, "dunning", "live")
    template = env["mail.template"].create(
        {
            "name": "Bench",
            "model_id": env["ir.model"]._get_id("o2c.dunning.notice"),
            "subject": "{{ object.subject }}",
            "body_html": '<t t-out="object.content"/>',
            "email_from": company.email_formatted,
            "email_to": "{{ object.email_to }}",
        }
    )
    found = compare(
        env,
        {
            "ours": (
                lambda notices: notices._queue_mails(company, Datetime.now()),
                lambda: _written(env, company),
            ),
            "send_mail_batch": (
                lambda notices: template.send_mail_batch(notices.ids),
                lambda: _written(env, company),
            ),
        },
    )
    stage.switch(env, company, "dunning", "off")
    return found
