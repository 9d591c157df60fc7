"""The demo company in a real Odoo server, seen through a real browser."""

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import date
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "setup"), str(ROOT / "tests")]

import house  # noqa: E402
from house import demo  # noqa: E402

DATABASE = "t_screens"
# what the pictures show: records of the demo company, by what they are good for
FIND = """
import json
def first(model, domain, order="id"):
    return env[model].search(domain, order=order, limit=1).id
quotes = env["sale.order"].search([("state", "in", ("draft", "sent"))])
explained = quotes.sorted(
    lambda one: -max(len(line.o2c_price_trace or ()) for line in one.order_line))
late = env["account.move"].search(
    [("move_type", "=", "out_invoice"), ("payment_state", "=", "not_paid"),
     ("state", "=", "posted"), ("invoice_date_due", "<", "today")],
    order="amount_residual desc", limit=1)
found = {
    "quote": explained[:1].id,
    "hold": first("o2c.credit.hold", [("state", "=", "open")]),
    "profile": env["o2c.credit.cover"].search([], order="id", limit=1).profile_id.id,
    "draft": first("account.move", [("state", "=", "draft"),
        ("move_type", "=", "out_invoice"), ("o2c_check_state", "=", "to_check")]),
    "case": first("o2c.dunning.case", [("state", "!=", "closed")], "amount_due desc"),
    "plan": first("o2c.payment.plan", [("state", "=", "running")]),
    "question": first("o2c.question", [("state", "=", "open")]),
    "dispute": first("o2c.dispute", [("state", "=", "open")]),
    "file": first("o2c.collection.file", [("state", "=", "ready")]),
    "what_if": first("o2c.what.if", []),
    "provision": first("o2c.provision", []),
    "ladder": env.ref("o2c_dunning.o2c_dunning_ladder_consumer").id,
    "pay": env["o2c.payment.link"]._for(late)._url(),
}
env["ir.config_parameter"].set_param("web.base.url", "ADDRESS")
found["pay"] = env["o2c.payment.link"]._for(late)._url()
env.cr.commit()
print("@@" + json.dumps([found, env["o2c.demo.company"]._logins()]))
"""
# nothing is loading, every picture and font is there
DRAWN = """() => document.readyState === "complete"
    && document.fonts.status === "loaded"
    && !document.querySelector(".o_loading_indicator")
    && [...document.images].every((image) => image.complete)"""
STORY = """
env["o2c.demo.story"]._tell()
env.cr.commit()
"""


@pytest.fixture(scope="session")
def home():
    return house.ready(test=True)


@pytest.fixture(scope="session")
def company(home):
    """The demo company on a server: (address, records, {role: (login, password)})."""
    build = demo._BUILD.format(today=date.today())
    template = home.database(
        "demo", demo.MODULES, languages=demo.LANGUAGES, prepare=build
    )
    home.clone(template, DATABASE)
    port = next(number for number in range(8170, 8270) if house.server.is_free(number))
    address = f"http://127.0.0.1:{port}"
    home.shell(DATABASE, STORY)
    told = home.shell(DATABASE, FIND.replace("ADDRESS", address))
    found, logins = json.loads(told.rpartition("@@")[2])
    log = home.log(DATABASE)
    with log.open("w") as out:
        command = home.odoo_command(
            DATABASE, f"--http-port={port}", f"--db-filter=^{DATABASE}$"
        )
        server = subprocess.Popen(command, env=home.env, stdout=out, stderr=out)
    try:
        wait_for(f"{address}/web/login", server, log)
        yield address, found, {role: (name, word) for role, name, word, _ in logins}
    finally:
        server.terminate()
        server.wait(30)
        home.drop(DATABASE)


def wait_for(address, server, log):
    deadline = time.monotonic() + 180
    while time.monotonic() < deadline:
        assert server.poll() is None, log.read_text()[-3000:]
        try:
            with urllib.request.urlopen(address, timeout=60):
                return
        except (OSError, urllib.error.URLError):
            time.sleep(0.3)
    raise AssertionError(f"no answer from {address}")


@pytest.fixture(scope="session")
def browser(home, request):
    from playwright.sync_api import sync_playwright

    if not home.tools.chromium:
        pytest.skip("no browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(home.tools.chromium),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def figures(tmp_path_factory):
    """Where pictures go: O2C_FIGURES keeps them, else they are thrown away."""
    wanted = os.environ.get("O2C_FIGURES")
    folder = ROOT / wanted if wanted else tmp_path_factory.mktemp("figures")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def windows(browser, company):
    """A window per role and size, logged in once, its style sheets kept."""
    opened = {}

    def window(role, phone):
        if (role, phone) not in opened:
            width, height = (390, 844) if phone else (1440, 900)
            opened[role, phone] = browser.new_context(
                viewport={"width": width, "height": height},
                device_scale_factor=2 if phone else 1,
                is_mobile=phone,
                has_touch=phone,
                locale="nl-NL",
            )
            if role:
                log_in(opened[role, phone].new_page(), company, role)
        return opened[role, phone]

    yield window
    for one in opened.values():
        one.close()


def log_in(page, company, role):
    address, _found, logins = company
    login, word = logins[role]
    page.goto(f"{address}/web/login")
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", word)
    page.click("form.oe_login_form button[type=submit]")
    page.wait_for_url(lambda url: "/web/login" not in url)
    page.close()


@pytest.fixture
def screen(windows, company, figures):
    """Opens pages as a role, keeps a picture, and fails on any error on the way."""
    made = []

    def open_as(role, path, name, ready, phone=False, prepare=None):
        made.append(Screen(windows(role, phone), company))
        made[-1].show(path, ready, prepare)
        if name:
            picture = figures / f"{name}.png"
            made[-1].page.screenshot(path=picture)
            assert picture.stat().st_size > 8000, f"{name} is an empty picture"
        return made[-1].page

    yield open_as
    for one in made:
        one.page.close()
    for one in made:
        assert not one.errors, "\n".join(one.errors)


class Screen:
    """A page on which someone works; it remembers what went wrong."""

    def __init__(self, window, company):
        self.address = company[0]
        self.errors = []
        self.page = window.new_page()
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", self._console)

    def _console(self, message):
        if message.type == "error":
            self.errors.append(f"{message.text} {message.location.get('url', '')}")

    def show(self, path, ready, prepare):
        url = path if path.startswith("http") else f"{self.address}{path}"
        self.page.goto(url)
        self.page.wait_for_selector(ready, timeout=60000)
        if prepare:
            prepare(self.page)
        self.settle()
        self.check()

    def settle(self):
        """Waits until everything is drawn; the network is never silent (chat)."""
        self.page.wait_for_function(DRAWN, timeout=60000)
        self.page.wait_for_timeout(300)

    def check(self):
        dialog = self.page.locator(".o_error_dialog, .o_dialog_error")
        assert dialog.count() == 0, dialog.first.inner_text()
        text = self.page.inner_text("body")
        assert "Traceback" not in text, text[:3000]
        assert not self.errors, "\n".join(self.errors)
