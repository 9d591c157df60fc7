"""What a customer did by himself in the portal stands on top of the work list until a
collector has seen it. Unlike an answer by mail it holds back no reminder: a dispute, a
question or a promise does that for its own invoices."""

from odoo import api, fields, models

NEWS = [
    ("question", "Asked a question"),
    ("plan", "Asks for a plan"),
    ("dispute", "Disputes an invoice"),
    ("promise", "Promised to pay"),
]


class O2cDunningCase(models.Model):
    _inherit = "o2c.dunning.case"

    news = fields.Selection(
        NEWS,
        string="From the Portal",
        readonly=True,
        copy=False,
        tracking=True,
        help="What the customer did last in the portal, until a collector has seen it.",
    )
    news_on = fields.Date(string="In the Portal On", readonly=True, copy=False)

    def _arrived(self, kind):
        """Something came from the portal: the case is on top until it was seen.

        :param str kind: one of :data:`NEWS`
        """
        for case in self.sudo().filtered(lambda one: one.state != "closed"):
            day = case.news_on or case.company_id._o2c_today()
            case.write({"news": kind, "news_on": day})
            case._rank_later()

    def _seen(self, kind=None):
        """It was seen, or dealt with elsewhere.

        :param str kind: only when it was this; whatever it was when not given
        """
        seen = self.sudo().filtered(
            lambda one: one.news and (not kind or one.news == kind)
        )
        if seen:
            seen.write({"news": False, "news_on": False})
            seen._rank_later()

    def action_read_answer(self):
        """Read is read, by mail or in the portal."""
        result = super().action_read_answer()
        self._seen()
        return result

    def log_call(self, result, *args, **kwargs):
        """Who spoke with the customer knows what he did."""
        words = super().log_call(result, *args, **kwargs)
        self._seen()
        return words

    def plan_next(self, next_date, next_action=""):
        words = super().plan_next(next_date, next_action=next_action)
        self._seen()
        return words

    def after_work(self, stamp):
        done = super().after_work(stamp)
        if done["done"]:
            self._seen()
        return done

    def _work_stamp(self):
        return f"{super()._work_stamp()}|{self.news or ''}"

    def _news_label(self):
        """What the customer did, in words; empty when nothing is new."""
        labels = dict(self._fields["news"]._description_selection(self.env))
        return labels.get(self.news, "")


class O2cQuestion(models.Model):
    _inherit = "o2c.question"

    @api.model_create_multi
    def create(self, vals_list):
        questions = super().create(vals_list)
        asked = questions.filtered(
            lambda one: one.source == "portal" and one.kind != "note"
        )
        asked.case_id._arrived("question")
        return questions

    def write(self, vals):
        result = super().write(vals)
        if vals.get("state", "open") != "open":
            self.case_id._seen("question")
        return result


class O2cDispute(models.Model):
    _inherit = "o2c.dispute"

    @api.model_create_multi
    def create(self, vals_list):
        disputes = super().create(vals_list)
        raised = disputes.filtered(lambda one: one.source == "portal")
        if raised:
            raised._cases_of()._arrived("dispute")
        return disputes

    def write(self, vals):
        result = super().write(vals)
        if vals.get("state", "open") != "open":
            self._cases_of()._seen("dispute")
        return result


class O2cPaymentPlan(models.Model):
    _inherit = "o2c.payment.plan"

    def write(self, vals):
        result = super().write(vals)
        state = vals.get("state")
        if state == "waiting":
            asked = self.filtered(lambda one: one.source == "portal")
            asked.case_id._arrived("plan")
        elif state:
            self.case_id._seen("plan")
        return result


class O2cPaymentPromise(models.Model):
    _inherit = "o2c.payment.promise"

    @api.model_create_multi
    def create(self, vals_list):
        promises = super().create(vals_list)
        made = promises.filtered(lambda one: one.source == "portal")
        made.case_id._arrived("promise")
        return promises
