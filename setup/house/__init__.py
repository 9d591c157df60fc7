"""The house: brings up Odoo 19 with everything around it, for demo, tests and bench.

Only the standard library, Python 3.10 or newer: it runs before anything is installed.

    import house
    home = house.ready(test=True)    # True adds the test packages and tests/test_o2c
    template = home.database("all", ["o2c_portal", "o2c_demo"])    # built once, kept
    home.clone(template, "mine")     # two seconds; replaces an older "mine"
    home.run_odoo("mine", "-u", "o2c_base", "--stop-after-init", "--no-http")
    print(home.shell("mine", "print(env['res.partner'].search_count([]))"))
    home.drop("mine")

What a ready house offers:

    .python          python of the environment with the locked packages
    .odoo_path       folder for PYTHONPATH that holds the Python package `odoo`
    .addons_path     list of folders
    .config          path of Odoo's configuration file with all of this
    .env             for subprocesses: PYTHONPATH, PG*, PATH with the tools
    .pg              a private cluster: .host .port .user .password .bin .env,
                     .rows(sql, database), .names()
    .tools           .chromium .wkhtmltopdf .node: paths, None when missing
    .places          folders (see places.py)
    .log(database)   the file in which Odoo's log of a database is kept
    .database(name, modules, demo=False, languages=(), prepare="")
                     name of a prepared template; rebuilt when a file of an add-on in
                     it changed (tests/ excepted); `prepare` is code for the shell,
                     run once on the finished set and committed
    .core(modules)   name of a template with only what these need of Odoo itself
    .clone(template, name), .drop(name), .exists(name)
                     database and filestore together
    .odoo_command(database, *arguments)        list for subprocess, with env=.env
    .run_odoo(database, *arguments, what="…")  to its end; Trouble when it fails
    .shell(database, code)                     what the code printed; you commit

Everything a person must know raises house.Trouble with one sentence; wrap a script's
main in `house.run(main)` to print it and leave with code 1. Variables: O2C_HOME,
O2C_CACHE, O2C_ODOO, O2C_PG_BIN, O2C_CHROMIUM, O2C_WKHTMLTOPDF (see doc/install.md).
"""

from . import fit

fit.go_on()

from .home import House, ready  # noqa: E402
from .say import Trouble, run, step  # noqa: E402

__all__ = ["House", "Trouble", "ready", "run", "step"]
