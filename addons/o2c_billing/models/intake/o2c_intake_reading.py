"""From a file to orders: read, judged, kept with what is wrong."""

import logging

from psycopg2 import OperationalError

from odoo import models
from odoo.exceptions import ConcurrencyError, UserError
from odoo.tools import float_round

from ...policy import intake_order, order_call, order_file, order_ubl, xml_file
from .o2c_order_intake import AT_ONCE

_logger = logging.getLogger(__name__)

#: Problems told of a file as a whole; the number of the others is told.
SHOWN = 20


class O2cOrderIntake(models.Model):
    _inherit = "o2c.order.intake"

    def _work(self, all_now=False):
        """Read what came in, judge each order, make what may be made.

        :param bool all_now: also a file of many lines (the scheduler is at it)
        """
        self.ensure_one()
        intake = self._at_work()
        try:
            with self.env.cr.savepoint():
                if intake.channel == "mail":
                    intake._check_sender()
                rows = intake._rows()
                intake._judge(rows)
        except (OperationalError, ConcurrencyError):
            raise
        except UserError as error:
            intake.sudo().reason = str(error)
            intake._settle()
            return
        except Exception:
            if intake.channel != "mail":
                raise
            _logger.exception("Received orders %s cannot be read", self.id)
            intake.sudo().reason = self.env._(
                "This file could not be read. Enter the order by hand, and show the "
                "file to who looks after Odoo."
            )
            intake._settle()
            return
        intake.sudo().reason = False
        intake._settle()
        if not intake._goes_by_itself():
            return
        if all_now or len(rows) <= AT_ONCE:
            intake._make(intake.order_ids)
        else:
            self.env.ref("o2c_billing.o2c_order_intake_cron").sudo()._trigger()

    def _goes_by_itself(self):
        """A person brought the file, or billing is live: then quotations are made."""
        self.ensure_one()
        return self.channel == "file" or self.company_id._o2c_mode("billing") == "live"

    def _rows(self):
        """Rows of the file.

        :raise UserError: naming what is wrong with the file as a whole
        """
        self.ensure_one()
        attachment = self.sudo()._kept_file()
        if not attachment:
            raise UserError(
                self.env._(
                    "There is no CSV, XLSX or UBL file. Enter the order by hand and "
                    "set this aside, or ask the sender for such a file."
                )
            )
        rows, problems = self._read(attachment.raw or b"")
        if problems:
            words = [self._problem_words(problem) for problem in problems[:SHOWN]]
            if len(problems) > SHOWN:
                words.append(self.env._("and %s more", len(problems) - SHOWN))
            raise UserError("\n".join(words))
        return rows

    def _kept_file(self):
        """The attachment behind the file."""
        return self.env["ir.attachment"].search(
            [
                ("res_model", "=", self._name),
                ("res_id", "=", self.id),
                ("res_field", "=", "file"),
            ],
            limit=1,
        )

    def _read(self, content):
        """:return: rows, and the problems of the file; what it is, the content says"""
        page = self.env["o2c.file.import"]
        sheet = page._sheet_cells(content)
        if sheet is not None:
            return order_file.table(sheet)
        text = order_file.decode(content)
        if text is None:
            raise UserError(
                self.env._(
                    "This is neither a CSV, an XLSX nor a UBL file. Export it as CSV "
                    "UTF-8 or .xlsx."
                )
            )
        start = text.lstrip("\ufeff \r\n\t")
        if start.startswith("<"):
            problem = xml_file.problem(content)
            if problem:
                mixin = self.env["account.document.import.mixin"]
                raise UserError(
                    mixin._o2c_refusal_words(self.env._("with the order"), problem)
                )
            return order_ubl.read(content)
        if start.startswith(("[", "{")):
            return order_call.read(text)
        return order_file.read(text.lstrip("\ufeff"))

    def _judge(self, rows):
        """Orders of the rows, each kept with what is wrong with it."""
        self.ensure_one()
        problems = self.env["o2c.intake.problem"]
        corrections, articles, customers = problems._answers(self)
        orders = intake_order.orders(intake_order.mended(rows, corrections))
        found = self._find_customers(orders) | customers
        products = self._find_articles(orders) | articles
        partners = {order.number: self._customer_of(order, found) for order in orders}
        self._judge_senders(orders, partners)
        lines = {order.number: self._lines_of(order, products) for order in orders}
        self._judge_units(orders, lines)
        self._judge_currency(orders, partners)
        known = self._known_orders(
            [(partners[order.number], order.reference) for order in orders]
        )
        self._keep(orders, partners, lines, known)

    def _keep(self, orders, partners, lines, known):
        """Remember the orders; those that are quotations already stay as they are."""
        mine = self.sudo().order_ids
        at = {order.number: order for order in mine}
        settled = mine.filtered(lambda one: one.state in ("made", "dropped"))
        taken = {one.number for one in settled}
        new, problems = [], {}
        sent_before = self._sent_before(known)
        for order in orders:
            if order.number in taken:
                continue
            partner = partners[order.number]
            values = self._kept_values(order, partner, lines[order.number])
            before = known.get((partner.commercial_partner_id.id, order.reference))
            if partner and before:
                values |= {"state": "known", "order_id": before.id}
                sent = values["content"]["lines"]
                if changes := self._changes(sent, before, sent_before):
                    values["state"] = "mend"
                    problems[order.number] = [
                        order_file.Problem(
                            order.number, order_file.REFERENCE, "changed", changes
                        )
                    ]
            elif order.problems:
                problems[order.number] = order.problems
                values["state"] = "mend"
            if order.number in at:
                at[order.number].write(values)
            else:
                new.append(values)
        self._keep_merged(orders, mine, problems)
        at |= {one.number: one for one in mine.create(new)}
        self._keep_problems(at, problems)

    def _kept_values(self, order, partner, lines):
        """An order as it is kept; what it needs to become a quotation is in it."""
        return {
            "intake_id": self.id,
            "reference": order.reference,
            "named": " · ".join(order.customers),
            "number": order.number,
            "partner_id": partner.id,
            "customer_id": partner.commercial_partner_id.id,
            "line_count": len(order.lines),
            "state": "ready",
            "order_id": False,
            "remarks": [list(vars(remark).values()) for remark in order.remarks],
            "content": {
                "requested": order.requested and order.requested.isoformat(),
                "customer_order": order.customer_order,
                "references": order.references,
                "lines": lines,
            },
        }

    def _lines_of(self, order, products):
        """Lines of an order as they are kept; articles that are not clear are named."""
        kept = []
        for line in order.lines:
            product = self._article_of(order, line, products)
            kept.append(
                {
                    "product": product.id,
                    "quantity": float_round(float(line.quantity), precision_digits=6),
                    "unit": line.unit,
                    "price": None if line.price is None else str(line.price),
                    "expected": None if line.expected is None else str(line.expected),
                    "text": line.description,
                    "cost_centre": line.cost_centre,
                    "number": line.number,
                }
            )
        return kept

    def _keep_merged(self, orders, mine, problems):
        """A line whose order number was corrected belongs to another order now."""
        numbers = {order.number for order in orders}
        made = {one.reference: one for one in mine if one.state in ("made", "known")}
        line_of = {line.number: order for order in orders for line in order.lines}
        for gone in mine.filtered(
            lambda one: one.number not in numbers and one.state in ("mend", "ready")
        ):
            joined = line_of.get(gone.number)
            if joined and joined.reference in made:
                problems[gone.number] = [
                    order_file.Problem(
                        gone.number, order_file.REFERENCE, "merged", joined.reference
                    )
                ]
            else:
                gone.unlink()

    def _keep_problems(self, at, problems):
        """What is wrong now, by line and column; answers of people stay."""
        model = self.env["o2c.intake.problem"].sudo()
        old = model.search([("intake_id", "=", self.id)])
        answered = {
            (one.number, one.field): one
            for one in old
            if one.right_value or one.product_id or one.partner_id
        }
        (old - model.concat(*answered.values())).unlink()
        still = set()
        new = []
        for number, found in problems.items():
            for problem in found:
                key = (problem.line, problem.field)
                if key in answered:
                    still.add(key)
                    if answered[key].right_value:
                        answered[key].write(
                            {"code": problem.code, "value": problem.value}
                        )
                    continue
                new.append(
                    {
                        "order_id": at[number].id,
                        "number": problem.line,
                        "field": problem.field,
                        "code": problem.code,
                        "value": problem.value,
                    }
                )
        for key, one in answered.items():
            one.solved = key not in still
        model.create(new)
