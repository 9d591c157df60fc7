"""The night watch: findings of the whole portfolio become alerts and proposals."""

import logging

from odoo import api, models
from odoo.tools import format_amount, format_date

from ...policy.watch import WatchRules, propose_limit, watch_customer
from ..profile.o2c_exposure import to_money
from .o2c_credit_alert import LIVING

_logger = logging.getLogger(__name__)

#: What the night finds and therefore also closes; others are raised where they happen.
WATCHED = (
    "grade_drop",
    "over_limit",
    "overdue_orders",
    "insolvent",
    "cover_ends",
    "cover_stops",
    "limit_ends",
    "review_due",
    "report_old",
    "agreement_breach",
)


class O2cRiskProfile(models.Model):
    _inherit = "o2c.risk.profile"

    @api.model
    def _watch(self, company, today, partner_ids=None):
        """Open, update and close alerts of customers; propose limits.

        A constant number of statements, however many customers there are.

        :param company: ``res.company``; its root counts
        :param date today: date in the company
        :param partner_ids: ids of commercial partners, or None for all customers
        :return: the alerts that hold, in sudo
        """
        root = company.root_id.sudo()
        rules = self._watch_rules(root)
        facts = self._watch_facts(root, today, partner_ids)
        findings = {
            (profile_id, one.kind, one.key): one
            for profile_id, known in facts.items()
            for one in watch_customer(known, rules, today)
        }
        findings |= self._watch_agreements(root, today, partner_ids)
        self._settle_all_but(root, findings, partner_ids)
        raised = self.env["o2c.credit.alert"]._raise(
            [
                {
                    "profile_id": profile_id,
                    "kind": kind,
                    "key": key,
                    "amount": float(one.amount),
                    "date_deadline": one.due,
                    "stage": one.stage,
                    "figures": one.figures or False,
                }
                for (profile_id, kind, key), one in findings.items()
            ],
            today,
        )
        if partner_ids is None:
            raised |= self._watch_providers(root)
        self._propose_limits(root, today, facts, rules)
        return raised

    @api.model
    def _watch_rules(self, root):
        return WatchRules(
            overdue_amount=to_money(root.o2c_overdue_amount),
            overdue_days=root.o2c_overdue_days,
            report_months=root.o2c_report_months,
            over_days=root.o2c_watch_over_days,
        )

    @api.model
    def _watch_agreements(self, root, today, partner_ids):
        """Hook: findings about payment agreements, by (profile id, kind, key)."""
        return {}

    @api.model
    def _settle_all_but(self, root, findings, partner_ids):
        """Close living alerts of the night that were not found again."""
        domain = [
            ("company_id", "=", root.id),
            ("kind", "in", WATCHED),
            ("state", "in", LIVING),
        ]
        if partner_ids is not None:
            domain.append(("partner_id", "in", list(partner_ids)))
        alerts = self.env["o2c.credit.alert"].sudo().search(domain)
        alerts.filtered(lambda alert: alert._identity()[1:] not in findings)._close()

    @api.model
    def _watch_providers(self, root):
        """Providers of reports that do not answer, or stopped."""
        sources = (
            self.env["o2c.report.source"]
            .sudo()
            .search([("company_id", "=", root.id), ("state", "!=", "off")])
        )
        down = sources.filtered(
            lambda one: one.stopped or (one.health or "ok") not in ("ok", "unknown")
        )
        alerts = self.env["o2c.credit.alert"].sudo()
        alerts.search(
            [
                ("company_id", "=", root.id),
                ("kind", "=", "provider_down"),
                ("state", "in", LIVING),
                ("key", "not in", [str(one.id) for one in down]),
            ]
        )._close()
        return alerts._raise(
            [
                {
                    "company_id": root.id,
                    "kind": "provider_down",
                    "key": str(one.id),
                    "figures": {"name": one.display_name},
                }
                for one in down
            ]
        )

    @api.model
    def _propose_limits(self, root, today, facts, rules):
        """Limits that a person should decide about; never decided here."""
        proposals = {
            profile_id: (known, proposal)
            for profile_id, known in facts.items()
            if (proposal := propose_limit(known, rules, today))
        }
        changes = self.env["o2c.limit.change"].sudo()
        # what a person refused lately is not asked again
        refused = changes.search(
            [
                ("profile_id", "in", list(proposals)),
                ("source", "=", "alert"),
                ("state", "in", ("refused", "withdrawn")),
                (
                    "create_date",
                    ">=",
                    self._fields["review_date"].subtract(today, days=90),
                ),
            ]
        ).profile_id
        said = self.with_context(lang=root._o2c_credit_owner().lang)
        changes._propose(
            [
                {
                    "profile_id": profile_id,
                    "limit_kind": proposal.limit_kind,
                    "limit_amount": float(proposal.limit),
                    "source": "alert",
                    **said._proposal_words(root, known, proposal),
                }
                for profile_id, (known, proposal) in proposals.items()
                if profile_id not in refused._ids
            ]
        )

    @api.model
    def _proposal_words(self, root, known, proposal):
        """Reason and arithmetic of a proposal, for who decides."""

        def money(amount):
            return format_amount(self.env, float(amount), root.currency_id)

        if proposal.reason == "insolvent":
            return {
                "reason": self.env._("The newest report says: insolvent."),
                "arithmetic": self.env._(
                    "Owed and ordered: %s. Nothing more on account.",
                    money(known.exposure),
                ),
            }
        reason = (
            self.env._("Over the limit since %(since)s, grade %(grade)s.")
            if proposal.reason == "lower"
            else self.env._(
                "Over the limit since %(since)s, but grade %(grade)s and paid up."
            )
        ) % {"since": format_date(self.env, known.over_since), "grade": known.grade}
        return {
            "reason": reason,
            "arithmetic": self.env._(
                "Owed and ordered %(exposure)s, limit %(limit)s, over it %(over)s. "
                "Average sales a month × the factor of the policy for grade %(grade)s "
                "= %(advised)s.",
                exposure=money(known.exposure),
                limit=money(known.limit),
                over=money(known.over_limit),
                grade=known.grade,
                advised=money(known.advised_limit),
            ),
        }

    @api.model
    def _rescore_company(self, company, today):
        """After scoring, in the same night: the watch."""
        if not super()._rescore_company(company, today):
            return False
        return self._watch_company(company, today)

    @api.model
    def _watch_company(self, company, today):
        """One pass over a company, recorded as a run.

        :return: whether there is time left for the next company
        """
        cron = self.env["ir.cron"]
        runs = self.env["o2c.run"]
        tonight = [
            ("kind", "=", "credit_watch"),
            ("company_id", "=", company.id),
            ("date", "=", today),
            ("state", "=", "done"),
        ]
        if runs.search_count(tonight, limit=1):
            return True
        run = runs._start("credit_watch", company, today)
        try:
            with self.env.cr.savepoint():
                alerts = self._watch(company, today)
                run._advance(done=len(alerts))
        except Exception as error:  # the morning's scores stay, whatever happens here
            _logger.exception("Monitoring of %s failed", company.name)
            run._note("error", str(error))
            run._advance(failed=1)
        run.total = run.done_count + run.failed_count
        run._finish()
        return bool(cron._commit_progress())

    @api.model
    def _cron_rescore(self):
        """After all companies: one mail per colleague who has something new."""
        result = super()._cron_rescore()
        self.env["o2c.credit.digest"]._send_all()
        return result

    def write(self, vals):
        result = super().write(vals)
        if "user_id" in vals:
            alerts = self.env["o2c.credit.alert"].sudo()
            for profile in self.sudo():
                owner = profile.user_id or profile.company_id._o2c_credit_owner()
                alerts.search(
                    [("profile_id", "=", profile.id), ("state", "in", LIVING)]
                ).write({"user_id": owner.id})
        return result
