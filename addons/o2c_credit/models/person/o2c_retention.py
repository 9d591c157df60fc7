"""What is kept of natural persons, and for how long.

Personal data are kept no longer than needed: GDPR art. 5(1)(e),
https://eur-lex.europa.eu/eli/reg/2016/679/art_5/oj. Invoices and payments are not
touched: those must be kept by tax law.
"""

from odoo import api, fields, models
from odoo.tools import SQL

#: What is removed: (code, model, SQL of the day it counts from, extra condition).
_KEPT = (
    ("history", "o2c.score.history", "kept.date", "TRUE"),
    ("report", "o2c.credit.report", "kept.date", "TRUE"),
    ("hold", "o2c.credit.hold", "kept.closed_on::date", "kept.state <> 'open'"),
    ("watch", "o2c.credit.hold", "kept.opened_on::date", "kept.state = 'watch'"),
    ("contest", "o2c.decision.contest", "kept.closed_on", "kept.state = 'closed'"),
    ("letter", "o2c.decision.letter", "kept.date", "TRUE"),
    ("alert", "o2c.credit.alert", "kept.closed_on", "kept.state = 'closed'"),
)
#: Records per step of the nightly removal.
STEP = 1000


class O2cRetentionPreview(models.Model):
    """What the clean-up would remove tonight, or will."""

    _name = "o2c.retention.preview"
    _description = "Old Data of Persons"
    _auto = False
    _order = "date, id"
    _rec_name = "partner_id"

    what = fields.Selection(
        [
            ("history", "Score history"),
            ("report", "Credit report"),
            ("hold", "Closed hold"),
            ("watch", "Watched hold"),
            ("contest", "Closed contest"),
            ("letter", "Letter"),
            ("alert", "Closed alert"),
        ],
        readonly=True,
    )
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    date = fields.Date(readonly=True, help="The day the period counts from.")
    res_id = fields.Integer(readonly=True)

    @property
    def _table_query(self):
        self.env["o2c.risk.profile"]._flush_natural_persons()
        for _code, model, _day, _which in _KEPT:
            self.env[model].flush_model()
        self.env["res.company"].flush_model(["o2c_person_retention_months"])
        return SQL(
            "SELECT row_number() OVER (ORDER BY date, what, res_id) AS id, old.*"
            " FROM (%s) old",
            self._expired_sql(SQL("CURRENT_DATE"), SQL("TRUE")),
        )

    @api.model
    def _expired_sql(self, today, which):
        """Old records of natural persons: what, customer, company, day and id.

        :param SQL today: the date to count back from
        :param SQL which: condition on ``company``
        """
        return SQL(" UNION ALL ").join(
            SQL(
                """
                SELECT %(code)s AS what, customer.id AS partner_id,
                       company.id AS company_id, %(day)s AS date, kept.id AS res_id
                  FROM %(table)s kept %(join)s
                  JOIN res_partner customer ON customer.id = %(owner)s.partner_id
                  JOIN res_company found ON found.id = %(owner)s.company_id
                  JOIN res_company company
                    ON company.id = split_part(found.parent_path, '/', 1)::int
                 WHERE %(state)s AND %(which)s
                   AND %(day)s < %(today)s - make_interval(
                           months => company.o2c_person_retention_months)
                   AND %(person)s
                """,
                code=code,
                table=SQL.identifier(model.replace(".", "_")),
                join=SQL("JOIN o2c_risk_profile owner ON owner.id = kept.profile_id")
                if code == "history"
                else SQL(""),
                owner=SQL("owner" if code == "history" else "kept"),
                day=SQL(day),
                state=SQL(state),
                which=which,
                today=today,
                person=self.env["o2c.risk.profile"]._natural_person_sql(
                    SQL("company.id")
                ),
            )
            for code, model, day, state in _KEPT
        )

    @api.model
    def _expired(self, company, today):
        """Ids of what is too old, by model.

        :return: dict of model to list of ids
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                "SELECT what, res_id FROM (%s) old ORDER BY res_id",
                self._expired_sql(
                    SQL("%s::date", today), SQL("company.id = %s", company.root_id.id)
                ),
            )
        )
        models_of = {code: model for code, model, _day, _which in _KEPT}
        found = {}
        for what, res_id in rows:
            found.setdefault(models_of[what], []).append(res_id)
        return found

    @api.model
    def _clean(self, company, today):
        """Remove what is too old, where the company switched that on.

        :return: dict of model to how many were removed
        """
        if not company.root_id.sudo().o2c_person_retention:
            return {}
        removed = {}
        for model, ids in self._expired(company, today).items():
            for start in range(0, len(ids), STEP):
                records = self.env[model].sudo().browse(ids[start : start + STEP])
                records.unlink()
            removed[model] = len(ids)
        return removed

    @api.model
    def _clean_company(self, company, today):
        """One recorded clean-up; no run where there is nothing to remove.

        :return: whether there is time left for the next company
        """
        removed = self._clean(company, today)
        if removed:
            run = self.env["o2c.run"]._start(
                "person_retention", company, today, total=sum(removed.values())
            )
            run._advance(done=sum(removed.values()))
            for model, count in removed.items():
                name = self.env["ir.model"]._get(model).name
                run._note("info", f"{name}: {count}")
            run._finish()
        return bool(self.env["ir.cron"]._commit_progress())


class O2cRiskProfile(models.Model):
    _inherit = "o2c.risk.profile"

    @api.model
    def _rescore_company(self, company, today):
        """Last in the night: what is kept of persons no longer than needed."""
        if not super()._rescore_company(company, today):
            return False
        return self.env["o2c.retention.preview"]._clean_company(company, today)
