"""One what-if, replayed by two people at once."""

SETTING = """
from odoo import Command, api
from odoo.exceptions import UserError

rule = {"limit_change": "factor"}
study = env["o2c.what.if"].create(
    {
        "name": "Twee tegelijk",
        "company_id": env.company.id,
        "scenario_ids": [
            Command.create({"name": "Lager", "rule_ids": [Command.create(rule)]})
        ],
    }
)
env.cr.commit()


def session():
    cursor = env.registry.cursor()
    return api.Environment(cursor, env.uid, {})["o2c.what.if"].browse(study.id)


def rows():
    env.cr.rollback()
    env.cr.execute(
        "select count(*) from o2c_what_if_week where study_id = %s", [study.id]
    )
    return env.cr.fetchone()[0]
"""
TWO_AT_ONCE = """
slow, fast = session(), session()
slow.action_replay()
slow.env.cr.flush()
try:
    fast.action_replay()
    raise AssertionError("the second must be told")
except UserError as error:
    assert "Twee tegelijk is being replayed at this moment" in str(error), error
fast.env.cr.rollback()
slow.env.cr.commit()
weeks = rows()
assert weeks
# when the first is done the second one replays, and replaces its figures
fast.env.transaction.reset()
fast.action_replay()
fast.env.cr.commit()
assert rows() == weeks, "figures of two replays stand beside each other"
slow.env.cr.close(), fast.env.cr.close()
"""


def test_the_second_replay_of_a_study_is_told_that_it_runs(throwaway_db):
    throwaway_db().shell(SETTING + TWO_AT_ONCE)
