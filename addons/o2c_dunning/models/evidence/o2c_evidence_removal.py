"""Texts of old reminders are removed; what was removed, when and why, stays."""

import logging

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

_logger = logging.getLogger(__name__)
BATCH = 500


class O2cEvidenceRemoval(models.Model):
    """One run that removed texts: its record is the reason the check gives."""

    _name = "o2c.evidence.removal"
    _description = "Removal of Old Texts"
    _order = "id desc"
    _rec_name = "date"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="restrict"
    )
    date = fields.Date(required=True, readonly=True)
    sent_before = fields.Date(
        required=True, readonly=True, help="Reminders sent before this day."
    )
    years = fields.Integer(readonly=True, help="The setting at the time.")
    user_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    count = fields.Integer(
        string="Reminders", compute="_compute_count", help="Texts that were removed."
    )
    flag_count = fields.Integer(
        string="Flags",
        readonly=True,
        help="Customers left alone whose flag ended that long ago: why is removed.",
    )
    proof_ids = fields.One2many("o2c.notice.proof", "removal_id", readonly=True)

    def _compute_count(self):
        counts = dict(
            self.env["o2c.notice.proof"]._read_group(
                [("removal_id", "in", self.ids)], ["removal_id"], ["__count"]
            )
        )
        for removal in self:
            removal.count = counts.get(removal, 0)

    def write(self, vals):  # pylint: disable=method-required-super
        raise UserError(self.env._("The record of a removal is never changed."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("The record of a removal is kept."))

    @api.model
    def _cron_remove(self):
        """Every company that keeps texts for a number of years."""
        companies = (
            self.env["res.company"].sudo().search([("o2c_evidence_years", ">", 0)])
        )
        for company in companies.root_id:
            self.sudo()._remove(company, company._o2c_today())

    @api.model
    def _remove(self, company, today):
        """Remove what is older than the setting says; runs twice without harm.

        A reminder is only touched when its proof is sealed: hash and dates stay.

        :param company: the root company
        :param date today: the date there
        :return: ``o2c.evidence.removal``, empty when there was nothing to do
        """
        years = company.o2c_evidence_years
        removal = self.browse()
        if years <= 0:
            return removal
        cases = self.env["o2c.dunning.case"]
        self.env["o2c.notice.proof"]._seal_sent(company)
        before = fields.Date.subtract(today, years=years)
        values = {
            "company_id": company.id,
            "date": today,
            "sent_before": before,
            "years": years,
            "user_id": self.env.uid,
        }
        if flags := self.env["o2c.debtor.flag"]._forget_reasons(company, before):
            removal = self.create(values | {"flag_count": flags})
        while proofs := self._next_batch(company, before):
            removal = removal or self.create(values)
            removal._remove_batch(proofs)
            if not cases._commit(processed=len(proofs)):
                break
        return removal

    @api.model
    def _next_batch(self, company, before):
        """Proofs of old reminders whose text is still there, and whose case is closed:
        what is still being collected is still needed."""
        return self.env["o2c.notice.proof"].search(
            [
                ("company_id", "=", company.id),
                ("removal_id", "=", False),
                ("notice_id.sent_on", "<", before),
                ("notice_id.case_id.state", "=", "closed"),
            ],
            limit=BATCH,
        )

    def _remove_batch(self, proofs):
        """Texts, addresses and files of these reminders go. The notice itself refuses
        every change, so this is the one place that speaks to the tables."""
        self.ensure_one()
        self.env.flush_all()
        notice_ids = proofs.notice_id.ids
        statements = (
            SQL(
                "UPDATE o2c_notice_proof SET removal_id = %s, meta = NULL"
                " WHERE id = ANY(%s)",
                self.id,
                proofs.ids,
            ),
            SQL(
                "UPDATE mail_message SET body = '', subject = NULL WHERE id IN"
                " (SELECT mail_message_id FROM o2c_dunning_notice WHERE id = ANY(%s))",
                notice_ids,
            ),
            SQL(
                "UPDATE o2c_dunning_notice SET content = NULL, subject = NULL,"
                " email_to = NULL, contact_id = partner_id, failure_reason = NULL"
                " WHERE id = ANY(%s)",
                notice_ids,
            ),
            SQL(
                "UPDATE o2c_delivery_log SET detail = NULL"
                " WHERE res_model = 'o2c.dunning.notice' AND res_id = ANY(%s)",
                notice_ids,
            ),
        )
        for statement in statements:
            self.env.cr.execute(statement)
        self.env.invalidate_all()
        proofs.notice_id._kept_files().unlink()
