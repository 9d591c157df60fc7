"""The cash forecast of the whole book, with the past that it is tried on."""

from datetime import timedelta

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
