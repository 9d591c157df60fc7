"""Papers of a pay link: the list of a choice, the receipt, what a transfer is for."""

from odoo.exceptions import UserError
from odoo.http import content_disposition, request, route

from ..policy import choice_text, csv_text, proof, upload
from .pay_visit import PayVisit

#: What the page says about a file that was just sent.
NOTE_RESULT = "o2c_note_result"


class PayPapers(PayVisit):
    """What a bookkeeper takes along from a pay page, or leaves there."""

    @route(
        "/pay/<string:code>/selection.csv",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        multilang=False,
        sitemap=False,
    )
    def pay_selection(self, code, choice="all", **_kwargs):
        """The chosen items as a table."""
        link = self._pay_readable(code)
        if not link:
            return self._pay_not_found()
        link, _language = self._pay_in_language(link)
        keys, amount = choice_text.read(choice)
        rows = link._selection_rows(keys, amount, own=self._pay_own())
        self._pay_log(link, "downloaded", "CSV")
        return self._pay_file(
            csv_text.csv_bytes(rows, self._reading_comma()),
            "text/csv; charset=utf-8",
            f"{link.reference}.csv",
        )

    @route(
        "/pay/<string:code>/receipt/<int:transaction_id>",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        multilang=False,
        sitemap=False,
    )
    def pay_receipt(self, code, transaction_id, **_kwargs):
        """The receipt, for who paid in this visit and nobody else."""
        link = self._pay_readable(code)
        if not link or transaction_id not in self._pay_own():
            return self._pay_not_found()
        transaction = request.env["payment.transaction"].sudo().browse(transaction_id)
        if transaction.o2c_link_id != link or not transaction.payment_id:
            return self._pay_not_found()
        _link, language = self._pay_in_language(link)
        reports = request.env["ir.actions.report"].sudo()
        content, _kind = reports._render_qweb_pdf(
            "o2c_portal.report_receipt",
            transaction.ids,
            data={"reader_lang": language[2]},
        )
        self._pay_log(link, "downloaded", transaction.payment_id.name)
        name = upload.clean_name(transaction.reference.replace("/", "_"))
        return self._pay_file(content, "application/pdf", f"{name}.pdf")

    @route(
        "/pay/<string:code>/remittance",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
        multilang=False,
        sitemap=False,
    )
    def pay_remittance(self, code, note=None, choice="all", **_kwargs):
        """A file that says what a transfer is for."""
        link = self._pay_readable(code)
        if not link:
            return self._pay_not_found()
        link, _language = self._pay_in_language(link)
        name = getattr(note, "filename", "")
        content = note.read(upload.MOST_BYTES + 1) if name else b""
        try:
            shown, contact = self._pay_who(link)
            request.env["o2c.remittance.note"]._receive(
                link, name, content, choice, shown, contact
            )
            result = "good", request.env._("Thank you, we received your file.")
        except UserError as error:
            result = "warn", str(error)
        request.session[NOTE_RESULT] = result
        return self._pay_guarded(request.redirect(f"/pay/{link._code()}"))

    def _pay_who(self, link):
        """What shows who sends something here, and who that is."""
        user = request.env.user
        contact = user.partner_id.sudo()
        if user._is_portal() and contact.commercial_partner_id == link.partner_id:
            return proof.LOGIN, contact
        return self._pay_proof(link)

    def _pay_file(self, content, mimetype, name):
        """A download that no browser opens as a page."""
        response = request.make_response(
            content,
            [
                ("Content-Type", mimetype),
                ("Content-Disposition", content_disposition(name)),
            ],
        )
        return self._pay_guarded(response)
