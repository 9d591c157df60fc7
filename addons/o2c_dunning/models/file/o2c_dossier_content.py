"""What belongs in a dossier, and where each document comes from."""

import logging

from odoo import models
from odoo.fields import Domain

_logger = logging.getLogger(__name__)


class O2cCollectionFile(models.Model):
    _inherit = "o2c.collection.file"

    def _dossier_plan(self):
        """Hook: values of every part, in the order in which a judge reads them.

        :return: list of dicts with kind, name, date, res_model and res_id
        """
        self.ensure_one()
        moves = self.item_ids.move_id.sorted(lambda move: (move.date, move.id))
        notices = self._sent_notices(moves)
        strict = notices.filtered(lambda notice: notice.kind in ("wik", "default"))
        parts = [
            self._planned("calculation", self, name, self.calculated_on)
            for name in [self.env._("Interest and cost, line by line")]
            if self.company_id._o2c_dutch()
        ]
        parts += [
            self._planned("wik", one, one.display_name, one.sent_on) for one in strict
        ]
        parts += [
            self._planned("invoice", one, one.name, one.invoice_date or one.date)
            for one in moves
        ]
        orders = moves.invoice_line_ids.sale_line_ids.order_id
        parts += [
            self._planned("order", one, one.name, self._day(one.date_order))
            for one in orders
        ]
        parts += [
            self._planned("delivery", one, name, day)
            for one, name, day in self._delivery_proofs(moves, orders)
        ]
        parts += [
            self._planned("notice", one, one.display_name, one.sent_on)
            for one in notices - strict
        ]
        parts += [
            self._planned(kind, self, name, None) for kind, name in self._own_pages()
        ]
        parts += [
            self._planned("other", one, one.name, self._day(one.create_date))
            | {"extension": (one.name or "").rpartition(".")[2][:5] or "bin"}
            for one in self._case_attachments()
        ]
        return parts

    def _planned(self, kind, record, name, day):
        return {
            "kind": kind,
            "name": name or record.display_name,
            "date": day,
            "res_model": record._name,
            "res_id": record.id,
        }

    def _own_pages(self):
        """Pages that are made from what we remember: (kind, title)."""
        return [
            ("sending", self.env._("When and how everything was sent")),
            ("agreement", self.env._("Promises, plans and disputes")),
            ("payment", self.env._("Payments")),
            ("correspondence", self.env._("Calls and correspondence")),
        ]

    def _sent_notices(self, moves):
        """Reminders that left and named these invoices, oldest first."""
        lines = self.env["o2c.dunning.notice.line"].search(
            [
                ("move_id", "in", moves.ids),
                ("notice_id.state", "in", ("sent", "bounced")),
            ]
        )
        return lines.notice_id.sorted(lambda notice: (notice.sent_at, notice.id))

    def _case_attachments(self):
        """Documents that people or the customer put with the case, and with what was
        agreed in it: such as the agreement of a payment plan."""
        with_them = Domain.OR(
            Domain("res_model", "=", records._name)
            & Domain("res_id", "in", records.ids)
            for records in self._talked_about()
        )
        return self.env["ir.attachment"].search(
            Domain("res_field", "=", False) & with_them, order="id"
        )

    def _delivery_proofs(self, moves, orders):
        """Hook: documents that prove delivery, such as delivery notes.

        :return: list of (record, name, date)
        """
        if "picking_ids" not in orders._fields:
            return []
        done = orders.picking_ids.filtered(
            lambda one: one.state == "done" and one.picking_type_code == "outgoing"
        )
        return [(one, one.name, self._day(one.date_done)) for one in done]

    def _part_content(self, part):
        """The bytes of a part.

        :return: (bytes, mimetype, problem); problem says why it is not in the PDF
        """
        self.ensure_one()
        if part.res_model == "ir.attachment":
            found = self.env["ir.attachment"].browse(part.res_id).exists()
            return found.raw, found.mimetype, ""
        if part.res_model == "o2c.dunning.notice":
            return self._notice_content(part)
        if part.res_model == "account.move":
            return self._invoice_content(part)
        if part.kind == "calculation":
            return self._calculation_content()
        if part.res_model == self._name:
            return self._html_part(self._page_html(part.kind, part.name))
        report = {
            "sale.order": "sale.action_report_saleorder",
            "stock.picking": "stock.action_report_delivery",
        }[part.res_model]
        return self._report_content(report, part.res_id)

    def _calculation_content(self):
        """The statement of interest and cost, day by day."""
        estimates = self.env["o2c.claim.estimate"]
        action = estimates._open(
            self.item_ids.move_id,
            self.counted_on or self.calculated_on,
            self.case_id,
            interest_until=self.calculated_on,
        )
        return self._report_content(
            "o2c_dunning.o2c_claim_statement_report", action["res_id"]
        )

    def _invoice_content(self, part):
        """The PDF that the customer got when it is kept, else printed again."""
        move = self.env["account.move"].browse(part.res_id)
        kept = move.invoice_pdf_report_id or move.message_main_attachment_id
        if kept and kept.mimetype == "application/pdf":
            return kept.raw, kept.mimetype, ""
        return self._report_content("account.account_invoices", move.id)

    def _notice_content(self, part):
        """The letter as it was printed, else the text that was sent, with its data."""
        notice = self.env["o2c.dunning.notice"].browse(part.res_id)
        letter = notice._kept_letter()
        if letter and letter.mimetype == "application/pdf":
            return letter.raw, letter.mimetype, ""
        body = self.env["o2c.dossier.part"]._printable(notice.content)
        return self._html_part(
            self._render(
                "o2c_dunning.dossier_notice",
                {"notice": notice, "body": body, "title": part.name},
            )
        )

    def _report_content(self, report, record_id):
        """A document of Odoo, printed now."""
        raw, kind = self.env["ir.actions.report"]._render_qweb_pdf(report, [record_id])
        if kind == "pdf" and raw.startswith(b"%PDF"):
            return raw, "application/pdf", ""
        return raw, "text/html", self.env._("The server could not make a PDF of it.")

    def _html_part(self, content):
        """A page of our own as PDF; as HTML when the server has no program for it."""
        try:
            return self._html_to_pdf(content), "application/pdf", ""
        except Exception as error:
            _logger.info("No PDF: %s", error)
            problem = self.env._("The server could not make a PDF of it.")
            return str(content).encode(), "text/html", problem

    def _render(self, template, values):
        """A page of the dossier in the language of the company."""
        lang = self.company_id.partner_id.lang or self.env.lang
        return (
            self.env["ir.qweb"]
            .with_context(lang=lang)
            ._render(template, {"file": self.with_context(lang=lang), **values})
        )

    def _cover_html(self, pages):
        """Parties, summary, calculation, contents and hashes.

        :param int pages: number of pages of the whole dossier
        """
        today = self.company_id._o2c_today()
        day = self.counted_on or self.calculated_on or today
        return self._render(
            "o2c_dunning.dossier_cover",
            {
                "figures": self._figures(day),
                "kinds": dict(
                    self.env["o2c.dossier.part"]
                    ._fields["kind"]
                    ._description_selection(self.env)
                ),
                "pages": pages,
                "today": today,
                "zone": self.company_id._o2c_zone(),
            },
        )
