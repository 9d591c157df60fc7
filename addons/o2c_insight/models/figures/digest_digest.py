"""Figures of the chain in the digest mail: to each reader what he may see."""

from odoo import fields, models
from odoo.exceptions import AccessError
from odoo.tools import formatLang

from .o2c_kpi_digest import MEMO

#: Fields of which less is better: core would show a rise in green.
LESS_IS_BETTER = (
    "kpi_o2c_overdue",
    "kpi_o2c_dso",
    "kpi_o2c_promises",
    "kpi_o2c_held",
)
#: Who sees the figures of a whole company.
SEE_ALL = (
    "o2c_base.group_credit_controller",
    "o2c_base.group_collector",
    "account.group_account_readonly",
    "sales_team.group_sale_manager",
)


class DigestDigest(models.Model):
    _inherit = "digest.digest"

    kpi_o2c_overdue = fields.Boolean(
        "Past Due",
        help="What customers owe past its due date, undisputed or not. To a "
        "salesperson: on his own invoices.",
    )
    kpi_o2c_overdue_value = fields.Monetary(
        string="Past Due Now", compute="_compute_kpi_o2c_overdue_value"
    )
    kpi_o2c_dso = fields.Boolean(
        "DSO (days)",
        help="Open / invoiced in this month and the two before it x their days.",
    )
    kpi_o2c_dso_value = fields.Float(
        string="DSO Now", compute="_compute_kpi_o2c_dso_value"
    )
    kpi_o2c_collected = fields.Boolean(
        "Collected", help="Payments of invoices, on the whole days of the period."
    )
    kpi_o2c_collected_value = fields.Monetary(
        string="Collected in the Period", compute="_compute_kpi_o2c_collected_value"
    )
    kpi_o2c_promises = fields.Boolean(
        "Promises Broken",
        help="Promises to pay that fell due in the period and were not kept.",
    )
    kpi_o2c_promises_value = fields.Integer(
        string="Promises Broken in the Period",
        compute="_compute_kpi_o2c_promises_value",
    )
    kpi_o2c_held = fields.Boolean(
        "Orders on Hold", help="Orders that wait for a decision or for money."
    )
    kpi_o2c_held_value = fields.Integer(
        string="Orders on Hold Now", compute="_compute_kpi_o2c_held_value"
    )

    def _compute_kpi_o2c_overdue_value(self):
        self._o2c_fill("overdue")

    def _compute_kpi_o2c_dso_value(self):
        self._o2c_fill("dso")

    def _compute_kpi_o2c_collected_value(self):
        self._o2c_fill("collected")

    def _compute_kpi_o2c_promises_value(self):
        self._o2c_fill("promises")

    def _compute_kpi_o2c_held_value(self):
        self._o2c_fill("held")

    def _o2c_fill(self, name):
        """Fill one figure; core computes each for one reader and period at a time.

        The values of several figures may not be filled together: they would be those
        of another period, which core only makes forgotten one by one.

        :raises AccessError: the reader may not see it; core leaves it out of his mail
        """
        start, end, _companies = self._get_kpi_compute_parameters()
        for digest in self:
            company = digest.company_id or self.env.company
            key = digest._o2c_reader(company)
            digest[f"kpi_o2c_{name}_value"] = (
                self.env["o2c.kpi.snapshot"]
                .sudo()
                ._digest_figure(
                    name,
                    company.root_id,
                    key,
                    company._o2c_today(fields.Datetime.to_datetime(start)),
                    company._o2c_today(fields.Datetime.to_datetime(end)),
                )
            )

    def _o2c_reader(self, company):
        """Which part of a company the present user may see.

        :return: (dimension, id) as the key figures name it
        :raises AccessError: nothing of it
        """
        user = self.env.user
        if company.root_id not in user.company_ids.root_id:
            raise AccessError(self.env._("These are figures of another company."))
        if any(user.has_group(group) for group in SEE_ALL):
            if company.root_id in user.company_ids:
                return ("total", None)
        if user.has_group("sales_team.group_sale_salesman"):
            return ("user", user.id)
        raise AccessError(self.env._("You may not see the figures on receivables."))

    def _action_send(self, update_periodicity=True):
        """Extends core: what is gathered for one reader serves all of the same mail."""
        self.env.cr.cache[MEMO] = {}
        try:
            return super()._action_send(update_periodicity=update_periodicity)
        finally:
            self.env.cr.cache.pop(MEMO, None)

    def _compute_kpis_actions(self, company, user):
        """Extends core: what a click on a figure opens."""
        actions = super()._compute_kpis_actions(company, user)
        menu = self.env.ref("o2c_base.o2c_insight_menu").id
        opens = {
            "kpi_o2c_overdue": "o2c_insight.o2c_receivable_report_action",
            "kpi_o2c_dso": "o2c_insight.o2c_kpi_snapshot_action",
            "kpi_o2c_collected": "o2c_insight.o2c_kpi_snapshot_action",
            "kpi_o2c_promises": "o2c_dunning.o2c_payment_promise_action",
            "kpi_o2c_held": "o2c_credit.o2c_credit_hold_action",
        }
        return actions | {
            name: f"{action}?menu_id={menu}" for name, action in opens.items()
        }

    def _compute_kpis(self, company, user):
        """Extends core: of what should go down, a rise is told in words, not in green.

        Core colours every rise green and every fall red.
        """
        figures = super()._compute_kpis(company, user)
        for figure in figures:
            if figure["kpi_name"] in LESS_IS_BETTER:
                for column in ("kpi_col1", "kpi_col2", "kpi_col3"):
                    if figure[column]:
                        self._o2c_tell_change(figure[column])
                    if figure["kpi_name"] == "kpi_o2c_dso":
                        self._o2c_tell_none(figure[column])
        return figures

    def _o2c_tell_change(self, column):
        """The change of a column in its subtitle, without a colour."""
        margin = column.pop("margin", 0)
        sign = "+" if margin > 0 else ""
        column["col_subtitle"] = self.env._(
            "%(period)s: %(change)s %%",
            period=column["col_subtitle"],
            change=sign + formatLang(self.env, margin, digits=1),
        )

    def _o2c_tell_none(self, column):
        """Without sales there is no DSO: a dash, not 0."""
        if column.get("value") == "0.00":
            column["value"] = "–"
