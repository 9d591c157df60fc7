"""The figures of a run: what it did with how many items, and why."""

from collections import defaultdict

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import SQL, format_amount

from ...policy.may_remind import ZERO
from ..case.o2c_remind_verdict import REASONS


class O2cRunFigure(models.Model):
    """How many open items a run left alone for a reason, or reminded."""

    _name = "o2c.run.figure"
    _description = "Run Figure"
    _order = "amount desc, id"
    _rec_name = "reason"

    run_id = fields.Many2one(
        "o2c.run", required=True, index=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, ondelete="cascade", readonly=True
    )
    date = fields.Date(related="run_id.date", store=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    reason = fields.Selection(
        REASONS, required=True, readonly=True, help="What weighed most."
    )
    items = fields.Integer(readonly=True, help="Open items, instalments apart.")
    customers = fields.Integer(readonly=True)
    amount = fields.Monetary(
        readonly=True, help="What is open on them, in company currency."
    )

    _run_reason_uniq = models.Constraint(
        "UNIQUE(run_id, reason)", "A run counts each reason once."
    )

    @api.model
    def _write_figures(self, run, company, judged):
        """Count the verdicts of a run by what weighs most; the same run counts anew.

        :param judged: list of (account, message), message None when judging failed
        """
        items, amounts = defaultdict(int), defaultdict(lambda: ZERO)
        customers = defaultdict(set)
        for account, message in judged:
            for reason, item in self._counted(account, message):
                items[reason] += 1
                amounts[reason] += item.open * item.rate
                customers[reason].add(account.partner_id)
        rows = [
            {
                "reason": reason,
                "items": count,
                "customers": len(customers[reason]),
                "amount": float(round(amounts[reason], 2)),
            }
            for reason, count in items.items()
        ]
        self.env["o2c.dunning.case"]._insert(
            self,
            rows,
            conflict=SQL(
                "ON CONFLICT (run_id, reason) DO UPDATE SET items = EXCLUDED.items,"
                " customers = EXCLUDED.customers, amount = EXCLUDED.amount"
            ),
            run_id=run.id,
            company_id=company.id,
            date=run.date,
        )
        self.invalidate_model()

    @api.model
    def _counted(self, account, message):
        """Pairs of (reason, item) of one customer."""
        if message is None:
            return [("failed", item) for item in account.items]
        return [
            (verdict.reasons[0] if verdict.reasons else "remind", verdict.item)
            for verdict in message.verdicts
        ]


class O2cRun(models.Model):
    _inherit = "o2c.run"

    kind = fields.Selection(
        selection_add=[("dunning_hand", "Reminders by hand")],
        ondelete={"dunning_hand": "cascade"},
    )
    o2c_figure_ids = fields.One2many("o2c.run.figure", "run_id", readonly=True)
    o2c_report = fields.Html(
        string="Report",
        compute="_compute_o2c_report",
        sanitize=False,
        help="What this run did with every open item, and why.",
    )

    @api.depends("o2c_figure_ids")
    def _compute_o2c_report(self):
        for run in self:
            figures = run.o2c_figure_ids
            run.o2c_report = run._o2c_picture(figures) if figures else False

    def _o2c_picture(self, figures):
        """The figures as bars: what is reminded first, then by amount."""
        labels = dict(figures._fields["reason"]._description_selection(self.env))
        figures = figures.sorted(lambda one: (one.reason != "remind", -one.amount))
        most = max(figures.mapped("amount")) or 1.0
        rows = [
            Markup(
                '<tr><td class="pe-3">%s</td><td class="text-end pe-3">%s</td>'
                '<td class="text-end pe-3">%s</td><td class="text-end text-nowrap pe-3">'
                '%s</td><td style="width:30%%"><div class="%s" style="width:%.0f%%;'
                'min-width:2px;height:12px;border-radius:2px"></div></td></tr>'
            )
            % (
                labels.get(one.reason, one.reason),
                one.items,
                one.customers,
                format_amount(self.env, one.amount, one.currency_id),
                "bg-primary" if one.reason == "remind" else "bg-secondary opacity-50",
                100 * one.amount / most,
            )
            for one in figures
        ]
        heads = (
            self.env._("What happened"),
            self.env._("Items"),
            self.env._("Customers"),
            self.env._("Open"),
        )
        head = Markup("<tr>%s<th></th></tr>") % Markup().join(
            Markup('<th class="%spe-3">%s</th>') % ("text-end " if at else "", title)
            for at, title in enumerate(heads)
        )
        return Markup('<table class="table table-sm mb-0">%s%s</table>') % (
            head,
            Markup().join(rows),
        )

    def action_o2c_figures(self):
        """The figures of this run as a list and a graph."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "o2c_dunning.o2c_run_figure_action"
        )
        return action | {"domain": [("run_id", "=", self.id)], "context": {}}
