"""Who plays in the demo: products and customers, read from ``cast/*.csv``."""

import csv

from odoo import models
from odoo.fields import Command
from odoo.tools import file_open

MODULE = "o2c_demo"
#: UNECE scheme of the endpoint by which an e-invoice finds the customer.
EAS_OF_COUNTRY = {"BE": "0208", "DE": "9930", "FR": "9957"}


class O2cDemoCast(models.AbstractModel):
    """Creates the cast once; a second call finds what is there by its xmlid."""

    _name = "o2c.demo.cast"
    _description = "Demo Cast"

    def _rows(self, name):
        """Rows of a cast file as dictionaries."""
        with file_open(f"{MODULE}/cast/{name}.csv", "r") as lines:
            return list(csv.DictReader(lines))

    def _keep(self, xmlid, record):
        """Remember a record under an xmlid of the demo."""
        self.env["ir.model.data"]._update_xmlids(
            [{"xml_id": f"{MODULE}.{xmlid}", "record": record, "noupdate": True}]
        )
        return record

    def _find(self, xmlid):
        return self.env.ref(f"{MODULE}.{xmlid}", raise_if_not_found=False)

    # ------------------------------------------------------------ products

    def _products(self, company):
        """Goods with stock and services, with the taxes of the company's chart.

        :return: ``product.product`` records in the order of the file
        """
        products = self.env["product.product"]
        for row in self._rows("products"):
            xmlid = "product_" + row["code"].lower().replace("-", "_")
            product = self._find(xmlid)
            if not product:
                product = self._keep(xmlid, self._create_product(row, company))
            products |= product
        return products

    def _create_product(self, row, company):
        service = row["kind"] == "service"
        rate = {"high": "21", "low": "9"}[row["vat_rate"]]
        tax = self.env["account.chart.template"].with_company(company)
        product = (
            self.env["product.product"]
            .with_company(company)
            .create(
                {
                    "name": row["name"],
                    "default_code": row["code"],
                    "type": "service" if service else "consu",
                    "is_storable": not service,
                    "invoice_policy": "delivery",
                    "list_price": float(row["price"]),
                    "standard_price": round(float(row["price"]) * 0.6, 2),
                    "categ_id": self._category(row["category"]).id,
                    "uom_id": self.env.ref(
                        "uom.product_uom_hour"
                        if row["code"].endswith("-UUR") or row["code"] == "STORING"
                        else "uom.product_uom_unit"
                    ).id,
                    "taxes_id": [
                        Command.set(
                            tax.ref(f"btw_{rate}_d" if service else f"btw_{rate}").ids
                        )
                    ],
                    "company_id": False,
                }
            )
        )
        for lang in ("nl_NL", "de_DE", "fr_FR"):
            product.with_context(lang=lang).name = row["name_" + lang[:2]]
        if row["on_hand"]:
            self._put_in_stock(product, float(row["on_hand"]), company)
        return product

    def _category(self, name):
        xmlid = "product_category_" + name.lower()
        return self._find(xmlid) or self._keep(
            xmlid, self.env["product.category"].create({"name": name})
        )

    def _put_in_stock(self, product, quantity, company):
        warehouse = self.env["stock.warehouse"].search(
            [("company_id", "=", company.id)], limit=1
        )
        self.env["stock.quant"].with_company(company).with_context(
            inventory_mode=True
        ).create(
            {
                "product_id": product.id,
                "location_id": warehouse.lot_stock_id.id,
                "inventory_quantity": quantity,
            }
        ).action_apply_inventory()

    # ----------------------------------------------------------- customers

    def _customers(self, company):
        """The forty customers and their contacts.

        :return: {key of the file: ``res.partner``}
        """
        return {
            row["key"]: self._find("customer_" + row["key"])
            or self._create_customer(row, company)
            for row in self._rows("customers")
        }

    def _create_customer(self, row, company):
        partner = (
            self.env["res.partner"]
            .with_company(company)
            .with_context(no_vat_validation=False)
            .create(self._customer_values(row))
        )
        self._keep("customer_" + row["key"], partner)
        self._set_payment(partner, row)
        if row["contact"]:
            contact = self.env["res.partner"].create(
                {
                    "parent_id": partner.id,
                    "name": row["contact"],
                    "function": row["function"],
                    "email": row["contact_email"],
                    "lang": row["lang"],
                    "type": "contact",
                }
            )
            self._keep("contact_" + row["key"], contact)
        return partner

    def _customer_values(self, row):
        country = self.env.ref("base." + row["country"].lower())
        values = {
            "name": row["name"],
            "ref": row["number"],
            "is_company": row["segment"] != "consumer",
            "company_registry": row["kvk"] or False,
            "vat": row["vat"] or False,
            "street": row["street"],
            "zip": row["zip"],
            "city": row["city"],
            "country_id": country.id,
            "email": row["email"],
            "phone": row["phone"],
            "lang": row["lang"],
            "customer_rank": 1,
        }
        segment = self.env.ref(
            "o2c_base.o2c_customer_segment_" + row["segment"], raise_if_not_found=False
        )
        if segment:
            values["o2c_segment_id"] = segment.id
        return values

    def _set_payment(self, partner, row):
        """Term, currency, way of sending and e-invoice address."""
        partner.property_payment_term_id = self._term(row["term"])
        if row["currency"] != partner.env.company.currency_id.name:
            partner.specific_property_product_pricelist = self._pricelist(
                row["currency"], partner.env.company
            )
        partner.invoice_sending_method = {"post": "manual"}.get(
            row["sending"], row["sending"]
        )
        if row["edi"]:
            partner.invoice_edi_format = row["edi"]
            partner.peppol_eas, partner.peppol_endpoint = self._endpoint(row)

    def _endpoint(self, row):
        if row["oin"]:
            return "0190", row["oin"]
        if row["country"] == "NL":
            return "0106", row["kvk"]
        eas = EAS_OF_COUNTRY[row["country"]]
        return eas, row["kvk"] if eas == "0208" else row["vat"]

    def _term(self, key):
        """Payment terms used in the demo; 14 days and two halves are our own."""
        core = {
            "30": "account.account_payment_term_30days",
        }
        if key in core:
            return self.env.ref(core[key])
        xmlid = "payment_term_" + key
        return self._find(xmlid) or self._keep(xmlid, self._create_term(key))

    def _create_term(self, key):
        halves = [(50, 14), (50, 45)]
        lines = halves if key == "split" else [(100, int(key))]
        name = "50% in 14 days, 50% in 45 days" if key == "split" else f"{key} Days"
        dutch = "50% binnen 14 dagen, rest binnen 45 dagen"
        term = self.env["account.payment.term"].create(
            {
                "name": name,
                "note": f"Payment terms: {name}",
                "line_ids": [
                    Command.create(
                        {"value": "percent", "value_amount": share, "nb_days": days}
                    )
                    for share, days in lines
                ],
            }
        )
        name_nl = dutch if key == "split" else f"{key} dagen"
        term.with_context(lang="nl_NL").write(
            {"name": name_nl, "note": f"Betalingstermijn: {name_nl}"}
        )
        return term

    def _pricelist(self, currency, company):
        xmlid = "pricelist_" + currency.lower()
        return self._find(xmlid) or self._keep(
            xmlid,
            self.env["product.pricelist"].create(
                {
                    "name": f"Export ({currency})",
                    "currency_id": self.env.ref("base." + currency).id,
                    "company_id": company.id,
                }
            ),
        )
