"""Each add-on alone: comes in on an empty database, is upgraded, leaves no trace."""

import pytest

from rings.plan import PUBLISHED

# what Odoo itself leaves behind after an uninstall of anything
ODOO_LEAVES = {"parameter base.module_uninstall"}


@pytest.mark.parametrize("addon", PUBLISHED)
def test_alone_it_installs_upgrades_and_leaves_no_trace(throwaway_db, addon):
    database = throwaway_db(addon, core=True)
    modules, schema = database.installed(), database.schema()
    columns = database.columns(stamps=False)
    before = database.fingerprint(columns)

    database.install(addon)
    assert addon in database.installed()
    assert database.unfinished() == []
    database.upgrade(addon)
    assert database.unfinished() == []
    ours = sorted(
        name for name in database.installed() - modules if name.startswith("o2c_")
    )

    database.uninstall(*ours)
    assert database.installed() == modules
    left = database.schema() - schema - ODOO_LEAVES
    assert not left, f"left behind: {sorted(left)[:40]}"
    gone = schema - database.schema()
    assert not gone, f"taken along: {sorted(gone)[:40]}"
    moved = database.changes(columns, before)
    assert set(moved) <= {"res_groups_users_rel"}, moved
