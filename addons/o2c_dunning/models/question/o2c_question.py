"""A question about invoices: who answers it, until when, and what was answered."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

#: What only the buttons write.
GUARDED = {"state", "answered_at", "answered_by_id", "escalated_on"}


class O2cQuestion(models.Model):
    """What a customer wants to know, tells, or wants changed; no dispute."""

    _name = "o2c.question"
    _description = "Question of a Customer"
    _inherit = ["o2c.letter.source", "mail.activity.mixin"]
    _order = "deadline, id"
    _check_company_auto = True

    name = fields.Char(string="Subject", required=True)
    kind = fields.Selection(
        [
            ("question", "Question"),
            ("contract", "Change of contract"),
            ("data", "Change of data"),
            ("note", "Note"),
        ],
        required=True,
        default="question",
        tracking=True,
        help="Questions and changes of a contract keep their invoices from being "
        "reminded until they are answered. A note does not.",
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('parent_id', '=', False)]",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self.env.company.root_id,
    )
    case_id = fields.Many2one(
        "o2c.dunning.case", index="btree_not_null", ondelete="set null"
    )
    move_ids = fields.Many2many(
        "account.move",
        "o2c_question_move_rel",
        "question_id",
        "move_id",
        string="Invoices",
        domain="[('commercial_partner_id', '=', partner_id),"
        " ('move_type', '=', 'out_invoice'), ('state', '=', 'posted')]",
        help="Only these wait for the answer. Empty: all his open invoices.",
    )
    move_names = fields.Char(
        string="About",
        compute="_compute_move_names",
        compute_sudo=True,
        help="Numbers of the invoices, for owners who do not read invoices.",
    )
    text = fields.Text(string="What He Asks", help="In the customer's own words.")
    source = fields.Selection(
        [("call", "Call"), ("mail", "Mail"), ("portal", "Portal")],
        default="call",
        required=True,
    )
    state = fields.Selection(
        [("open", "To answer"), ("answered", "Answered"), ("dropped", "Dropped")],
        default="open",
        required=True,
        readonly=True,
        index=True,
        tracking=True,
        group_expand=True,
    )
    user_id = fields.Many2one(
        "res.users",
        string="Owner",
        tracking=True,
        index="btree_not_null",
        domain="[('share', '=', False)]",
        compute="_compute_owner",
        store=True,
        readonly=False,
        precompute=True,
        help="Who answers it.",
    )
    asked_at = fields.Datetime(
        string="Asked", required=True, readonly=True, default=fields.Datetime.now
    )
    deadline = fields.Date(
        compute="_compute_deadline",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
        index=True,
        help="Day by which it is answered, in working days; see the settings.",
    )
    answered_at = fields.Datetime(string="Answered", readonly=True, copy=False)
    answered_by_id = fields.Many2one(
        "res.users", string="Answered By", readonly=True, copy=False
    )
    answer_hours = fields.Float(
        string="Answer Time",
        compute="_compute_answer_hours",
        store=True,
        aggregator="avg",
        help="Hours from the question to the first answer.",
    )
    in_time = fields.Boolean(
        compute="_compute_answer_hours",
        store=True,
        help="Answered on the day of the deadline or before.",
    )
    escalated_on = fields.Date(
        string="Escalated",
        readonly=True,
        copy=False,
        help="Day on which the manager got a task because the deadline had passed.",
    )

    @api.depends("move_ids")
    def _compute_move_names(self):
        for question in self:
            question.move_names = ", ".join(question.move_ids.mapped("name"))

    @api.depends("partner_id", "company_id", "case_id")
    def _compute_owner(self):
        for question in self:
            question.user_id = (
                question.user_id
                or question.case_id.sudo().user_id
                or question.company_id.sudo().o2c_responsible_id
                or self.env.user
            )

    @api.depends("asked_at", "company_id")
    def _compute_deadline(self):
        for question in self:
            company = question.company_id.sudo() or self.env.company
            asked = company._o2c_today(question.asked_at or None)
            question.deadline = self._working_day(
                company, asked, company.o2c_dunning_question_days
            )

    @api.depends("asked_at", "answered_at", "deadline")
    def _compute_answer_hours(self):
        for question in self:
            at = question.answered_at
            seconds = (at - question.asked_at).total_seconds() if at else 0.0
            question.answer_hours = max(0.0, seconds / 3600)
            company = question.company_id.sudo()
            question.in_time = bool(
                at and question.deadline and company._o2c_today(at) <= question.deadline
            )

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su and any(GUARDED & vals.keys() for vals in vals_list):
            raise AccessError(self.env._("Use the buttons to answer a question."))
        questions = super().create(vals_list)
        for question in questions.filtered("case_id"):
            question._taken_up()
        return questions

    def write(self, vals):
        if not self.env.su and GUARDED & vals.keys():
            raise AccessError(self.env._("Use the buttons to answer a question."))
        return super().write(vals)

    def _taken_up(self):
        """The answer that lay on the case is this question now: it was read."""
        case = self.case_id.sudo()
        if self.source == "mail" and case.state == "answered":
            case.write({"state": "open"})

    def _letter_moves(self):
        """The invoices it names; when it names none, all that the customer has open."""
        self.ensure_one()
        if self.move_ids:
            return self.move_ids
        return self.move_ids.sudo().search(
            [
                ("commercial_partner_id", "=", self.partner_id.id),
                ("company_id", "child_of", self.company_id.root_id.id),
                ("move_type", "=", "out_invoice"),
                ("state", "=", "posted"),
                ("payment_state", "in", ("not_paid", "partial")),
            ],
            order="invoice_date, id",
        )

    @api.model
    def _ask(self, partner, moves, text, source="portal", kind="question", name=""):
        """Record a question of a customer.

        :param partner: ``res.partner``; the commercial entity counts
        :param moves: ``account.move`` records it is about; may be empty
        :param str text: in his own words
        :return: the question
        """
        text = (text or "").strip()
        if not text:
            raise UserError(self.env._("Write what you want to know."))
        customer = partner.commercial_partner_id
        moves = moves.sudo() if moves else self.env["account.move"]
        strange = moves.filtered(lambda move: move.commercial_partner_id != customer)
        if strange or len(moves.company_id.root_id) > 1:
            raise UserError(
                self.env._("Choose invoices of one customer, in one company.")
            )
        company = moves.company_id.root_id or self.env.company.root_id
        cases = self.env["o2c.dunning.case"].sudo()
        domain = [
            ("partner_id", "=", customer.id),
            ("company_id", "=", company.id),
            ("state", "!=", "closed"),
        ]
        case = cases.search(domain).filtered(
            lambda one: not moves or one.currency_id in moves.currency_id
        )[:1]
        return self.create(
            {
                "name": name or text.splitlines()[0][:80],
                "kind": kind,
                "partner_id": customer.id,
                "company_id": company.id,
                "case_id": case.id,
                "move_ids": [(6, 0, moves.ids)],
                "text": text,
                "source": source,
            }
        )
