"""The nightly run is killed half way and started again: one message per customer."""

import time

# small batches with a pause between them, so that there is a half way
SLOWLY = """
import time
from odoo.addons.o2c_dunning.models.case import o2c_dunning_case_run as nightly
from odoo.addons.o2c_dunning.models.notice import o2c_dunning_notice_queue as queue
nightly.BATCH = queue.BATCH = 5
for owner, name in (
    (nightly.O2cDunningCase, "_write_batch"),
    (queue.O2cDunningNotice, "_send_batch"),
):
    def slowly(self, *args, _work=getattr(owner, name), **kwargs):
        result = _work(self, *args, **kwargs)
        time.sleep(0.4)
        return result
    setattr(owner, name, slowly)
"""
NIGHT = """
company = env["res.company"].search([], limit=1)
env["o2c.dunning.case"]._run(company, company._o2c_today())
env.cr.commit()
"""
SENDING = """
from datetime import datetime
company = env["res.company"].search([], limit=1)
env["o2c.dunning.notice"]._send_queue(company, datetime.utcnow())
env.cr.commit()
"""
NOTICES = "select count(*) from o2c_dunning_notice where state <> 'preview'"
MAILS = "select count(*) from mail_mail"


def kill_when(database, code, statement, least):
    """Starts code, and kills its process as soon as so many rows are committed."""
    process = database.start(code)
    deadline = time.monotonic() + 120
    while int(database.value(statement)) < least:
        assert process.poll() is None, f"it ended by itself:\n{process.stdout.read()}"
        assert time.monotonic() < deadline, "it wrote nothing"
        time.sleep(0.05)
    process.kill()
    process.wait()


def test_a_killed_run_goes_on_where_it_was(late_payers):
    database = late_payers
    kill_when(database, SLOWLY + NIGHT, NOTICES, 5)
    half = int(database.value(NOTICES))
    assert 5 <= half < 30, half

    database.shell(NIGHT)
    assert database.value(NOTICES) == "30"
    twice = "select partner_id from o2c_dunning_notice group by 1 having count(*) > 1"
    assert database.rows(twice) == []
    runs = database.rows("select state, done_count from o2c_run where kind = 'dunning'")
    assert [state for state, _ in runs] in (["done"], ["waiting"]), runs

    database.shell(NIGHT)
    assert database.value(NOTICES) == "30"


def test_killed_sending_mails_nobody_twice(late_payers):
    database = late_payers
    database.shell(NIGHT)
    database.shell(
        """
env["o2c.run"].search([("kind", "=", "dunning")]).write({"state": "done"})
env["o2c.dunning.notice"].search([]).write({"state": "approved"})
"""
    )
    before = int(database.value(MAILS))
    kill_when(database, SLOWLY + SENDING, MAILS, before + 5)
    half = int(database.value(MAILS)) - before
    assert 5 <= half < 30, half

    database.shell(SENDING)
    database.shell(SENDING)
    per_notice = (
        "select count(*) from mail_mail m join mail_message s on s.id = "
        "m.mail_message_id where s.model like 'o2c.dunning%' group by s.model, s.res_id"
    )
    assert int(database.value(MAILS)) - before == 30
    assert {row[0] for row in database.rows(per_notice)} == {"1"}


def test_two_runs_at_once_remind_once(late_payers):
    database = late_payers
    first = database.start(SLOWLY + NIGHT)
    second = database.start(SLOWLY + NIGHT)
    assert first.wait(180) == 0, first.stdout.read()
    assert second.wait(180) == 0, second.stdout.read()
    assert database.value(NOTICES) == "30"
    twice = "select partner_id from o2c_dunning_notice group by 1 having count(*) > 1"
    assert database.rows(twice) == []


HAND = """
from odoo.addons.o2c_dunning.models.case.o2c_dunning_case_hand import Selection
company = env["res.company"].search([], limit=1)
partners = env["res.partner"].search([("name", "like", "Late betaler")])
chosen = Selection(tuple(partners.ids))
env["o2c.dunning.case"]._run(company, company._o2c_today(), selection=chosen)
env.cr.commit()
"""


def test_by_hand_and_the_night_at_once_remind_once(late_payers):
    database = late_payers
    first = database.start(SLOWLY + NIGHT)
    second = database.start(SLOWLY + HAND)
    assert first.wait(180) == 0, first.stdout.read()
    assert second.wait(180) == 0, second.stdout.read()
    assert database.value(NOTICES) == "30"
    twice = "select partner_id from o2c_dunning_notice group by 1 having count(*) > 1"
    assert database.rows(twice) == []
