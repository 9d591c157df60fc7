"""Installing on a book that is in use changes nothing in it, nor does a cron."""

from pathlib import Path

import pytest

from rings.plan import AROUND, PUBLISHED

BOOKS = Path(__file__).parent / "books"
LIVE_BOOK = (BOOKS / "live_book.py").read_text()
EVERY_CRON = (BOOKS / "every_cron.py").read_text()
# the crons of Odoo have had their turn, and none of their mails waits for another try
SETTLE = f'{EVERY_CRON}\nenv["mail.mail"].search([]).unlink()'
# what an installation has to write: who may do what, and its own kinds of things
INSTALLED = {
    "digest_digest",
    "mail_activity_type",
    "mail_message_subtype",
    "mail_template",
    "mail_template_ir_actions_report_rel",
    "report_paperformat",
    "res_groups",
    "res_groups_implied_rel",
    "res_groups_privilege",
    "res_groups_report_rel",
    "res_groups_users_rel",
    "res_groups_spreadsheet_dashboard_rel",
    "rule_group_rel",
    "spreadsheet_dashboard",
}


@pytest.fixture(scope="module")
def book(home):
    """A template with a book in use and none of our add-ons."""
    import hashlib

    key = hashlib.sha256(LIVE_BOOK.encode()).hexdigest()[:8]
    core = home.core([*AROUND, *PUBLISHED])
    name = f"o2c_book_{core[-8:]}_{key}"
    if not home.exists(name):
        from process.database import Database

        making = Database(home, home.clone(core, f"{name}_making"))
        making.shell(LIVE_BOOK)
        home.clone(making.name, name)
        making.end()
    return name


def no_message_to_people(database, before):
    """Whether the new messages are notes on what was created: crons, our records."""
    last = max(map(int, before["mail_message"]), default=0)
    found = database.rows(f"select distinct model from mail_message where id > {last}")
    return all(model.startswith(("ir.", "o2c.")) for (model,) in found)


def test_nothing_happens_until_it_is_switched_on(home, throwaway_db, book):
    database = throwaway_db(template=book)
    database.shell(SETTLE)
    columns = database.columns()
    # giving the administrator a role stamps his own contact, and nothing else in it
    columns["res_partner"].remove("write_date")
    before = database.fingerprint(columns)
    assert len(before["account_move"]) > 100

    database.install(*PUBLISHED)
    moved = database.changes(columns, before)
    if "mail_message" in moved and no_message_to_people(database, before):
        del moved["mail_message"]
    for table in moved.keys() - INSTALLED:
        pytest.fail(f"installing wrote in {table}: {moved[table]}", pytrace=False)

    installed = database.fingerprint(columns)
    ran = database.shell(EVERY_CRON)
    assert "Collecting: nightly run" in ran
    moved = database.changes(columns, installed)
    assert not moved, f"a cron wrote outside our tables: {moved}"


def test_watching_writes_only_in_our_own_tables(home, throwaway_db, book):
    database = throwaway_db(template=book)
    database.install(*PUBLISHED)
    database.shell(
        """
company = env.company
for part in company._o2c_parts():
    company[f"o2c_{part}_mode"] = "watch"
"""
    )
    database.shell(SETTLE)
    columns = database.columns()
    before = database.fingerprint(columns)
    database.shell(EVERY_CRON)
    moved = database.changes(columns, before)
    assert not moved, f"watching wrote outside our tables: {moved}"
    runs = "select count(*) from o2c_run where state in ('done', 'partly')"
    assert int(database.value(runs)), "nothing was watched"
