"""The interface of a provider of reports.

A new provider is a value of ``o2c.report.source.code`` and a model
``o2c.report.provider.<code>`` that inherits this one and answers six questions:
``_defaults``, ``_signature``, ``_leaves``, ``_lacks``, ``_calls`` and ``_fetch``.
Queue, price, patience, alerts and the record of what was asked come for free.
"""

import logging
import time

import requests

from odoo import api, models

from ...policy.report.answer import ProviderError, judge_status
from ...policy.report.values import Unreadable, read_kvk

_logger = logging.getLogger(__name__)
#: An answer larger than this is not a report.
MOST_BYTES = 2_000_000


class O2cReportProvider(models.AbstractModel):
    _name = "o2c.report.provider"
    _description = "Provider of Credit Reports"

    @api.model
    def _defaults(self):
        """Values of a new source: price, patience, calls per minute."""
        return {}

    @api.model
    def _leaves(self):
        """What leaves the database with a call, and to whom, in one sentence."""
        raise NotImplementedError

    @api.model
    def _signature(self):
        """Who made the report, as it is written on it: a name, so not translated."""
        raise NotImplementedError

    @api.model
    def _lacks(self, source):
        """What is still missing before the provider can be asked, in words."""
        return ""

    @api.model
    def _calls(self, source):
        """How many calls one report takes at most, as far as one can tell before."""
        return 1

    @api.model
    def _number_of(self, partner):
        """The number by which a provider knows a customer, or False.

        People without a number in the trade register are never asked for.
        """
        customer = partner.commercial_partner_id
        country = customer.country_id.code
        if not customer.is_company or (country and country != "NL"):
            return False
        try:
            return read_kvk(customer.company_registry or "")
        except Unreadable:
            return False

    @api.model
    def _fetch(self, source, partner, bill):
        """Ask for a report.

        :param source: ``o2c.report.source`` in sudo
        :param partner: the customer, known by :meth:`_number_of`
        :param dict bill: ``bill["calls"]`` is raised with every call, by :meth:`_send`
        :return: values of ``o2c.credit.report``
        :raise ProviderError: no report came
        """
        raise NotImplementedError

    @api.model
    def _send(self, source, bill, method, url, headers=None, data=None):
        """One call: time limit, no redirects, size limit, and a log without secrets.

        :return: the content, bytes
        :raise ProviderError: anything but a fine answer
        """
        started = time.monotonic()
        bill["calls"] += 1
        outcome = "?"
        try:
            with requests.request(
                method,
                url,
                headers=headers,
                data=data,
                timeout=source.timeout,
                verify=source.ca_file or True,
                allow_redirects=False,
                stream=True,
            ) as response:
                outcome = response.status_code
                content = self._read(response, started + source.timeout)
        except requests.exceptions.SSLError:
            outcome = "certificate"
        except requests.exceptions.Timeout:
            outcome = "timeout"
        except (requests.exceptions.RequestException, OSError):
            late = time.monotonic() - started >= source.timeout
            outcome = "timeout" if late else "unreachable"
        finally:
            # neither address nor headers nor content: they hold keys and names
            _logger.info(
                "Provider %s: %s after %.1f s",
                source.code,
                outcome,
                time.monotonic() - started,
            )
        if isinstance(outcome, str):
            # the error itself is not chained: its text holds the address
            raise ProviderError(outcome)
        error = judge_status(outcome, response.headers.get("Retry-After"))
        if error:
            raise self._explain(error, content)
        return content

    @api.model
    def _read(self, response, until):
        """The content of an answer that is neither endless nor too slow."""
        chunks, size = [], 0
        for chunk in response.iter_content(65536):
            chunks.append(chunk)
            size += len(chunk)
            if size > MOST_BYTES:
                raise ProviderError("nonsense")
            if time.monotonic() > until:
                raise requests.exceptions.ReadTimeout
        return b"".join(chunks)

    @api.model
    def _explain(self, error, content):
        """Hook: a provider that says more in the text of an error."""
        return error
