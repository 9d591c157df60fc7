"""Reading e-invoices: taxes by their category, credit notes with their invoice."""

from dataclasses import dataclass
from decimal import Decimal

from odoo import models

from ...policy import imported_line
from ...policy import vat_category as policy

#: Dutch purchase taxes for what was not charged, in the order in which we take them:
#: (category, where the seller is) → names in the chart.
PURCHASE_TAXES = {
    ("AE", policy.DOMESTIC): ["btw_ink_0"],
    ("AE", policy.EU): ["btw_I_21_d", "btw_I_21"],
    ("K", policy.EU): ["btw_I_21", "btw_I_21_d"],
    ("AE", policy.WORLD): ["btw_E2_d", "btw_E2"],
    ("G", policy.WORLD): ["btw_E2", "btw_E2_d"],
}
#: A charge up to this amount is a difference of rounding.
ROUNDING = Decimal("0.05")


@dataclass
class _Row:
    """A line as core read it, what the file states for it, and whether a charge of its
    own went into it."""

    values: dict
    stated: Decimal
    bent: bool


class AccountEdiCommon(models.AbstractModel):
    _inherit = "account.edi.common"

    def _retrieve_taxes(self, record, line_values, tax_type, tax_exigibility=False):
        """By category first; core looks at the percentage alone."""
        found, left = self.env["account.tax"], []
        assumed = []
        dutch = record.company_id.country_code == "NL"
        for node in line_values["tax_nodes"]:
            tax = self._o2c_import_tax(record, line_values, node, tax_type, dutch)
            if tax:
                found |= tax
                if tax_type == "purchase" and tax.amount and not float(node.text or 0):
                    assumed.append(tax)
            else:
                left.append(node)
        line_values["tax_nodes"] = left
        taxes, logs = super()._retrieve_taxes(
            record, line_values, tax_type, tax_exigibility
        )
        for tax in found.filtered("price_include"):
            line_values["price_unit"] *= 1 + tax.amount / 100
        for tax in assumed:
            logs.append(
                self.env._(
                    "VAT reverse-charged to us: taken at %(tax)s. Check the rate of "
                    "line %(line)s.",
                    tax=tax.name,
                    line=line_values["name"],
                )
            )
        return [*found.ids, *taxes], logs

    def _o2c_import_tax(self, record, line_values, node, tax_type, dutch):
        """The tax of one category node, empty where core knows as much as we."""
        none = self.env["account.tax"]
        category = node.getparent().findtext("{*}ID")
        if not dutch or not category or tax_type not in ("sale", "purchase"):
            return none
        if hasattr(record, "_get_specific_tax"):
            percent = float(node.text or 0)
            learnt = record._get_specific_tax(
                line_values["name"], "percent", percent, tax_type
            )
            if learnt:
                return none  # core takes what the books taught it
        if tax_type == "purchase" and not float(node.text or 0):
            return self._o2c_reverse_charge(record, category)
        return self._o2c_tax_by_category(
            record, category, float(node.text or 0), tax_type
        )

    def _o2c_origin(self, record):
        """Where the other party is, seen from the company."""
        country = record.partner_id.commercial_partner_id.country_id
        if not country or country == record.company_id.country_id:
            return policy.DOMESTIC
        eu = self.env.ref("base.europe").country_ids
        return policy.EU if country in eu else policy.WORLD

    def _o2c_reverse_charge(self, record, category):
        """The Dutch purchase tax with which we pay and deduct what was not charged."""
        taxes = self.env["account.tax"].search(
            [
                *self.env["account.tax"]._check_company_domain(record.company_id),
                ("type_tax_use", "=", "purchase"),
                ("amount_type", "=", "percent"),
                ("country_id.code", "=", "NL"),
            ]
        )
        origin = self._o2c_origin(record)
        by_name = {tax._o2c_chart_name(): tax for tax in taxes}
        for name in PURCHASE_TAXES.get((category, origin), ()):
            if name in by_name:
                return by_name[name]
        box = policy.buyer_box(category, origin)
        if box:
            return taxes.filtered(
                lambda tax: tax.has_negative_factor and box in tax._o2c_return_boxes()
            ).sorted("amount", reverse=True)[:1]
        return taxes.filtered(
            lambda tax: not tax.amount and tax.ubl_cii_tax_category_code == category
        )[:1]

    def _o2c_tax_by_category(self, record, category, percent, tax_type):
        """A tax of this rate that means the same; without one core searches on."""
        taxes = self.env["account.tax"].search(
            [
                *self.env["account.tax"]._check_company_domain(record.company_id),
                ("type_tax_use", "=", tax_type),
                ("amount_type", "=", "percent"),
                ("amount", "=", percent),
            ]
        )
        if tax_type == "purchase" or category == "S":
            # a reverse-charge tax has the same rate, and another total
            return taxes.filtered(lambda tax: not tax.has_negative_factor).sorted(
                "price_include"
            )[:1]
        customer = record.partner_id.commercial_partner_id
        seller = record.company_id.partner_id
        same = taxes.filtered(
            lambda tax: self._get_tax_category_code(customer, seller, tax) == category
        )
        abroad = self._o2c_origin(record) != policy.DOMESTIC
        return same.sorted(
            lambda tax: (
                not (tax.ubl_cii_tax_category_code or tax._o2c_known_category()),
                any(box.startswith("3") for box in tax._o2c_return_boxes()) != abroad,
                tax.sequence,
                tax.id,
            )
        )[:1]

    def _import_lines(
        self, record, tree, xpath, document_type=False, tax_type=False, qty_factor=1
    ):
        """Amounts come back as they were sent.

        Core turns an allowance into a percentage; where that misses the stated amount,
        the price carries it instead.
        """
        values, logs = super()._import_lines(
            record, tree, xpath, document_type, tax_type, qty_factor
        )
        if record._name != "account.move":
            return values, logs
        rows, values = self._o2c_absorb_charges(tree.findall(xpath), values)
        factors = [self._o2c_included_factor(row.values) for row in rows]
        lines = [
            imported_line.Line(
                quantity=Decimal(str(row.values["quantity"])),
                price=Decimal(str(row.values["price_unit"])) / factor,
                discount=Decimal(str(row.values["discount"] or 0)),
                stated=row.stated * qty_factor,
            )
            for row, factor in zip(rows, factors, strict=True)
        ]
        rounding = record.company_id.tax_calculation_rounding_method
        bent = {at for at, row in enumerate(rows) if row.bent}
        for at in imported_line.off(lines, rounding == "round_globally", bent):
            price = lines[at].stated / lines[at].quantity * factors[at]
            rows[at].values.update({"price_unit": float(price), "discount": 0.0})
        return values, logs

    def _o2c_absorb_charges(self, nodes, values):
        """What only rounds or discounts a line comes back into that line.

        Core writes a cent that rounding added, and the discount of a line with a
        negative quantity, as a charge with the reason code of a discount or of handling
        (UNCL 5189: 95, UNCL 7161: ADK), and reads every charge as a line of its own.
        Other charges stay such lines.

        :return: list of :class:`_Row`, and the values that remain
        """
        rows, left, position = [], [], 0
        for node in nodes:
            charges = [
                charge
                for charge in node.findall("{*}AllowanceCharge")
                if (charge.findtext("{*}ChargeIndicator") or "").lower() == "true"
            ]
            if position + len(charges) >= len(values):
                return [], values  # core read it another way
            line, *own = values[position : position + 1 + len(charges)]
            position += 1 + len(charges)
            stated = Decimal(node.findtext("{*}LineExtensionAmount") or "0")
            left.append(line)
            bent = False
            for charge, extra in zip(charges, own, strict=True):
                amount = Decimal(charge.findtext("{*}Amount") or "0")
                code = charge.findtext("{*}AllowanceChargeReasonCode")
                small = amount <= ROUNDING or line["quantity"] < 0
                if code in ("95", "ADK") and small:
                    bent = True
                else:
                    left.append(extra)
                    stated -= amount
            rows.append(_Row(line, stated, bent))
        return (rows, left) if position == len(values) else ([], values)

    def _o2c_included_factor(self, values):
        """By what a price without VAT was multiplied for taxes in the price."""
        taxes = self.env["account.tax"].browse(values["tax_ids"])
        factor = Decimal(1)
        for tax in taxes.filtered("price_include"):
            factor *= 1 + Decimal(str(tax.amount)) / 100
        return factor


