"""One round of pricing: what is read once, whatever the number of lines."""

from ...policy import price_volume as volumes
from ...policy.price_rule import ORDER, YEAR

#: Under this key a round travels in the context of those who compute prices.
KEY = "o2c_pricing_round"


class PricingRound:
    """Rules of pricelists, facts of articles, customers and volumes of one round.

    It lives as long as one call that computes prices, and answers nothing that could
    not be asked again: without it prices are the same, only slower.
    """

    def __init__(self, products=None, orders=None):
        self.products = products
        self.orders = orders
        self.rules = {}
        self.articles = {}
        self.buyers = {}
        self.answers = {}
        self.rates = {}
        self._totals = {}
        self._lines = {}
        self._bought = {}

    @classmethod
    def of(cls, env):
        """The round that is going on, or a new one.

        Nobody can send one over the wire: only an object of this class counts.
        """
        going_on = env.context.get(KEY)
        return going_on if isinstance(going_on, cls) else cls()

    def knows(self, products):
        """Were these among the articles of the round?"""
        own = self.products
        return bool(own) and products._name == own._name and products <= own

    def buyer(self, order):
        """Who buys in this order, see ``res.partner._o2c_buyer``."""
        key = order._ids
        if key not in self.buyers:
            self.buyers[key] = order._o2c_buyer()
        return self.buyers[key]

    def volumes(self, agreements, rules, situation, company, line):
        """The volume of each rule that looks further than the line.

        :return: dict of rule id to decimal, for ``policy.price_rule.Situation.volumes``
        """
        found = {}
        for rule in rules:
            if rule.basis == ORDER and line:
                found[rule.id] = self._order_volume(agreements, rule, situation, line)
            elif rule.basis == YEAR:
                found[rule.id] = self._year_volume(
                    agreements, rule, situation, company, line
                )
        return found

    def _order_volume(self, agreements, rule, situation, line):
        order = line.order_id
        lines = self._lines_of(agreements, order)
        key = (order._ids, rule.id)
        if key not in self._totals:
            self._totals[key] = volumes.volume(rule, lines.values())
        total = self._totals[key]
        return total if line._ids in lines else total + situation.quantity

    def _lines_of(self, agreements, order):
        key = order._ids
        if key not in self._lines:
            self._lines[key] = {
                line._ids: agreements._line_facts(line, self)
                for line in order.order_line
                if line._o2c_priced_by_rules()
            }
        return self._lines[key]

    def _year_volume(self, agreements, rule, situation, company, line):
        order = line.order_id._origin.id or 0 if line else 0
        window = volumes.window(rule, situation.day, situation.customer, order)
        if window not in self._bought:
            wanted = {window} | self._other_windows(agreements, company)
            self._bought.update(
                agreements._bought(wanted - self._bought.keys(), company)
            )
        return volumes.volume(rule, self._bought[window])

    def _other_windows(self, agreements, company):
        """What the other orders of this round will ask, so that it is read at once."""
        wanted = set()
        for order in self.orders or ():
            if (order.company_id or order.env.company) != company:
                continue
            buyer, day = self.buyer(order), order._o2c_price_day()
            for book in agreements._books(company, buyer):
                for rule in book.years:
                    wanted.add(
                        volumes.window(
                            rule, day, buyer["partner"], order._origin.id or 0
                        )
                    )
        return wanted
