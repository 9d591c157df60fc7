"""Sheets of credit, billing, collecting and provision for the auditor."""

from odoo import api, models


class O2cProofSource(models.AbstractModel):
    _inherit = "o2c.proof.source"

    @api.model
    def _sheets(self, company, first, last):
        found = super()._sheets(company, first, last)
        names = self._sheet_names()
        for key, model, dates, paths in (
            *self._credit_sheets(),
            *self._billing_sheets(),
            *self._collecting_sheets(),
            *self._ledger_sheets(),
        ):
            touched = self._touched(model, dates, company, first, last)
            found.append(self._record_sheet(key, names[key], model, touched, paths))
        return found

    @api.model
    def _sheet_names(self):
        """What a person reads on the tab of each sheet."""
        return {
            "holds": self.env._("Holds and releases"),
            "limits": self.env._("Limit changes"),
            "agreements": self.env._("Payment agreements"),
            "approvals": self.env._("Approved invoices"),
            "first_batches": self.env._("First batches"),
            "notices": self.env._("Reminders"),
            "disputes": self.env._("Disputes"),
            "promises": self.env._("Promises"),
            "plans": self.env._("Payment plans"),
            "files": self.env._("Hand-over"),
            "write_offs": self.env._("Write-offs"),
            "provisions": self.env._("Provisions"),
            "provision_items": self.env._("Provision per item"),
        }

    @api.model
    def _credit_sheets(self):
        """(key, model, date fields, columns) of decisions on credit."""
        return [
            (
                "holds",
                "o2c.credit.hold",
                "opened_on closed_on",
                "opened_on company_id order_id partner_id kind state grade amount "
                "exposure limit_amount overdue reasons_text closed_on released_by_id "
                "release_reason",
            ),
            (
                "limits",
                "o2c.limit.change",
                "proposed_on decided_on",
                "proposed_on company_id partner_id before_kind before_amount "
                "limit_kind limit_amount currency_id date_from date_until reason "
                "source proposer_id state decided_on decider_id decided_alone "
                "decision_reason",
            ),
            (
                "agreements",
                "o2c.payment.agreement",
                "create_date confirmed_on",
                "create_date company_id partner_id state date_from date_until "
                "payment_term_id create_uid confirmed_by_id confirmed_on",
            ),
        ]

    @api.model
    def _billing_sheets(self):
        """Drafts that somebody approved, and the first batch."""
        return [
            (
                "approvals",
                "account.move",
                "o2c_approved_at",
                "o2c_approved_at company_id name partner_id invoice_date amount_total "
                "currency_id o2c_approval o2c_approved_by_id",
            ),
            (
                "first_batches",
                "o2c.first.batch",
                "approved_at",
                "approved_at company_id user_id invoice_count amount note",
            ),
        ]

    @api.model
    def _collecting_sheets(self):
        """Reminders with their hash, promises, plans, disputes, files, write-offs."""
        return [
            (
                "notices",
                "o2c.dunning.notice",
                "date sent_on",
                "date company_id partner_id step_name channel state amount currency_id "
                "approved_by_id approved_at sent_at bounced_on content_hash",
            ),
            (
                "disputes",
                "o2c.dispute",
                "raised_on closed_on",
                "raised_on company_id move_id partner_id amount currency_id cause_id "
                "note state closed_on create_uid",
            ),
            (
                "promises",
                "o2c.payment.promise",
                "create_date settled_on",
                "create_date company_id partner_id date amount currency_id state "
                "settled_on note create_uid",
            ),
            (
                "plans",
                "o2c.payment.plan",
                "create_date started_on ended_on",
                "create_date company_id name partner_id total currency_id count state "
                "proposed_by_id approved_by_id started_on ended_on end_reason",
            ),
            (
                "files",
                "o2c.collection.file",
                "proposed_on decided_on handed_over_on",
                "proposed_on company_id partner_id kind agency_id total currency_id "
                "state decided_by_id decided_on handed_over_on outcome",
            ),
            (
                "write_offs",
                "o2c.write.off",
                "create_date decided_at",
                "create_date company_id move_id partner_id amount net vat currency_id "
                "reason note proposed_by_id state decided_by_id decided_at entry_id",
            ),
        ]

    @api.model
    def _ledger_sheets(self):
        """Provisions and what people changed in them."""
        return [
            (
                "provisions",
                "o2c.provision",
                "day decided_at",
                "day company_id receivables target on_account difference state "
                "made_by_id calculated_at decided_by_id decided_at alone entry_id note",
            ),
            (
                "provision_items",
                "o2c.provision.line",
                "day",
                "day company_id state partner_id document due days_late grade "
                "disputed open covered vat base reason percent_policy percent amount "
                "why changed_by_id carried",
            ),
        ]
