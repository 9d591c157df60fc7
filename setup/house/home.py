"""One house: Odoo, Python, PostgreSQL and tools of one working folder."""

import shutil

from .archive import Archive
from .odoo import Odoo
from .places import Busy, here
from .postgres import Postgres
from .python_env import PythonEnv
from .say import step
from .template import Templates
from .tools import Tools


class House:
    """Odoo, Python, PostgreSQL and tools of one working folder."""

    def __init__(self, test=False, renew=False):
        self.test = test
        self.places = here()
        archive = Archive(self.places)
        self.odoo = Odoo(self.places, archive)
        self.python_env = PythonEnv(self.places, archive)
        self.pg = Postgres(self.places, renew)
        self.tools = Tools(self.places, archive)
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

    def remove(self):
        """Delete the working folder with all databases."""
        step(f"Deleting {self.places.home}")
        with Busy(self.places):
            self.pg.remove()
        shutil.rmtree(self.places.home)

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

    def database(self, name, modules, **options):
        """Name of a template with these modules installed, built when needed.

        :param options: demo, languages, prepare, purpose; see Templates.database
        """
        with Busy(self.places):
            return self.templates.database(name, modules, **options)

    def core(self, modules):
        """Name of a template with only what these modules need of Odoo itself."""
        with Busy(self.places):
            return self.templates.core(modules)

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
            str(self.python),
            "-m",
            "odoo",
            *subcommand,
            "-c",
            str(self.config),
            "-d",
            database,
            *map(str, arguments[len(subcommand) :]),
        ]

    def run_odoo(self, database, *arguments, what="Odoo"):
        """Run Odoo on a database to its end, with a bar over the modules it loads."""
        self.odoo.run(
            self.odoo_command(database, *arguments), self.env, self.log(database), what
        )

    def shell(self, database, code):
        """Run Python code with `env` on a database. :return: what it printed"""
        command = self.odoo_command(database, "shell", "--no-http", "--log-level=warn")
        return self.odoo.shell(command, self.env, code, self.log(database))


def ready(test=False):
    """A house in which everything is there and runs."""
    return House(test).bring()
