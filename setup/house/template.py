"""Prepared databases: one per set of installed modules, cloned in two seconds.

A template is built in layers, so that a change in an add-on of ours does not install
Odoo's modules again: `o2c_odoo_<key>` holds Odoo's modules, built on the largest part
of them that is there already, `o2c_set_<name>_<key>` adds ours, and
`o2c_made_<name>_<key>` is what a preparation made of it. The key is a fingerprint of
what went in. A database under construction has another name, so one that carries its
final name is whole.
"""

import ast
import hashlib
import os
import shutil
import subprocess
import time
from pathlib import Path

from . import say

# Odoo asks the real Peppol hosts and its own for news unless told otherwise.
_QUIET = """
insert into ir_config_parameter (key, value) values ('account_peppol.edi.mode', 'demo')
on conflict (key) do update set value = excluded.value;
update ir_cron set active = false where id in (select res_id from ir_model_data
where module = 'mail' and name = 'ir_cron_module_update_notification');
"""
ASSETS = """
env['ir.qweb']._pregenerate_assets_bundles()
env.cr.commit()
"""


class Templates:
    """Builds templates and hands out clones, for one house."""

    def __init__(self, house):
        self.house = house

    # what a set of modules needs

    def _manifest(self, module):
        for folder in self.house.odoo.addons_path(self.house.test):
            path = Path(folder) / module / "__manifest__.py"
            if path.exists():
                return path
        return None

    def _closure(self, modules):
        """These modules and all they depend on: (Odoo's, ours)."""
        core, ours, todo = set(), set(), list(modules)
        while todo:
            module = todo.pop()
            if module in core or module in ours:
                continue
            path = self._manifest(module)
            if path is None:
                raise say.Trouble(f"There is no module {module} on the add-ons path.")
            kin = self._is_ours(path)
            (ours if kin else core).add(module)
            todo += ast.literal_eval(path.read_text()).get("depends", ["base"])
        return core, ours

    def _is_ours(self, path):
        places = self.house.places
        own = {places.addons.resolve(), places.tests.resolve()}
        return not own.isdisjoint(path.resolve().parents)

    def _key(self, core, ours, demo, languages):
        digest = hashlib.sha256()
        release = self.house.odoo.path / "odoo" / "release.py"
        digest.update(
            repr((sorted(core), sorted(ours), demo, sorted(languages))).encode()
        )
        digest.update(f"{release.resolve()}{release.stat().st_mtime}".encode())
        for module in sorted(ours):
            for path in self._files(self._manifest(module).parent):
                digest.update(
                    str(path.relative_to(self.house.places.checkout)).encode()
                )
                digest.update(path.read_bytes())
        return digest.hexdigest()[:10]

    @staticmethod
    def _files(folder):
        """What an installation depends on: not the tests, not compiled files."""
        for path in sorted(folder.rglob("*")):
            parts = path.relative_to(folder).parts
            if (
                path.is_file()
                and "__pycache__" not in parts
                and parts[0] not in ("tests", "readme")
            ):
                yield path

    # building

    def database(
        self, name, modules, demo=False, languages=(), prepare="", purpose="made"
    ):
        """A template with these modules installed.

        :param name: a label; templates of the same label replace each other
        :param prepare: Python for the shell, run once on the finished set and committed
        :param purpose: a word for it; what was prepared for one purpose is replaced
        :return: the name of the template database
        """
        core, ours = self._closure(modules)
        label = "".join(c if c.isalnum() else "_" for c in name)
        key = self._key(core, ours, demo, languages)
        installed = f"o2c_set_{label}_{key}"
        wanted = installed
        if prepare:
            code = hashlib.sha256(prepare.encode()).hexdigest()[:6]
            wanted = f"o2c_{purpose}_{label}_{key}_{code}"
        if self.house.exists(wanted):
            return wanted
        if prepare:
            self._forget(f"o2c_{purpose}_{label}_")
        if not self.house.exists(installed):
            self._forget(f"o2c_set_{label}_")
            base = self._core(label, core, demo, languages)
            self._build(installed, base, sorted(set(modules) & ours), demo)
        if prepare:
            building = self._fresh(f"{wanted}_building", installed)
            say.step(f"Preparing the data of {label}")
            self.house.shell(building, f"{prepare}\nenv.cr.commit()\n")
            self._finish(building, wanted)
        return wanted

    def core(self, modules):
        """A template with only what these modules need of Odoo itself."""
        core, _ours = self._closure(modules)
        return self._core(", ".join(sorted(modules)), core, False, ())

    def _core(self, label, core, demo, languages):
        wanted = f"o2c_odoo_{self._key(core, (), demo, languages)}"
        if self.house.exists(wanted):
            return wanted
        base, there = self._largest_part(core, demo, languages)
        building = self._fresh(f"{wanted}_building", base)
        say.step(f"Installing Odoo's own modules for {label} ({len(core - there)})")
        if not base:
            self._install_core(building, ["base"], demo)
            self.house.pg.rows(_QUIET, building)
        if missing := sorted(core - there):
            self._install_core(building, missing, demo, languages)
        self.house.pg.rows(_QUIET, building)
        self.house.pg.note(building, self._told(core, demo, languages))
        return self._finish(building, wanted)

    def _install_core(self, building, modules, demo, languages=()):
        """Without our add-ons on the path: what it made has never heard of them, so a
        later release that lacks one, or has another, starts as on a stranger's Odoo."""
        path = ",".join(map(str, self.house.odoo.core_addons))
        self._install(building, modules, demo, languages, f"--addons-path={path}")

    def _largest_part(self, core, demo, languages):
        """The template with the most of these modules and no others.

        :return: (its name or None, what is in it)
        """
        kind, _modules = self._told(core, demo, languages).split(";")
        parts = [(None, set())]
        for name, note in self.house.pg.notes():
            if name.startswith("o2c_odoo_") and note.startswith(f"{kind};"):
                modules = set(note.partition(";")[2].split())
                if modules <= core and not name.endswith("_building"):
                    parts.append((name, modules))
        return max(parts, key=lambda part: len(part[1]))

    @staticmethod
    def _told(core, demo, languages):
        """The note on a template that says what is in it."""
        kind = " ".join(["demo" if demo else "plain", *sorted(languages)])
        return f"{kind};{' '.join(sorted(core))}"

    def _build(self, wanted, base, modules, demo):
        building = self._fresh(f"{wanted}_building", base)
        if modules:
            say.step(f"Installing {', '.join(modules)}")
            self._install(building, modules, demo)
        say.step("Pressing style sheets and scripts")
        self.house.shell(building, ASSETS)
        return self._finish(building, wanted)

    def fingerprint(self, modules):
        """Changes when a file of these add-ons changes."""
        return self._key(*self._closure(modules), False, ())

    def _install(self, database, modules, demo, languages=(), *options):
        arguments = ["-i", ",".join(modules), "--stop-after-init", "--no-http"]
        arguments += options
        if demo:
            arguments.append("--with-demo")
        if languages:
            arguments.append(f"--load-language={','.join(languages)}")
        self.house.run_odoo(database, *arguments, what=f"Installing {modules[-1]}")
        names = ",".join(f"'{module}'" for module in modules)
        missing = set(modules) - {
            row[0]
            for row in self.house.pg.rows(
                "select name from ir_module_module where state = 'installed' "
                f"and name in ({names})",
                database,
            )
        }
        if missing:
            raise say.Trouble(
                f"Odoo did not install {', '.join(sorted(missing))}; it says why in "
                f"{self.house.log(database)}."
            )

    def _fresh(self, building, base):
        self.house.log(building).unlink(missing_ok=True)
        self.house.drop(building)
        if base:
            self.clone(base, building)
        else:
            self.house.pg.create(building)
        return building

    def _finish(self, building, wanted):
        """The database's name says that it is whole, so it comes last."""
        store, final = map(self.house.places.filestore, (building, wanted))
        shutil.rmtree(final, ignore_errors=True)
        store.mkdir(parents=True, exist_ok=True)
        store.rename(final)
        self.house.pg.rename(building, wanted)
        return wanted

    def _forget(self, prefix):
        for name in self.house.pg.names():
            if name.startswith(prefix):
                self.house.drop(name)

    # clones

    def clone(self, template, name):
        """A working copy of a template, its attachments hard-linked. :return: name"""
        self.house.drop(name)
        source, target = map(self.house.places.filestore, (template, name))
        if source.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            self._link_tree(source, target)
        for attempt in range(20):
            try:
                self.house.pg.create(name, template)
                return name
            except say.Trouble as trouble:
                if "being accessed" not in str(trouble) or attempt == 19:
                    raise
                time.sleep(0.5)
        return name

    @staticmethod
    def _link_tree(source, target):
        try:
            shutil.copytree(source, target, copy_function=os.link)
        except (OSError, shutil.Error):  # another disk, or a disk without hard links
            shutil.rmtree(target, ignore_errors=True)
            subprocess.run(["cp", "-a", str(source), str(target)], check=True)
