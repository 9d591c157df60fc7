"""What a credit bureau or register says of a customer; the newest report counts."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

METHODS = [
    ("typed", "Typed in"),
    ("imported", "Imported from a file"),
    ("fetched", "Fetched from a provider"),
]
INSOLVENCIES = [
    ("bankruptcy", "Bankruptcy"),
    ("suspension", "Suspension of payments"),
    ("restructuring", "Debt restructuring"),
]
#: What people may still write on a report that a provider sent.
OPEN_FIELDS = {"note", "person_ids", "message_follower_ids", "message_ids"}


class O2cCreditReport(models.Model):
    """One report, kept as history."""

    _name = "o2c.credit.report"
    _description = "Credit Report"
    _inherit = ["mail.thread"]
    _order = "date desc, id desc"
    _rec_name = "partner_id"
    _check_company_auto = True
    _check_company_domain = models.check_company_domain_parent_of

    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self.env.company.root_id,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date(
        required=True,
        default=fields.Date.context_today,
        tracking=True,
        help="Date of the report; the newest one counts.",
    )
    source = fields.Char(
        required=True,
        index=True,
        help="Who made the report, such as the name of the bureau.",
    )
    method = fields.Selection(
        METHODS,
        string="Came By",
        required=True,
        default="typed",
        readonly=True,
        help="Typed in, imported from a file, or fetched from a provider. What a "
        "provider sent cannot be changed afterwards.",
    )
    is_newest = fields.Boolean(
        string="Current",
        compute="_compute_is_newest",
        search="_search_is_newest",
        help="The newest report of this source about this customer. Older ones are "
        "history.",
    )
    bureau_score = fields.Integer(
        tracking=True,
        help="The bureau's score, put on a scale from 0 (worst) to 100 (best).",
    )
    has_score = fields.Boolean(
        string="Report Has a Score",
        default=True,
        help="Off: the report says something else, such as an insolvency.",
    )
    bureau_rating = fields.Char(
        string="Rating in Words",
        help="The bureau's own class, as it writes it: AA, 3, low risk.",
    )
    has_payment_score = fields.Boolean(
        string="Report Has a Payment Score",
        compute="_compute_has_payment_score",
        store=True,
        readonly=False,
        help="Whether the bureau says how this customer pays others.",
    )
    payment_score = fields.Integer(
        help="How this customer pays others, from 0 (worst) to 100 (best).",
    )
    has_advised_limit = fields.Boolean(
        string="Report Advises a Limit",
        compute="_compute_has_advised_limit",
        store=True,
        readonly=False,
        help="On with an amount of 0: the bureau advises to give no credit. Off: the "
        "report gives no advice.",
    )
    advised_limit = fields.Monetary(
        tracking=True, help="The limit that the bureau advises. It is never taken over."
    )
    insolvency_known = fields.Boolean(
        string="Tells About Insolvency",
        default=True,
        help="Off: this report does not say whether the customer is insolvent, so what "
        "earlier reports said stays.",
    )
    insolvent = fields.Boolean(
        string="Insolvency",
        tracking=True,
        help="Bankruptcy, suspension of payments or debt restructuring. New orders of "
        "this customer are held.",
    )
    insolvency_kind = fields.Selection(INSOLVENCIES, string="Kind of Insolvency")
    insolvency_on = fields.Date(
        string="Insolvency Since", help="Date of the last decision of the court."
    )
    insolvency_number = fields.Char(
        help="Number of the case at the court, such as F.16/21/150."
    )
    trustee = fields.Char(
        string="Administrator", help="Who acts for the customer, appointed by court."
    )
    document = fields.Binary(attachment=True, help="The report itself.")
    document_name = fields.Char()
    note = fields.Text()
    import_key = fields.Char(
        readonly=True,
        copy=False,
        help="Customer, source and date of an imported report: a file that is imported "
        "twice adds nothing.",
    )

    _score_range = models.Constraint(
        "CHECK(bureau_score BETWEEN 0 AND 100 AND payment_score BETWEEN 0 AND 100)",
        "Scores of a bureau are put on a scale from 0 to 100.",
    )
    _newest_idx = models.Index("(partner_id, company_id, date DESC, id DESC)")
    _import_key_uniq = models.UniqueIndex(
        "(company_id, import_key) WHERE import_key IS NOT NULL",
        "This report was imported already.",
    )

    @api.depends("partner_id", "company_id", "date", "source")
    def _compute_is_newest(self):
        newest = self.browse(self._newest_ids(self.partner_id.ids, per_source=True))
        for report in self:
            report.is_newest = report._origin in newest

    @api.model
    def _search_is_newest(self, operator, value):
        if operator not in ("in", "not in"):
            return NotImplemented
        wanted = (operator == "in") == (True in value)
        return [
            (
                "id",
                "in" if wanted else "not in",
                SQL(
                    "(SELECT DISTINCT ON (partner_id, company_id, lower(source)) id"
                    " FROM o2c_credit_report ORDER BY partner_id, company_id,"
                    " lower(source), date DESC, id DESC)"
                ),
            )
        ]

    @api.depends("payment_score")
    def _compute_has_payment_score(self):
        for report in self:
            report.has_payment_score = bool(
                report.payment_score or report.has_payment_score
            )

    @api.depends("advised_limit")
    def _compute_has_advised_limit(self):
        for report in self:
            report.has_advised_limit = bool(
                report.advised_limit or report.has_advised_limit
            )

    @api.depends("partner_id", "source", "date")
    def _compute_display_name(self):
        for report in self:
            parts = (report.partner_id.display_name, report.source, report.date)
            report.display_name = " · ".join(str(part) for part in parts if part)

    @api.model
    def _newest_ids(self, partner_ids, per_source=False):
        """Ids of the newest reports, one per customer and company.

        :param bool per_source: one per source as well
        """
        if not partner_ids:
            return []
        self.flush_model(["partner_id", "company_id", "date", "source"])
        key = SQL(
            "partner_id, company_id, lower(source)"
            if per_source
            else "partner_id, company_id"
        )
        rows = self.env.execute_query(
            SQL(
                "SELECT DISTINCT ON (%s) id FROM o2c_credit_report"
                " WHERE partner_id = ANY(%s) ORDER BY %s, date DESC, id DESC",
                key,
                list(partner_ids),
                key,
            )
        )
        return [report_id for (report_id,) in rows]

    @api.model_create_multi
    def create(self, vals_list):
        self.env["res.partner"]._o2c_place(vals_list)
        if not self.env.su:
            for vals in vals_list:
                vals.pop("method", None)
        self._keep_insolvency(vals_list)
        reports = super().create(vals_list)
        self.invalidate_model(["is_newest"])
        reports._learn()
        return reports

    @api.model
    def _keep_insolvency(self, vals_list):
        """A report that is silent about insolvency does not end one."""
        silent = [vals for vals in vals_list if vals.get("insolvency_known") is False]
        if not silent:
            return
        newest = self.sudo().browse(
            self._newest_ids([vals["partner_id"] for vals in silent])
        )
        said = {(one.partner_id.id, one.company_id.id): one for one in newest}
        for vals in silent:
            before = said.get((vals["partner_id"], vals["company_id"]))
            if before and before.insolvent:
                vals.update(
                    insolvent=True,
                    insolvency_kind=before.insolvency_kind,
                    insolvency_on=before.insolvency_on,
                    insolvency_number=before.insolvency_number,
                    trustee=before.trustee,
                )

    def write(self, vals):
        if not self.env.su:
            self._check_may_change(vals)
        result = super().write(vals)
        if {"date", "partner_id", "source"} & vals.keys():
            self.invalidate_model(["is_newest"])
        if {
            "date",
            "bureau_score",
            "has_score",
            "insolvent",
            "sbi_code",
        } & vals.keys():
            self._learn()
        return result

    def _check_may_change(self, vals):
        """What a provider sent stays as it came."""
        if not vals.keys() - OPEN_FIELDS:
            return
        fetched = self.filtered(lambda report: report.method == "fetched")
        if fetched or "method" in vals:
            raise UserError(
                self.env._(
                    "A report that a provider sent stays as it came. Add a note, or "
                    "type in a report of your own: the newest one counts."
                )
            )

    def _learn(self):
        """Rescore the customers at once, where the part is on."""
        for company, reports in self.sudo().grouped("company_id").items():
            if company._o2c_mode("credit") != "off":
                self.env["o2c.risk.profile"].sudo()._rescore(
                    company, company._o2c_today(), reports.partner_id.ids
                )

    def _alarm_insolvency(self):
        """Tell the owner of a customer who turns out to be insolvent, at once and
        once: the alert of the night, earlier."""
        profiles = self.env["o2c.risk.profile"]
        for company, reports in (
            self.filtered("insolvent").grouped("company_id").items()
        ):
            if company._o2c_mode("credit") != "off":
                known = profiles._ensure(company, reports.partner_id)
                self.env["o2c.credit.alert"]._raise(
                    [{"profile_id": one.id, "kind": "insolvent"} for one in known]
                )

    @api.model
    def get_import_templates(self):
        """A CSV to fill in and import."""
        return [
            {
                "label": self.env._("Import template for credit reports"),
                "template": "/o2c_credit/static/import/credit_report_file.csv",
            }
        ]
