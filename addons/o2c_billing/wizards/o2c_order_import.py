"""Orders from files: all of a file, or nothing and every reason why."""

import base64
from datetime import datetime, time

import pytz
from lxml import etree

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ..policy import order_file as policy

MAX_BYTES = 10 * 1024 * 1024
SHOWN = 50
UBL_ORDER = "{urn:oasis:names:specification:ubl:schema:xsd:Order-2}Order"


class O2cOrderImport(models.TransientModel):
    """A CSV file of order lines or a UBL order becomes quotations."""

    _name = "o2c.order.import"
    _description = "Import Orders"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    content = fields.Binary(string="File", required=True, attachment=False)
    filename = fields.Char()

    def action_import(self):
        """Import the chosen file and show what came of it."""
        self.ensure_one()
        new, known = self._import_orders(
            self.filename or "", base64.b64decode(self.content), self.company_id
        )
        action = (new or known)._get_records_action(name=self.env._("Imported Orders"))
        if not known:
            return action
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "sticky": True,
                "title": self.env._("%s orders created", len(new)),
                "message": self.env._(
                    "Taken before, not created again: %s",
                    ", ".join(
                        f"{order.o2c_import_reference} ({order.name})" for order in known
                    ),
                ),
                "next": action,
            },
        }

    @api.model
    def _import_file(self, filename, content, company):
        """Quotations from a CSV file or a UBL order.

        :param str filename: shown to people only; the content decides what it is
        :param bytes content: the file
        :param company: ``res.company`` that sells
        :return: the new orders; those taken before are left alone
        :raise UserError: naming every line and field that is wrong; nothing is created
        """
        return self._import_orders(filename, content, company)[0]

    @api.model
    def _import_orders(self, filename, content, company):
        """:return: the new orders, and the orders of the file that exist already"""
        if not content.strip():
            raise UserError(self.env._("The file is empty."))
        if len(content) > MAX_BYTES:
            raise UserError(self.env._("The file is larger than 10 MB."))
        self = self.with_company(company).with_context(
            allowed_company_ids=company.ids
        )
        text = policy.decode(content)
        if text is None:
            raise UserError(
                self.env._(
                    "%s is not a text file. Export it as CSV (comma separated values).",
                    filename,
                )
            )
        with self.env.cr.savepoint():
            if text.lstrip("\ufeff \r\n\t").startswith("<"):
                new, known = self._import_ubl(content, company)
            else:
                new, known = self._import_csv(text, company)
        attachment = (filename or "orders.csv", content)
        for order in new:
            order.message_post(
                body=self.env._("Imported from %s", filename), attachments=[attachment]
            )
        for order in known:
            order.message_post(
                body=self.env._(
                    "%s offered this order again; nothing was created.", filename
                )
            )
        return new, known

    # CSV

    @api.model
    def _import_csv(self, text, company):
        drafts, problems = policy.read(text)
        customers, missing = self._match_customers(drafts, company)
        problems += missing
        articles, missing = self._match_articles(drafts, company)
        problems += missing
        if problems:
            self._refuse(problems)
        known = self._known_orders(drafts, customers, company)
        references = {(o.partner_id.id, o.o2c_import_reference) for o in known}
        new = self.env["sale.order"].create(
            [
                self._order_values(draft, customers[draft.customer], articles, company)
                for draft in drafts
                if (customers[draft.customer].id, draft.reference) not in references
            ]
        )
        return new, known

    @api.model
    def _order_values(self, draft, customer, articles, company):
        values = {
            "company_id": company.id,
            "partner_id": customer.id,
            "o2c_import_reference": draft.reference,
            "client_order_ref": draft.customer_order or draft.reference,
            "order_line": [
                Command.create(
                    {
                        "product_id": articles[line.article].id,
                        "product_uom_qty": float(line.quantity),
                        **(
                            {}
                            if line.price is None
                            else {"price_unit": float(line.price)}
                        ),
                        **({"name": line.description} if line.description else {}),
                    }
                )
                for line in draft.lines
            ],
        }
        if draft.requested:
            zone = pytz.timezone(company.partner_id.tz or "Europe/Amsterdam")
            noon = zone.localize(datetime.combine(draft.requested, time(12)))
            values["commitment_date"] = noon.astimezone(pytz.utc).replace(tzinfo=None)
        return values

    @api.model
    def _known_orders(self, drafts, customers, company):
        """Orders of the file that were taken before."""
        return self.env["sale.order"].search(
            [
                ("company_id", "=", company.id),
                ("partner_id", "in", [partner.id for partner in customers.values()]),
                ("o2c_import_reference", "in", [draft.reference for draft in drafts]),
            ]
        ).filtered(
            lambda order: any(
                draft.reference == order.o2c_import_reference
                and customers[draft.customer] == order.partner_id
                for draft in drafts
            )
        )

    @api.model
    def _match_customers(self, drafts, company):
        """Customers by reference, VAT, trade register number or e-mail address.

        :return: dict of text to partner, and the problems
        """
        wanted = {draft.customer: draft.number for draft in drafts}
        names = list(wanted)
        found = self.env["res.partner"].search(
            [
                ("company_id", "in", (False, company.id)),
                "|",
                "|",
                "|",
                ("ref", "in", names),
                ("vat", "in", names),
                ("company_registry", "in", names),
                ("email_normalized", "in", [name.lower() for name in names]),
            ]
        )
        matched, problems = {}, []
        for name, line in wanted.items():
            partners = found.filtered(
                lambda p, name=name: name in (p.ref, p.vat, p.company_registry)
                or p.email_normalized == name.lower()
            )
            entities = partners.commercial_partner_id
            if len(entities) == 1:
                matched[name] = entities & partners or partners[0]
            else:
                code = "several" if entities else "unknown"
                problems.append(policy.Problem(line, policy.CUSTOMER, code, name))
        return matched, problems

    @api.model
    def _match_articles(self, drafts, company):
        """Articles by internal reference or barcode.

        :return: dict of code to product, and the problems
        """
        wanted = {}
        for draft in drafts:
            for line in draft.lines:
                wanted.setdefault(line.article, line.number)
        codes = list(wanted)
        found = self.env["product.product"].search(
            [
                ("sale_ok", "=", True),
                ("company_id", "in", (False, company.id)),
                "|",
                ("default_code", "in", codes),
                ("barcode", "in", codes),
            ]
        )
        matched, problems = {}, []
        for code, line in wanted.items():
            products = found.filtered(
                lambda p, code=code: code in (p.default_code, p.barcode)
            )
            if len(products) == 1:
                matched[code] = products
            else:
                kind = "several" if products else "unknown"
                problems.append(policy.Problem(line, policy.ARTICLE, kind, code))
        return matched, problems

    # UBL

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
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
        )
        try:
            tree = etree.fromstring(content, parser)
        except etree.XMLSyntaxError as error:
            raise UserError(
                self.env._("The XML file is damaged: %s", error.msg)
            ) from error
        if tree.getroottree().docinfo.doctype:
            raise UserError(
                self.env._("XML files with a DOCTYPE are refused: they are not safe.")
            )
        if tree.tag != UBL_ORDER:
            raise UserError(
                self.env._("This is no UBL order but %s.", etree.QName(tree).localname)
            )
        return tree

    @api.model
    def _read_ubl(self, tree):
        """The order in the file as the CSV reader would give it."""

        def text(node, *paths):
            for path in paths:
                found = (node.findtext(path) or "").strip()
                if found:
                    return found
            return ""

        party = "{*}BuyerCustomerParty/{*}Party"
        draft = policy.Order(
            reference=text(tree, "{*}ID"),
            customer=text(
                tree,
                f"{party}/{{*}}PartyTaxScheme/{{*}}CompanyID",
                f"{party}/{{*}}PartyLegalEntity/{{*}}CompanyID",
                f"{party}/{{*}}EndpointID",
                f"{party}/{{*}}Contact/{{*}}ElectronicMail",
            ),
            number=0,
        )
        problems = [
            policy.Problem(0, name, "required")
            for name, value in (
                (policy.REFERENCE, draft.reference),
                (policy.CUSTOMER, draft.customer),
            )
            if not value
        ]
        items = tree.findall("{*}OrderLine/{*}LineItem")
        if not items:
            problems.append(policy.Problem(0, "", "empty"))
        for position, item in enumerate(items, 1):
            code = text(
                item,
                "{*}Item/{*}SellersItemIdentification/{*}ID",
                "{*}Item/{*}StandardItemIdentification/{*}ID",
            )
            try:
                quantity = policy.Decimal(text(item, "{*}Quantity"))
                valid = quantity.is_finite() and quantity > 0
            except policy.InvalidOperation:
                quantity, valid = None, False
            if not valid:
                problems.append(
                    policy.Problem(
                        position, policy.QUANTITY, "number", text(item, "{*}Quantity")
                    )
                )
            if not code:
                problems.append(policy.Problem(position, policy.ARTICLE, "required"))
            draft.lines.append(policy.Line(position, code, quantity))
        return draft, problems

    # Refusal

    @api.model
    def _refuse(self, problems):
        """One error with every problem, by line."""
        ordered = sorted(problems, key=lambda problem: problem.line)
        words = [self._problem_words(problem) for problem in ordered[:SHOWN]]
        if len(ordered) > SHOWN:
            words.append(self.env._("and %s more", len(ordered) - SHOWN))
        raise UserError(
            self.env._(
                "Nothing was imported.\n%(problems)s", problems="\n".join(words)
            )
        )

    @api.model
    def _problem_words(self, problem):
        """Line, field and what is wrong with it."""
        what = {
            "column": self.env._("unknown column; known are %s", ", ".join(policy.COLUMNS)),
            "twice": self.env._("this column is there twice"),
            "missing": self.env._("this column is missing"),
            "required": self.env._("is empty"),
            "number": self.env._("“%s” is not a number", problem.value),
            "positive": self.env._("“%s” is not more than zero", problem.value),
            "ambiguous": self.env._(
                "“%s” can mean two things: write it without thousands separator",
                problem.value,
            ),
            "date": self.env._("“%s” is not a date (2026-03-31)", problem.value),
            "another": self.env._(
                "“%s”: an order has one customer; use another order reference",
                problem.value,
            ),
            "unknown": self.env._("“%s” was not found", problem.value),
            "several": self.env._("“%s” fits more than one", problem.value),
            "cells": self.env._("the line has %s cells, more than there are columns", problem.value),
            "too_long": self.env._("a file has at most %s lines", problem.value),
            "empty": self.env._("there are no order lines in the file"),
        }[problem.code]
        where = self.env._("Line %s", problem.line) if problem.line else self.env._("File")
        return f"{where}, {problem.field}: {what}" if problem.field else f"{where}: {what}"
