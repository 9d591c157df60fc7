"""Core's sending, whoever starts it: what left is remembered, what failed explained."""

from odoo import api, models

from ...policy import channel as policy

#: Odoo's own sending methods to our ways.
METHODS = {
    "email": policy.EMAIL,
    "peppol": policy.NETWORK,
    "snailmail": policy.POST,
}


class AccountMoveSend(models.AbstractModel):
    _inherit = "account.move.send"

    @api.model
    def _get_default_sending_methods(self, move):
        """What the customer or his address prefers, for whoever sends it by hand."""
        methods = super()._get_default_sending_methods(move)
        preference = self.env["o2c.sending.preference"]._of_moves(move)[move.sudo()]
        if not preference or move.company_id._o2c_mode("billing") != "live":
            return methods
        known = move.company_id._o2c_methods()
        wanted = {
            method
            for method, way in METHODS.items()
            if way in preference._ways() and method in known
        }
        return wanted or {"manual"}

    @api.model
    def _get_default_mail_template_id(self, move):
        """The text of the customer, of the company, ours: it says what is left to pay,
        where Odoo's asks for the whole invoice."""
        if move.company_id._o2c_mode("billing") == "live" and move.is_sale_document():
            preference = self.env["o2c.sending.preference"]._of_moves(move)[move.sudo()]
            own = preference.mail_template_id
            own = own or move.company_id.sudo().o2c_invoice_template_id
            own = own or self.env.ref(
                "o2c_billing.o2c_invoice_template", raise_if_not_found=False
            )
            if own and move.move_type != "out_refund":
                return own.with_env(self.env)
        return super()._get_default_mail_template_id(move)

    @api.model
    def _get_default_pdf_report_id(self, move):
        """The layout of the customer, of the journal, of the company, of Odoo."""
        partner = move.commercial_partner_id.with_company(move.company_id)
        journal = move.journal_id.with_company(move.company_id)
        own = move.company_id.sudo().o2c_invoice_report_id
        if (
            own
            and move.company_id._o2c_mode("billing") == "live"
            and not partner.invoice_template_pdf_report_id
            and not journal.invoice_template_pdf_report_id
            and move._is_action_report_available(own)
        ):
            return own.with_env(self.env)
        return super()._get_default_pdf_report_id(move)

    @api.model
    def _get_mail_params(self, move, move_data):
        """The files that go along by preference."""
        params = super()._get_mail_params(move, move_data)
        if params and move.company_id._o2c_mode("billing") == "live":
            preference = self.env["o2c.sending.preference"]._of_moves(move)[move.sudo()]
            params["attachments"] += move._o2c_extra_files(preference)
        return params

    @api.model
    def _hook_if_success(self, moves_data, from_cron=False):
        """A document sent outside our queue counts as sent too."""
        last = {move: move.message_ids[:1].id or 0 for move in moves_data}
        result = super()._hook_if_success(moves_data, from_cron=from_cron)
        if not self.env.context.get("o2c_sending"):
            for move, data in moves_data.items():
                if move.company_id._o2c_mode("billing") != "off":
                    self._o2c_remember(move, data["sending_methods"], last[move])
        return result

    @api.model
    def _o2c_remember(self, move, methods, last):
        """The ways that somebody used are done; the others stay as they are."""
        sendings = self.env["o2c.sending"].sudo()
        rows = sendings.search([("move_id", "=", move.id), ("state", "!=", "dropped")])
        used = {METHODS[one] for one in methods if one in METHODS} or {policy.HAND}
        missing = used - set(rows.mapped("channel"))
        rows += sendings.create(
            [
                {
                    "move_id": move.id,
                    "company_id": move.company_id.id,
                    "partner_id": move._o2c_recipient().id,
                    "customer_id": move.commercial_partner_id.id,
                    "channel": one,
                }
                for one in missing
            ]
        )
        done = rows.filtered(lambda row: row.channel in used and row.state != "sent")
        mailed = done.filtered(lambda row: row.channel == policy.EMAIL)
        mailed.message_id = sendings._message_after(move, last)
        addresses = mailed.message_id.notified_partner_ids.filtered("email")
        mailed._left(", ".join(addresses.mapped("email")))
        notes = mailed.message_id.notification_ids
        if notes and set(notes.mapped("notification_status")) == {"sent"}:
            self.env["o2c.delivery.log"]._log(move, policy.EMAIL, "accepted")
        (done - mailed)._left()

    @api.model
    def _hook_if_errors(self, moves_data, allow_raising=True):
        """Documents that cannot be made wait with core's own explanation."""
        result = super()._hook_if_errors(moves_data, allow_raising=allow_raising)
        rows = self.env["o2c.sending"].sudo()
        for move, move_data in moves_data.items():
            row = rows.browse(self.env.context.get("o2c_sending")).filtered(
                lambda one, move=move: one.move_id == move
            )
            if not row and move.o2c_send_state:
                row = rows.search(
                    [("move_id", "=", move.id), ("state", "in", ("waiting", "failed"))],
                    limit=1,
                )
            if row:
                row._block(self._format_error_text(move_data["error"]), "document")
        return result
