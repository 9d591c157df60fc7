"""A database of a process test: what is in it, and Odoo processes that work on it."""

import re
import subprocess

from expected_log import is_expected

LINE = re.compile(r"^\S+ \S+ \d+ (WARNING|ERROR|CRITICAL) \S+ (\S+): (.*)$")
# what every command moves, whoever is installed
RESTLESS = {
    "base_registry_signaling",
    "bus_bus",
    "bus_presence",
    "ir_attachment",
    "ir_config_parameter",
    "ir_cron_progress",
    "ir_cron_trigger",
    "ir_logging",
    "ir_profile",
    "orm_signaling_assets",
    "orm_signaling_default",
    "orm_signaling_groups",
    "orm_signaling_registry",
    "orm_signaling_routing",
    "orm_signaling_stable",
    "orm_signaling_templates",
    "res_device_log",
    "res_users_log",
}


class Database:
    """One throw-away database."""

    def __init__(self, home, name):
        self.home, self.name = home, name
        self.home.log(name).unlink(missing_ok=True)
        self.processes = []

    # Odoo at work

    def odoo(self, *arguments, quiet=True):
        """Runs Odoo to its end; a line in its log that nobody expects is a failure."""
        command = self.home.odoo_command(
            self.name, *arguments, "--stop-after-init", "--no-http", "--log-level=info"
        )
        done = subprocess.run(
            command, env=self.home.env, capture_output=True, text=True, timeout=600
        )
        self.keep(done.stderr)
        assert done.returncode == 0, done.stderr[-4000:]
        if quiet:
            assert not unexpected(done.stderr), "\n".join(unexpected(done.stderr))
        return done.stderr

    def install(self, *modules):
        return self.odoo("-i", ",".join(modules))

    def upgrade(self, *modules):
        return self.odoo("-u", ",".join(modules))

    def uninstall(self, *modules):
        """As the Apps screen does, and then a fresh start that must be silent."""
        names = list(modules)
        self.shell(
            f"""
modules = env["ir.module.module"].search([("name", "in", {names!r})])
modules.button_immediate_uninstall()
"""
        )
        self.odoo()

    def shell(self, code, timeout=600, arguments=()):
        """Runs code with `env` and commits. :return: what it printed"""
        done = subprocess.run(
            self.home.odoo_command(
                self.name, "shell", "--no-http", "--log-level=warn", *arguments
            ),
            input=f"{code}\nenv.cr.commit()\n",
            env=self.home.env,
            capture_output=True,
            text=True,
            timeout=timeout,
        )
        self.keep(done.stderr)
        assert not done.returncode and "Traceback" not in done.stderr, done.stderr
        assert not unexpected(done.stderr), "\n".join(unexpected(done.stderr))
        return done.stdout

    def neutralize(self):
        """As partners do it with a copy for tests."""
        command = self.home.odoo_command(self.name)
        command[command.index("odoo") + 1 : command.index("odoo") + 1] = ["neutralize"]
        subprocess.run(command, env=self.home.env, check=True, capture_output=True)

    def start(self, code):
        """Starts a shell with this code and leaves it running. :return: the process"""
        process = subprocess.Popen(
            self.home.odoo_command(self.name, "shell", "--no-http", "--log-level=warn"),
            env=self.home.env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        process.stdin.write(f"{code}\n")
        process.stdin.close()
        process.stdin = None
        self.processes.append(process)
        return process

    def keep(self, text):
        with self.home.log(self.name).open("a") as log:
            log.write(text)

    def end(self):
        for process in self.processes:
            if process.poll() is None:
                process.kill()
                process.wait()
        self.home.drop(self.name)

    # what is in it

    def rows(self, statement):
        return self.home.pg.rows(statement, self.name)

    def value(self, statement):
        return self.rows(statement)[0][0]

    def installed(self):
        found = self.rows("select name from ir_module_module where state = 'installed'")
        return {row[0] for row in found}

    def unfinished(self):
        found = self.rows(
            "select name, state from ir_module_module where state not in "
            "('installed', 'uninstalled', 'uninstallable')"
        )
        return [tuple(row) for row in found]

    def schema(self):
        """Every column, constraint, index and function, as comparable texts."""
        return {
            f"{kind} {what}"
            for kind, statement in SCHEMA.items()
            for (what,) in self.rows(statement)
        }

    def columns(self, stamps=True):
        """{table: [columns]} of the business: Odoo's own book-keeping is left out.

        :param bool stamps: with the moments of writing, which Odoo also renews when
            it writes a user or a contact as he was
        """
        found = {}
        for table, column in self.rows(
            "select c.table_name, c.column_name from information_schema.columns c "
            "join information_schema.tables t using (table_schema, table_name) "
            "where t.table_type = 'BASE TABLE' and c.table_schema = 'public' "
            "order by 1, 2"
        ):
            if column == "write_date" and not stamps:
                continue
            if table not in RESTLESS and not table.startswith("ir_"):
                found.setdefault(table, []).append(column)
        return found

    def fingerprint(self, columns):
        """{table: {row: checksum}} over these columns, whatever came beside them."""
        found = {table: {} for table in columns}
        tables = list(columns)
        for start in range(0, len(tables), 40):
            some = [self._rows_of(name, columns[name]) for name in tables[start:][:40]]
            for table, key, checksum in self.rows(" union all ".join(some)):
                found[table][key or checksum] = checksum
        return found

    @staticmethod
    def _rows_of(table, names):
        row = ", ".join(f't."{name}"' for name in names)
        key = "t.id::text" if "id" in names else "''"
        checksum = f"hashtextextended(row({row})::text, 0)"
        return f"select '{table}', {key}, {checksum} from \"{table}\" t"

    def changes(self, columns, before):
        """{table: what came, went or changed} since an earlier fingerprint."""
        told = {}
        for table, now in self.fingerprint(columns).items():
            then = before[table]
            if now != then:
                came = [key for key in now if key not in then]
                changed = [key for key in now if key in then and now[key] != then[key]]
                told[table] = (
                    f"{len(came)} came, {len(then.keys() - now.keys())} went, "
                    f"{len(changed)} changed: "
                    f"{self._show(table, [*changed, *came], columns[table])}"
                )
        return told

    def _show(self, table, keys, names):
        """The first rows that moved, for the message of a failing test."""
        if "id" not in names or not keys:
            return ""
        where = f"t.id in ({','.join(keys[:3])})"
        found = self.rows(f'select row_to_json(t) from "{table}" t where {where}')
        return " ".join(row[0][:1500] for row in found)


SCHEMA = {
    "column": "select table_name || '.' || column_name || ' ' || data_type "
    "from information_schema.columns where table_schema = 'public'",
    "constraint": "select conrelid::regclass || ' ' || conname from pg_constraint "
    "where connamespace = 'public'::regnamespace",
    "index": "select tablename || ' ' || indexname from pg_indexes "
    "where schemaname = 'public'",
    "trigger": "select tgrelid::regclass || ' ' || tgname from pg_trigger "
    "where not tgisinternal",
    # Odoo forgets these two kinds itself, for every add-on that uses mail.thread; that
    # it knows which add-ons there are is no trace of one
    "record": "select module || '.' || name || ' ' || model from ir_model_data where "
    r"(module like 'o2c\_%' or "
    "model not in ('ir.model.fields.selection', 'ir.model.inherit')) "
    "and (model <> 'ir.module.module' or name not like '%o2c%')",
    "cron": "select cron_name from ir_cron",
    "parameter": "select key from ir_config_parameter",
    "default": "select d.id || ' ' || f.model || '.' || f.name from ir_default d "
    "join ir_model_fields f on f.id = d.field_id",
    "selection": "select f.model || '.' || f.name || ' ' || s.value "
    "from ir_model_fields_selection s join ir_model_fields f on f.id = s.field_id",
    "view": "select id || ' ' || coalesce(name, '') from ir_ui_view",
}


def unexpected(log):
    """Warnings and errors in Odoo's log that tests/expected_log.py does not list."""
    found = []
    for line in log.splitlines():
        match = LINE.match(line)
        if match and not is_expected(match[2], match[3]):
            found.append(line)
    return found
