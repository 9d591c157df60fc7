"""The facts of a report: register data and annual accounts."""

from decimal import Decimal

from odoo import api, fields, models

from ...policy.report.figures import company_size, ratios
from ...policy.report.values import nace_of

SIZES = [
    ("micro", "Micro"),
    ("small", "Small"),
    ("medium", "Medium-sized"),
    ("large", "Large"),
]
#: Facts that are looked up in older reports when the newest is silent.
LASTING = (
    "kvk_number legal_form founded_on ended_on sbi_code sector_name nace_code "
    "employees company_size bureau_rating payment_score solvency liquidity "
    "profitability equity turnover net_profit accounts_on"
).split()


def _decimal(amount):
    """An amount of the database as policy takes it."""
    return Decimal(str(amount))


class O2cCreditReport(models.Model):
    _inherit = "o2c.credit.report"

    kvk_number = fields.Char(
        string="Trade Register Number",
        help="Number in the Dutch trade register (KvK), eight digits.",
    )
    legal_form = fields.Char(help="As the register writes it, such as B.V. or VOF.")
    founded_on = fields.Date(string="Founded", help="When the undertaking began.")
    ended_on = fields.Date(
        string="Ended", help="When it was closed or struck off, if it was."
    )
    sbi_code = fields.Char(
        string="Sector Code (SBI)", help="Code of the main activity, SBI 2008."
    )
    sector_name = fields.Char(string="Sector")
    nace_code = fields.Char(
        string="NACE",
        compute="_compute_nace_code",
        store=True,
        help="The European class: the first four digits of the sector code.",
    )
    employees = fields.Integer(help="People who work there.")
    company_size = fields.Selection(
        SIZES,
        string="Size",
        compute="_compute_company_size",
        store=True,
        readonly=False,
        help="By the thresholds for annual accounts in the Dutch Civil Code, from the "
        "figures of this report. An indication: the law looks at two years.",
    )
    accounts_on = fields.Date(
        string="Balance Sheet Date", help="Date of the annual accounts used."
    )
    total_assets = fields.Monetary()
    equity = fields.Monetary(help="Negative: more debt than assets.")
    current_assets = fields.Monetary()
    current_liabilities = fields.Monetary()
    turnover = fields.Monetary()
    net_profit = fields.Monetary()
    solvency = fields.Float(
        string="Solvency (%)",
        compute="_compute_ratios",
        store=True,
        readonly=False,
        help="Equity as a share of all assets. Computed from the amounts, or typed in "
        "when the report gives only the ratio.",
    )
    liquidity = fields.Float(
        compute="_compute_ratios",
        store=True,
        readonly=False,
        help="Current assets per euro of current liabilities; below 1 is tight.",
    )
    profitability = fields.Float(
        string="Profitability (%)",
        compute="_compute_ratios",
        store=True,
        readonly=False,
        help="Net profit as a share of turnover.",
    )
    person_ids = fields.One2many(
        "o2c.credit.report.person",
        "report_id",
        string="Directors and Signatories",
        copy=True,
    )

    @api.depends("sbi_code")
    def _compute_nace_code(self):
        for report in self:
            report.nace_code = nace_of(report.sbi_code)

    @api.depends("total_assets", "turnover", "employees")
    def _compute_company_size(self):
        for report in self:
            report.company_size = (
                company_size(
                    _decimal(report.total_assets),
                    _decimal(report.turnover),
                    report.employees,
                )
                or report.company_size
            )

    @api.depends(
        "equity",
        "total_assets",
        "current_assets",
        "current_liabilities",
        "net_profit",
        "turnover",
    )
    def _compute_ratios(self):
        for report in self:
            found = ratios(
                *map(
                    _decimal,
                    (
                        report.equity,
                        report.total_assets,
                        report.current_assets,
                        report.current_liabilities,
                        report.net_profit,
                        report.turnover,
                    ),
                )
            )
            for name in ("solvency", "liquidity", "profitability"):
                ratio = getattr(found, name)
                # a ratio that the report gave itself stays without the amounts
                report[name] = report[name] if ratio is None else float(ratio)

    @api.model
    def _known_facts(self, company, partner_ids):
        """What is known of customers: each fact from the newest report that has it.

        :param company: ``res.company``; its root counts
        :param partner_ids: ids of commercial partners
        :return: dict of partner id to dict of fact, with ``report`` (the newest) and
            ``persons`` (those of the newest report that names people)
        """
        reports = self.sudo().search(
            [
                ("company_id", "=", company.root_id.id),
                ("partner_id", "in", list(partner_ids)),
            ]
        )
        known = {}
        for partner, own in reports.grouped("partner_id").items():
            facts = {
                name: next((one[name] for one in own if one[name]), False)
                for name in LASTING
            }
            facts["report"] = own[0]
            facts["persons"] = next(
                (one.person_ids for one in own if one.person_ids),
                self.env["o2c.credit.report.person"],
            )
            known[partner.id] = facts
        return known
