"""What goes along with a reminder: documents that exist already, as they were sent.

Nothing is rendered while reminders leave. An invoice that has no PDF in the books was
sent in another way, and is not made again here.
"""

from collections import defaultdict

from odoo import models
from odoo.tools import SQL

#: Where core keeps the documents of an invoice, per choice on the step.
STORED = {
    "attach_invoice": "invoice_pdf_report_file",
    "attach_ubl": "ubl_cii_xml_file",
}


class O2cDunningNotice(models.Model):
    _inherit = "o2c.dunning.notice"

    def _attachments(self):
        """The documents that go along with these reminders, in one statement.

        :return: dict of notice id to ids of ``ir.attachment``; extend it with what
            other parts have ready
        """
        wanted = {
            notice.id: [
                stored for choice, stored in STORED.items() if notice.step_id[choice]
            ]
            for notice in self
        }
        asked = self.filtered(lambda notice: wanted[notice.id])
        found = defaultdict(list, super()._attachments())
        if not asked:
            return found
        self.env["ir.attachment"].flush_model(["res_model", "res_id", "res_field"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT res_id, res_field, max(id) FROM ir_attachment
                 WHERE res_model = 'account.move' AND res_field = ANY(%s)
                   AND res_id = ANY(%s)
                 GROUP BY res_id, res_field
                """,
                list(STORED.values()),
                asked._asked_lines().move_id.ids,
            )
        )
        documents = {(move, stored): attachment for move, stored, attachment in rows}
        for notice in asked:
            # an invoice in three instalments goes along once
            for move in notice._asked_lines().move_id:
                found[notice.id] += [
                    documents[move.id, stored]
                    for stored in wanted[notice.id]
                    if (move.id, stored) in documents
                ]
        return found
