"""Money came in: what was held for lack of it is judged again, and goes by itself."""

import logging

from odoo import api, fields, models
from odoo.tools import SQL

from ...policy.credit_decision import HEADROOM_CODES, ZERO
from ..profile.o2c_exposure import to_money

_logger = logging.getLogger(__name__)

#: Reasons that money takes away. All others were given by people, and stay with them.
MONEY_CODES = (*HEADROOM_CODES, "overdue")


class O2cCreditHold(models.Model):
    _inherit = "o2c.credit.hold"

    may_pass = fields.Boolean(
        string="Can Go",
        readonly=True,
        help="Nothing stands in its way any more; the policy wants a person to say so.",
    )

    @api.model
    def _money_came(self, partners):
        """Judge the holds of customers again soon, outside of the present work.

        :param partners: ``res.partner`` whose money came in
        """
        if self.sudo().search_count(
            [
                ("state", "=", "open"),
                ("partner_id", "in", partners.sudo().commercial_partner_id.ids),
            ],
            limit=1,
        ):
            self.env.ref("o2c_credit.ir_cron_recheck").sudo()._trigger()

    @api.model
    def _cron_recheck(self):
        """Judge open holds again; one that fails does not stop the others."""
        cron = self.env["ir.cron"]
        for company in self.env["res.company"]._o2c_companies("credit"):
            if company.root_id != company:
                continue
            holds = self.with_company(company).with_context(tz=company._o2c_zone())
            waiting = holds._waiting(company)
            solved = waiting._solved_by_money(company)
            cron._commit_progress(len(waiting) - len(solved), remaining=len(solved))
            for hold in solved:
                try:
                    with self.env.cr.savepoint():
                        hold._pass_by_itself()
                except Exception:  # noqa: BLE001 - any failure is one order's
                    _logger.warning("Hold %s was not solved", hold.id, exc_info=True)
                if not cron._commit_progress(processed=1):
                    return

    @api.model
    def _waiting(self, company):
        """Open holds of a company and its branches, the oldest first."""
        return self.sudo().search(
            [("company_id", "child_of", company.id), ("state", "=", "open")],
            order="opened_on, id",
        )

    def _solved_by_money(self, company):
        """Those of these holds that nothing stands in the way of any more.

        Money that no bank confirmed yet does not count, unless the company wants so.
        """
        orders = self.order_id
        customer_ids = {order._o2c_debtor_id() for order in orders}
        uncertain = self._uncertain_money(company, customer_ids)
        solved = self.browse()
        quotes = self.filtered(lambda hold: hold.kind == "confirm")
        judged = quotes.order_id._o2c_decisions(uncertain=uncertain)
        for hold in quotes:
            if not judged[hold.order_id].decision.held:
                solved |= hold
        others = (self - quotes).filtered(
            lambda hold: not uncertain.get(hold.order_id._o2c_debtor_id())
        )
        return solved | (others - others._still_held())

    def _still_held(self):
        """Those of these holds on confirmed orders that would be opened again; one
        statement per company. Hook: the stock add-on answers for deliveries.
        """
        grown = self.filtered(lambda hold: hold.kind == "growth")
        growth = {hold.order_id: to_money(hold.amount) for hold in grown}
        judged = grown.order_id._o2c_decisions(growth=growth)
        return grown.filtered(lambda hold: judged[hold.order_id].decision.held)

    @api.model
    def _uncertain_money(self, company, partner_ids):
        """Registered payments of customers that neither bank nor provider confirmed.

        :return: dict of partner id to amount in company currency
        """
        root = company.root_id.sudo()
        if root.o2c_trust_registered or not partner_ids:
            return {}
        profiles = self.env["o2c.risk.profile"]
        self.env["account.payment"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT customer.commercial_partner_id,
                       sum(payment.amount_company_currency_signed)
                  FROM account_payment payment
                  JOIN res_partner customer ON customer.id = payment.partner_id
             LEFT JOIN payment_transaction tx ON tx.payment_id = payment.id
                 WHERE payment.state = 'in_process'
                   AND payment.payment_type = 'inbound'
                   AND payment.is_matched IS NOT TRUE
                   AND tx.state IS DISTINCT FROM 'done'
                   AND payment.company_id = ANY(%s)
                   AND %s
                 GROUP BY customer.commercial_partner_id
                """,
                profiles._companies_sql(root),
                profiles._contacts_sql(SQL("payment.partner_id"), partner_ids),
            )
        )
        return {pid: max(to_money(amount), ZERO) for pid, amount in rows}

    def _solves_itself(self):
        """Whether the policy lets this hold go without a person, once money came."""
        self.ensure_one()
        policy = self.company_id.root_id.o2c_auto_release
        if policy == "no":
            return False
        allowed = HEADROOM_CODES if policy == "headroom" else MONEY_CODES
        return all(
            reason.code in allowed
            for reason in self._reasons()
            if reason.verdict in ("hold", "stop")
        )

    def _pass_by_itself(self):
        """Let go what money solved, or tell the owner that it may go."""
        self.ensure_one()
        if self._solves_itself():
            self.order_id._o2c_recheck(self)
        else:
            self._tell_it_may_pass()

    def _tell_it_may_pass(self):
        """Once: the owner reads that nothing stands in the way any more."""
        for hold in self.filtered(lambda one: not one.may_pass):
            hold._record({"may_pass": True})
            hold._tell_owner(
                self.env._(
                    "Nothing stands in the way of %s any more: release it.",
                    hold.order_id.name,
                )
            )

    def _solve(self):
        """The hold ends without a decision; its owner and the seller are told."""
        for hold in self.sudo().filtered(lambda one: one.state == "open"):
            text = self.env._(
                "%s goes on by itself: what held it has been solved.",
                hold.order_id.name,
            )
            hold._close("resolved", feedback=text)
            hold._tell_owner(text)
            hold._note_on_order(text)

    def _tell_owner(self, text):
        """A message to the owner, unless it is he who did it."""
        self.ensure_one()
        if self.user_id and self.user_id != self.env.user:
            self.message_post(
                body=text,
                author_id=self.env.ref("base.partner_root").id,
                subtype_xmlid="mail.mt_note",
                partner_ids=self.user_id.partner_id.ids,
            )
