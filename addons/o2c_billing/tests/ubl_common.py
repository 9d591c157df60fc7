"""Documents of every kind as e-invoices, for the official rules to judge."""

import os
from pathlib import Path

from lxml import etree

from odoo import Command

from odoo.addons.o2c_base.tests.common import O2cCommon

NS = {
    "cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
}


class UblCommon(O2cCommon):
    """A Dutch seller, customers at home and abroad, all Dutch sale taxes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.user.group_ids += cls.env.ref("sales_team.group_sale_manager")
        cls.company.partner_id.write(
            {"peppol_eas": "0106", "peppol_endpoint": "12345678"}
        )
        cls.term_30.note = "<p>Betaling binnen 30 dagen</p>"
        cls.dutch = cls._buyer("Bouwbedrijf Proef B.V.", "NL", "87654321")
        cls.public = cls._buyer(
            "Gemeente Proefstad", "NL", "00000001234567890000", segment="public"
        )
        cls.german = cls._buyer(
            "Probe GmbH",
            "DE",
            vat="DE123456788",
            peppol_eas="9930",
            peppol_endpoint="DE123456788",
            zip="10115",
        )
        cls.american = cls._buyer(
            "Sample Inc.",
            "US",
            peppol_eas="0060",
            peppol_endpoint="123456789",
            zip="10001",
            state_id=cls.env.ref("base.state_us_27").id,
        )
        cls.item = cls.env["product.product"].create(
            {"name": "Balk", "type": "consu", "list_price": 10, "default_code": "B1"}
        )

    @classmethod
    def _buyer(cls, name, country, registry=False, segment="sme", **values):
        return cls._customer(
            name,
            segment,
            registry=registry,
            country_id=cls.env.ref(f"base.{country.lower()}").id,
            **values,
        )

    @classmethod
    def _tax(cls, name):
        return cls.env.ref(f"account.{cls.company.id}_{name}")

    @classmethod
    def _document(cls, partner, *lines, kind="out_invoice", **values):
        """A posted document.

        :param lines: tuples of tax name, quantity, price and optionally discount
        """
        values.setdefault("ref", "PO-2026-1")
        move = cls.env["account.move"].create(
            {
                "move_type": kind,
                "partner_id": partner.id,
                "invoice_date": "2026-03-02",
                "delivery_date": "2026-02-27",
                "partner_bank_id": cls.bank.id,
                "invoice_payment_term_id": cls.term_30.id,
                "invoice_line_ids": [
                    Command.create(
                        {
                            "product_id": cls.item.id,
                            "name": f"Regel {number}",
                            "quantity": line[1],
                            "price_unit": line[2],
                            "discount": line[3] if len(line) > 3 else 0,
                            "tax_ids": [Command.set(cls._tax(line[0]).ids)],
                        }
                    )
                    for number, line in enumerate(lines, 1)
                ],
                **values,
            }
        )
        move.action_post()
        return move

    def _xml(self, move, name, format="nlcius"):
        """The file of a document, also written to the folder in O2C_UBL_OUT.

        :return: the root element
        """
        builder = self.env["res.partner"]._get_edi_builder(format)
        content, errors = builder._export_invoice(move)
        self.assertFalse(errors, f"{name}: {errors}")
        folder = os.environ.get("O2C_UBL_OUT")
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            (Path(folder) / f"{name}.xml").write_bytes(content)
        return etree.fromstring(content)

    def _text(self, root, path):
        return [node.text for node in root.xpath(path, namespaces=NS)]

    def _errors(self, move, format="nlcius"):
        builder = self.env["res.partner"]._get_edi_builder(format)
        return " ".join(builder._export_invoice(move)[1])
