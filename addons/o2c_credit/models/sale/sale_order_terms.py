"""Payment term and advance payment of the credit policy on a quotation."""

from decimal import Decimal

from odoo import api, fields, models
from odoo.tools import formatLang

from ...policy.terms import Term, Terms, quote_terms, shorter


class SaleOrder(models.Model):
    _inherit = "sale.order"

    o2c_policy_id = fields.Many2one(
        "o2c.credit.policy",
        string="Credit Policy",
        readonly=True,
        copy=False,
        ondelete="set null",
        index="btree_not_null",
        groups="o2c_base.group_credit_controller",
        help="The cell of the policy that set payment term and advance payment.",
    )
    o2c_terms = fields.Json(readonly=True, copy=False, groups="base.group_user")
    o2c_terms_reason = fields.Text(
        string="Why These Terms",
        compute="_compute_o2c_terms_reason",
        compute_sudo=True,
        groups="base.group_user",
        help="Why this payment term and this advance payment stand here.",
    )

    @api.depends("o2c_terms", "state", "partner_id", "partner_invoice_id", "company_id")
    @api.depends_context("lang")
    def _compute_o2c_terms_reason(self):
        watching = self.filtered(
            lambda order: order.state in ("draft", "sent")
            and order.partner_invoice_id
            and not order.o2c_terms
            and order.company_id._o2c_credit_acting() == "watch"
        )
        known = watching._o2c_policy_terms()
        for order in self:
            if order in known:
                order.o2c_terms_reason = order._o2c_watch_words(known[order])
            else:
                order.o2c_terms_reason = order._o2c_terms_words(order.o2c_terms)

    def _o2c_policy_terms(self):
        """The policy cells of the debtors of these orders.

        :return: dict of order to ``CellTerms``
        """
        found = {}
        policies = self.env["o2c.credit.policy"].sudo()
        for root, orders in self.sudo().grouped(lambda o: o.company_id.root_id).items():
            debtors = {order: order._o2c_debtor_id() for order in orders}
            terms = policies._terms_of(root, {pid for pid in debtors.values() if pid})
            for order, debtor_id in debtors.items():
                if debtor_id in terms:
                    found[order.with_env(self.env)] = terms[debtor_id]
        return found

    def _o2c_term(self, term):
        """A payment term as the policy reads it.

        :param term: ``account.payment.term``, may be empty
        :return: :class:`policy.terms.Term` or None
        """
        term = term.sudo()
        if not term:
            return None
        start = (self.date_order or fields.Datetime.now()).date()
        return Term(
            term.id,
            tuple(
                (
                    Decimal(str(line.value_amount if line.value == "percent" else 0)),
                    (line._get_due_date(start) - start).days,
                )
                for line in term.line_ids
            ),
        )

    def _o2c_terms_now(self):
        """What stands on this order now."""
        self.ensure_one()
        percent = self.prepayment_percent if self.require_payment else 0.0
        return Terms(
            self._o2c_term(self.payment_term_id),
            Decimal(str(round(percent * 100, 4))),
        )

    def _o2c_own_term(self):
        """The customer's own payment term in the company of the order."""
        customer = self.partner_id.sudo().with_company(self.company_id)
        return customer.property_payment_term_id

    def _o2c_asked_terms(self, cell):
        """What nobody but a credit manager goes beyond: term and percent up front.

        Where the policy names no term, sales chooses it, as always.

        :param cell: ``CellTerms``
        """
        self.ensure_one()
        own = self._o2c_term(self._o2c_own_term())
        terms = self.env["account.payment.term"]
        agreed, agreed_term_id = cell.agreement
        if agreed:
            return Terms(self._o2c_term(terms.browse(agreed_term_id)))
        named = self._o2c_term(terms.browse(cell.payment_term_id))
        asked = quote_terms(
            own, named, asked=cell.asked, consumer=cell.consumer, agreed=cell.agreed
        )
        return Terms(shorter(own, named) if named else None, asked.up_front)

    def _o2c_apply_terms(self, given=()):
        """Put the terms of the policy on quotations, where they are stricter.

        :param given: fields that somebody chose himself; a term that was taken away
            on purpose stays away
        """
        for order, cell in self._o2c_live_quotes()._o2c_policy_terms().items():
            order._o2c_put_terms(cell, given)

    def _o2c_live_quotes(self):
        """Quotations of companies where credit is live."""
        return self.filtered(
            lambda order: order.state in ("draft", "sent")
            and order.partner_invoice_id
            and order.sudo().company_id._o2c_credit_acting() == "live"
        )

    def _o2c_put_terms(self, cell, given):
        """Put the terms of one cell on one quotation."""
        self.ensure_one()
        now = self._o2c_terms_now()
        agreed, agreed_term_id = cell.agreement
        terms = self.env["account.payment.term"]
        own = terms.browse(agreed_term_id) if agreed else self._o2c_own_term()
        usual = self._o2c_usual_up_front(now.up_front, cell, given)
        decision = quote_terms(
            self._o2c_term(own),
            None if agreed else self._o2c_term(terms.browse(cell.payment_term_id)),
            asked=Decimal(0) if agreed else cell.asked,
            usual=usual,
            consumer=cell.consumer,
            agreed=cell.agreed,
        )
        values = {}
        longer = now.term and now.term.longer_than(decision.term)
        missing = not now.term and "payment_term_id" not in given
        if "term" in decision.reasons and (longer or missing):
            values["payment_term_id"] = decision.term.id
        elif longer and (cell.payment_term_id or agreed):
            # longer than what was agreed, or than the customer's own shorter term
            values["payment_term_id"] = own.id
        if decision.up_front != now.up_front:
            values["require_payment"] = bool(decision.up_front)
            if decision.up_front:
                values["prepayment_percent"] = float(decision.up_front / 100)
        values |= self._o2c_trace(cell, own, decision, agreed)
        self._o2c_record_terms(values)

    def _o2c_usual_up_front(self, now, cell, given):
        """Percent that the quotation asks without the policy.

        What the policy made of the usual percentage is nobody's own choice, and what
        it asked of another customer goes again.
        """
        plain = self._o2c_plain_up_front()
        made = quote_terms(
            None,
            None,
            asked=cell.asked,
            usual=plain,
            consumer=cell.consumer,
            agreed=cell.agreed,
        )
        ours = (self.sudo().o2c_terms or {}).get("up_front")
        chosen = {"require_payment", "prepayment_percent"} & set(given)
        if now == made.up_front or (ours and not chosen and now == Decimal(str(ours))):
            return plain
        return now

    def _o2c_plain_up_front(self):
        """Percent up front of Odoo itself: company and quotation template."""
        names = {"company_id", "partner_id", "sale_order_template_id"}
        plain = self.sudo().new(
            {name: self[name].id for name in names & self._fields.keys()}
        )
        plain._compute_require_payment()
        plain._compute_prepayment_percent()
        percent = plain.prepayment_percent if plain.require_payment else 0.0
        return Decimal(str(round(percent * 100, 4)))

    def _o2c_trace(self, cell, own, decision, agreed):
        """The record of what set the terms: cell, figures and reasons."""
        reasons = [*decision.reasons, *(["agreement"] if agreed else [])]
        if not reasons:
            return {"o2c_policy_id": False, "o2c_terms": False}
        return {
            "o2c_policy_id": cell.cell_id,
            "o2c_terms": {
                "reasons": reasons,
                "grade": cell.grade or "unrated",
                "segment": cell.segment_id,
                "own": own.id,
                "term": decision.term.id if decision.term else None,
                "up_front": float(decision.up_front),
                "asked": 0.0 if agreed else float(cell.asked),
            },
        }

    def _o2c_terms_words(self, trace):
        """The reasons of the terms in the reader's language."""
        if not trace:
            return False
        terms = self.env["account.payment.term"].sudo()
        lines = []
        for code in trace["reasons"]:
            if code == "term":
                lines.append(
                    self.env._(
                        "Payment term %(term)s, %(place)s.",
                        term=terms.browse(trace["term"]).name,
                        place=self._o2c_place(trace),
                    )
                )
            elif code == "up_front":
                lines.append(
                    self.env._(
                        "%(percent)s%% to be paid up front, %(place)s.",
                        percent=formatLang(self.env, trace["up_front"], digits=0),
                        place=self._o2c_place(trace),
                    )
                )
            else:
                lines.append(self._o2c_other_reason(code, trace))
        return "\n".join(lines)

    def _o2c_other_reason(self, code, trace):
        """Reasons that do not come from the cell alone."""
        if code == "consumer":
            return self.env._(
                "A consumer pays at most half up front, unless he agreed to more "
                "(art. 7:26(2) of the Dutch Civil Code)."
            )
        if code == "agreement":
            return self.env._("As in the payment agreement with this customer.")
        user = self.env["res.users"].sudo().browse(trace.get("allowed_by"))
        return self.env._("%s allowed other terms than the policy asks.", user.name)

    def _o2c_place(self, trace):
        """Grade and segment of the cell, in words."""
        policies = self.env["o2c.credit.policy"]
        grades = dict(policies._fields["grade"]._description_selection(self.env))
        if trace["grade"] == "unrated":
            return self.env._("as the credit policy asks of a customer not rated yet")
        return self.env._(
            "as the credit policy asks of grade %s", grades[trace["grade"]]
        )

    def _o2c_watch_words(self, cell):
        """What the policy would put here, in a company that only watches."""
        asked = self._o2c_asked_terms(cell)
        words = []
        if asked.term and asked.term.id != self._o2c_own_term().id:
            term = self.env["account.payment.term"].sudo().browse(asked.term.id)
            words.append(self.env._("payment term %s", term.name))
        if asked.up_front:
            share = formatLang(self.env, float(asked.up_front), digits=0)
            words.append(self.env._("%s%% up front", share))
        if not words:
            return False
        return self.env._("Once credit is live, the policy asks: %s.", ", ".join(words))
