"""The demo: a Dutch company in Odoo, and one order that becomes money."""

import json
import re
import time
from datetime import date

from . import say
from .server import Server, busy, is_free
from .template import ASSETS

DATABASE = "o2c_demo"
PORT = 8069
MODULES = ("o2c_demo",)  # brings all the others
LANGUAGES = ("nl_NL", "de_DE", "fr_FR")

# Where Odoo ran while the story was told: what its links begin with.
STORY_LINK = re.compile(r"http://127\.0\.0\.1:\d+(?=/odoo/)")

# The company with its two years of books; {today} makes tomorrow's demo a new one.
_BUILD = """
from datetime import date
env["o2c.demo.company"]._build(date.fromisoformat("{today}"))
"""
_ADDRESS = """
for key in ("web.base.url", "report.url"):
    env["ir.config_parameter"].set_param(key, "{address}")
env["ir.config_parameter"].set_param("web.base.url.freeze", "True")
env.cr.commit()
"""
_TELL = """
import json
story = env["o2c.demo.story"]._tell()
logins = env["o2c.demo.company"]._logins()
env.cr.commit()
print("@@" + json.dumps([story, logins], default=str))
"""


class Demo:
    """Builds, tells and starts the demo; `demo.json` remembers what is done."""

    def __init__(self, house):
        self.house = house
        self.server = Server(house)
        self.file = house.places.home / "demo.json"
        self.known = self._read()

    def _read(self):
        try:
            return json.loads(self.file.read_text())
        except (OSError, ValueError):
            return {}

    def _note(self, **facts):
        self.known.update(facts)
        new = self.file.with_suffix(".new")
        new.write_text(json.dumps(self.known, indent=1, ensure_ascii=False))
        new.rename(self.file)

    def _forget(self):
        self.known = {}
        self.file.unlink(missing_ok=True)

    # the port, before anything takes time

    def choose_port(self, asked):
        """The asked port, the one of last time, or the first free one from 8069."""
        running = self.server.running()
        if running and asked in (None, running["port"]):
            return running["port"]
        if asked:
            if not is_free(asked):
                raise busy(asked)
            return asked
        usual = self.known.get("port", PORT)
        for port in range(usual, usual + 30):
            if is_free(port):
                if port != usual:
                    say.note(f"Port {usual} is not free, so this demo uses {port}.")
                return port
        raise busy(usual)

    # building

    def build(self, port):
        """Have the database with its story told; takes up where it was left."""
        if self.known.get("told") and self.house.exists(DATABASE):
            self._upgrade()
            return
        self.server.stop()
        template = self.house.database(
            "demo",
            MODULES,
            languages=LANGUAGES,
            prepare=_BUILD.format(today=date.today()),
        )
        self._forget()
        self.house.clone(template, DATABASE)
        say.step("Telling the story: an order comes in and becomes money")
        self._start(port, crons=False)
        told = self.house.shell(DATABASE, _TELL)
        story, logins = json.loads(told.rpartition("@@")[2])
        self._note(
            told=True,
            story=story,
            logins=logins,
            day=str(date.today()),
            fingerprint=self.house.templates.fingerprint(MODULES),
        )
        self.server.stop()

    def _upgrade(self):
        """Add-ons that changed since are upgraded, as in a real company."""
        now = self.house.templates.fingerprint(MODULES)
        if now == self.known.get("fingerprint"):
            return
        say.step(
            "The add-ons changed: upgrading the demo (setup/demo --reset starts afresh)"
        )
        self.server.stop()
        self.house.run_odoo(
            DATABASE,
            "-i",
            ",".join(MODULES),
            "-u",
            "o2c_base",
            "--stop-after-init",
            "--no-http",
            what="The upgrade",
        )
        self.house.shell(DATABASE, ASSETS)
        self._note(fingerprint=now)

    def _start(self, port, crons):
        address = f"http://127.0.0.1:{port}"
        if self.known.get("address") != address:
            self.house.shell(DATABASE, _ADDRESS.format(address=address))
        self.server.start(DATABASE, port, crons)
        self._note(port=port, address=address)

    def serve(self, port):
        """Have Odoo answer on this port."""
        running = self.server.running()
        if running and running["port"] == port and running["database"] == DATABASE:
            return
        say.step("Starting Odoo")
        self._start(port, crons=True)

    def reset(self):
        """Throw the demo database away."""
        self.server.stop()
        self.house.drop(DATABASE)
        self._forget()

    # what is printed at the end

    def _story(self):
        """The lines of the story, its links to where Odoo runs now."""
        now = self.known["address"]
        return [STORY_LINK.sub(now, line) for line in self.known["story"]]

    def tell(self, served, took):
        """Print story, address and logins."""
        print(f"\n  The story of {self.known['day']}\n")
        for line in self._story():
            print(f"  {line}")
        width = [
            max(len(str(row[i])) for row in self.known["logins"]) for i in range(3)
        ]
        print("\n  Log in as\n")
        for role, login, password, first in self.known["logins"]:
            print(
                f"  {role:<{width[0]}}  {login:<{width[1]}}  {password:<{width[2]}}  "
                f"then: {first}"
            )
        where = self.known["address"]
        print(
            f"\n  Odoo runs on {where}/web/login   (ready in {took:.0f} s; "
            "setup/demo --stop ends it)"
            if served
            else f"\n  The database {DATABASE} is ready (in {took:.0f} s): "
            "setup/demo starts Odoo on it."
        )


def show(house, asked_port, reset, serve):
    """Build what is missing, start Odoo, print where to go."""
    began = time.monotonic()
    demo = Demo(house)
    port = demo.choose_port(asked_port)
    house.bring()
    if reset:
        demo.reset()
    demo.build(port)
    if serve:
        demo.serve(port)
    demo.tell(serve, time.monotonic() - began)


def stop(house):
    """Stop Odoo and, when nobody else uses it, our PostgreSQL."""
    stopped = Server(house).stop()
    house.pg.stop_when_idle()
    print("The demo is stopped." if stopped else "The demo was not running.")
