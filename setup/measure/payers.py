"""Fifty people pay at the same moment, over HTTP, each in a session of his own.

Several of them hold the same link. Whatever they do, a document is charged once and
the ledger balances. The first bytes of the pay page are timed on the way.
"""

import http.client
import json
import socket
import statistics
import subprocess
import threading
import time

PAYERS = 50
LINKS = 10
HOST = "127.0.0.1"
PATIENCE = 180

_SETTING = """
import json
from odoo import Command
company = env["res.company"].browse({company}) or env.ref("base.main_company")
env = env(context=dict(env.context, allowed_company_ids=company.ids))
company = company.with_env(env)
company.write({{"o2c_pay_links": True, "o2c_public_url": "https://pay.example.com"}})
moves = env["account.move"].search(
    [
        ("company_id", "=", company.id),
        ("move_type", "=", "out_invoice"),
        ("state", "=", "posted"),
        ("payment_state", "=", "not_paid"),
        ("amount_residual", ">", 0),
        ("currency_id", "=", company.currency_id.id),
        ("transaction_ids", "=", False),
    ],
    limit={links},
    order="id",
)
method = env.ref("payment.payment_method_ideal")
providers = env["payment.provider"]
provider = providers.search(
    [("code", "=", "demo"), ("company_id", "=", company.id)], limit=1
) or env.ref("payment.payment_provider_demo").copy({{"company_id": company.id}})
if provider.state != "test":
    journals = env["account.journal"]
    provider.write(
        {{
            "state": "test",
            "journal_id": journals.search(
                [("company_id", "=", company.id), ("type", "=", "bank")], limit=1
            ).id,
        }}
    )
provider.write(
    {{"is_published": True, "payment_method_ids": [Command.set(method.ids)]}}
)
method.active = True
links = env["o2c.payment.link"]._for_each(moves)
told = {{
    "provider": provider.id,
    "method": method.id,
    "links": [
        ["/pay/" + link._code(), float(link._choose().amount), move.id]
        for link, move in zip(links, moves, strict=True)
    ],
}}
env.cr.commit()
print("@@" + json.dumps(told))
"""
_LEDGER = """
import json
moves = env["account.move"].browse({moves})
env.cr.execute(
    "SELECT count(*) FROM (SELECT move_id FROM account_move_line GROUP BY move_id"
    " HAVING abs(sum(balance)) > 0.005) wrong"
)
[(unbalanced,)] = env.cr.fetchall()
done = moves.transaction_ids.filtered(lambda one: one.state == "done")
told = {{
    "paid": sum(1 for move in moves if move.payment_state == "paid"),
    "charged": {{move.id: sum(move.transaction_ids.filtered(
        lambda one: one.state == "done").mapped("amount")) for move in moves}},
    "payments": len(done.payment_id),
    "unbalanced": unbalanced,
}}
print("@@" + json.dumps(told))
"""
#: What a payer may be told instead of being let through.
REFUSALS = ("exceptions.UserError", "pay_start.PageIsOld")


class Payer:
    """One browser: keeps its cookies, opens the page, pays, looks how it went."""

    def __init__(self, port, link, setting):
        self.path, self.amount, self.move = link
        self.setting, self.cookies = setting, {}
        self.port = port
        self.first_byte = 0.0
        self.outcome = ""

    def ask(self, method, path, body=None):
        """One request on a connection of its own: the server's threads are few, and
        a connection that is kept open would hold one. :return: status and text"""
        connection = http.client.HTTPConnection(HOST, self.port, timeout=PATIENCE)
        headers = {
            "Connection": "close",
            "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()),
        }
        if body is not None:
            headers["Content-Type"] = "application/json"
        began = time.perf_counter()
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        self.first_byte = time.perf_counter() - began
        for value in answer.headers.get_all("Set-Cookie") or ():
            name, _is, rest = value.partition("=")
            self.cookies[name] = rest.split(";")[0]
        text = answer.read().decode()
        connection.close()
        return answer.status, text

    def call(self, path, **params):
        """A JSON-RPC call. :return: its result, None when he was told why not"""
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": params})
        _status, text = self.ask("POST", path, body)
        answer = json.loads(text)
        error = answer.get("error", {}).get("data")
        if error and not error["name"].endswith(REFUSALS):
            raise RuntimeError(f"{path}: {error['name']}: {error['message']}")
        return answer.get("result")

    def look(self):
        """Open the page. :return: seconds to the first byte"""
        status, _text = self.ask("GET", self.path)
        if status != 200:
            raise RuntimeError(f"The pay page answered {status}.")
        return self.first_byte

    def pay(self):
        """From the button to the booking."""
        started = self.call(
            f"{self.path}/start/all",
            provider_id=self.setting["provider"],
            payment_method_id=self.setting["method"],
            token_id=None,
            amount=self.amount,
            flow="direct",
            tokenization_requested=False,
            landing_route="/pay/back",
            is_validation=False,
            access_token="",
        )
        if not started:
            self.outcome = "refused"
            return
        self.call(
            "/payment/demo/simulate_payment",
            reference=started["reference"],
            payment_details="",
            simulated_state="done",
        )
        self.call("/payment/status/poll", csrf_token="")
        self.outcome = "paid"