class AccountEdiXmlUbl20(models.AbstractModel):
    _inherit = "account.edi.xml.ubl_20"

    def _import_fill_invoice(self, invoice, tree, qty_factor):
        """Which invoices a credit note corrects, and the customer's references."""
        logs = super()._import_fill_invoice(invoice, tree, qty_factor)
        if invoice.move_type in ("in_refund", "out_refund"):
            logs += self._o2c_import_corrected(invoice, tree)
        if invoice.is_sale_document():
            found = {
                "o2c_buyer_reference": "./{*}BuyerReference",
                "o2c_cost_centre": "./{*}AccountingCost",
                "o2c_contract_reference": "./{*}ContractDocumentReference/{*}ID",
                "o2c_project_reference": "./{*}ProjectReference/{*}ID",
            }
            invoice.write(
                {
                    name: text
                    for name, path in found.items()
                    if (text := (tree.findtext(path) or "").strip())
                }
            )
        return logs

    def _o2c_import_corrected(self, invoice, tree):
        path = "./{*}BillingReference/{*}InvoiceDocumentReference/{*}ID"
        numbers = [text for node in tree.findall(path) if (text := node.text)]
        if not numbers:
            return []
        purchase = invoice.move_type == "in_refund"
        earlier = self.env["account.move"].search(
            [
                ("company_id", "=", invoice.company_id.id),
                ("move_type", "=", "in_invoice" if purchase else "out_invoice"),
                ("commercial_partner_id", "=", invoice.commercial_partner_id.id),
                ("ref" if purchase else "name", "in", numbers),
                ("state", "!=", "cancel"),
            ]
        )
        invoice.o2c_corrected_ids = earlier
        if len(earlier) == 1:
            invoice.reversed_entry_id = earlier
        known = set(earlier.mapped("ref" if purchase else "name"))
        missing = [number for number in numbers if number not in known]
        if not missing:
            return []
        return [
            self.env._(
                "It corrects %s, which we do not have from this partner.",
                ", ".join(missing),
            )
        ]
