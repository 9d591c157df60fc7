"""A promise to pay: until its day the invoices it covers are left in peace."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import SQL

from odoo.addons.o2c_base.tools.local_form import day_text

from ...policy.promise import Promise, settled
from ...tools.amount import decimal

#: What follows from the money and the calendar, never from a keyboard.
GUARDED = {"state", "settled_on", "amount_before", "beside_ids"}


class O2cPaymentPromise(models.Model):
    """What a customer said he would pay, and when. Kept or broken, it is remembered."""

    _name = "o2c.payment.promise"
    _description = "Promise to Pay"
    _inherit = ["o2c.letter.source"]
    _order = "date desc, id desc"
    _check_company_auto = True

    case_id = fields.Many2one(
        "o2c.dunning.case",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    partner_id = fields.Many2one(related="case_id.partner_id", store=True, index=True)
    company_id = fields.Many2one(related="case_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="case_id.currency_id")
    move_ids = fields.Many2many(
        "account.move",
        "o2c_payment_promise_move_rel",
        "promise_id",
        "move_id",
        string="Invoices",
        help="The invoices this promise is about. Others are reminded as usual.",
    )
    date = fields.Date(
        string="Promised For",
        required=True,
        tracking=True,
        default=lambda self: fields.Date.add(fields.Date.context_today(self), days=7),
    )
    until = fields.Date(
        compute="_compute_until",
        store=True,
        help="Promised date plus the grace of the company: the last silent day.",
    )
    amount = fields.Monetary(required=True, tracking=True)
    amount_before = fields.Monetary(
        string="Open When Promised",
        readonly=True,
        help="What the invoices had open when the promise was made.",
    )
    beside_ids = fields.Many2many(
        "o2c.payment.promise",
        "o2c_payment_promise_beside_rel",
        "promise_id",
        "other_id",
        string="Open at the Same Time",
        readonly=True,
        help="Promises about the same invoices that were open when this was made: one "
        "payment does not keep both.",
    )
    source = fields.Selection(
        [("call", "Call"), ("mail", "Mail"), ("portal", "Portal")],
        default="call",
        required=True,
    )
    state = fields.Selection(
        [
            ("open", "Open"),
            ("kept", "Kept"),
            ("broken", "Broken"),
            ("withdrawn", "Withdrawn"),
        ],
        default="open",
        required=True,
        index=True,
        readonly=True,
        tracking=True,
    )
    settled_on = fields.Date(readonly=True, help="Day the promise was kept or broken.")
    note = fields.Text(help="Who said it, and how.")

    _amount_positive = models.Constraint(
        "CHECK(amount > 0)", "Promise an amount above zero."
    )

    @api.depends("partner_id", "date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for promise in self:
            day = day_text(self.env, promise.date)
            promise.display_name = f"{promise.partner_id.display_name or ''} {day}"

    @api.depends("date", "company_id.o2c_dunning_promise_grace")
    def _compute_until(self):
        for promise in self:
            grace = promise.company_id.o2c_dunning_promise_grace
            promise.until = promise.date and fields.Date.add(promise.date, days=grace)

    @api.model_create_multi
    def create(self, vals_list):
        promises = super().create(vals_list)
        for promise in promises:
            every = promise.case_id._promisable_moves()
            if not promise.move_ids or promise.move_ids == every:
                # nobody chose: the oldest, as far as the amount goes
                promise.move_ids = promise._oldest_within(every)
            before = sum(promise.move_ids.mapped("amount_residual"))
            promise.sudo().amount_before = before
            promise.sudo().beside_ids = self.sudo().search(
                [
                    ("case_id", "=", promise.case_id.id),
                    ("state", "=", "open"),
                    ("id", "!=", promise.id),
                    ("move_ids", "in", promise.move_ids.ids),
                ]
            )
        return promises

    def _oldest_within(self, moves):
        """The oldest of these invoices that the promised amount reaches.

        :param moves: ``account.move`` records of the case
        """
        self.ensure_one()
        left, taken = self.amount, moves.browse()
        for move in moves.sorted(lambda one: (one.invoice_date_due, one.id)):
            if self.currency_id.compare_amounts(left, 0) <= 0:
                break
            taken |= move
            left -= move.amount_residual
        return taken

    def write(self, vals):
        """Kept or broken follows from the money, never from a keyboard."""
        if not self.env.su and GUARDED & vals.keys():
            raise AccessError(
                self.env._("Whether a promise is kept follows from what was paid.")
            )
        return super().write(vals)

    @api.constrains("amount", "case_id")
    def _check_amount(self):
        for promise in self:
            lines = self.env["account.move.line"].sudo()
            lines = lines.search(promise.case_id._open_line_domain())
            left = lines.mapped("amount_residual_currency")
            owed = sum(amount for amount in left if amount > 0)
            if promise.currency_id.compare_amounts(promise.amount, owed) > 0:
                raise ValidationError(
                    self.env._(
                        "%(customer)s owes %(owed)s. A promise cannot be more.",
                        customer=promise.partner_id.display_name,
                        owed=promise.currency_id.format(owed),
                    )
                )

    @api.constrains("move_ids", "case_id")
    def _check_moves(self):
        for promise in self:
            others = promise.move_ids.filtered(
                lambda move, promise=promise: move.commercial_partner_id
                != promise.partner_id
                or move.currency_id != promise.currency_id
            )
            if others:
                raise ValidationError(
                    self.env._(
                        "%(invoice)s is not an invoice of this case.",
                        invoice=others[0].display_name,
                    )
                )

    def _letter_moves(self):
        return self.move_ids

    def action_withdraw(self):
        """The promise no longer holds; reminders go on. It does not count as broken."""
        self.case_id._check_collector()
        self.filtered(lambda promise: promise.state == "open").sudo().write(
            {"state": "withdrawn", "settled_on": fields.Date.context_today(self)}
        )

    @api.model
    def _promise(self, moves, date, amount, source="portal", note=""):
        """Record what a customer promised; used by the case and by the portal.

        :param moves: ``account.move`` records of one customer and currency
        :param date date: promised for
        :param float amount: in the invoices' currency
        :return: the promise
        """
        case = self.env["o2c.dunning.case"]._case_of(moves)
        if date < case.company_id._o2c_today():
            raise UserError(self.env._("Promise a date from today on."))
        return self.create(
            {
                "case_id": case.id,
                "move_ids": moves.ids,
                "date": date,
                "amount": amount,
                "source": source,
                "note": note,
            }
        )

    @api.model
    def _settle(self, company, today, partners=None):
        """Open promises that were kept, or whose last day has passed.

        Runs twice without harm.

        :param company: ``res.company``
        :param date today: the date there
        :param partners: only promises of these commercial partners
        """
        domain = [("company_id", "=", company.id), ("state", "=", "open")]
        if partners is not None:
            domain.append(("partner_id", "in", partners.ids))
        promises = self.sudo().search(domain)
        if not promises:
            return
        facts, kept = promises._policy_facts()
        for key, state in settled(facts, kept, today).items():
            promise = self.sudo().browse(key)
            promise.write({"state": state, "settled_on": today})
            if state == "broken":
                promise._broken(today)

    def _policy_facts(self):
        """These open promises as the policy reads them, and those kept beside them.

        :return: (list of ``Promise``, dict of key to (day, amount))
        """
        left = self._left_to_pay()
        beside = {promise.id: set(promise.beside_ids.ids) for promise in self}
        for promise in self:
            for other in promise.beside_ids.ids:
                beside.setdefault(other, set()).add(promise.id)
        kept = self.browse(beside.keys()).filtered(lambda one: one.state == "kept")
        facts = [
            Promise(
                promise.id,
                promise.date,
                promise.until or promise.date,
                decimal(promise.amount),
                decimal(promise.amount_before),
                decimal(left.get(promise.id, 0.0)),
                frozenset(beside[promise.id]),
            )
            for promise in self
        ]
        return facts, {one.id: (one.date, decimal(one.amount)) for one in kept}

    def _left_to_pay(self):
        """What the invoices of each promise have open now, in one statement.

        :return: dict of promise id to amount
        """
        self.env.flush_all()
        return dict(
            self.env.execute_query(
                SQL(
                    """
                    SELECT r.promise_id, sum(m.amount_residual)
                      FROM o2c_payment_promise_move_rel r
                      JOIN account_move m ON m.id = r.move_id
                     WHERE r.promise_id = ANY(%s) AND m.state = 'posted'
                     GROUP BY r.promise_id
                    """,
                    self.ids,
                )
            )
        )
