"""UBL orders: read by core, checked by us."""

from decimal import Decimal, InvalidOperation

from lxml import etree

from odoo import api, models
from odoo.exceptions import UserError

from ..policy import order_file as policy
from ..policy import xml_file

UBL_ORDER = "{urn:oasis:names:specification:ubl:schema:xsd:Order-2}Order"


def _text(node, *paths):
    """The first text that is there."""
    for path in paths:
        found = (node.findtext(path) or "").strip()
        if found:
            return found
    return ""


class O2cOrderImport(models.TransientModel):
    _inherit = "o2c.order.import"

    @api.model
    def _import_ubl(self, content, company):
        """One UBL order, read by core; what core would guess or drop is refused."""
        tree = self._parse(content)
        draft, problems = self._read_ubl(tree)
        customers, missing = self._match_customers([draft], company)
        problems += missing
        articles, missing = self._match_articles([draft], company)
        problems += missing
        if problems:
            self._refuse(problems)
        customer = customers[draft.customer]
        known = self._known_orders([draft], customers, company)
        if known:
            return self.env["sale.order"], known
        order = self.env["sale.order"].create(
            {
                "company_id": company.id,
                "partner_id": customer.id,
                "o2c_import_reference": draft.reference,
            }
        )
        self.env["sale.edi.xml.ubl_bis3"]._import_order_ubl(
            order, {"xml_tree": tree}, True
        )
        lines = order.order_line.filtered("product_id")
        expected = [(articles[line.article], line.quantity) for line in draft.lines]
        if order.partner_id.commercial_partner_id != customer.commercial_partner_id or [
            (line.product_id, line.product_uom_qty) for line in lines
        ] != [(product, float(quantity)) for product, quantity in expected]:
            raise UserError(
                self.env._(
                    "The order %s was not understood completely. Enter it by hand.",
                    draft.reference,
                )
            )
        order.partner_id = customer
        return order, known

    @api.model
    def _parse(self, content):
        """The XML without entities, external files or network."""
        problem = xml_file.problem(content)
        if problem:
            mixin = self.env["account.document.import.mixin"]
            raise UserError(
                mixin._o2c_refusal_words(self.env._("with the order"), problem)
            )
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
        )
        try:
            tree = etree.fromstring(content, parser)
        except etree.XMLSyntaxError as error:
            raise UserError(
                self.env._("The XML file is damaged: %s", error.msg)
            ) from error
        if tree.tag != UBL_ORDER:
            raise UserError(
                self.env._("This is no UBL order but %s.", etree.QName(tree).localname)
            )
        return tree

    @api.model
    def _read_ubl(self, tree):
        """The order in the file as the CSV reader would give it."""
        party = "{*}BuyerCustomerParty/{*}Party"
        draft = policy.Order(
            reference=_text(tree, "{*}ID"),
            customer=_text(
                tree,
                f"{party}/{{*}}PartyTaxScheme/{{*}}CompanyID",
                f"{party}/{{*}}PartyLegalEntity/{{*}}CompanyID",
                f"{party}/{{*}}EndpointID",
                f"{party}/{{*}}Contact/{{*}}ElectronicMail",
            ),
            number=0,
        )
        found = {policy.REFERENCE: draft.reference, policy.CUSTOMER: draft.customer}
        problems = [
            policy.Problem(0, name, "required")
            for name, value in found.items()
            if not value
        ]
        items = tree.findall("{*}OrderLine/{*}LineItem")
        if not items:
            problems.append(policy.Problem(0, "", "empty"))
        for position, item in enumerate(items, 1):
            line, wrong = self._read_ubl_line(item, position)
            draft.lines.append(line)
            problems += wrong
        return draft, problems

    @api.model
    def _read_ubl_line(self, item, position):
        """One line, and what is wrong with it."""
        code = _text(
            item,
            "{*}Item/{*}SellersItemIdentification/{*}ID",
            "{*}Item/{*}StandardItemIdentification/{*}ID",
        )
        problems = []
        if not code:
            problems.append(policy.Problem(position, policy.ARTICLE, "required"))
        text = _text(item, "{*}Quantity")
        try:
            quantity = Decimal(text)
            valid = quantity.is_finite() and quantity > 0
        except InvalidOperation:
            quantity, valid = None, False
        if not valid:
            problems.append(policy.Problem(position, policy.QUANTITY, "number", text))
        return policy.Line(position, code, quantity), problems
