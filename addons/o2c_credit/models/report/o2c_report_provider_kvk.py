"""The Dutch trade register as a provider of reports.

API Basisprofiel and, with a subscription of its own, API Functionarissen:
https://developers.kvk.nl/nl/documentation/basisprofiel-api,
https://developers.kvk.nl/nl/documentation/functionarissen-api. The key goes in the
header ``apikey`` (https://developers.kvk.nl/nl/documentation/quickstart). A call costs
€ 0.02 (https://developers.kvk.nl/apply-for-apis); at most 100 calls a second
(https://developers.kvk.nl/nl/support/faq/apis).
"""

import base64
import json

from odoo import Command, api, models

from ...policy.report.answer import ProviderError
from ...policy.report.kvk import read_functionaries, read_profile

ADDRESSES = {"on": "https://api.kvk.nl/api", "test": "https://api.kvk.nl/test/api"}


class O2cReportProviderKvk(models.AbstractModel):
    _name = "o2c.report.provider.kvk"
    _inherit = "o2c.report.provider"
    _description = "Trade Register (KVK)"

    @api.model
    def _defaults(self):
        return {"price": 0.02, "per_minute": 120, "refresh_days": 365}

    @api.model
    def _leaves(self):
        return self.env._(
            "The trade register number of the customer goes to KVK, the Dutch Chamber "
            "of Commerce."
        )

    @api.model
    def _signature(self):
        return "KVK Handelsregister"

    @api.model
    def _lacks(self, source):
        return "" if source.api_key else self.env._("the API key")

    @api.model
    def _calls(self, source):
        return 2 if source.with_people else 1

    @api.model
    def _fetch(self, source, partner, bill):
        number = self._number_of(partner)
        base = (source.base_url or ADDRESSES[source.state]).rstrip("/")
        content, answer = self._ask(source, bill, f"{base}/v1/basisprofielen/{number}")
        profile = read_profile(answer, number)
        persons = profile.persons
        if source.with_people:
            address = f"{base}/v1/functionarissen/kvknummer/{number}"
            try:
                persons = read_functionaries(self._ask(source, bill, address)[1])
            except ProviderError as error:
                # no people registered; whatever else is wrong spoils the whole
                if error.code != "not_found":
                    raise
        return {
            "kvk_number": profile.kvk_number,
            "legal_form": profile.legal_form,
            "founded_on": profile.founded_on,
            "ended_on": profile.ended_on,
            "employees": profile.employees or 0,
            "sbi_code": profile.sector_code or False,
            "sector_name": profile.sector_name,
            "insolvency_known": False,
            "note": self._remark(partner, profile),
            "document": base64.b64encode(content),
            "document_name": f"kvk-{number}.json",
            "person_ids": [
                Command.create(
                    {
                        "name": one.name,
                        "role": one.role,
                        "function": one.function,
                        "signs": one.signs,
                        "amount": float(one.amount),
                        "since": one.since,
                    }
                )
                for one in persons
            ],
        }

    @api.model
    def _remark(self, partner, profile):
        """What a person should see: another name, or no longer there."""
        remarks = []
        name = partner.commercial_partner_id.name
        if profile.name and profile.name.casefold() != (name or "").casefold():
            remarks.append(self.env._("Name in the trade register: %s.", profile.name))
        if profile.ended_on:
            remarks.append(self.env._("Struck off the trade register."))
        return " ".join(remarks)

    @api.model
    def _ask(self, source, bill, url):
        """A call with the key, and its answer as JSON."""
        headers = {"apikey": source.api_key, "Accept": "application/json"}
        content = self._send(source, bill, "GET", url, headers)
        try:
            return content, json.loads(content)
        except ValueError:
            raise ProviderError("nonsense") from None
