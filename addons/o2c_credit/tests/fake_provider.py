"""A local server that answers as the documentation of the registers says.

KVK: https://developers.kvk.nl/nl/documentation/basisprofiel-api and
https://developers.kvk.nl/nl/documentation/functionarissen-api. CIR:
https://webservice.rechtspraak.nl/cir.asmx?wsdl. The customers are fictional.
"""

import json
import re
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KEY, USER, PASSWORD = "test-key-of-nobody", "tester", "pass&word<of>nobody"
CIR = (
    '<soap:Envelope xmlns:soap="http://www.w3.org/2003/05/soap-envelope"><soap:Body>'
    '<{name}Response xmlns="http://www.rechtspraak.nl/namespaces/cir01">'
    "<{name}Result>{inner}</{name}Result></{name}Response></soap:Body></soap:Envelope>"
)
LIST = (
    '<publicatieLijst extractiedatum="2026-05-21T15:26:58+02:00"'
    ' xmlns="http://www.rechtspraak.nl/namespaces/inspubber01">{marks}'
    "</publicatieLijst>"
)
CASE = (
    '<inspubWebserviceInsolvente xmlns="http://www.rechtspraak.nl/namespaces/inspubber01">'
    "<insolvente><insolventienummer>F.16/26/150</insolventienummer>"
    "<behandelendeInstantieNaam>Rechtbank Proefdam</behandelendeInstantieNaam>"
    "<persoon><rechtspersoonlijkheid>rechtspersoon</rechtspersoonlijkheid>"
    "<achternaam>Proef B.V.</achternaam><KvKNummer>{number}</KvKNummer></persoon>"
    "<cbvers><cbv><titulatuur>mr</titulatuur><voorletters>K.</voorletters>"
    "<achternaam>Proef</achternaam><CB>C</CB></cbv></cbvers>"
    "<publicatiegeschiedenis>{events}</publicatiegeschiedenis></insolvente>"
    "</inspubWebserviceInsolvente>"
)
EVENT = (
    "<publicatie><publicatieDatum>{0}</publicatieDatum>"
    "<publicatieOmschrijving>{1}</publicatieOmschrijving>"
    "<publicatieSoortCode>{2}</publicatieSoortCode></publicatie>"
)
BEGUN = ("2026-01-12", "Uitspraak faillissement op 12 januari 2026", "1300")
LIFTED = ("2026-03-01", "Opheffing faillissement", "1316")


def profile(number, **values):
    """An answer of Basisprofiel."""
    return {
        "kvkNummer": number,
        "indNonMailing": "Ja",
        "naam": "Bakkerij Proef B.V.",
        "formeleRegistratiedatum": "20250622",
        "materieleRegistratie": {"datumAanvang": "20090601"},
        "statutaireNaam": "Bakkerij Proef B.V.",
        "totaalWerkzamePersonen": 24,
        "sbiActiviteiten": [
            {
                "sbiCode": "10711",
                "sbiOmschrijving": "Vervaardiging van brood",
                "indHoofdactiviteit": "Ja",
            }
        ],
        "_embedded": {
            "eigenaar": {
                "rsin": "123456782",
                "rechtsvorm": "BeslotenVennootschap",
                "uitgebreideRechtsvorm": "Besloten Vennootschap",
            }
        },
        **values,
    }


PEOPLE = {
    "bestuurders": [
        {
            "natuurlijkPersoon": {"volledigeNaam": "A. Proef"},
            "functie": "Bestuurder",
            "bevoegdheid": {"soort": "Alleen/zelfstandig bevoegd"},
            "datumIngang": "20090601",
        }
    ],
    "gemachtigden": [
        {
            "natuurlijkPersoon": {"volledigeNaam": "B. Proef"},
            "functie": "Procuratiehouder",
            "volmacht": {
                "typeVolmacht": "Beperkte volmacht",
                "beperkteVolmacht": {"beperkingInGeld": {"waarde": "25000"}},
            },
        }
    ],
}


class Handler(BaseHTTPRequestHandler):
    """Answers by the mood that a test set."""

    def do_GET(self):
        number = self.path.rpartition("/")[2]
        self.server.asked.append(self.path)
        if self._moody():
            return
        if self.headers.get("apikey") != KEY:
            self._answer(401, {"fout": [{"code": "IPD0000"}]})
        elif "/functionarissen/" in self.path:
            self._answer(200, {"kvkNummer": number, **PEOPLE})
        elif number in self.server.missing:
            self._answer(404, {"fout": [{"code": "IPD0005", "omschrijving": "?"}]})
        else:
            self._answer(200, profile(number, **self.server.profile))

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.asked.append(body)
        if self._moody():
            return
        if "<wsse:Password>pass&amp;word&lt;of&gt;nobody</wsse:Password>" not in body:
            fault = "<e><Fault><faultstring>Security requirements are not satisfied"
            self._answer(500, f"{fault}</faultstring></Fault></e>")
            return
        number = re.search(r"commercialRegisterID>(\d+)<", body)
        name = "searchUndertaking" if number else "getCase"
        if number:
            self.server.number = number[1]
            marks = "".join(
                f"<publicatieKenmerk>16.mne.26.150.F.{event[2]}.1.00</publicatieKenmerk>"
                for event in self.server.events
            )
            inner = LIST.format(marks=marks)
        else:
            events = "".join(EVENT.format(*one) for one in self.server.events)
            inner = CASE.format(
                number=self.server.case_number or self.server.number, events=events
            )
        self._answer(200, CIR.format(name=name, inner=inner))

    def _moody(self):
        mood = self.server.mood
        if mood == "slow":
            time.sleep(1.6)
            return False
        if mood == "nonsense":
            self._answer(200, "<html>We are busy</html>")
        elif mood == "huge":
            self._answer(200, "x" * 3_000_000)
        elif isinstance(mood, tuple):
            self._answer(mood[0], "?", mood[1])
        return mood is not None

    def _answer(self, status, content, headers=()):
        body = content if isinstance(content, str) else json.dumps(content)
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        try:
            self.wfile.write(body.encode())
        except OSError:
            self.close_connection = True  # who asked did not wait

    def log_message(self, *args):
        """Silence."""


@contextmanager
def fake_provider():
    """A running server; ``server.mood`` decides how it answers."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.mood, server.asked, server.missing = None, [], set()
    server.profile, server.events, server.case_number = {}, [], None
    server.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
