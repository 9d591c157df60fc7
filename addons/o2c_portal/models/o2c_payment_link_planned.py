"""Invoices that are in a payment plan: their page asks what was agreed.

What is in a running plan is not late and is not asked as a whole. Who opens the page of
such an invoice, of a reminder that names it, or of all that he owes, sees the plan and
is asked for what is in no plan, else for the instalment. He may pay more at any time.
"""

from decimal import Decimal

from odoo import api, models

from odoo.addons.o2c_base.tools.local_form import day_text

from ..policy import choice_text


class O2cPaymentLink(models.Model):
    _inherit = "o2c.payment.link"

    def _plans_around(self, moves):
        """Running plans in which these documents are, in sudo; none on a plan's own
        page."""
        plans = self.env["o2c.payment.plan"].sudo()
        if self._plan() or not moves:
            return plans
        items = self.env["o2c.payment.plan.item"].sudo()
        live = [("live", "=", True), ("move_id", "in", moves.ids)]
        return items.search(live).plan_id.filtered(self._plan_asked).sorted("next_due")

    def _page_start(self, found, plans):
        """What a page asks by itself.

        :param found: ``policy.offer.Offer``
        :param plans: of :meth:`_plans_around`
        :return: keys and amount, as :meth:`_choose` takes them
        """
        planned = set(plans.move_ids.ids)
        free = [item.key for item in found.payable if item.move_id not in planned]
        if free:
            return (free if len(free) <= choice_text.MOST_ITEMS else None), None
        keys = [
            item.key for item in found.payable if item.move_id in plans[0].move_ids.ids
        ]
        if not keys or len(keys) > choice_text.MOST_ITEMS:
            return None, None
        open_of_it = sum(item.to_pay for item in found.payable if item.key in keys)
        asked = Decimal(self._plan_amount(self._plan_asked(plans[0])))
        if asked >= open_of_it:
            return keys, None
        return keys, f"{asked:.{self.currency_id.decimal_places}f}"

    def _page(self, keys=None, amount=None, own=(), now=None):
        """Extends: what is in a plan is shown and asked as agreed."""
        plans = self._plans_around(self._moves())
        if not plans:
            return super()._page(keys, amount, own, now)
        found, _waiting = self._offer(now, own)
        untouched = keys is None and amount is None
        if untouched and found.payable:
            keys, amount = self._page_start(found, plans)
        page = super()._page(keys, amount, own, now)
        page["whole_query"] = self._whole_query(found)
        most = float(sum((item.to_pay for item in found.payable), Decimal(0)))
        page["is_part"] = page["is_part"] and page["amount"] < most
        page["plans"] = [self._plan_note(plan) for plan in plans]
        for line in page["lines"]:
            plan = plans.filtered(lambda one, move=line["move"]: move in one.move_ids)
            if plan and not line["waiting"]:
                line["due_text"] = self.env._("in payment plan %s", plan[0].name)
                line["late_text"] = ""
        if untouched and amount is not None:
            page["bank"] = self._instalment_bank(page, plans[0])
        return page

    def _instalment_bank(self, page, plan):
        """Bank details with the reference that the letters of the plan name."""
        asked = self._plan_asked(plan)
        wanted = float(self._plan_amount(asked))
        if not page["bank"] or self.currency_id.compare_amounts(page["amount"], wanted):
            return page["bank"]
        account = self._creditor_account(list(plan.move_ids & self._moves()))
        details = self._bank_details(account, wanted, asked[0].reference)
        return page["bank"] | {
            name: details[name] for name in details if page["bank"][name]
        }

    @api.model
    def _whole_query(self, found):
        """Choice of everything as it stands in an address; empty for too much."""
        if len(found.payable) > choice_text.MOST_ITEMS:
            return ""
        return "?" + "&".join(
            f"item={item.move_id}.{item.number}" for item in found.payable
        )

    def _plan_note(self, plan):
        """A plan as the page tells it. Its own page is for who sees all he owes: it
        names the other invoices of the plan."""
        asked = self._plan_asked(plan)
        due, today = min(asked.mapped("due")), plan.company_id._o2c_today()
        values = {
            "plan": plan.name,
            "amount": self._money_of(float(self._plan_amount(asked)), plan.currency_id),
            "day": day_text(self.env, due),
        }
        if due < today:
            text = self.env._(
                "Payment plan %(plan)s: %(amount)s is late since %(day)s.", **values
            )
        else:
            text = self.env._(
                "Payment plan %(plan)s: the next instalment is %(amount)s on %(day)s.",
                **values,
            )
        whole = self.res_model == "res.partner"
        return {
            "text": text,
            "is_late": due < today,
            "path": self._plan_path(plan) if whole else "",
        }
