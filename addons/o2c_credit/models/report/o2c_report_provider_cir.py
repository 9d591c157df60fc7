"""The Central Insolvency Register of the Dutch judiciary.

SOAP service https://webservice.rechtspraak.nl/cir.asmx, free of charge after
registration (https://www.rechtspraak.nl/Registers/Paginas/default.aspx); at most ten
calls a second. Only undertakings are asked for, by their trade register number; people
never.
"""

import base64
import uuid
from datetime import timedelta

from odoo import api, fields, models

from ...policy.report import cir
from ...policy.report.answer import ProviderError

ADDRESS = "https://webservice.rechtspraak.nl/cir.asmx"
#: More cases than this behind one number is an answer to another question.
MOST_CASES = 10


class O2cReportProviderCir(models.AbstractModel):
    _name = "o2c.report.provider.cir"
    _inherit = "o2c.report.provider"
    _description = "Insolvency Register (CIR)"

    @api.model
    def _defaults(self):
        return {"price": 0.0, "per_minute": 60, "refresh_days": 7}

    @api.model
    def _leaves(self):
        return self.env._(
            "The trade register number of the customer goes to the Dutch judiciary, "
            "which keeps the insolvency register."
        )

    @api.model
    def _signature(self):
        return "Centraal Insolventieregister"

    @api.model
    def _lacks(self, source):
        if source.state == "test" and not source.base_url:
            return self.env._("the address of a test service (this register has none)")
        if not source.username:
            return self.env._("the user name")
        return "" if source.password else self.env._("the password")

    @api.model
    def _fetch(self, source, partner, bill):
        number = self._number_of(partner)
        content = self._ask(source, bill, "searchUndertaking", number)
        marks = cir.read_marks(content)
        if len(marks) > MOST_CASES:
            raise ProviderError("nonsense")
        cases, documents = [], []
        for mark in marks:
            answer = self._ask(source, bill, "getCase", mark)
            case = cir.read_case(answer, number)
            if case:
                cases.append(case)
                documents.append(answer)
        if marks and not cases:
            raise ProviderError("nonsense")
        case = cir.worst_case(cases)
        if not case:
            return {
                "kvk_number": number,
                "insolvent": False,
                "note": self.env._("Not in the insolvency register."),
            }
        return {
            "kvk_number": number,
            "insolvent": case.running,
            "insolvency_kind": case.kind,
            "insolvency_on": case.on,
            "insolvency_number": case.number,
            "trustee": case.trustee,
            "note": "\n".join(
                " · ".join(filter(None, (one.number, one.court, one.words)))
                for one in cases
            ),
            "document": base64.b64encode(documents[cases.index(case)]),
            "document_name": f"cir-{number}.xml",
        }

    @api.model
    def _ask(self, source, bill, operation, argument):
        """A call, and its answer once it is no fault."""
        url = source.base_url or ADDRESS
        now = fields.Datetime.now()
        body = cir.envelope(
            operation,
            argument,
            source.username,
            source.password,
            url,
            str(uuid.uuid4()),
            f"{now.isoformat(timespec='seconds')}Z",
            f"{(now + timedelta(minutes=5)).isoformat(timespec='seconds')}Z",
        )
        headers = {
            "Content-Type": "text/xml; charset=utf-8",
            "SOAPAction": f'"{cir.NS}/{operation}"',
        }
        content = self._send(source, bill, "POST", url, headers, body.encode())
        fault = cir.read_fault(content)
        if fault:
            raise fault
        return content

    @api.model
    def _explain(self, error, content):
        """A fault comes with status 500, whatever it is."""
        return cir.read_fault(content) or error
