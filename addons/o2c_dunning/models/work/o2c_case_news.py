"""What a customer did by himself in the portal stands on top of the work list until a
collector has seen it. Unlike an answer by mail it holds back no reminder: a dispute, a
question or a promise does that for its own invoices."""

from odoo import api, fields, models
from odoo.tools import format_amount, format_date

NEWS = [
    ("question", "Asked a question"),
    ("plan", "Asks for a plan"),
    ("dispute", "Disputes an invoice"),
    ("promise", "Promised to pay"),
    ("taken_back", "Took a dispute back"),
]
#: What a customer sends: its model, and the state in which nobody has answered it.
UNANSWERED = {
    "question": ("o2c.question", "open"),
    "plan": ("o2c.payment.plan", "waiting"),
    "dispute": ("o2c.dispute", "open"),
    "promise": ("o2c.payment.promise", "open"),
}


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
    news_words = fields.Char(
        string="Unanswered From the Portal",
        compute="_compute_news_words",
        help="Everything that the customer sent through the portal and that nobody has "
        "seen or answered yet, the newest first.",
    )

    @api.depends("news", "news_on")
    def _compute_news_words(self):
        labels = self._news_labels()
        for case in self:
            case.news_words = labels[case.id]

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

        :param str kind: one thing of this kind; what else waits goes on waiting.
            Everything when not given
        """
        seen = self.sudo().filtered("news")
        left = seen._unanswered() if kind else {}
        for case in seen:
            if waiting := left.get(case.id):
                case.news = waiting[0][0]
            elif not kind or case.news == kind:
                case.write({"news": False, "news_on": False})
        seen._rank_later()

    def _unanswered(self):
        """What customers sent through the portal since somebody last looked, and what
        nobody has answered; a few queries for all cases.

        :return: dict of case id to list of (kind, record in sudo), newest first
        """
        found = {case.id: [] for case in self}
        waiting = self.sudo().filtered("news_on")
        if not waiting:
            return found
        since = fields.Date.subtract(min(waiting.mapped("news_on")), days=1)
        for kind, (model, state) in UNANSWERED.items():
            records = (
                self.env[model]
                .sudo()
                .search(
                    [
                        ("partner_id", "in", waiting.partner_id.ids),
                        ("source", "=", "portal"),
                        ("state", "=", state),
                        ("create_date", ">=", since),
                    ]
                )
            )
            for record in records:
                for case in record._news_case(waiting):
                    day = case.company_id._o2c_today(record.create_date)
                    if day >= case.news_on:
                        found[case.id].append((kind, record))
        for rows in found.values():
            rows.sort(key=lambda row: (row[1].create_date, row[1].id), reverse=True)
        return found

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
        news = self._unanswered()[self.id]
        sent = ",".join(f"{kind}{record.id}" for kind, record in news)
        return f"{super()._work_stamp()}|{self.news or ''}|{sent}"

    def _news_labels(self):
        """What customers did, in a few words; empty where nothing is new.

        :return: dict of case id to text
        """
        labels = dict(self._fields["news"]._description_selection(self.env))
        texts = {}
        for case_id, rows in self._unanswered().items():
            kinds = [kind for kind, _record in rows]
            texts[case_id] = " · ".join(
                labels[kind]
                if kinds.count(kind) == 1
                else f"{labels[kind]} ({kinds.count(kind)})"
                for kind in dict.fromkeys(kinds)
            )
        for case in self:
            known = texts.get(case.id)
            # what came of it is decided already, and nobody has looked yet
            texts[case.id] = known or labels.get(case.news, "")
            if known and case.news == "taken_back":
                texts[case.id] = f"{labels[case.news]} · {known}"
        return texts

    def _news_items(self):
        """Each of them as a line of the card: what it is, and about how much."""
        self.ensure_one()
        labels = dict(self._fields["news"]._description_selection(self.env))
        return [
            {
                "key": f"{kind}{record.id}",
                "label": labels[kind],
                "detail": record._news_detail(),
                "when": format_date(
                    self.env, self.company_id._o2c_today(record.create_date)
                ),
                "model": record._name,
                "id": record.id,
            }
            for kind, record in self._unanswered()[self.id]
        ]


class O2cQuestion(models.Model):
    _inherit = "o2c.question"

    def _news_case(self, cases):
        """The case on whose card it stands; a note is no news."""
        return cases & self.case_id if self.kind != "note" else cases.browse()

    def _news_detail(self):
        return self.name or ""

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

    def _news_case(self, cases):
        """The case of its customer, company and currency."""
        move = self.move_id
        return cases.filtered(
            lambda case: (
                case.partner_id == move.commercial_partner_id
                and case.company_id == move.company_id.root_id
                and case.currency_id == move.currency_id
            )
        )

    def _news_detail(self):
        amount = format_amount(self.env, self.amount, self.currency_id)
        return f"{self.move_id.name} · {amount}"

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

    def _news_case(self, cases):
        return cases & self.case_id

    def _news_detail(self):
        amount = format_amount(self.env, self.total, self.currency_id)
        return f"{self.name} · {amount}"

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

    def _news_case(self, cases):
        return cases & self.case_id

    def _news_detail(self):
        amount = format_amount(self.env, self.amount, self.currency_id)
        return f"{amount} · {format_date(self.env, self.date)}"

    @api.model_create_multi
    def create(self, vals_list):
        promises = super().create(vals_list)
        made = promises.filtered(lambda one: one.source == "portal")
        made.case_id._arrived("promise")
        return promises
