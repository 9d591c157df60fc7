"""The previous release, with data in it, becomes this one.

tests/previous_release/ holds the zips that setup/package made of it.
"""

import zipfile
from pathlib import Path

import pytest

from rings.plan import AROUND, PUBLISHED, ROOT

ZIPS = sorted(ROOT.glob("tests/previous_release/*.zip"))


@pytest.fixture
def previous(tmp_path):
    """The add-ons of the previous release, unpacked. :return: {name: folder}"""
    for path in ZIPS:
        with zipfile.ZipFile(path) as bundle:
            bundle.extractall(tmp_path)
    manifests = sorted(tmp_path.rglob("__manifest__.py"))
    return {path.parent.name: path.parent for path in manifests}


def test_the_previous_release_upgrades_to_this_one(home, throwaway_db, previous):
    # add-ons that are new since then come with what they need at the end
    database = throwaway_db(*AROUND, *previous, core=True)
    folders = {str(folder.parent) for folder in previous.values()}
    path = ",".join([*map(str, home.odoo.core_addons), *sorted(folders)])
    database.odoo("-i", ",".join(previous), f"--addons-path={path}")
    code = (Path(__file__).parent / "books/late_payers.py").read_text()
    database.shell(code, arguments=[f"--addons-path={path}"])
    kept = "select count(*) from account_move where state = 'posted'"
    before = database.value(kept)
    modes = (
        "select id, o2c_credit_mode, o2c_billing_mode, o2c_dunning_mode "
        "from res_company order by id"
    )
    live = database.rows(modes)
    # the migration of o2c_dunning 19.0.1.0.1 names the steps that people already have
    steps = "select ladder_id, days, id from o2c_dunning_step order by 3"
    had = database.rows(steps)
    assert had

    database.upgrade(*previous)
    database.install(*PUBLISHED)
    assert set(PUBLISHED) <= database.installed()
    assert database.unfinished() == []
    assert database.value(kept) == before
    assert database.rows(modes) == live
    # ladders that are new bring their steps; those that people have stay as they are
    ladders = {ladder for ladder, _days, _step in had}
    assert [row for row in database.rows(steps) if row[0] in ladders] == had
    named = (
        "select s.id from o2c_dunning_step s join ir_model_data d on d.res_id = s.id "
        "where d.model = 'o2c.dunning.step' and d.module = 'o2c_dunning' order by 1"
    )
    assert {step for _ladder, _days, step in had} <= {
        step for (step,) in database.rows(named)
    }
