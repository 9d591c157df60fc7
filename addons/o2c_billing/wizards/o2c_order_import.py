"""Orders from files: all of a file, or nothing and every reason why."""

import base64
from datetime import datetime, time

import pytz

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ..policy import order_file as policy

MAX_BYTES = 10 * 1024 * 1024


class O2cOrderImport(models.TransientModel):
    """A CSV file of order lines or a UBL order becomes quotations."""

    _name = "o2c.order.import"
    _description = "Import Orders"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    content = fields.Binary(string="File", required=True, attachment=False)
    filename = fields.Char()

    def action_import(self):
        """Import the chosen file and show what came of it."""
        self.ensure_one()
        new, known = self._import_orders(
            self.filename or "", base64.b64decode(self.content), self.company_id
        )
        action = (new or known)._get_records_action(name=self.env._("Imported Orders"))
        if not known:
            return action
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "sticky": True,
                "title": self.env._("%s orders created", len(new)),
                "message": self.env._(
                    "Taken before, not created again: %s",
                    ", ".join(
                        f"{order.o2c_import_reference} ({order.name})"
                        for order in known
                    ),
                ),
                "next": action,
            },
        }

    @api.model
    def _import_file(self, filename, content, company):
        """Quotations from a CSV file or a UBL order.

        :param str filename: shown to people only; the content decides what it is
        :param bytes content: the file
        :param company: ``res.company`` that sells
        :return: the new orders; those taken before are left alone
        :raise UserError: naming every line and field that is wrong; nothing is created
        """
        return self._import_orders(filename, content, company)[0]

    @api.model
    def _import_orders(self, filename, content, company):
        """:return: the new orders, and the orders of the file that exist already"""
        if not content.strip():
            raise UserError(self.env._("The file is empty."))
        if len(content) > MAX_BYTES:
            raise UserError(self.env._("The file is larger than 10 MB."))
        self = self.with_company(company).with_context(
            allowed_company_ids=company.ids, tz=company._o2c_zone()
        )
        text = policy.decode(content)
        if text is None:
            raise UserError(
                self.env._(
                    "%s is not a text file. Export it as CSV (comma separated values).",
                    filename,
                )
            )
        with self.env.cr.savepoint():
            if text.lstrip("\ufeff \r\n\t").startswith("<"):
                new, known = self._import_ubl(content, company)
            else:
                new, known = self._import_csv(text, company)
        attachment = (filename or "orders.csv", content)
        for order in new:
            order.message_post(
                body=self.env._("Imported from %s", filename), attachments=[attachment]
            )
        for order in known:
            order.message_post(
                body=self.env._(
                    "%s offered this order again; nothing was created.", filename
                )
            )
        return new, known

    @api.model
    def _import_csv(self, text, company):
        drafts, problems = policy.read(text)
        customers, missing = self._match_customers(drafts, company)
        problems += missing
        articles, missing = self._match_articles(drafts, company)
        problems += missing
        if problems:
            self._refuse(problems)
        known = self._known_orders(drafts, customers, company)
        references = {(o.partner_id.id, o.o2c_import_reference) for o in known}
        new = self.env["sale.order"].create(
            [
                self._order_values(draft, customers[draft.customer], articles, company)
                for draft in drafts
                if (customers[draft.customer].id, draft.reference) not in references
            ]
        )
        return new, known

    @api.model
    def _order_values(self, draft, customer, articles, company):
        values = {
            "company_id": company.id,
            "partner_id": customer.id,
            "o2c_import_reference": draft.reference,
            "client_order_ref": draft.customer_order or draft.reference,
            "order_line": [
                Command.create(
                    {
                        "product_id": articles[line.article].id,
                        "product_uom_qty": float(line.quantity),
                        **(
                            {}
                            if line.price is None
                            else {"price_unit": float(line.price)}
                        ),
                        **({"name": line.description} if line.description else {}),
                    }
                )
                for line in draft.lines
            ],
        }
        if draft.requested:
            zone = pytz.timezone(company.partner_id.tz or "Europe/Amsterdam")
            noon = zone.localize(datetime.combine(draft.requested, time(12)))
            values["commitment_date"] = noon.astimezone(pytz.utc).replace(tzinfo=None)
        return values

    @api.model
    def _known_orders(self, drafts, customers, company):
        """Orders of the file that were taken before."""
        return (
            self.env["sale.order"]
            .search(
                [
                    ("company_id", "=", company.id),
                    (
                        "partner_id",
                        "in",
                        [partner.id for partner in customers.values()],
                    ),
                    (
                        "o2c_import_reference",
                        "in",
                        [draft.reference for draft in drafts],
                    ),
                ]
            )
            .filtered(
                lambda order: any(
                    draft.reference == order.o2c_import_reference
                    and customers[draft.customer] == order.partner_id
                    for draft in drafts
                )
            )
        )
