"""Forecast, proof, provision, clean list and replay of the whole book."""

import tempfile
from datetime import timedelta

from . import stage
from .clock import compare


def forecast(env, company):
    """Every open amount to its weeks, stored; beside reading the open items once."""
    today = company._o2c_today()
    forecasts = env["o2c.cash.forecast"].sudo()
    companies = env["res.company"].search([("id", "child_of", company.id)])

    def work(_ready):
        taken = forecasts._take(company, today)
        if taken.item_count and not taken.week_ids:
            raise RuntimeError("The forecast has no weeks.")
        return taken

    found = compare(
        env,
        {
            "ours": (work, None),
            "the next day": (
                lambda _r: forecasts._take(company, today + timedelta(days=1)),
                lambda: work(None),
            ),
            "open items, one SQL": (
                lambda _r: forecasts._open_amounts(companies, today),
                None,
            ),
        },
    )
    found["error"] = {"said": _told(work(None))}
    return found


def _told(taken):
    """How wrong it was on the own past, as one line."""
    return (
        f"{taken.item_count:,} amounts; off by {taken.error_4:.1f} % over 4 weeks and "
        f"{taken.error_13:.1f} % over 13, by due dates {taken.error_due_4:.1f} % and "
        f"{taken.error_due_13:.1f} %; {taken.weeks_covered} of {taken.weeks_tried} "
        "past weeks between their bounds"
    )


def proof(env, company):
    """The auditor's export of a year, signed and packed; beside its reconciliation."""
    today = company._o2c_today()
    first = today.replace(year=today.year - 1, day=1)
    movements = env["o2c.receivable.movement"]
    exports = env["o2c.proof.export"]

    def work(export):
        with tempfile.TemporaryDirectory() as folder:
            export._make(folder)
        if export.state != "done" or not export.row_count:
            raise RuntimeError(f"The export was not made: {export.error}")
        return export

    def ready():
        values = {"company_id": company.id, "first": first, "last": today}
        return exports.create(values)

    found = compare(
        env,
        {
            "ours": (work, ready),
            "the reconciliation alone": (
                lambda _r: movements._statement(company, first, today),
                None,
            ),
        },
    )
    export = work(ready())
    size = len(export.attachment_id.raw) / 1e6
    found["size"] = {"said": f"{export.row_count:,} rows, {size:.1f} MB packed"}
    return found


def provision(env, company):
    """The provision of a month-end, a line per doubtful item; beside reading the open
    items once."""
    stage.switch(env, company, "dunning", "watch")
    proposals = env["o2c.provision"]
    day = proposals._last_month_end(company)
    companies = env["res.company"].search([("id", "child_of", company.id)])
    bands = env["o2c.provision.band"]
    bands.search([("company_id", "=", company.id)]).unlink()
    grades = ("a", "b", "c", "d", "e", "none")
    bands.create(
        [
            {"company_id": company.id, "days_from": days, "disputed": disputed}
            | {f"percent_{grade}": percent for grade in grades}
            for days, disputed, percent in (
                (1, False, 2),
                (31, False, 10),
                (91, False, 50),
                (31, True, 40),
            )
        ]
    )

    def work(_ready):
        made = proposals.create({"company_id": company.id, "day": day})
        if not made.line_ids:
            raise RuntimeError("The provision has no lines.")
        return made

    found = compare(
        env,
        {
            "ours": (work, None),
            "open items, one SQL": (
                lambda _r: env["o2c.cash.forecast"]._open_amounts(companies, day),
                None,
            ),
        },
    )
    found["lines"] = {"said": f"{len(work(None).line_ids):,} items provided for"}
    stage.switch(env, company, "dunning", "off")
    return found


def clean_list(env, company):
    """The list of what is not clean in the ledger; the next night finds it again."""
    stage.switch(env, company, "dunning", "watch")
    today = company._o2c_today()
    findings = env["o2c.ledger.finding"].sudo()

    def work(_ready):
        findings._find(company, today)

    found = compare(
        env,
        {
            "ours": (work, None),
            "the next night": (
                lambda _r: findings._find(company, today + timedelta(days=1)),
                lambda: work(None),
            ),
        },
    )
    work(None)
    count = findings.search_count([("company_id", "=", company.id)])
    found["count"] = {"said": f"{count:,} findings"}
    stage.switch(env, company, "dunning", "off")
    return found


def what_if(env, company):
    """The last twelve months under today's rules and a stricter limit table, everybody
    replayed twice; beside gathering the facts alone."""
    today = company._o2c_today()
    stage.set_limits(env, company)
    study = env["o2c.what.if"].create(
        {
            "name": "Bench",
            "company_id": company.id,
            "date_from": today - timedelta(days=365),
            "date_to": today,
            "scenario_ids": [
                (
                    0,
                    0,
                    {
                        "name": "Stricter",
                        "rule_ids": [
                            (0, 0, {"limit_change": "amount", "limit_amount": 2000})
                        ],
                    },
                )
            ],
        }
    )

    def work(_ready):
        study._replay(today)
        if not study.result_ids:
            raise RuntimeError("The replay has no result.")

    found = compare(
        env,
        {
            "ours": (work, None),
            "gathering alone": (lambda _r: study._customers(today), None),
        },
    )
    work(None)
    orders = sum(study.result_ids.mapped("order_count"))
    found["orders"] = {"said": f"{orders:,} orders decided, under both rules together"}
    return found
