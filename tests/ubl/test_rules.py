"""The rules work: they praise a right file and name what is wrong in another."""

import pytest
from judge import Judge, NotJudged
from lxml import etree

# rule that must speak up: what is replaced in the right invoice, by what
FAULTS = {
    "schema": ("<cbc:ID>INV-2026-0001</cbc:ID>", ""),
    "BR-02": ("<cbc:ID>INV-2026-0001</cbc:ID>", "<cbc:ID></cbc:ID>"),
    "BR-CO-13": (">100.00</cbc:TaxExclusive", ">90.00</cbc:TaxExclusive"),
    "BR-CO-16": (">121.00</cbc:PayableAmount>", ">120.00</cbc:PayableAmount>"),
    "BR-S-08": (">100.00</cbc:TaxableAmount>", ">99.00</cbc:TaxableAmount>"),
    "BR-CL-01": (">380</cbc:InvoiceTypeCode>", ">999</cbc:InvoiceTypeCode>"),
    "PEPPOL-EN16931-R003": (
        "<cbc:BuyerReference>PO-4711</cbc:BuyerReference>\n"
        "  <cac:OrderReference>\n    <cbc:ID>PO-4711</cbc:ID>\n  </cac:OrderReference>",
        "",
    ),
    "PEPPOL-EN16931-R008": (
        "<cbc:CityName>Utrecht</cbc:CityName>",
        "<cbc:CityName></cbc:CityName>",
    ),
    "PEPPOL-EN16931-R010": (
        '<cbc:EndpointID schemeID="0106">30123456</cbc:EndpointID>',
        "",
    ),
    "NL-R-002": ("<cbc:StreetName>Havenkade 12</cbc:StreetName>", ""),
    "NL-R-003": (
        'schemeID="0106">27124701</cbc:CompanyID>',
        ">27124701</cbc:CompanyID>",
    ),
    "NL-R-004": ("<cbc:CityName>Utrecht</cbc:CityName>", ""),
    "NL-R-005": (
        'schemeID="0106">30123456</cbc:CompanyID>',
        ">30123456</cbc:CompanyID>",
    ),
}


def test_nothing_is_wrong_with_a_right_invoice(judge, invoice):
    assert judge.findings(invoice.encode()) == []


@pytest.mark.parametrize("rule", FAULTS)
def test_a_fault_is_named(judge, invoice, rule):
    good, bad = FAULTS[rule]
    assert good in invoice
    found = judge.findings(invoice.replace(good, bad, 1).encode())
    assert rule in {finding.rule for finding in found}, found


def test_a_file_that_no_rule_looks_at_is_not_right(judge):
    with pytest.raises(NotJudged):
        judge.findings(b"<Order xmlns='urn:x'/>")


def test_a_report_without_a_fired_rule_is_not_a_verdict():
    svrl = "http://purl.oclc.org/dsdl/svrl"
    silent = etree.fromstring(f"<schematron-output xmlns='{svrl}'/>")
    with pytest.raises(NotJudged):
        list(Judge._read("Peppol", silent))


def test_only_the_dutch_profile_may_carry_its_own_identifier(judge, invoice):
    found = judge.findings(invoice.replace("nlcius:v1.0", "nlcius:v9.9").encode())
    assert "PEPPOL-EN16931-R004" in {finding.rule for finding in found}
