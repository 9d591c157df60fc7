"""What the book needs to know of the company: customers, articles, taxes, terms."""

from bisect import bisect
from dataclasses import dataclass, field, replace
from fractions import Fraction

from odoo import models

from ..policy.trade import Buyer


@dataclass(frozen=True)
class Posting:
    """How an article is booked for one fiscal position."""

    account: int
    tax: int
    percent: int
    group: int
    name: dict  # language: name of the tax
    #: by "invoice" and "credit": repartition line, account, tags of base and tax
    repartition: dict


@dataclass
class Scene:
    """Facts about the company, read once."""

    company: object
    buyers: list
    products: object
    prices: list
    names: list  # per article {language: name on the invoice}
    uoms: list
    postings: dict  # fiscal position: list of Posting per article
    rates: list  # (day, rate of the dollar)
    terms: dict = field(default_factory=dict)
    term_records: dict = field(default_factory=dict)

    def rate(self, day):
        """Dollars for one euro on a day."""
        index = bisect(self.rates, day, key=lambda item: item[0]) - 1
        return self.rates[max(index, 0)][1]

    def due(self, term, day):
        """Due dates and shares of a payment term for an invoice of this day."""
        key = (term, day)
        if key not in self.terms:
            lines = self.term_records[term].line_ids
            self.terms[key] = (
                [line._get_due_date(day) for line in lines],
                [int(line.value_amount) for line in lines],
            )
        return self.terms[key]

    def whole(self, payer):
        """Dollars come in one transfer per invoice."""
        return replace(payer, part=0.0, collects=False)


class O2cDemoScene(models.AbstractModel):
    _name = "o2c.demo.scene"
    _description = "Demo Scene"

    def _scene(self, company, customers, today, months, seed, patterns):
        """Read the facts and add the customers that are missing."""
        cast = self.env["o2c.demo.cast"]
        products = cast._products(company)
        buyers = self._cast_buyers(company)
        if customers > len(buyers):
            buyers += self.env["o2c.demo.customers"]._add(
                company, customers - len(buyers), patterns["partner"], seed
            )
        positions = sorted({buyer.position for buyer in buyers})
        terms = {buyer.term for buyer in buyers}
        return Scene(
            company=company,
            buyers=buyers,
            products=products,
            prices=[round(product.list_price * 100) for product in products],
            names=[self._names(product) for product in products],
            uoms=[product.uom_id.id for product in products],
            postings={
                position: [
                    self._posting(product, position, company) for product in products
                ]
                for position in positions
            },
            rates=self._rates(company),
            term_records={
                term: self.env["account.payment.term"].browse(term) for term in terms
            },
        )

    def _cast_buyers(self, company):
        rows = {row["key"]: row for row in self.env["o2c.demo.cast"]._rows("customers")}
        customers = self.env["o2c.demo.cast"]._customers(company)
        return [
            self._buyer(partner, rows[key]["payer"], float(rows[key]["weight"]))
            for key, partner in customers.items()
        ]

    def _buyer(self, partner, payer, weight):
        position = self.env["account.fiscal.position"]._get_fiscal_position(partner)
        company = self.env.company
        return Buyer(
            partner=partner.id,
            payer=payer,
            weight=weight,
            large=weight >= 5,
            position=position.id or 0,
            term=partner.property_payment_term_id.id,
            foreign=partner.property_product_pricelist.currency_id
            not in (company.currency_id, self.env["res.currency"]),
            lang=partner.lang or "en_US",
        )

    def _names(self, product):
        """Name of the article on an invoice, per language."""
        langs = [code for code, _name in self.env["res.lang"].get_installed()]
        return {lang: product.with_context(lang=lang).display_name for lang in langs}

    def _rates(self, company):
        dollar = self.env.ref("base.USD")
        rates = self.env["res.currency.rate"].search(
            [("currency_id", "=", dollar.id), ("company_id", "=", company.id)],
            order="name",
        )
        return [
            (rate.name, Fraction(round(rate.rate * 10**6), 10**6)) for rate in rates
        ]

    def _posting(self, product, position, company):
        fiscal = self.env["account.fiscal.position"].browse(position or [])
        accounts = product.product_tmpl_id.get_product_accounts(fiscal_pos=fiscal)
        tax = fiscal.map_tax(
            product.taxes_id.filtered_domain(
                self.env["account.tax"]._check_company_domain(company)
            )
        )
        tax.ensure_one()
        langs = [code for code, _name in self.env["res.lang"].get_installed()]
        return Posting(
            account=accounts["income"].id,
            tax=tax.id,
            percent=int(tax.amount),
            group=tax.tax_group_id.id,
            name={lang: tax.with_context(lang=lang).name for lang in langs},
            repartition={
                "invoice": self._repartition(tax.invoice_repartition_line_ids),
                "credit": self._repartition(tax.refund_repartition_line_ids),
            },
        )

    def _repartition(self, lines):
        booked = lines.filtered(lambda line: line.repartition_type == "tax")[:1]
        return {
            "line": booked.id,
            "account": booked.account_id.id,
            "base_tags": (lines - booked)
            .filtered(lambda line: line.repartition_type == "base")
            .tag_ids.ids,
            "tax_tags": booked.tag_ids.ids,
        }
