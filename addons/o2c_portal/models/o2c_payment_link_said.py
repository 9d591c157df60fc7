"""What the customer announced and asked, on the rows of his pay page.

Only for who may read what was said before: a paper in somebody else's hands tells
nothing of it.
"""

from odoo import models
from odoo.fields import Domain

from ..policy import payment_window
from .o2c_payment_link_owed import PROMISED


class O2cPaymentLink(models.Model):
    _inherit = "o2c.payment.link"

    def _tell_said(self, lines, visitor, own=()):
        """Add to the rows what the visitor knows of their invoices; once per invoice.

        :param list lines: rows of :meth:`_page`
        :param visitor: ``Visitor``, see ``o2c.customer.desk``
        :param own: ids of transactions that the present visitor started
        """
        if not lines:
            return
        moves = self.env["account.move"].sudo().union(*(line["move"] for line in lines))
        said = self._said(moves, visitor, own)
        for line in lines:
            words = said.pop(line["move"].id, {})
            if line["waiting"] == PROMISED and words.get("promise"):
                # the row says already that it is announced: now with its day
                line["due_text"], *words["promise"] = words["promise"]
            line["told"] = [*line["told"], *sum(words.values(), [])]

    def _said(self, moves, visitor, own=()):
        """Transfers, payments and plans that wait, in words.

        :return: dict of invoice id to dict of kind to list of texts
        """
        overview = self.env["o2c.account.overview"]
        days, parts = self._announced(moves, visitor)
        plans = self._plans_asked_for(moves, visitor)
        told = self._told_per_move(moves, own)
        found = {}
        for move in moves:
            words = found[move.id] = {}
            if day := days.get(move.id):
                part = parts.get(move.id, 0.0)
                words["promise"] = overview._promise_texts(move, day, part)
            if plan := plans.get(move.id):
                words["plan"] = [overview._plan_text(plan)]
            if told.get(move.id, (None, ""))[1] == payment_window.BY_HAND:
                words["transfer"] = [overview._by_hand_text()]
        return found

    def _announced(self, moves, visitor):
        """Announced payments that the visitor knows: day and amount per invoice id."""
        overview = self.env["o2c.account.overview"]
        promises = self.env["o2c.payment.promise"].sudo()
        promises = promises.search(
            [("state", "=", "open"), ("move_ids", "in", moves.ids)]
        )
        known = self.env["o2c.customer.desk"]._visible(visitor, promises)
        if not known:
            return {}, {}
        days = overview._promised(Domain("id", "in", known.ids))
        return days, overview._promised_parts(moves)

    def _plans_asked_for(self, moves, visitor):
        """Plans that nobody has agreed yet and that the visitor knows, per invoice."""
        plans = self.env["o2c.payment.plan"].sudo()
        plans = plans.search([("state", "=", "waiting"), ("move_ids", "in", moves.ids)])
        known = self.env["o2c.customer.desk"]._visible(visitor, plans)
        return {move.id: plan for plan in known for move in plan.move_ids & moves}
