"""What happens to a customer moves his case on the work list."""

from odoo import api, models

WEIGHS = frozenset(("state", "amount", "date"))


class O2cPaymentPromise(models.Model):
    _inherit = "o2c.payment.promise"

    @api.model_create_multi
    def create(self, vals_list):
        promises = super().create(vals_list)
        promises.case_id._rank_later()
        return promises

    def write(self, vals):
        result = super().write(vals)
        if WEIGHS & vals.keys():
            self.case_id._rank_later()
        return result


class O2cDispute(models.Model):
    _inherit = "o2c.dispute"

    @api.model_create_multi
    def create(self, vals_list):
        disputes = super().create(vals_list)
        disputes._o2c_rank_cases()
        return disputes

    def write(self, vals):
        result = super().write(vals)
        if WEIGHS & vals.keys():
            self._o2c_rank_cases()
        return result

    def _o2c_rank_cases(self):
        """The open cases of these customers weigh differently now."""
        cases = self.env["o2c.dunning.case"].sudo()
        cases.search(
            [
                ("partner_id", "in", self.partner_id.ids),
                ("company_id", "in", self.company_id.root_id.ids),
                ("state", "!=", "closed"),
            ]
        )._rank_later()


class O2cCallResult(models.Model):
    _inherit = "o2c.call.result"

    @api.model_create_multi
    def create(self, vals_list):
        calls = super().create(vals_list)
        calls.case_id._rank_later()
        return calls
