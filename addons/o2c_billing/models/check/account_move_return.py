"""A returned draft: whom the approver asks, and how it comes back."""

from odoo import models

from .account_move_approver import MENDING


def _keeps_contacts(user):
    """May this colleague change a customer?"""
    return user.has_group("base.group_partner_manager")


class AccountMove(models.Model):
    _inherit = "account.move"

    def _o2c_mender(self, cause):
        """Who can mend this draft? Extend with ``super()`` for causes of an add-on.

        What was ordered: the maker of the order line. A price: who owns the agreement
        that made it, else the seller. Without any of them who is responsible for
        billing in the company. Data of the customer: the first of them who may change
        it.

        :param str cause: a value of ``o2c_return_cause``
        :return: ``res.users`` record
        """
        users = self.env["res.users"]
        if not self:
            return users
        self.ensure_one()
        move = self.sudo()
        orders = move.invoice_line_ids.sale_line_ids
        found = {
            "line": orders.create_uid[:1],
            "price": move._o2c_price_owner(),
        }.get(cause, users)
        may = (lambda one: True) if cause != "customer" else _keeps_contacts
        chain = (
            found,
            orders.order_id.user_id[:1],
            move.o2c_event_ids.user_id[:1],
            move.invoice_user_id,
            move.company_id.o2c_responsible_id,
        )
        internal = [one for one in chain if one and one.active and not one.share]
        for one in sorted(internal, key=lambda one: not may(one)):
            return one.with_env(self.env)
        return users

    def _o2c_price_owner(self):
        """Who made the agreement that the first agreed price comes from."""
        steps = [
            step
            for line in self.invoice_line_ids
            for step in (line.o2c_price_trace or {}).get("steps", ())
            if step.get("rule")
        ]
        lines = self.env["o2c.price.agreement.line"].sudo()
        made = lines.browse([step["rule"] for step in steps]).exists()[:1]
        agreement = made.agreement_id
        return agreement.user_id if "user_id" in agreement else agreement.create_uid

    def _o2c_return(self, user, cause, note):
        """These drafts go back, each with an activity for who mends it."""
        self._o2c_stop_asking()
        for draft in self:
            draft.sudo().write(
                {
                    "o2c_check_state": "returned",
                    "o2c_check_note": note,
                    "o2c_check_digest": draft._o2c_digest(),
                    "o2c_returned_by_id": self.env.user.id,
                    "o2c_mender_id": user.id,
                    # on the board it stands with who must mend it
                    "o2c_check_desk": user.name or draft.o2c_check_desk,
                    "o2c_return_cause": cause,
                    "o2c_return_count": draft.o2c_return_count + 1,
                }
            )
            draft.activity_schedule(
                MENDING,
                date_deadline=draft.company_id._o2c_today(),
                summary=self.env._("Draft returned by the approver"),
                note=note,
                user_id=user.id,
            )
        self.o2c_event_ids.sudo().write({"user_id": user.id})
        if cause == "customer":
            self._o2c_mend_customer(user, note)

    def _o2c_mend_customer(self, user, note):
        """An approver need not be allowed to change customers: what is wrong becomes
        the task of who is; solved, the drafts come back to the approver."""
        for company, drafts in self.sudo().grouped("company_id").items():
            tasks = self.env["o2c.contact.task"]._open_each(
                dict.fromkeys(drafts.partner_id, note), company, "other"
            )
            tasks.sudo().user_id = user

    def _o2c_mended(self):
        """A returned draft comes back: who mended it is done."""
        self.ensure_one()
        if self.o2c_check_state == "returned":
            self.sudo().activity_feedback([MENDING])
