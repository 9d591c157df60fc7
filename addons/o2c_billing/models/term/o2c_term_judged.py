"""What carries a payment term is judged by the law: customer, order, invoice."""

from odoo import api, fields, models

from ...policy import payment_term_law as policy

#: Where to read the law.
ARTICLES = {
    policy.LARGE_BUYER: ("art. 6:119a lid 6 BW", "119a"),
    policy.SIZE_UNKNOWN: ("art. 6:119a lid 6 BW", "119a"),
    policy.EXPRESSLY: ("art. 6:119a lid 5 BW", "119a"),
    policy.PUBLIC_BODY: ("art. 6:119b BW", "119b"),
}
LINK = (
    "https://wetten.overheid.nl/jci1.3:c:BWBR0005289&boek=6&titeldeel=1&afdeling=9"
    "&paragraaf=2&artikel=%s"
)


class O2cTermJudged(models.AbstractModel):
    """Fields of the banner: what is wrong, by which article, and what may be done."""

    _name = "o2c.term.judged"
    _description = "Payment Term Judged by the Law"

    o2c_term_code = fields.Selection(
        [
            (policy.LARGE_BUYER, "Longer than a large customer may take"),
            (policy.PUBLIC_BODY, "Longer than a public body may take"),
            (policy.EXPRESSLY, "Longer than the law allows without a reason"),
            (policy.SIZE_UNKNOWN, "Too long if the customer is large"),
        ],
        string="Payment Term by Law",
        compute="_compute_o2c_term",
        search="_search_o2c_term_code",
        help="What the law says of this payment term; empty when it is allowed.",
    )
    o2c_term_words = fields.Char(
        string="What the Law Says", compute="_compute_o2c_term"
    )
    o2c_term_article = fields.Char(string="Law Article", compute="_compute_o2c_term")
    o2c_term_link = fields.Char(
        string="Text of the Law", compute="_compute_o2c_term", help="The law itself."
    )

    @api.model
    def _o2c_term_banner(self, verdict):
        """Values of the banner for one verdict, or none."""
        names = ("code", "words", "article", "link")
        if not verdict:
            return dict.fromkeys((f"o2c_term_{name}" for name in names), False)
        article, number = ARTICLES[verdict.code]
        words = {
            policy.LARGE_BUYER: self.env._(
                "This large customer may take %s days at most; a longer term is void.",
                verdict.days,
            ),
            policy.PUBLIC_BODY: self.env._(
                "A public body pays within %s days; longer only when that is justified "
                "and was expressly agreed.",
                verdict.days,
            ),
            policy.EXPRESSLY: self.env._(
                "More than %s days needs an express agreement that is fair to you.",
                verdict.days,
            ),
            policy.SIZE_UNKNOWN: self.env._(
                "If this customer is a large company, %s days is the most: fill in "
                "his size.",
                verdict.days,
            ),
        }[verdict.code]
        return {
            "o2c_term_code": verdict.code,
            "o2c_term_words": words,
            "o2c_term_article": article,
            "o2c_term_link": LINK % number,
        }

    @api.model
    def _o2c_term_verdict(self, days, partner, company, law):
        """:return: :class:`policy.payment_term_law.Verdict` or None"""
        if not days or company._o2c_mode("billing") == "off":
            return None
        seller = policy.Seller(company.country_code or "", company.sudo().o2c_large)
        buyer = partner._o2c_term_buyer(company, law)
        return policy.verdict(days, seller, buyer, law)

    def _search_o2c_term_code(self, operator, value):
        return NotImplemented
