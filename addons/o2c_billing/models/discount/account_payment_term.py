"""Payment terms: the same days with a discount, and the longest of so many days."""

from odoo import Command, models
from odoo.exceptions import UserError
from odoo.tools import float_compare


class AccountPaymentTerm(models.Model):
    _inherit = "account.payment.term"

    def _o2c_with_discount(self, percent, days, mode):
        """These terms with an early payment discount; made when they do not exist.

        The caller has checked who may offer a discount.

        :param float percent: of the price
        :param int days: after the invoice date
        :param str mode: included, excluded or mixed, as core names them
        """
        self.ensure_one()
        if len(self.line_ids) != 1:
            raise UserError(
                self.env._(
                    "%s is paid in instalments: a discount needs terms with one due "
                    "date. Choose other payment terms first.",
                    self.name,
                )
            )
        company = self.company_id
        candidates = self.sudo().search(
            [
                ("company_id", "in", [False, company.id or self.env.company.id]),
                ("early_discount", "=", True),
                ("discount_days", "=", days),
                ("early_pay_discount_computation", "=", mode),
            ]
        )
        same = candidates.filtered(
            lambda term: (
                term._o2c_days_key() == self._o2c_days_key()
                and not float_compare(term.discount_percentage, percent, 4)
            )
        )
        return same[:1] or self.sudo().create(
            {
                "name": self.env._(
                    "%(terms)s, %(percent)s%% within %(days)s days",
                    terms=self._o2c_name_without_discount(),
                    percent=f"{percent:g}",
                    days=days,
                ),
                "note": self.note,
                "sequence": self.sequence,
                "company_id": company.id or self.env.company.id,
                "early_discount": True,
                "discount_percentage": percent,
                "discount_days": days,
                "early_pay_discount_computation": mode,
                "display_on_invoice": True,
                "line_ids": [
                    Command.create(
                        {
                            "value": line.value,
                            "value_amount": line.value_amount,
                            "delay_type": line.delay_type,
                            "nb_days": line.nb_days,
                            "days_next_month": line.days_next_month,
                        }
                    )
                    for line in self.line_ids
                ],
            }
        )

    def _o2c_name_without_discount(self):
        """The name without the discount that we appended to it ourselves."""
        return self.name.split(", ")[0] if self.early_discount else self.name

    def _o2c_days_key(self):
        """When the one instalment is due."""
        return tuple(
            (line.value, line.delay_type, line.nb_days, line.days_next_month)
            for line in self.line_ids
        )

    def _o2c_within(self, days, company):
        """Terms of exactly so many days; they keep the discount of these terms.

        :param int days: after the invoice date
        :param company: ``res.company`` that sells
        """
        terms = self.sudo().search(
            [
                ("company_id", "in", [False, company.id]),
                ("early_discount", "=", False),
            ]
        )
        wanted = (("percent", "days_after", days),)
        found = terms.filtered(lambda term: term._o2c_days_key_short() == wanted)[:1]
        found = found or terms.create(
            {
                "name": self.env._("%s days", days),
                "company_id": company.id,
                "line_ids": [
                    Command.create(
                        {
                            "value": "percent",
                            "value_amount": 100,
                            "delay_type": "days_after",
                            "nb_days": days,
                        }
                    )
                ],
            }
        )
        if self.early_discount and self.discount_days <= days:
            found = found._o2c_with_discount(
                self.discount_percentage,
                self.discount_days,
                self.early_pay_discount_computation,
            )
        return found.with_env(self.env)

    def _o2c_days_key_short(self):
        return tuple(
            (line.value, line.delay_type, line.nb_days) for line in self.line_ids
        )
