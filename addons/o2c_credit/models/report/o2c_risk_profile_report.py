"""What reports say of a customer, on his risk profile."""

from odoo import api, fields, models

from .o2c_credit_report_facts import LASTING, SIZES

#: What a bureau said is for credit control; collectors see grade and limit.
CONTROLLER = "o2c_base.group_credit_controller"


class O2cRiskProfile(models.Model):
    _inherit = "o2c.risk.profile"

    report_id = fields.Many2one(
        "o2c.credit.report",
        string="Newest Report",
        compute="_compute_report_facts",
        groups=CONTROLLER,
        help="The report that counts now.",
    )
    report_date = fields.Date(
        string="Report Of",
        compute="_compute_report_facts",
        groups=CONTROLLER,
        help="Date of the report.",
    )
    report_count = fields.Integer(compute="_compute_report_count")
    report_person_ids = fields.Many2many(
        "o2c.credit.report.person",
        string="Who May Sign",
        compute="_compute_report_facts",
        groups=CONTROLLER,
        help="From the newest report that names people.",
    )
    kvk_number = fields.Char(
        string="Trade Register Number",
        compute="_compute_report_facts",
        groups=CONTROLLER,
    )
    legal_form = fields.Char(compute="_compute_report_facts", groups=CONTROLLER)
    founded_on = fields.Date(
        string="Founded", compute="_compute_report_facts", groups=CONTROLLER
    )
    ended_on = fields.Date(
        string="Ended", compute="_compute_report_facts", groups=CONTROLLER
    )
    sector_name = fields.Char(
        string="Sector", compute="_compute_report_facts", groups=CONTROLLER
    )
    nace_code = fields.Char(
        string="NACE", compute="_compute_report_facts", groups=CONTROLLER
    )
    employees = fields.Integer(compute="_compute_report_facts", groups=CONTROLLER)
    company_size = fields.Selection(
        SIZES, string="Size", compute="_compute_report_facts", groups=CONTROLLER
    )
    bureau_rating = fields.Char(
        string="Rating in Words", compute="_compute_report_facts", groups=CONTROLLER
    )
    payment_score = fields.Integer(compute="_compute_report_facts", groups=CONTROLLER)
    solvency = fields.Float(string="Solvency (%)", compute="_compute_report_facts")
    liquidity = fields.Float(compute="_compute_report_facts", groups=CONTROLLER)
    profitability = fields.Float(
        string="Profitability (%)", compute="_compute_report_facts"
    )
    equity = fields.Monetary(compute="_compute_report_facts", groups=CONTROLLER)
    turnover = fields.Monetary(compute="_compute_report_facts", groups=CONTROLLER)
    net_profit = fields.Monetary(compute="_compute_report_facts", groups=CONTROLLER)
    accounts_on = fields.Date(
        string="Balance Sheet Date", compute="_compute_report_facts", groups=CONTROLLER
    )

    @api.depends("partner_id", "company_id")
    def _compute_report_facts(self):
        reports = self.env["o2c.credit.report"]
        for company, profiles in self.grouped("company_id").items():
            known = reports._known_facts(company, profiles.partner_id.ids)
            for profile in profiles:
                facts = known.get(profile.partner_id.id, {})
                report = facts.get("report", reports)
                profile.report_id = report
                profile.report_date = report.date
                profile.report_person_ids = facts.get("persons", False)
                for name in LASTING:
                    if name == "sbi_code":
                        continue  # the profile keeps a code of its own
                    profile[name] = facts.get(name, False)

    @api.depends("partner_id", "company_id")
    def _compute_report_count(self):
        counts = {
            (partner.id, company.id): count
            for partner, company, count in self.env["o2c.credit.report"]
            .sudo()
            ._read_group(
                [("partner_id", "in", self.partner_id.ids)],
                ["partner_id", "company_id"],
                ["__count"],
            )
        }
        for profile in self:
            key = (profile.partner_id.id, profile.company_id.id)
            profile.report_count = counts.get(key, 0)

    def action_reports(self):
        """Open the reports of this customer, newest first."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "o2c_credit.o2c_credit_report_action"
        )
        action["domain"] = [
            ("partner_id", "=", self.partner_id.id),
            ("company_id", "=", self.company_id.id),
        ]
        action["context"] = {
            "default_partner_id": self.partner_id.id,
            "default_company_id": self.company_id.id,
        }
        return action

    def action_fetch_reports(self):
        """Ask providers for a report, after showing what it costs."""
        return self.env["o2c.report.fetch"]._open(self.partner_id)
