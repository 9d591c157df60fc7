"""What the desk has in common, with a login and without: forms, answers, files."""

import secrets

from odoo.http import content_disposition, request

from ..models.o2c_customer_desk import FormErrors
from ..models.o2c_customer_desk_back import TAKEN_BACK
from ..models.o2c_customer_desk_file import MOST_FILES
from ..policy import upload

#: Sentence about the form that was just sent.
RESULT = "o2c_desk_result"


class DeskVisit:
    """A plain mixin; the controllers add where it lives and who stands there."""

    def _desk_form_page(self, visitor, kind, base, frame, errors=None):
        """A form, empty or as it came back."""
        posted = request.httprequest.form if errors is not None else None
        values = posted if posted is not None else request.httprequest.args
        desk = request.env["o2c.customer.desk"]
        response = request.render(
            "o2c_portal.desk_form_page",
            {
                **frame,
                "base": base,
                "visitor": visitor,
                "kinds": desk._offered(visitor),
                "form": desk._form(visitor, kind, values, errors),
                # a form that came back is the same form: sent twice it counts once
                "form_token": (posted or {}).get("form") or secrets.token_hex(16),
            },
        )
        if errors:
            response.status_code = 422
        return response

    def _desk_send(self, visitor, kind, base, frame):
        """Take a form in; then the browser is sent on, so that it sends nothing twice.

        :return: response
        """
        desk = request.env["o2c.customer.desk"]
        try:
            record = desk._send(
                visitor, kind, request.httprequest.form, self._desk_uploads()
            )
        except FormErrors as error:
            return self._desk_form_page(visitor, kind, base, frame, error.errors)
        request.session[RESULT] = kind
        return request.redirect(f"{base}/requests/{kind}/{record.id}", code=303)

    def _desk_uploads(self):
        """Files of the form, read no further than may come in."""
        files = request.httprequest.files.getlist("files")[: MOST_FILES + 1]
        return [
            (one.filename, one.read(upload.MOST_BYTES + 1))
            for one in files
            if one.filename
        ]

    def _desk_list_page(self, visitor, base, frame):
        """Everything that was agreed, announced, disputed and asked."""
        desk = request.env["o2c.customer.desk"]
        return request.render(
            "o2c_portal.desk_list_page",
            {
                **frame,
                "base": base,
                "visitor": visitor,
                "kinds": desk._offered(visitor),
                "talks": desk._talks(visitor),
            },
        )

    def _desk_talk_page(self, visitor, record, base, frame, errors=None):
        """One of them: how it stands, what was said, and a word more."""
        desk = request.env["o2c.customer.desk"]
        posted = request.httprequest.form if errors is not None else {}
        response = request.render(
            "o2c_portal.desk_talk_page",
            {
                **frame,
                "base": base,
                "visitor": visitor,
                "record": record,
                "talk": desk._talk_row(record),
                "thread": desk._thread(record),
                "may_reply": desk._may_reply(record),
                "back_text": desk._back_text(record)
                if desk._may_take_back(visitor, record)
                else "",
                "pay_path": self._desk_plan_path(visitor, record),
                "result": request.session.pop(RESULT, None),
                "errors": errors or {},
                "text": (posted.get("text") or "")[:4000],
                "form_token": posted.get("form") or secrets.token_hex(16),
            },
        )
        if errors:
            response.status_code = 422
        return response

    def _desk_reply(self, visitor, record, base, frame):
        """A word more about one of them."""
        desk = request.env["o2c.customer.desk"]
        try:
            desk._reply(visitor, record, request.httprequest.form, self._desk_uploads())
        except FormErrors as error:
            return self._desk_talk_page(visitor, record, base, frame, error.errors)
        request.session[RESULT] = "reply"
        kind = desk._kind_of(record)
        return request.redirect(f"{base}/requests/{kind}/{record.id}", code=303)

    def _desk_take_back(self, visitor, record, base, frame):
        """A dispute was made by mistake."""
        desk = request.env["o2c.customer.desk"]
        try:
            desk._take_back(visitor, record, request.httprequest.form)
        except FormErrors as error:
            return self._desk_talk_page(visitor, record, base, frame, error.errors)
        request.session[RESULT] = TAKEN_BACK
        return request.redirect(f"{base}/requests/dispute/{record.id}", code=303)

    def _desk_plan_path(self, visitor, record):
        """Where the next instalment is paid; empty for what is no plan."""
        if record._name != "o2c.payment.plan":
            return ""
        return request.env["o2c.payment.link"]._plan_path(record)

    def _desk_file(self, record, number):
        """A file of the conversation, as a download that no browser opens as a page."""
        file = request.env["o2c.customer.desk"]._thread_file(record, number)
        if not file:
            return None
        return request.make_response(
            file.raw,
            [
                ("Content-Type", file.mimetype or "application/octet-stream"),
                ("Content-Disposition", content_disposition(file.name)),
            ],
        )
