"""All add-ons together: in at once, upgraded at once, out one by one."""

from rings.plan import AROUND, PUBLISHED


def test_together_they_install_upgrade_and_leave_no_trace(throwaway_db):
    database = throwaway_db(*AROUND, *PUBLISHED, core=True)
    modules, schema = database.installed(), database.schema()
    database.install(*PUBLISHED)
    assert set(PUBLISHED) <= database.installed()
    database.upgrade(*PUBLISHED)
    assert database.unfinished() == []

    while ours := sorted(name for name in database.installed() if name in PUBLISHED):
        last = database.rows(
            "select m.name from ir_module_module m where m.state = 'installed' "
            f"and m.name in ({', '.join(repr(name) for name in ours)}) "
            "and not exists (select from ir_module_module_dependency d "
            "join ir_module_module n on n.id = d.module_id "
            "where d.name = m.name and n.state = 'installed') order by 1"
        )
        database.uninstall(last[0][0])
        assert last[0][0] not in database.installed()
        assert database.unfinished() == []

    assert database.installed() == modules
    left = database.schema() - schema
    assert not left, f"left behind: {sorted(left)[:40]}"
    gone = schema - database.schema()
    assert not gone, f"taken along: {sorted(gone)[:40]}"
