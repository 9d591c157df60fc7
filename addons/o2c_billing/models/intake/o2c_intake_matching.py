"""Who and what an order speaks of, for all orders of a file together."""

from collections import defaultdict

from odoo import models
from odoo.fields import Domain

from ...policy import order_file
from ...policy.order_file import Problem

CUSTOMER_FIELDS = ("ref", "vat", "company_registry", "peppol_endpoint")


def _plain(text):
    """A number as registers write it: without spaces and dots, in capitals."""
    return text.replace(" ", "").replace(".", "").upper()


class O2cOrderIntake(models.Model):
    _inherit = "o2c.order.intake"

    def _find_customers(self, orders):
        """Customers by reference, VAT number, trade register number, electronic
        address or e-mail address, archived ones too; by name who has none of these.

        :return: dict of text to ``res.partner``
        """
        texts = {name for order in orders for name in order.customers}
        if not texts:
            return {}
        wanted = sorted(texts | {_plain(text) for text in texts})
        domain = Domain.OR(
            [(field, "in", wanted)] for field in CUSTOMER_FIELDS
        ) | Domain("email_normalized", "in", [text.lower() for text in texts])
        partners = self.env["res.partner"].with_context(active_test=False)
        found = defaultdict(partners.browse)
        own = Domain("company_id", "in", (False, self.company_id.id))
        for partner in partners.search(own & domain):
            for field in CUSTOMER_FIELDS:
                if partner[field]:
                    found[partner[field]] |= partner
            if partner.email_normalized:
                found[partner.email_normalized] |= partner
        known = {
            text: found.get(text) or found.get(_plain(text)) or found.get(text.lower())
            for text in texts
            if text in found or _plain(text) in found or text.lower() in found
        }
        names = sorted(texts - set(known))
        named = partners.search(own & Domain("name", "in", names)) if names else ()
        for partner in named:
            known[partner.name] = known.get(partner.name, partners) | partner
        return known

    def _customer_of(self, order, found):
        """The one customer of an order; what is not clear is named.

        The first of his names that fits one customer decides.
        """
        several = closed = False
        nobody = self.env["res.partner"]
        for name in order.customers:
            partners = found.get(name, nobody)
            entities = partners.filtered("active").commercial_partner_id
            if len(entities) == 1:
                partners = partners.filtered("active")
                return ((entities & partners) or partners[0]).with_env(self.env)
            several = several or len(entities) > 1
            closed = closed or bool(partners)
        if order.customers:
            code = "several" if several else "closed" if closed else "unknown"
            order.problems.append(
                Problem(order.number, order_file.CUSTOMER, code, order.customers[0])
            )
        return nobody

    def _find_articles(self, orders):
        """Articles by internal reference or barcode, those no longer sold too.

        :return: dict of text to ``product.product``
        """
        texts = {
            name for order in orders for line in order.lines for name in line.articles
        }
        if not texts:
            return {}
        products = self.env["product.product"].with_context(active_test=False)
        domain = Domain("company_id", "in", (False, self.company_id.id)) & (
            Domain("default_code", "in", sorted(texts))
            | Domain("barcode", "in", sorted(texts))
        )
        found = defaultdict(products.browse)
        for product in products.search(domain):
            for text in {product.default_code, product.barcode} & texts:
                found[text] |= product
        return dict(found)

    def _article_of(self, order, line, found):
        """The one article of a line; what is not clear is named."""
        several = unsold = False
        for name in line.articles:
            known = found.get(name, self.env["product.product"])
            sold = known.filtered(lambda one: one.active and one.sale_ok)
            if len(sold) == 1:
                return sold.with_env(self.env)
            several = several or len(sold) > 1
            unsold = unsold or bool(known)
        code = "several" if several else "unsold" if unsold else "unknown"
        order.problems.append(
            Problem(line.number, order_file.ARTICLE, code, line.articles[0])
        )
        return self.env["product.product"]

    def _known_orders(self, pairs):
        """Orders that exist already, taken in or typed by hand.

        :param list pairs: customer and his order number
        :return: dict of (commercial partner id, number) to ``sale.order``
        """
        entities = {partner.commercial_partner_id.id for partner, _ref in pairs}
        references = {reference for _partner, reference in pairs if reference}
        entities.discard(False)
        if not entities or not references:
            return {}
        orders = (
            self.env["sale.order"]
            .sudo()
            .search(
                [
                    ("company_id", "=", self.company_id.id),
                    ("partner_id.commercial_partner_id", "in", list(entities)),
                    "|",
                    ("o2c_import_reference", "in", list(references)),
                    ("client_order_ref", "in", list(references)),
                ],
                order="id desc",
            )
        )
        known = {}
        for order in orders:
            entity = order.partner_id.commercial_partner_id.id
            for reference in (order.client_order_ref, order.o2c_import_reference):
                if reference:
                    known[entity, reference] = order
        return known
