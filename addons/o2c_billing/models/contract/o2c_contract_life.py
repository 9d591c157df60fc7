"""The life of a contract: it starts, renews, gets notice and ends."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...policy import contract_term as policy


class O2cContract(models.Model):
    _inherit = "o2c.contract"

    signatory_warning = fields.Char(
        compute="_compute_warnings",
        help="What the newest credit report says of who accepted the contract.",
    )
    hold_warning = fields.Char(
        compute="_compute_warnings",
        help="Billing goes on for a customer on hold; you decide what happens next.",
    )
    consumer_warning = fields.Boolean(compute="_compute_warnings")
    reminded_for = fields.Date(
        readonly=True, copy=False, help="The term of which the owner was reminded."
    )

    @api.depends("partner_id", "accepted_by_id", "line_ids", "renewal", "state")
    @api.depends_context("lang")
    def _compute_warnings(self):
        holds = self.env["o2c.credit.hold"].sudo()
        for contract in self:
            customer = contract.partner_id
            contract.signatory_warning = contract._signatory_words()[1]
            contract.hold_warning = False
            contract.consumer_warning = bool(
                customer and not customer.is_company and contract.renewal == "renews"
            )
            if customer and holds.search_count(
                [
                    ("company_id", "=", contract.company_id.id),
                    ("partner_id.commercial_partner_id", "=", customer.id),
                    ("state", "=", "open"),
                ],
                limit=1,
            ):
                contract.hold_warning = self.env._(
                    "Orders of %(customer)s are on hold. This contract goes on and is "
                    "billed: pause it, give notice, or leave it.",
                    customer=customer.display_name,
                )

    def _signatory_words(self):
        """Whether who accepted may sign, and what is said about it.

        :return: (verdict or None, words)
        """
        self.ensure_one()
        contact = self.accepted_by_id
        if not contact or not self.partner_id:
            return None, False
        check = self.env["o2c.signatory.check"]
        company = self.company_id
        worth = self.currency_id._convert(
            self._first_year_worth(),
            company.root_id.currency_id,
            company,
            company._o2c_today(),
        )
        verdict = check._check(self.partner_id, contact, worth, company)
        if not verdict.refused:
            return verdict, False
        return verdict, check._words(verdict, contact.name)

    # What a person can do

    def _check_authority(self):
        """Starting, changing and ending contracts is for billing approvers."""
        if not self.env.user.has_group("o2c_base.group_billing_approver"):
            raise AccessError(
                self.env._("Only a billing approver starts, changes or ends contracts.")
            )
        self.check_access("write")

    def action_start(self):
        """From now on the periods of this contract are billed."""
        self._check_authority()
        for contract in self.filtered(lambda c: c.state == "draft"):
            contract._check_can_start()
            contract._check_signatory()
            values = {"state": "running"}
            if contract.renewal == "ends" and not contract.date_end:
                values["date_end"] = contract.term_end
            contract.sudo().write(values)
            contract.line_ids._look_again(contract.date_start)
        self._refresh_figures()
        self._wake()

    def _check_can_start(self):
        self.ensure_one()
        if not self.line_ids:
            raise UserError(
                self.env._("%(name)s has no lines yet: add one first.", name=self.name)
            )
        if self.renewal == "ends" and not (self.date_end or self.term_months):
            raise UserError(
                self.env._(
                    "%(name)s ends after its term, but has no term and no end date. "
                    "Fill in one of them.",
                    name=self.name,
                )
            )

    def _check_signatory(self):
        """Who accepted may sign for this: told, or held for a credit controller."""
        _verdict, words = self._signatory_words()
        mode = self.company_id.root_id.sudo().o2c_signatory_mode
        if not words or mode == "off":
            return
        controller = self.env.user.has_group("o2c_base.group_credit_controller")
        if mode == "hold" and not controller:
            raise UserError(
                self.env._(
                    "%(words)s Ask a credit controller to start this contract, or have "
                    "it accepted by somebody who may sign.",
                    words=words,
                )
            )
        self.message_post(body=words, subtype_xmlid="mail.mt_note")

    def action_draft(self):
        """Work on a contract again of which nothing was billed."""
        self._check_authority()
        for contract in self:
            if contract.period_ids:
                raise UserError(
                    self.env._(
                        "%(name)s was billed already. Change it from a date, or give "
                        "notice.",
                        name=contract.name,
                    )
                )
        self.sudo().write({"state": "draft", "notice_given": False, "date_end": False})
        self.line_ids.sudo().write({"next_due": False})

    def action_withdraw_notice(self):
        """The contract goes on after all."""
        self._check_authority()
        for contract in self.filtered(lambda c: c.state in ("notice", "ended")):
            ended = contract.date_end
            contract.sudo().write(
                {
                    "state": "running",
                    "notice_given": False,
                    "end_reason": False,
                    "date_end": contract._term_end()
                    if contract.renewal == "ends"
                    else False,
                }
            )
            contract.line_ids._look_again(ended)
        self._refresh_figures()

    def _earliest_end(self, given):
        """First day on which notice given on a day can end this contract."""
        self.ensure_one()
        return policy.earliest_end(given, self._term_end() or None, self._renewal())

    def _give_notice(self, given, end, reason):
        """The contract ends on a day; what was billed beyond it is credited.

        :param date given: when notice was received or sent
        :param date end: last day of the contract
        :param str reason: why it ends
        """
        self._check_authority()
        for contract in self:
            if contract.state == "draft":
                raise UserError(
                    self.env._(
                        "%(name)s has not started: delete the draft instead.",
                        name=contract.name,
                    )
                )
            if end < contract.date_start - policy.DAY:
                raise UserError(
                    self.env._(
                        "%(name)s starts on %(start)s and cannot end before that.",
                        name=contract.name,
                        start=contract.date_start,
                    )
                )
            before = contract.date_end
            contract.sudo().write(
                {
                    "state": "notice",
                    "notice_given": given,
                    "date_end": end,
                    "end_reason": reason,
                }
            )
            contract.activity_unlink(["o2c_billing.mail_activity_contract"])
            contract.line_ids._look_again(min(end, before or end) + policy.DAY)
        self._refresh_figures()
        self._wake()

    def action_give_notice(self):
        """Open the question on which day the contract ends."""
        self._check_authority()
        return {
            "type": "ir.actions.act_window",
            "res_model": "o2c.contract.notice",
            "name": self.env._("Give Notice"),
            "view_mode": "form",
            "target": "new",
            "context": {"default_contract_ids": self.ids},
        }

    def _wake(self):
        """Bill what is due now, not only tonight."""
        self.env.ref("o2c_billing.o2c_contract_cron").sudo()._trigger()

    # What happens by itself

    def _renew(self, today):
        """Terms that have passed are followed by the next; said once per term."""
        for contract in self:
            end = contract._term_end()
            renewal = contract._renewal()
            times = 0
            while end and renewal.kind == policy.RENEWS and end < today:
                end = policy.next_term_end(end, renewal)
                times += 1
            if times:
                contract.terms_renewed += times
                contract.message_post(
                    body=self.env._(
                        "Renewed until %(date)s.",
                        date=fields.Date.to_string(contract.term_end),
                    ),
                    author_id=self.env.ref("base.partner_root").id,
                    subtype_xmlid="mail.mt_note",
                )

    def _remind(self):
        """One activity for the owner before the last day for notice; never two."""
        kind = self.env.ref("o2c_billing.mail_activity_contract")
        for contract in self:
            owner = contract.user_id or contract.company_id.o2c_responsible_id
            if not owner:
                continue
            words = contract.with_context(lang=owner.lang)
            deadline = contract.cancel_before or contract.term_end
            contract.activity_schedule(
                activity_type_id=kind.id,
                date_deadline=deadline - policy.DAY,
                summary=words.env._("Renews soon: agree, change or cancel")
                if contract.renewal == "renews"
                else words.env._("Ends soon: agree on what comes next"),
                user_id=owner.id,
            )
            contract.reminded_for = contract.term_end
