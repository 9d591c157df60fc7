"""Rows written by the ten thousand: one INSERT .. SELECT FROM unnest per batch."""

from contextlib import contextmanager

from psycopg2.extras import Json

from odoo import models
from odoo.tools import SQL

BATCH = 10000


class O2cDemoLedger(models.AbstractModel):
    """Writes many rows of one model after a pattern."""

    _name = "o2c.demo.ledger"
    _description = "Demo Ledger"

    def _reserve(self, model, count):
        """Take a range of ids of a model.

        :return: the id before the first one of the range
        """
        sequence = f"{self.env[model]._table}_id_seq"
        [[last]] = self.env.execute_query(
            SQL(
                "SELECT setval(%s, (SELECT nextval(%s)) + %s)",
                sequence,
                sequence,
                count,
            )
        )
        return last - count

    def _identify(self, model, records, attribute="id"):
        """Give objects that will be rows of a model their ids."""
        last = self._reserve(model, len(records))
        for number, record in enumerate(records, last + 1):
            setattr(record, attribute, number)

    def _insert(self, model, pattern, given, derived=None, source=None):
        """Insert rows.

        :param dict pattern: {column: value} the same in every row
        :param dict given: {column: list of values}, all of one length
        :param dict derived: {column: SQL over ``given`` (alias g) and ``source``}
        :param SQL source: joins that ``derived`` needs
        """
        derived = dict(derived or {})
        if self.env[model]._log_access:
            for name in ("create_uid", "write_uid"):
                derived[name] = SQL("%s", self.env.uid)
            for name in ("create_date", "write_date"):
                derived[name] = SQL("now() AT TIME ZONE 'UTC'")
        types = {name: self._column_type(model, name) for name in [*given, *pattern]}
        fixed = {
            column: SQL("%s::%s", self._value(value), SQL(types[column]))
            for column, value in pattern.items()
            if column not in derived and column not in given
        }
        columns = {**fixed, **derived}
        columns |= {
            name: SQL("g.%s", SQL.identifier(name)) for name in given if name[0] != "_"
        }
        count = len(next(iter(given.values())))
        for start in range(0, count, BATCH):
            self._insert_batch(
                model,
                columns,
                {
                    name: (values[start : start + BATCH], types[name])
                    for name, values in given.items()
                },
                source,
            )

    def _insert_batch(self, model, columns, given, source):
        self.env.cr.execute(
            SQL(
                "INSERT INTO %s (%s) SELECT %s FROM unnest(%s) AS g(%s) %s",
                SQL.identifier(self.env[model]._table),
                SQL(", ").join(SQL.identifier(name) for name in columns),
                SQL(", ").join(columns.values()),
                SQL(", ").join(
                    SQL("%s::%s[]", values, SQL(kind))
                    for values, kind in given.values()
                ),
                SQL(", ").join(SQL.identifier(name) for name in given),
                source or SQL(""),
            )
        )

    @contextmanager
    def _in_bulk(self, models):
        """Write a large book: plain indexes are built once, afterwards, and a
        database superuser skips the foreign keys, which small books check.

        Row by row, these two cost four fifths of the time.
        """
        tables = [self.env[model]._table for model in models]
        self.env.cr.execute(
            SQL(
                """
                CREATE TEMPORARY TABLE o2c_demo_index AS
                SELECT i.indexrelid::regclass::text AS name,
                       pg_get_indexdef(i.indexrelid) AS definition
                  FROM pg_index i
                 WHERE i.indrelid = ANY(%s::regclass[]) AND NOT i.indisunique
                """,
                tables,
            )
        )
        self._each_index(SQL("'DROP INDEX ' || name"))
        [[superuser]] = self.env.execute_query(
            SQL("SELECT current_setting('is_superuser') = 'on'")
        )
        if superuser and models:
            self.env.cr.execute(SQL("SET LOCAL session_replication_role = replica"))
        yield
        if superuser:
            self.env.cr.execute(SQL("SET LOCAL session_replication_role = origin"))
        self._each_index(SQL("definition"))
        self.env.cr.execute(SQL("DROP TABLE o2c_demo_index"))

    def _each_index(self, statement):
        """Have the database run what it says itself of each remembered index.

        :param SQL statement: text of a statement, from the columns of the memory
        """
        self.env.cr.execute(
            SQL(
                """
                DO $$ DECLARE one text; BEGIN
                    FOR one IN SELECT %s FROM o2c_demo_index LOOP EXECUTE one; END LOOP;
                END $$
                """,
                statement,
            )
        )

    def _relate(self, table, left, right, pairs):
        """Fill a many2many table."""
        for start in range(0, len(pairs), BATCH):
            batch = pairs[start : start + BATCH]
            self.env.cr.execute(
                SQL(
                    "INSERT INTO %s (%s, %s) "
                    "SELECT * FROM unnest(%s::int[], %s::int[])",
                    SQL.identifier(table),
                    SQL.identifier(left),
                    SQL.identifier(right),
                    [pair[0] for pair in batch],
                    [pair[1] for pair in batch],
                )
            )

    def _column_type(self, model, name):
        if name.startswith("_"):
            return "numeric"
        if name == "id":
            return "int4"
        return self.env[model]._fields[name].column_type[1]

    def _value(self, value):
        return Json(value) if isinstance(value, dict | list) else value
