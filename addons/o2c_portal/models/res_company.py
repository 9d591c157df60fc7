"""Where pay links lead, and how long they live."""

from odoo import api, fields, models

from ..policy import public_address


class ResCompany(models.Model):
    _inherit = "res.company"

    o2c_public_url = fields.Char(
        string="Public Address of Pay Links",
        help="Address that stands before every pay link and QR code, such as "
        "https://pay.example.com. It must stay reachable as long as paper with a QR "
        "code is around. Empty: the web address of this database.",
    )
    o2c_pay_links = fields.Boolean(
        string="Durable Pay Link on Invoices",
        help="Invoices, their QR code and e-mails carry a link that keeps working and "
        "always asks what is open on the day it is opened. Off: Odoo's own payment "
        "link, which asks the amount of the day it was made.",
    )
    o2c_link_days = fields.Integer(
        string="Pay Link Works For",
        default=730,
        help="Days that a pay link works after it was last printed or sent. "
        "0: it never expires.",
    )

    o2c_link_try_out = fields.Boolean(
        string="Trying Out",
        help="Print links although customers cannot open the address, to try things "
        "out on your own network. Switch it off before real paper leaves.",
    )
    o2c_former_address_ids = fields.One2many(
        "o2c.former.address",
        "company_id",
        string="Former Addresses",
        readonly=True,
        help="Addresses that stand on paper which is still around.",
    )

    _o2c_link_days_check = models.Constraint(
        "CHECK (o2c_link_days >= 0)", "A pay link cannot expire before it is printed."
    )

    def write(self, vals):
        """Extends: an address that is given up stays listed."""
        if "o2c_public_url" not in vals:
            return super().write(vals)
        before = {company: company._o2c_public_address() for company in self}
        result = super().write(vals)
        former = self.env["o2c.former.address"]
        for company, address in before.items():
            now = company._o2c_public_address()
            if address != now and not public_address.problem(address):
                former._note(company, address)
            former.sudo().search(
                [("company_id", "=", company.id), ("address", "=", now)]
            ).unlink()
        return result

    def _o2c_address_refusal(self):
        """The sentence that stops a print, or an empty text."""
        self.ensure_one()
        company = self.sudo()
        if company.o2c_link_try_out:
            return ""
        return company._o2c_public_address_warning(
            company._o2c_public_address_problem(), company._o2c_public_address()
        )

    def _o2c_public_address(self):
        """Address before each pay link, without a slash at the end."""
        self.ensure_one()
        address = self.sudo().o2c_public_url or self.get_base_url()
        return address.strip().rstrip("/")

    def _o2c_public_address_problem(self):
        """Reason code why customers cannot open this company's links, or empty."""
        self.ensure_one()
        return public_address.problem(self._o2c_public_address())

    @api.model
    def _o2c_public_address_warning(self, problem, address):
        """The sentence a controller reads about a problem of the address."""
        sentences = {
            public_address.MISSING: self.env._(
                "There is no public address, so a pay link leads nowhere."
            ),
            public_address.MALFORMED: self.env._(
                "%(address)s is not a web address. Write it like "
                "https://pay.example.com.",
                address=address,
            ),
            public_address.LOCAL: self.env._(
                "%(address)s can only be opened inside your own network: a customer "
                "who scans the QR code sees an error. Enter the address that "
                "customers reach before you print or send links.",
                address=address,
            ),
            public_address.NOT_HTTPS: self.env._(
                "%(address)s is not secure (https): browsers warn the customer and "
                "banks refuse to return to it.",
                address=address,
            ),
        }
        return sentences.get(problem, "")
