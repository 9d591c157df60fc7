"""An order that was taken in before and comes again with other quantities."""

from collections import defaultdict

from odoo import models
from odoo.tools import float_round

from ...policy import intake_order


class O2cOrderIntake(models.Model):
    _inherit = "o2c.order.intake"

    def _sent_before(self, known):
        """What was sent earlier for the orders that exist.

        :param dict known: orders that exist, see :meth:`_known_orders`
        :return: dict of order id to list of sets of (article id, quantity)
        """
        orders = self.env["sale.order"].union(*known.values())
        earlier = self.env["o2c.intake.order"].sudo()
        sent = defaultdict(list)
        for one in earlier.search(
            [
                ("order_id", "in", orders.ids),
                ("state", "in", ("made", "known")),
                ("intake_id", "!=", self.id),
            ]
        ):
            sent[one.order_id.id].append(self._quantities(one.content["lines"]))
        return sent

    def _changes(self, lines, order, sent_before):
        """What the file says otherwise than the order; empty when it says the same.

        A system that sends its open orders every day says what it said before, also
        when a seller has changed the quotation since: that is no change.

        :param list lines: as they are kept, see :meth:`_lines_of`
        :param order: ``sale.order`` with this number
        :param dict sent_before: see :meth:`_sent_before`
        """
        sent = self._quantities(lines)
        if any(
            not intake_order.differing(sent, before)
            for before in sent_before.get(order.id, ())
        ):
            return ""
        there = [
            self._in_own_unit(
                line.product_id, line.product_uom_id, line.product_uom_qty
            )
            for line in order.order_line
            if not line.display_type
        ]
        articles = self.env["product.product"].sudo()
        return ", ".join(
            self.env._(
                "%(order)s, %(article)s: %(there)s there, %(sent)s in this file",
                order=order.name,
                article=articles.browse(article).display_name,
                there=_plain(before),
                sent=_plain(now),
            )
            for article, before, now in intake_order.differing(sent, there)
        )

    def _quantities(self, lines):
        """Kept lines as pairs of article and quantity in the article's own unit."""
        articles = self.env["product.product"].sudo()
        pairs = []
        for line in lines:
            if article := articles.browse(line["product"] or []):
                unit = article.uom_id.browse(line["uom"])
                pairs.append(self._in_own_unit(article, unit, line["quantity"]))
        return pairs

    @staticmethod
    def _in_own_unit(article, unit, quantity):
        own = unit._compute_quantity(
            quantity, article.uom_id, round=False, raise_if_failure=False
        )
        return article.id, float_round(own, precision_digits=6)


def _plain(quantity):
    """A quantity as people write it: 30, not 3E+1."""
    return f"{quantity.normalize():f}"
