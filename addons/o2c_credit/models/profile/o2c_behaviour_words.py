"""How a customer pays, in plain words: for the controller, and for sales."""

from odoo import api, fields, models


class O2cCustomerSnapshot(models.Model):
    _inherit = "o2c.customer.snapshot"

    def _behaviour_words(self):
        """A few lines for the controller."""
        self.ensure_one()
        if not self.payments:
            return self.env._("Has not paid an invoice in the last 24 months.")
        lines = [self._late_words()]
        if self.disputed_days >= 0.05:
            lines.append(
                self.env._(
                    "Of all days late %s fell in a dispute and do not count.",
                    self.env["o2c.risk.profile"]._days(self.disputed_days),
                )
            )
        if self.has_trend:
            lines.append(self._trend_words())
        return "\n".join(lines)

    def _late_words(self):
        """One sentence, fit for sales: nothing of a bureau in it."""
        days = self.days_late - self.disputed_days
        on_time = f"{self.on_time * 100:.0f}%"
        if days < 0.5:
            return self.env._("Pays on time (%s of the money).", on_time)
        return self.env._(
            "Pays %(days)s late on average; %(share)s of the money comes on time.",
            days=self.env["o2c.risk.profile"]._days(days),
            share=on_time,
        )

    def _trend_words(self):
        """Whether he gets slower or faster."""
        days = self.env["o2c.risk.profile"]._days(self.trend)
        if self.trend >= 1:
            return self.env._("Getting slower: %s later than half a year before.", days)
        if self.trend <= -1:
            return self.env._(
                "Getting faster: %s earlier than half a year before.", days
            )
        return self.env._("As fast as half a year before.")


class ResPartner(models.Model):
    _inherit = "res.partner"

    o2c_payment_line = fields.Char(
        string="Payment Behaviour",
        compute="_compute_o2c_payment_line",
        compute_sudo=True,
        groups="base.group_user",
        help="How this customer pays us, from paid invoices of the last 24 months.",
    )

    @api.depends_context("company", "lang")
    @api.depends("commercial_partner_id")
    def _compute_o2c_payment_line(self):
        words = self._o2c_payment_words(self.env.company)
        for partner in self:
            partner.o2c_payment_line = words.get(
                partner._origin.commercial_partner_id.id, False
            )

    def _o2c_payment_words(self, company):
        """How these customers pay, for a seller; from the figures of last night.

        :param company: ``res.company``; its root counts
        :return: dict of commercial partner id to a sentence
        """
        root = company.root_id
        if root._o2c_credit_acting() == "off":
            return {}
        figures = (
            self.env["o2c.customer.snapshot"]
            .sudo()
            .search(
                [
                    ("partner_id", "in", self._origin.commercial_partner_id.ids),
                    ("company_id", "=", root.id),
                    ("payments", ">", 0),
                ]
            )
        )
        words = {}
        for one in figures:
            line = one._late_words()
            if one.has_trend and abs(one.trend) >= 1:
                line = f"{line} {one._trend_words()}"
            words[one.partner_id.id] = line
        return words
