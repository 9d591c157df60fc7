"""A Mollie of our own on loopback, which answers as Mollie's API documents.

Payments are created with POST /v2/payments and read with GET /v2/payments/<id>; an
error is a JSON document with status, title and detail.
"""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

KEY = "test_dHar4XY7LxsDOtmnkVtjNVWXLSlXsM"
PICTURE = "data:image/png;base64,iVBORw0KGgo="


class FakeMollie:
    """Remembers what it was asked. ``fail`` is the next answers in its place:
    a status, ``"drop"`` (no answer at all) or ``"nonsense"``."""

    def __init__(self):
        self.payments, self.requests, self.fail = {}, [], []
        self.by_key = {}
        fake = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                fake.answer(self, "POST")

            def do_GET(self):
                fake.answer(self, "GET")

            def log_message(self, *args):
                """Silent."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server.server_address[1]}/v2/"

    def stop(self):
        self.server.shutdown()
        self.server.server_close()

    def answer(self, handler, method):
        """One request, remembered, and its answer."""
        length = int(handler.headers.get("Content-Length") or 0)
        body = json.loads(handler.rfile.read(length) or "{}")
        address = urlsplit(handler.path)
        self.requests.append(
            (method, address.path, parse_qs(address.query), body, handler.headers)
        )
        trouble = self.fail.pop(0) if self.fail else None
        if trouble == "drop":
            handler.close_connection = True
            return
        if trouble == "nonsense":
            self.send(handler, 200, b"<html>Bad gateway</html>")
            return
        if trouble:
            status, found = trouble, self.error(trouble)
        elif handler.headers["Authorization"] != f"Bearer {KEY}":
            status, found = 401, self.error(401)
        elif method == "POST":
            status, found = 201, self.made(body, address.query, handler.headers)
        else:
            found = self.payments.get(address.path.rpartition("/")[2])
            status = 200 if found else 404
            found = found or self.error(404)
        self.send(handler, status, json.dumps(found).encode())

    def send(self, handler, status, content):
        handler.send_response(status)
        handler.send_header("Content-Type", "application/hal+json")
        if status == 429:
            handler.send_header("Retry-After", "60")
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content)

    def error(self, status):
        titles = {
            401: ("Unauthorized Request", "Missing authentication, or failed"),
            404: ("Not Found", "No payment exists with token tr_x."),
            422: ("Unprocessable Entity", "The amount is higher than the maximum"),
            429: ("Too Many Requests", "Too many requests"),
            503: ("Service Unavailable", "Service temporarily unavailable"),
        }
        title, detail = titles[status]
        return {"status": status, "title": title, "detail": detail}

    def made(self, body, query, headers):
        key = headers.get("Idempotency-Key")
        if key in self.by_key:
            return self.by_key[key]
        number = f"tr_{len(self.payments) + 1:010d}"
        payment = {
            "resource": "payment",
            "id": number,
            "mode": "test",
            "status": "open",
            "amount": body["amount"],
            "description": body["description"],
            "method": "ideal",
            "details": {"qrCode": None},
            "_links": {
                "checkout": {
                    "href": f"https://www.mollie.example/checkout/{number}?token=abc",
                    "type": "text/html",
                }
            },
        }
        if "details.qrCode" in query:
            payment["details"] = {
                "qrCode": {"height": 180, "width": 180, "src": PICTURE}
            }
        self.payments[number] = self.by_key[key] = payment
        return payment

    def report(self, number, status):
        """The payment is now paid, failed, expired, canceled, pending …"""
        self.payments[number]["status"] = status

    def asked(self, method):
        """How often that was asked."""
        return sum(1 for request in self.requests if request[0] == method)
