"""Databases of our own PostgreSQL: asked, made, copied, renamed and dropped."""

import os
import subprocess

from . import say
from .pg_cluster import Cluster


class Postgres(Cluster):
    """The private cluster as its users see it."""

    def rows(self, statement, database="postgres"):
        """Answer of one SQL statement as lists of texts."""
        done = subprocess.run(
            [
                str(self.bin / "psql"),
                "-X",
                "-At",
                "-F",
                "\x1f",
                "-v",
                "ON_ERROR_STOP=1",
                "-d",
                database,
                "-c",
                statement,
            ],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, **self.env},
        )
        if done.returncode:
            raise say.Trouble(f"PostgreSQL refuses: {done.stderr.strip()}")
        return [line.split("\x1f") for line in done.stdout.splitlines()]

    def names(self):
        """Names of all databases."""
        return {name for (name,) in self.rows("select datname from pg_database")}

    def note(self, name, text):
        """Keep a line of text with a database; it goes when the database goes."""
        self.rows(f"comment on database \"{name}\" is '{text}'")

    def notes(self):
        """Databases that carry such a line. :return: [[name, text]]"""
        return self.rows(
            "select datname, shobj_description(oid, 'pg_database') from pg_database "
            "where shobj_description(oid, 'pg_database') is not null"
        )

    def create(self, name, template="template0"):
        """A new database, empty or a copy."""
        locale = " LC_COLLATE 'C' ENCODING 'UTF8'" if template == "template0" else ""
        self.rows(f'create database "{name}" template "{template}"{locale}')

    def drop(self, name):
        """Drop a database, throwing out who is in it."""
        self.rows(f'drop database if exists "{name}" with (force)')

    def rename(self, old, new):
        """Rename a database, throwing out who is in it."""
        self.rows(
            "select pg_terminate_backend(pid) from pg_stat_activity "
            f"where datname = '{old}'"
        )
        self.rows(f'alter database "{old}" rename to "{new}"')
