"""What is untidy in the receivables: one row per thing that a person can mend."""

import logging

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL, formatLang

_logger = logging.getLogger(__name__)
KINDS = [
    ("small", "Small old balance"),
    ("credit", "Credit beside open invoices"),
    ("double", "Double customer"),
    ("loose", "Nobody follows up"),
]
#: Who works the list.
WORKERS = (
    "o2c_base.group_collector",
    "o2c_base.group_credit_controller",
    "account.group_account_invoice",
)


class O2cLedgerFinding(models.Model):
    """Found at night, by a key that stays the same: what somebody dismissed is not
    shown again until it changes."""

    _name = "o2c.ledger.finding"
    _description = "Clean Ledger"
    _order = "kind, amount desc, id"
    _rec_name = "partner_id"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )
    kind = fields.Selection(KINDS, required=True, readonly=True, index=True)
    key = fields.Char(required=True, readonly=True)
    digest = fields.Char(
        readonly=True, help="What it is made of; another value is another finding."
    )
    state = fields.Selection(
        [("open", "To look at"), ("dismissed", "Dismissed")],
        default="open",
        required=True,
        readonly=True,
        index=True,
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    amount = fields.Monetary(
        readonly=True,
        help="Open, or what credit could cover, or overdue that nobody follows up.",
    )
    due = fields.Date(string="Oldest Due Date", readonly=True)
    facts = fields.Json(readonly=True)
    detail = fields.Char(string="What Is Found", compute="_compute_detail")
    found_on = fields.Date(readonly=True, help="When it was seen first.")
    seen_on = fields.Date(readonly=True, help="The last night that it was still so.")
    dismiss_reason = fields.Char(string="Why Dismissed", readonly=True)
    dismissed_by_id = fields.Many2one("res.users", readonly=True, ondelete="set null")
    dismissed_on = fields.Date(readonly=True)

    _key_uniq = models.Constraint("UNIQUE(company_id, kind, key)", "It is listed once.")

    @api.depends("kind", "facts")
    @api.depends_context("lang")
    def _compute_detail(self):
        for one in self:
            one.detail = getattr(one, f"_tell_{one.kind}")(one.facts or {})

    def _money(self, amount):
        return formatLang(self.env, amount, currency_obj=self.currency_id)

    def _tell_small(self, facts):
        return self.env._(
            "%(document)s, %(days)s days late",
            document=facts.get("number") or "",
            days=facts.get("days"),
        )

    def _tell_credit(self, facts):
        return self.env._(
            "%(credit)s of credit beside %(open)s open",
            credit=self._money(facts.get("credit") or 0),
            open=self._money(facts.get("debt") or 0),
        )

    def _tell_double(self, facts):
        names = {
            "vat": self.env._("VAT number"),
            "registry": self.env._("registration number"),
            "iban": self.env._("bank account"),
            "email": self.env._("e-mail and name"),
        }
        return self.env._(
            "%(count)s customers with the same %(what)s: %(value)s",
            count=len(facts.get("partners") or []),
            what=names.get(facts.get("same"), ""),
            value=facts.get("value") or "",
        )

    def _tell_loose(self, facts):
        field = self.env["o2c.remind.verdict"]._fields["reason"]
        reasons = dict(field._description_selection(self.env))
        return self.env._(
            "%(count)s overdue: %(reason)s",
            count=len(facts.get("moves") or []),
            reason=reasons.get(facts.get("reason"), self.env._("never judged")),
        )

    @api.model
    def _check_worker(self):
        if not any(self.env.user.has_group(group) for group in WORKERS):
            raise AccessError(
                self.env._("Collectors, credit controllers and invoicers do this.")
            )

    @api.model
    def _cron_find(self):
        """Nightly, once, where collecting watches or is live."""
        companies = self.env["res.company"]._o2c_companies("dunning", ("watch", "live"))
        for company in companies.root_id:
            today = company._o2c_today()
            runs = self.env["o2c.run"]
            if runs._is_done("ledger_check", company, today):
                continue
            run = runs._start("ledger_check", company, today, 1)
            try:
                with self.env.cr.savepoint():
                    company._o2c_job(self)._find(company, today)
                run._advance(done=1)
            except Exception as error:
                _logger.exception("Clean ledger of %s", company.name)
                run._advance(failed=1)
                run._note("error", str(error))
            run._finish()
            self.env["ir.cron"]._commit_progress(processed=1)

    def action_find(self):
        """Look again, now."""
        self._check_worker()
        company = self.env.company.root_id
        if company._o2c_mode("dunning") == "off":
            raise UserError(
                self.env._("Switch collecting to watch in the settings first.")
            )
        company._o2c_job(self)._find(company, company._o2c_today())
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    @api.model
    def _find(self, company, today):
        """Renew the list of a company with a statement per kind.

        What changed since somebody dismissed it is open again; what is gone and was
        open goes."""
        self.env.flush_all()
        self.env.execute_query(  # one at a time per company
            SQL(
                "SELECT pg_advisory_xact_lock(hashtext('o2c.ledger.finding'), %s)",
                company.id,
            )
        )
        rows = self.env["o2c.finding.source"]._found(company, today)
        seen = self.env["o2c.dunning.case"]._insert(
            self,
            rows,
            conflict=self._conflict_sql(),
            company_id=company.id,
            state="open",
            found_on=today,
            seen_on=today,
        )
        self.env.execute_query(
            SQL(
                """
                DELETE FROM o2c_ledger_finding
                 WHERE company_id = %s AND state = 'open' AND NOT id = ANY(%s)
                """,
                company.id,
                [row[0] for row in seen],
            )
        )
        self.invalidate_model()

    @api.model
    def _conflict_sql(self):
        return SQL(
            """
            ON CONFLICT (company_id, kind, key) DO UPDATE SET
                partner_id = EXCLUDED.partner_id, currency_id = EXCLUDED.currency_id,
                amount = EXCLUDED.amount, due = EXCLUDED.due, facts = EXCLUDED.facts,
                seen_on = EXCLUDED.seen_on, digest = EXCLUDED.digest,
                state = CASE WHEN o2c_ledger_finding.digest = EXCLUDED.digest
                             THEN o2c_ledger_finding.state ELSE 'open' END
            """
        )
