"""A rule, a draft that it points out, and colleagues who may approve."""

from odoo import Command

from .common import BillingCommon


class CheckCommon(BillingCommon):
    """Billing live; an approver, a chief approver and a billing user."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.approver = cls._user("approver", "o2c_base.group_billing_approver")
        cls.chief = cls._user("chief", "o2c_base.group_billing_approver")
        cls.billing = cls._user("billing", "o2c_base.group_billing_user")

    @classmethod
    def _rule(cls, kind, *authorities, **values):
        """A rule of the company.

        :param authorities: tuples of (users, up to or None for any amount)
        """
        return (
            cls.env["o2c.draft.check.rule"]
            .sudo()
            .create(
                {
                    "company_id": cls.company.id,
                    "kind": kind,
                    "authority_ids": [
                        Command.create(
                            {
                                "user_ids": [Command.set(users.ids)],
                                "any_amount": up_to is None,
                                "up_to": up_to or 0,
                            }
                        )
                        for users, up_to in authorities
                    ],
                    **values,
                }
            )
        )

    @classmethod
    def _draft(cls, amount=500.0, partner=None, date=False, **values):
        """A draft made by hand."""
        return cls._invoice(partner or cls.sme, amount, date, post=False, **values)

    def _reasons(self, move):
        """Kinds of the reasons to look at a draft."""
        return [kind for kind, _rule, _detail in move._o2c_judge()[move].reasons]

    def _queued(self, hours=5, price=60.0, partner=None, **values):
        """A draft or invoice that the queue made of a delivered service."""
        order = self._service(hours, partner or self.sme, **values)
        order.order_line.price_unit = price
        order.order_line.qty_delivered = hours
        self._run_queue()
        return order.invoice_ids
