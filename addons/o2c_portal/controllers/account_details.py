"""Portal: the customer's own data, and what he asks to change in it."""

import json

from odoo.exceptions import ValidationError
from odoo.http import request, route

from ..policy import own_data
from .account_document import AccountDocument
from .account_overview import ACCOUNT

#: Sentence about the wish that was just sent.
RESULT = "o2c_details_result"
FORMATS = ("ubl_bis3", "nlcius", "xrechnung", "facturx")
SCHEMES = ("0106", "0190", "9944", "0208", "9930", "0204", "0009", "0002")


class AccountDetails(AccountDocument):
    @route(f"{ACCOUNT}/details", type="http", auth="user", website=True)
    def portal_account_details(self, kind="", document="", **_kwargs):
        """What is known of the customer, and a form per thing that he may change."""
        partners = self._details_partners()
        move = self._details_move(document)
        return self._account_kept_private(
            request.render(
                "o2c_portal.portal_account_details",
                {
                    "page_name": "o2c_account_data",
                    "partners": partners,
                    "kind": kind if kind in own_data.FIELDS else "",
                    "move": move,
                    "result": request.session.pop(RESULT, None),
                    "countries": request.env["res.country"].sudo().search([]),
                    "languages": request.env["res.lang"].get_installed(),
                    **self._details_choices(),
                    "requests": self._details_requests(),
                },
            )
        )

    @route(
        f"{ACCOUNT}/details/<string:kind>",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    def portal_account_details_ask(self, kind, contact="", document="", **post):
        """A wish; nothing changes before a colleague says yes."""
        partners = self._details_partners()
        partner = partners.filtered(lambda one: str(one.id) == contact)
        move = self._details_move(document) if kind == "reference" else None
        if kind == "reference" and move:
            partner = partners[:1]
        if kind not in own_data.FIELDS or not partner or move is not None and not move:
            return request.redirect(f"{ACCOUNT}/details")
        try:
            self._details_check_choices(kind, post)
            wish = request.env["o2c.change.request"]._ask(
                request.env.user, partner, kind, post, move
            )
            text = (
                request.env._("Thank you. We look at it and change it.")
                if wish
                else request.env._("Nothing is different from what we have.")
            )
            request.session[RESULT] = "good", text
        except (ValidationError, ValueError) as error:
            request.session[RESULT] = "warn", str(error)
        return request.redirect(f"{ACCOUNT}/details")

    @route(f"{ACCOUNT}/my-data", type="http", auth="user", website=True)
    def portal_account_my_data(self, **_kwargs):
        """What is kept about the user himself."""
        found = request.env["o2c.my.data"]._of(request.env.user)
        content = json.dumps(found, indent=1, ensure_ascii=False).encode()
        return self._account_file(content, "application/json", "my-data.json")

    def _details_partners(self):
        """Contacts whose data the user may ask to change: his own first, then, when he
        stands for his company, the company and its invoice addresses."""
        own = request.env.user.partner_id.sudo()
        if not own._o2c_sees_company():
            return own
        customer = own.commercial_partner_id
        invoicing = customer.child_ids.filtered(lambda one: one.type == "invoice")
        return customer | invoicing | own

    def _details_move(self, document):
        """The invoice of the address, if it is the user's own."""
        number = int(document) if document.isdigit() and len(document) < 10 else 0
        move = self._account_move(number)
        return move.filtered(lambda one: one.move_type == "out_invoice")

    def _details_choices(self):
        """What can be chosen for sending and e-invoices."""
        fields = request.env["res.partner"]._fields
        env = request.env
        channels = dict(fields["invoice_sending_method"]._description_selection(env))
        channels["manual"] = env._("I fetch them in this portal")
        wanted = [name for name in ("email", "manual", "peppol") if name in channels]
        formats = dict(fields["invoice_edi_format"]._description_selection(env))
        schemes = dict(fields["peppol_eas"]._description_selection(env))
        return {
            "channels": [(name, channels[name]) for name in wanted],
            "formats": [(name, formats[name]) for name in FORMATS if name in formats],
            "schemes": [(name, schemes[name]) for name in SCHEMES if name in schemes],
        }

    def _details_check_choices(self, kind, post):
        """What was not on the form was not chosen on it."""
        choices = self._details_choices() | {
            "languages": request.env["res.lang"].get_installed()
        }
        offered = {
            "invoice_sending_method": "channels",
            "invoice_edi_format": "formats",
            "peppol_eas": "schemes",
            "lang": "languages",
        }
        for name in own_data.FIELDS[kind]:
            value = post.get(name)
            if value and name in offered and value not in dict(choices[offered[name]]):
                raise ValidationError(request.env._("Please choose from the list."))
        country = post.get("country_id") if kind == "address" else ""
        if country and not (
            country.isdigit()
            and request.env["res.country"].sudo().browse(int(country)).exists()
        ):
            raise ValidationError(request.env._("Please choose from the list."))

    def _details_requests(self):
        """The wishes of the user's customer, newest first, in sudo."""
        user = request.env.user.partner_id
        requests = request.env["o2c.change.request"].sudo()
        if user._o2c_sees_company():
            whose = [("customer_id", "=", user.commercial_partner_id.id)]
        else:
            whose = [("partner_id", "=", user.id)]
        return requests.search(whose, limit=20)
