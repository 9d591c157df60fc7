"""Judges an e-invoice by schema, EN 16931 and Peppol / NLCIUS, with the official rules.

Saxon runs in this process, which never holds Odoo: its isolates abort in forks and
threads. No rule fired means that the file was not judged, and a broken rule raises.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import rules
from lxml import etree
from saxonche import PySaxonProcessor

NLCIUS = "urn:cen.eu:en16931:2017#compliant#urn:fdc:nen.nl:nlcius:v1.0"
# Peppol's own profile identifier; the Dutch profile has another, all else is the same
PROFILE_RULE = "PEPPOL-EN16931-R004"
SVRL = {"svrl": "http://purl.oclc.org/dsdl/svrl"}
RULE = re.compile(r"\[?((?:BR|UBL|PEPPOL|NL|BR-NL)[A-Z0-9-]*-[A-Z0-9]+(?:-[0-9]+)?)")


@dataclass(frozen=True)
class Finding:
    """One broken rule."""

    rule: str
    flag: str
    text: str
    place: str


class NotJudged(Exception):
    """No rule looked at the file, so its silence means nothing."""


class Judge:
    """Compiles the rules once and judges many files."""

    def __init__(self, home):
        schematron, compiler = rules.bring(home)
        self.processor = PySaxonProcessor(license=False)
        self.sheets = {
            "EN 16931": self._compile(
                str(rules.facturx_folder() / "EN16931-UBL-validation.xslt")
            ),
            "Peppol": self._compile_schematron(str(schematron), str(compiler)),
        }
        self.schemas = {
            kind: etree.XMLSchema(file=str(rules.facturx_folder() / "maindoc" / name))
            for kind, name in (
                ("Invoice", "UBL-Invoice-2.1.xsd"),
                ("CreditNote", "UBL-CreditNote-2.1.xsd"),
            )
        }

    def _compile(self, path):
        return self.processor.new_xslt30_processor().compile_stylesheet(
            stylesheet_file=path
        )

    def _compile_schematron(self, schematron, compiler):
        transpile = self._compile(compiler)
        source = self.processor.parse_xml(xml_file_name=schematron)
        text = transpile.transform_to_string(xdm_node=source)
        return self.processor.new_xslt30_processor().compile_stylesheet(
            stylesheet_text=text
        )

    def findings(self, content):
        """What is wrong with a file (bytes or a path): a list of findings."""
        if isinstance(content, Path):
            content = content.read_bytes()
        tree = etree.fromstring(content)
        found = list(self._by_schema(tree))
        for name, sheet in self.sheets.items():
            node = self.processor.parse_xml(xml_text=content.decode())
            result = sheet.transform_to_string(xdm_node=node)
            if not result:
                raise NotJudged(f"{name}: no result")
            found += self._read(name, etree.fromstring(result.encode()))
        dutch = NLCIUS in tree.xpath("*[local-name()='CustomizationID']/text()")
        return [item for item in found if not (dutch and item.rule == PROFILE_RULE)]

    def _by_schema(self, tree):
        kind = etree.QName(tree).localname
        if kind not in self.schemas:
            raise NotJudged(f"{kind} is neither an invoice nor a credit note")
        schema = self.schemas[kind]
        if not schema.validate(tree):
            for error in schema.error_log:
                yield Finding("schema", "fatal", error.message, f"line {error.line}")

    @staticmethod
    def _read(name, report):
        if not report.xpath("count(//svrl:fired-rule)", namespaces=SVRL):
            raise NotJudged(f"{name}: no rule fired")
        path = "//svrl:failed-assert | //svrl:successful-report"
        for node in report.xpath(path, namespaces=SVRL):
            text = " ".join("".join(node.itertext()).split())
            rule = node.get("id") or (RULE.search(text) or ["?"])[0].strip("[")
            flag = node.get("flag") or node.get("role") or "fatal"
            yield Finding(rule, flag, text, node.get("location", ""))
