"""Agreements that can hold for the same sale, and which of them goes first."""

from datetime import date
from decimal import Decimal

from odoo import models

from ...policy import price as policy
from ...policy.price_book import Book
from ...policy.price_rule import precedence
from ...policy.price_why import decisive, overlap
from .pricing_round import PricingRound

#: More than anybody reads; the screen says that there are more.
MOST = 200


class O2cPriceAgreement(models.Model):
    _inherit = "o2c.price.agreement"

    def action_check_start(self):
        """Start, after a look at the overlaps if there are any."""
        self.ensure_one()
        self._check_authority()
        if self._overlaps(most=1):
            return self.action_overlaps()
        return self.action_start()

    def action_overlaps(self):
        """Which other prices can hold for the same sale, and who wins."""
        self.ensure_one()
        wizard = self.env["o2c.price.overlap"].create({"agreement_id": self.id})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Overlaps of %(name)s", name=self.name),
            "res_model": wizard._name,
            "res_id": wizard.id,
            "views": [[False, "form"]],
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }

    def _overlaps(self, most=MOST):
        """Pairs of lines, ours and another running agreement's, that compete.

        :return: list of dicts for ``o2c.price.overlap.line``
        """
        self.ensure_one()
        found = []
        for rival, scopes in self._rivals():
            for mine, theirs, situation in self._competing(rival, scopes):
                if len(found) >= most:
                    return found
                found.append(self._overlap_row(rival, mine, theirs, situation))
        return found

    def _rivals(self):
        """Running agreements made for somebody this one is made for too.

        :return: (agreement, (our scope and distance, theirs)), seen from a buyer who
            has both
        """
        domain = [
            ("company_id", "=", self.company_id.id),
            ("state", "=", "running"),
            ("id", "!=", self.id),
            "|",
            ("date_to", "=", False),
            ("date_to", ">=", self.date_from),
        ]
        if self.date_to:
            domain.append(("date_from", "<=", self.date_to))
        for rival in self.sudo().search(domain):
            scopes = self._share_a_buyer(rival)
            if scopes:
                yield rival, scopes

    def _share_a_buyer(self, rival):
        """Is there a customer for whom both are made?"""
        mine, theirs = self.sudo().partner_id, rival.partner_id
        if mine and theirs:
            return self._share_a_family(rival, mine, theirs)
        for customer, other in ((mine, rival), (theirs, self)):
            if customer and not other.sudo()._made_for_customer(customer):
                return None
        for name in ("segment_id", "grade"):
            one, other = self[name], rival[name]
            if not (mine or theirs) and one and other and one != other:
                return None
        return (self._scope(), 0), (rival._scope(), 0)

    def _share_a_family(self, rival, mine, theirs):
        own, parent = (policy.CUSTOMER, 0), policy.PARENT
        if mine == theirs:
            return own, own
        above, below = mine._o2c_parents(), theirs._o2c_parents()
        if rival.subsidiaries and theirs.id in above:
            return own, (parent, above.index(theirs.id) + 1)
        if self.subsidiaries and mine.id in below:
            return (parent, below.index(mine.id) + 1), own
        return None

    def _made_for_customer(self, customer):
        """Does an agreement without a customer hold for this one today?"""
        return self._made_for_buyer(
            {
                "segment": customer.o2c_segment_id.id,
                "grade": customer._o2c_price_grade(self.company_id, always=True),
            }
        )

    def _competing(self, rival, scopes):
        """Pairs of rules that can hold at once, each pair once."""
        own_scope, other_scope = scopes
        mine = Book([line._rule(*own_scope) for line in self.line_ids])
        theirs = Book([line._rule(*other_scope) for line in rival.line_ids])
        seen = set()
        for book, lines in ((theirs, self.line_ids), (mine, rival.line_ids)):
            rules = {rule.id: rule for rule in (*mine.rules, *theirs.rules)}
            for line in lines:
                rule = rules[line.id]
                for facts in line._examples():
                    for other in book.candidates(facts):
                        pair = frozenset((rule.id, other.id))
                        situation = overlap(
                            rule, other, {rule.id: facts, other.id: facts}
                        )
                        if situation and pair not in seen:
                            seen.add(pair)
                            ours = rule if line.agreement_id == self else other
                            yield ours, other if ours is rule else rule, situation

    def _overlap_row(self, rival, mine, theirs, situation):
        words = self.env["o2c.price.words"]
        lines = self.env["o2c.price.agreement.line"]
        first, second = sorted((mine, theirs), key=lambda r: precedence(r, situation))
        if mine.step == policy.DISCOUNT:
            winner = "best" if mine.best else "first"
            why = words._lost("excluded", theirs.name)
        else:
            winner = "mine" if first is mine else "theirs"
            why = words._lost(decisive(first, second, situation), first.name)
        ends = [end for end in (mine.valid_to, theirs.valid_to) if end]
        begin = max(mine.valid_from or date.min, theirs.valid_from or date.min)
        return {
            "line_id": mine.id,
            "other_agreement_id": rival.id,
            "other_price": lines.browse(theirs.id).sudo()._summary(),
            "date_from": begin,
            "date_to": min(ends, default=False),
            "winner": winner,
            "why": why,
        }


class O2cPriceAgreementLine(models.Model):
    _inherit = "o2c.price.agreement.line"

    def _summary(self):
        """Article and price in a few words."""
        self.ensure_one()
        words = self.env["o2c.price.words"]
        if self.computation == "fixed":
            price = words._money(self.fixed_price, self.currency_id)
        else:
            price = words._number(self.percentage) + "%"
        return f"{self.display_name}: {price}"

    def _examples(self):
        """Situations with the article facts that this line names; one for each
        category of its articles where it names a discount group."""
        self.ensure_one()
        if self.product_id:
            return [self._example(self.product_id)]
        if self.article_group_id:
            templates = self.env["product.template"].sudo()
            paths = templates._read_group(
                [("o2c_discount_group_id", "=", self.article_group_id.id)],
                ["categ_id"],
            )
            known = [self._example(category=category) for (category,) in paths]
            return known or [self._example()]
        return [self._example(category=self.categ_id)]

    def _example(self, product=None, category=None):
        facts = {}
        if product:
            agreements = self.env["o2c.price.agreement"]
            facts = agreements._article_facts(product, PricingRound())
        elif category:
            path = category.sudo().parent_path or ""
            facts["categories"] = tuple(
                int(one) for one in reversed(path.split("/")) if one
            )
        if self.article_group_id:
            facts["article_group"] = self.article_group_id.id
        return policy.Situation(
            Decimal(0), Decimal(0), self.agreement_id.date_from, **facts
        )
