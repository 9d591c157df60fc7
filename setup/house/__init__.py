"""The house: brings up Odoo 19 with everything around it, for demo, tests and bench.

Only the standard library, Python 3.10 or newer: it runs before anything is installed.

    import house
    home = house.ready(test=True)       # True adds the test packages and tests/test_o2c
    template = home.database("all", ["o2c_portal", "o2c_demo"])     # built once, kept
    home.clone(template, "mine")        # two seconds; replaces an older "mine"
    home.run_odoo("mine", "-u", "o2c_base", "--stop-after-init", "--no-http")
    print(home.shell("mine", "print(env['res.partner'].search_count([]))"))
    home.drop("mine")

What a ready house offers:

    .python              python of the environment with the locked packages
    .odoo_path           folder for PYTHONPATH that holds the Python package `odoo`
    .addons_path         list of folders; .config: configuration file with all of this
    .env                 environment for subprocesses: PYTHONPATH, PG*, PATH with the tools
    .pg                  .host .port .user .password .bin .env, .rows(sql, database),
                         .names(); a private cluster, only ours
    .tools               .chromium .wkhtmltopdf .node: paths, None when missing
    .places              folders (see places.py); .log(database): Odoo's log file of it
    .database(name, modules, demo=False, languages=())   name of a prepared template; it is
                         rebuilt when a file of an add-on in it changed (tests/ excepted)
    .clone(template, name)  .drop(name)  .exists(name)   database and filestore together
    .odoo_command(database, *arguments)                  list for subprocess, with env=.env
    .run_odoo(database, *arguments, what="…")            to its end; Trouble when it fails
    .shell(database, code)                               what the code printed; you commit

Everything a person must know raises house.Trouble with one sentence; wrap a script's main
in `house.run(main)` to print it and leave with code 1. Variables: O2C_HOME, O2C_CACHE,
O2C_ODOO, O2C_PG_BIN, O2C_CHROMIUM, O2C_WKHTMLTOPDF (see doc/install.md).
"""

import shutil

from .archive import Archive
from .odoo import Odoo
from .places import Busy, here
from .postgres import Postgres
from .python_env import PythonEnv
from .say import Trouble, run, step
from .template import Templates
from .tools import Tools

__all__ = ["House", "Trouble", "ready", "run", "step"]


class House:
    """Odoo, Python, PostgreSQL and tools of one working folder."""

    def __init__(self, test=False):
        self.test = test
        self.places = here()
        archive = Archive(self.places)
        self.odoo = Odoo(self.places, archive)
        self.python_env = PythonEnv(self.places, archive)
        self.pg = Postgres(self.places)
        self.tools = Tools(self.places)
        self.templates = Templates(self)
        self.python = self.config = self.env = None

    def bring(self):
        """Fetch what is missing, start what does not run."""
        with Busy(self.places):
            self.odoo.bring()
            self.python = self.python_env.bring(self.test)
            self.pg.bring(self.python, durable=not self.test)
            self.tools.bring(self.test)
            self.config = self.odoo.write_config(self.pg, self.test)
        self.env = self.odoo.environment(self.pg, self.places.bin)
        return self

    @property
    def odoo_path(self):
        """Folder that holds the Python package `odoo`."""
        return self.odoo.path

    @property
    def addons_path(self):
        """Folders with add-ons, Odoo's first."""
        return self.odoo.addons_path(self.test)

    def log(self, database):
        """Odoo's log file of a database."""
        return self.places.logs / f"{database}.log"

    def database(self, name, modules, demo=False, languages=()):
        """Name of a template with these modules installed, built when needed."""
        with Busy(self.places):
            return self.templates.database(name, modules, demo, languages)

    def clone(self, template, name):
        """A working copy of a template. :return: its name"""
        return self.templates.clone(template, name)

    def drop(self, name):
        """Drop a database with its filestore; nothing happens when there is none."""
        self.pg.drop(name)
        shutil.rmtree(self.places.filestore(name), ignore_errors=True)

    def exists(self, name):
        """Whether a database of this name is there."""
        return name in self.pg.names()

    def odoo_command(self, database, *arguments):
        """The command line that runs Odoo on a database."""
        subcommand = [arguments[0]] if arguments and arguments[0] == "shell" else []
        return [
            str(self.python), "-W", "ignore::DeprecationWarning", "-W", "ignore::SyntaxWarning",
            "-m", "odoo", *subcommand, "-c", str(self.config), "-d", database,
            *map(str, arguments[len(subcommand):]),
        ]

    def run_odoo(self, database, *arguments, what="Odoo"):
        """Run Odoo on a database to its end, with a bar over the modules it loads."""
        self.odoo.run(self.odoo_command(database, *arguments), self.env, self.log(database), what)

    def shell(self, database, code):
        """Run Python code with `env` on a database. :return: what it printed"""
        command = self.odoo_command(database, "shell", "--no-http", "--log-level=warn")
        return self.odoo.shell(command, self.env, code, self.log(database))


def ready(test=False):
    """A house in which everything is there and runs."""
    return House(test).bring()
