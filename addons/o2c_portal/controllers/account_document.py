"""Portal: one document of the account, its papers, and the statement."""

from odoo import fields
from odoo.exceptions import UserError
from odoo.http import content_disposition, request, route

from odoo.addons.portal.controllers.portal import CustomerPortal

from ..policy import csv_text, upload
from .account_overview import ACCOUNT, NO_STATEMENT
from .pay_visit import GUARDS, LOG_AGAIN_AFTER, STARTED
from .reading import Reading


class AccountDocument(Reading, CustomerPortal):
    """A document that is not the customer's own and one that does not exist look alike:
    both lead back to the account."""

    @route(f"{ACCOUNT}/document/<int:move_id>", type="http", auth="user", website=True)
    def portal_account_document(self, move_id, **_kwargs):
        """What happened to a document, what is open of it, what belongs to it."""
        overview = request.env["o2c.account.overview"]
        move = self._account_move(move_id)
        if not move:
            return request.redirect(ACCOUNT)
        own = list(request.session.get(STARTED) or [])
        row = overview._document_rows(move, own)[0]
        self._account_seen(move, "seen")
        return self._account_kept_private(
            request.render(
                "o2c_portal.portal_account_document",
                {
                    "page_name": "o2c_account_document",
                    "move": move,
                    "row": row,
                    "timeline": overview._timeline(move),
                    "papers": overview._papers(move),
                    "pay_path": overview._document_pay_path(move, own),
                    "asked_ref": overview._asked_reference(move),
                    **self._desk_of_document(move),
                },
            )
        )

    @route(
        f"{ACCOUNT}/document/<int:move_id>/<any(pdf,ubl):kind>",
        type="http",
        auth="user",
        website=True,
    )
    def portal_account_paper(self, move_id, kind, **_kwargs):
        """The PDF or the e-invoice."""
        move = self._account_move(move_id)
        document = move and move.sudo()._get_invoice_legal_documents(
            kind, allow_fallback=kind == "pdf"
        )
        if not document:
            return request.redirect(ACCOUNT)
        self._account_seen(move, "downloaded", kind.upper())
        mimetype = "application/pdf" if kind == "pdf" else "application/xml"
        return self._account_file(document["content"], mimetype, document["filename"])

    @route(f"{ACCOUNT}/statement", type="http", auth="user", website=True)
    def portal_account_statement(
        self, account="", since="", until="", kind="pdf", **_kwargs
    ):
        """The statement of a period, as PDF or as a table."""
        user = request.env.user
        company, currency = self._account_of(account)
        if not company or not user.partner_id._o2c_sees_company():
            return request.redirect(ACCOUNT)
        statements = request.env["o2c.account.statement"].sudo()
        try:
            since, until = statements._period(company, since, until)
        except UserError as error:
            request.session[NO_STATEMENT] = str(error)
            return request.redirect(ACCOUNT, code=303)
        customer = user.partner_id.commercial_partner_id
        name = upload.clean_name(f"{company.name} {since} {until}")
        if kind == "csv":
            found = statements._statement(customer, company, currency, since, until)
            content = csv_text.csv_bytes(
                statements._as_table(found), self._reading_comma()
            )
            mimetype = "text/csv; charset=utf-8"
        else:
            kind, mimetype = "pdf", "application/pdf"
            content, _kind = (
                request.env["ir.actions.report"]
                .sudo()
                .with_company(company)
                ._render_qweb_pdf(
                    "o2c_portal.report_statement",
                    customer.ids,
                    data={
                        "company_id": company.id,
                        "currency_id": currency.id,
                        "since": since,
                        "until": until,
                        "reader_lang": request.env.context.get("lang"),
                    },
                )
            )
        self._account_seen(
            self._account_link(company, currency), "downloaded", f"{since} {until}"
        )
        return self._account_file(content, mimetype, f"{name}.{kind}")

    def _desk_of_document(self, move):
        """Hook: what can be asked about a document, and what was asked before."""
        return {"desk_kinds": [], "talks": [], "open_dispute": None}

    def _account_move(self, move_id):
        """A document of the user's own customer, or an empty one."""
        overview = request.env["o2c.account.overview"]
        return overview._document(request.env.user.partner_id, move_id)

    def _account_of(self, text):
        """Company and currency of one of the user's own accounts, in sudo."""
        overview = request.env["o2c.account.overview"]
        for account in overview._accounts(request.env.user.partner_id):
            company, currency = account["company"], account["currency"]
            if text in ("", f"{company.id}.{currency.id}"):
                return company, currency
        return request.env["res.company"], request.env["res.currency"]

    def _account_link(self, company, currency):
        """The link of the account, which carries the log of its statement."""
        customer = request.env.user.partner_id.commercial_partner_id
        return request.env["o2c.payment.link"]._for(
            customer.sudo().with_company(company), currency
        )

    def _account_seen(self, document, event, detail=""):
        """Log who saw what; once in a while, and never for colleagues."""
        user = request.env.user
        if user._is_internal():
            return
        who = " ".join(filter(None, [user.login, detail]))
        logs = request.env["o2c.delivery.log"].sudo()
        since = fields.Datetime.subtract(fields.Datetime.now(), seconds=LOG_AGAIN_AFTER)
        known = logs.search_count(
            [
                ("res_model", "=", document._name),
                ("res_id", "=", document.id),
                ("event", "=", event),
                ("channel", "=", "portal"),
                ("detail", "=", who),
                ("at", ">=", since),
            ],
            limit=1,
        )
        if not known:
            logs._log(document, "portal", event, user.partner_id, who)

    def _account_file(self, content, mimetype, name):
        """A download that no browser opens as a page."""
        return self._account_kept_private(
            request.make_response(
                content,
                [
                    ("Content-Type", mimetype),
                    ("Content-Disposition", content_disposition(name)),
                ],
            )
        )

    def _account_kept_private(self, response):
        """Nothing is kept, indexed or framed; addresses stay inside."""
        for name, value in (GUARDS | {"Referrer-Policy": "same-origin"}).items():
            response.headers[name] = value
        return response
