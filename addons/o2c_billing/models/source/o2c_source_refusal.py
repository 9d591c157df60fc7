"""What was refused: kept until somebody solved it."""

from odoo import api, fields, models
from odoo.exceptions import AccessError

from ...policy.order_file import Problem
from .o2c_source_intake import ACCEPTED, KNOWN, REFUSED

#: What a person may write; the rest is what was reported.
OWN_FIELDS = {
    "user_id",
    "partner_id",
    "charge_type_id",
    "product_id",
    "right_date",
    "right_amount",
}


class O2cSourceRefusal(models.Model):
    """An event that could not be taken, with its content and its reasons."""

    _name = "o2c.source.refusal"
    _description = "Refused Event"
    _order = "id desc"
    _rec_name = "key"
    _check_company_auto = True

    source_id = fields.Many2one(
        "o2c.billing.source",
        required=True,
        index=True,
        readonly=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="source_id.company_id", store=True, index=True, readonly=True
    )
    batch_id = fields.Many2one(
        "o2c.source.batch",
        string="Received With",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    key = fields.Char(readonly=True, help="How the source names this event.")
    customer = fields.Char(readonly=True, help="How the source names the customer.")
    date = fields.Date(readonly=True, help="Delivery date, as far as it was readable.")
    content = fields.Json(readonly=True)
    content_words = fields.Text(
        string="Reported", compute="_compute_words", help="What the source sent."
    )
    problems = fields.Json(readonly=True)
    reason = fields.Text(compute="_compute_words", help="Why it was refused.")
    changed = fields.Boolean(
        readonly=True, help="The same key was reported before with another content."
    )
    before_start = fields.Boolean(readonly=True)
    state = fields.Selection(
        [("open", "Open"), ("solved", "Solved"), ("dropped", "Set aside")],
        default="open",
        required=True,
        readonly=True,
        index=True,
    )
    user_id = fields.Many2one(
        "res.users", string="Owner", index="btree_not_null", help="Solves it."
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="This Customer",
        check_company=True,
        ondelete="set null",
        help="Choose the customer who is meant and try again. From then on the number "
        "of the source is known.",
    )
    event_id = fields.Many2one(
        "o2c.billing.event",
        string="Event",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="What it became, or the event reported before under the same key.",
    )
    closed_by_id = fields.Many2one("res.users", string="Closed By", readonly=True)
    closed_at = fields.Datetime(string="Closed On", readonly=True)
    age = fields.Integer(string="Age (days)", compute="_compute_age")

    _open_uniq = models.UniqueIndex(
        "(source_id, key) WHERE state = 'open' AND key != ''",
        "This event waits refused already.",
    )

    @api.depends("content", "problems")
    @api.depends_context("lang")
    def _compute_words(self):
        for refusal in self:
            content = refusal.content or {}
            refusal.content_words = "\n".join(
                f"{name}: {value}" for name, value in content.items()
            )
            refusal.reason = "\n".join(
                refusal.source_id._problem_words(Problem(0, *problem))
                for problem in refusal.problems or ()
            )

    @api.depends("create_date", "state")
    def _compute_age(self):
        now = fields.Datetime.now()
        for refusal in self:
            ended = refusal.closed_at or now
            refusal.age = (ended - (refusal.create_date or now)).days

    def write(self, vals):
        if not self.env.su and set(vals) - OWN_FIELDS:
            raise AccessError(
                self.env._(
                    "A refused event is kept as it was reported. Choose its owner or "
                    "what is meant (customer, charge type, article, date, amount), "
                    "and try again."
                )
            )
        return super().write(vals)

    @api.model
    def _note(self, source, batch, arrivals):
        """Keep what was refused; close what was taken after all.

        :param list arrivals: :class:`Arrival`
        """
        keys = [one.key for one in arrivals]
        waiting = self.search(
            [
                ("source_id", "=", source.id),
                ("state", "=", "open"),
                ("key", "in", [key for key in keys if key]),
            ]
        )
        known = {refusal.key: refusal for refusal in waiting}
        new = {}
        for place, one in enumerate(arrivals):
            refusal = known.get(one.key)
            if one.status in (ACCEPTED, KNOWN):
                if refusal:
                    refusal._close("solved", one.event)
            elif one.status == REFUSED:
                values = self._refusal_values(source, batch, one)
                if refusal:
                    refusal.write(values)
                else:
                    new[one.key or place] = values
        self.create(list(new.values()))

    @api.model
    def _refusal_values(self, source, batch, one):
        codes = {problem.code for problem in one.problems}
        raw = batch._as_json(one.raw)
        moment = one.report and source._moment(one.report.moment)
        return {
            "source_id": source.id,
            "batch_id": batch.id,
            "key": one.key,
            "customer": str(raw.get("customer") or "")[:200],
            "date": moment and source.company_id._o2c_today(moment),
            "content": raw,
            "problems": [[p.field, p.code, p.value] for p in one.problems],
            "changed": "changed" in codes,
            "before_start": codes == {"before_start"},
            "event_id": one.event.id if one.event else False,
            "user_id": source.user_id.id or source.company_id.o2c_responsible_id.id,
        }

    def _close(self, state, event=None):
        self.write(
            {
                "state": state,
                "closed_by_id": self.env.uid,
                "closed_at": fields.Datetime.now(),
                **({"event_id": event.id} if event else {}),
            }
        )

    def _check_authority(self):
        if not self.env.user.has_group("o2c_base.group_billing_user"):
            raise AccessError(
                self.env._("Only a billing user works the refused events.")
            )
        self.check_access("write")

    def action_retry(self):
        """Take it now: what is meant is known meanwhile, or a person chose it."""
        self._check_authority()
        open_ones = self.filtered(lambda refusal: refusal.state == "open")
        for source, own in open_ones.grouped("source_id").items():
            for refusal in own.filtered("partner_id"):
                source._remember_customer(source, refusal.customer, refusal.partner_id)
            own._take_again(source._at_work(), early=False)

    def action_take_along(self):
        """Take what was delivered before the start date, by hand."""
        self._check_authority()
        if not self.env.user.has_group("o2c_base.group_billing_approver"):
            raise AccessError(
                self.env._(
                    "Only a billing approver takes along what was delivered before "
                    "the start date."
                )
            )
        open_ones = self.filtered(lambda refusal: refusal.state == "open")
        for source, own in open_ones.grouped("source_id").items():
            own._take_again(source._at_work(), early=True)

    def _take_again(self, source, early):
        batch = self.env["o2c.source.batch"]._open(
            source, "retry", self.env._("Tried again by %s", self.env.user.name)
        )
        rows = [(0, refusal.content) for refusal in self.sudo()]
        source._take(rows, batch, early=early)

    def action_drop(self):
        """This will not be invoiced."""
        self._check_authority()
        self.filtered(lambda refusal: refusal.state == "open").sudo()._close("dropped")
