"""Portal: the desk of a customer who is logged in."""

from odoo.fields import Domain
from odoo.http import request, route

from ..models.o2c_customer_desk import MOST_SHOWN, Visitor
from ..policy import proof
from .account_document import AccountDocument
from .account_overview import ACCOUNT
from .desk_visit import DeskVisit

KIND = "<any(plan,promise,dispute,question):kind>"
REQUESTS = f"{ACCOUNT}/requests"


class AccountDesk(DeskVisit, AccountDocument):
    """Whoever sees a document may speak about it; the rights are those of the user."""

    @route(
        f"{ACCOUNT}/{KIND}",
        type="http",
        auth="user",
        methods=["GET", "POST"],
        website=True,
    )
    def portal_account_desk(self, kind, document="", account="", **_kwargs):
        """A form of the desk, and where it is sent."""
        visitor = self._desk_visitor(document, account)
        if visitor is None:
            return request.redirect(ACCOUNT)
        desk = request.env["o2c.customer.desk"]
        frame = self._desk_frame(visitor)
        if request.httprequest.method == "POST":
            response = self._desk_send(visitor, kind, ACCOUNT, frame)
        elif kind not in desk._offered(visitor):
            return request.redirect(ACCOUNT)
        else:
            response = self._desk_form_page(visitor, kind, ACCOUNT, frame)
        return self._account_kept_private(response)

    @route(REQUESTS, type="http", auth="user", website=True)
    def portal_account_requests(self, account="", **_kwargs):
        """What was agreed, announced, disputed and asked."""
        visitor = self._desk_visitor("", account)
        if visitor is None:
            return request.redirect(ACCOUNT)
        frame = self._desk_frame(visitor)
        return self._account_kept_private(self._desk_list_page(visitor, ACCOUNT, frame))

    @route(
        f"{REQUESTS}/{KIND}/<int:number>",
        type="http",
        auth="user",
        methods=["GET", "POST"],
        website=True,
    )
    def portal_account_request(self, kind, number, **_kwargs):
        """One of them; what is not his and what does not exist look alike."""
        visitor, record = self._desk_record(kind, number)
        if record is None:
            return request.redirect(REQUESTS)
        frame = self._desk_frame(visitor)
        if request.httprequest.method == "POST":
            response = self._desk_reply(visitor, record, ACCOUNT, frame)
        else:
            response = self._desk_talk_page(visitor, record, ACCOUNT, frame)
        return self._account_kept_private(response)

    @route(
        f"{REQUESTS}/dispute/<int:number>/back",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    def portal_account_dispute_back(self, number, **_kwargs):
        """It was made by mistake."""
        visitor, record = self._desk_record(proof.DISPUTE, number)
        if record is None:
            return request.redirect(REQUESTS)
        frame = self._desk_frame(visitor)
        return self._account_kept_private(
            self._desk_take_back(visitor, record, ACCOUNT, frame)
        )

    @route(
        f"{REQUESTS}/{KIND}/<int:number>/file/<int:file>",
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
    )
    def portal_account_request_file(self, kind, number, file, **_kwargs):
        """A file of the conversation."""
        _visitor, record = self._desk_record(kind, number)
        response = record is not None and self._desk_file(record, file)
        if not response:
            return request.redirect(REQUESTS)
        return self._account_kept_private(response)

    def _desk_of_document(self, move):
        """Extends: the forms for this document, and what was said about it."""
        desk = request.env["o2c.customer.desk"]
        visitor = self._desk_visitor(str(move.id), "")
        open_one = desk._choosable(visitor) & visitor.document
        kinds = desk._offered(visitor) if open_one else []
        if open_one:
            # what cannot be agreed about this document is not offered for it
            planned, aside = desk._in_plan(open_one), desk._plan_aside(open_one)
            kinds = [
                kind
                for kind in kinds
                if not (kind == proof.PLAN and aside)
                and not (kind == proof.PROMISE and planned)
                and not (kind == proof.DISPUTE and not desk._disputable(open_one))
            ]
        if not open_one and desk._is_open(move.company_id):
            kinds = [proof.QUESTION]
        talks = [
            one
            for one in desk._talks(visitor)
            if move.id in desk._moves_of(one["record"]).ids
        ]
        disputes = [
            one["id"]
            for one in talks
            if one["kind"] == proof.DISPUTE and one["record"].state == "open"
        ]
        return {
            "desk_kinds": kinds,
            "talks": talks,
            "open_dispute": disputes[0] if disputes else None,
        }

    def _desk_frame(self, visitor):
        """What the page needs around the desk."""
        return {
            "page_name": "o2c_account_desk",
            "link": None,
            "account": f"{visitor.company.id}.{visitor.currency.id}",
        }

    def _desk_visitor(self, document, account):
        """The user at the desk of one of his accounts; None when he has none.

        :param str document: id of a document he came from
        :param str account: company and currency, as the pages write them
        """
        user = request.env.user
        number = int(document) if document.isdigit() and len(document) < 10 else 0
        move = self._account_move(number) if number else None
        if number and not move:
            return None
        if move:
            account = f"{move.company_id.id}.{move.currency_id.id}"
        company, currency = self._account_of(account)
        if not company:
            return None
        overview = request.env["o2c.account.overview"]
        open_ones = (
            overview._domain(user.partner_id)
            & Domain("company_id", "=", company.id)
            & Domain("currency_id", "=", currency.id)
            & Domain("move_type", "=", "out_invoice")
            & Domain("amount_residual", ">", 0)
        )
        moves = request.env["account.move"].search(
            open_ones, order="invoice_date_due, id", limit=MOST_SHOWN
        )
        moves |= move or moves.browse()
        contact = user.partner_id.sudo()
        return Visitor(
            customer=contact.commercial_partner_id,
            contact=contact,
            company=company.sudo(),
            currency=currency.sudo(),
            moves=moves.sudo(),
            proof=proof.LOGIN,
            user=user,
            document=move.sudo() if move else None,
        )

    def _desk_record(self, kind, number):
        """One record of any account of the user, with the visitor who may see it."""
        desk = request.env["o2c.customer.desk"]
        accounts = request.env["o2c.account.overview"]._accounts(
            request.env.user.partner_id
        )
        for one in accounts:
            visitor = self._desk_visitor(
                "", f"{one['company'].id}.{one['currency'].id}"
            )
            record = desk._talk(visitor, kind, number)
            if record is not None:
                return visitor, record
        return None, None