def load(home, database, payers=PAYERS, links=LINKS, company=0):
    """Let them all pay at once on a running server.

    :param home: what knows how to start Odoo (``house``)
    :return: dict of figures: what happened, seconds, and what the ledger says
    """
    code = _SETTING.format(links=links, company=company)
    setting = json.loads(home.shell(database, code).rpartition("@@")[2])
    if len(setting["links"]) < links:
        raise RuntimeError(f"Only {len(setting['links'])} invoices are open.")
    with Running(home, database) as port:
        crowd = [
            Payer(port, setting["links"][number % links], setting)
            for number in range(payers)
        ]
        crowd[0].look()  # compiles the page
        alone = [crowd[0].look() for _time in range(9)]
        barrier = threading.Barrier(payers)
        troubles = []
        threads = [
            threading.Thread(target=_go, args=(one, barrier, troubles)) for one in crowd
        ]
        began = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        seconds = time.perf_counter() - began
    if troubles:
        raise RuntimeError(f"{len(troubles)} payers met trouble: {troubles[0]}")
    moves = [move for _path, _amount, move in setting["links"]]
    ledger = home.shell(database, _LEDGER.format(moves=moves)).rpartition("@@")[2]
    told = json.loads(ledger)
    asked = {str(move): amount for _path, amount, move in setting["links"]}
    return {
        "payers": payers,
        "links": len(moves),
        "first_byte": statistics.median(alone),
        "seconds": seconds,
        "through": sum(1 for one in crowd if one.outcome == "paid"),
        "refused": sum(1 for one in crowd if one.outcome == "refused"),
        "paid": told["paid"],
        "payments": told["payments"],
        "charged_wrong": [
            move
            for move, amount in asked.items()
            if abs(told["charged"][move] - amount) > 0.005
        ],
        "unbalanced": told["unbalanced"],
    }


def wrong(told):
    """What may never happen, of what :func:`load` found.

    :return: sentences; empty when all is well
    """
    found = []
    if told["charged_wrong"]:
        found.append(f"charged another amount than asked: {told['charged_wrong']}")
    if not told["links"] == told["paid"] == told["payments"] == told["through"]:
        found.append(
            f"{told['links']} links, {told['through']} let through, "
            f"{told['payments']} payments, {told['paid']} invoices paid"
        )
    if told["through"] + told["refused"] != told["payers"]:
        found.append("somebody was neither let through nor refused")
    if told["unbalanced"]:
        found.append(f"{told['unbalanced']} entries do not balance")
    return found


def _go(payer, barrier, troubles):
    """What one person does; everybody presses the button at the same moment."""
    try:
        payer.look()
        barrier.wait(PATIENCE)
        payer.pay()
    except Exception as error:
        troubles.append(repr(error))
        barrier.abort()


class Running:
    """A server of our own on a free port, stopped by its process at the end."""

    def __init__(self, home, database):
        self.home, self.database = home, database
        with socket.socket() as free:
            free.bind((HOST, 0))
            self.port = free.getsockname()[1]

    def __enter__(self):
        self.process = subprocess.Popen(
            self.home.odoo_command(
                self.database,
                f"--http-port={self.port}",
                f"--http-interface={HOST}",
                f"--db-filter=^{self.database}$",
                "--max-cron-threads=0",
                "--log-level=error",
            ),
            env={**self.home.env, "ODOO_MAX_HTTP_THREADS": "6"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self.process.poll() is None:
            try:
                with socket.create_connection((HOST, self.port), timeout=2):
                    return self.port
            except OSError:
                time.sleep(0.3)
        self.__exit__()
        raise RuntimeError("Odoo did not start.")

    def __exit__(self, *_error):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
