"""Who answers a dispute, until when, and who hears of it when he does not."""

from odoo import api, fields, models
from odoo.tools import format_date

from ...policy.dispute_route import Route, route_for


class O2cDispute(models.Model):
    _inherit = "o2c.dispute"

    user_id = fields.Many2one(
        "res.users",
        string="Owner",
        compute="_compute_routing",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
        index="btree_not_null",
        domain="[('share', '=', False)]",
        help="Who finds out and answers the customer. Follows from the routing rules.",
    )
    manager_id = fields.Many2one(
        "res.users",
        string="Manager",
        compute="_compute_routing",
        store=True,
        readonly=False,
        precompute=True,
        domain="[('share', '=', False)]",
        help="Gets a task when the deadline passes without a decision.",
    )
    department_id = fields.Many2one(
        "o2c.dispute.department",
        string="Department at Fault",
        compute="_compute_routing",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
        ondelete="restrict",
        index="btree_not_null",
        help="Where it went wrong, for the report; filled from the cause.",
    )
    deadline = fields.Date(
        compute="_compute_routing",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
        index=True,
        help="Day by which the customer has an answer, in working days.",
    )
    escalated_on = fields.Date(
        string="Escalated",
        readonly=True,
        help="Day on which the manager got a task because the deadline had passed.",
    )

    @api.depends("cause_id", "move_id")
    def _compute_routing(self):
        """Owner, manager, department and deadline of disputes that are still open."""
        rules = self.env["o2c.dispute.route"].sudo()
        routes = rules.search([("active", "=", True)])
        for dispute in self:
            if dispute.state != "open" and dispute._origin:
                # decided: what it was stays as it was
                continue
            cause, company = dispute.cause_id.sudo(), dispute.move_id.sudo().company_id
            route = dispute._route(routes, company)
            department = cause.department_id
            dispute.department_id = department
            dispute.manager_id = route.manager_id or department.manager_id
            dispute.user_id = dispute._owner(route, department, company)
            days = route.working_days or cause.working_days
            today = (company or self.env.company)._o2c_today()
            start = dispute.raised_on or today
            dispute.deadline = self._working_day(
                company or self.env.company, start, days
            )

    def _owner(self, route, department, company):
        """The first colleague who may find out; never the system or a customer.

        :param route: the routing rule that fits, may be empty
        :param department: where it went wrong, may be empty
        :param company: of the invoice
        :return: ``res.users``, empty when there is nobody
        """
        self.ensure_one()
        responsible = company.o2c_responsible_id or company.root_id.o2c_responsible_id
        for user in (
            route.user_id,
            department.user_id,
            self.move_id.sudo().invoice_user_id,
            self._cases_of().user_id[:1],
            responsible,
            self.env.user.sudo(),
        ):
            person = user and user.active and not user._is_superuser()
            if person and user._is_internal():
                return user
        return self.env["res.users"]

    def _cases_of(self):
        """The open cases that these disputes belong to."""
        moves = self.move_id.sudo()
        return (
            self.env["o2c.dunning.case"]
            .sudo()
            .search(
                [
                    ("partner_id", "in", moves.commercial_partner_id.ids),
                    ("company_id", "in", moves.company_id.root_id.ids),
                    ("currency_id", "in", moves.currency_id.ids),
                    ("state", "!=", "closed"),
                ]
            )
        )

    @api.model_create_multi
    def create(self, vals_list):
        """Who has to answer it gets a task, unless he wrote it down himself."""
        disputes = super().create(vals_list)
        for dispute in disputes.filtered("user_id"):
            if dispute.user_id != self.env.user:
                dispute._ask_owner()
        return disputes

    def _ask_owner(self):
        """A task for the owner, due on the deadline, in his language."""
        self.ensure_one()
        theirs = self.sudo().with_context(lang=self.user_id.lang)
        theirs.activity_schedule(
            "mail.mail_activity_data_todo",
            date_deadline=self.deadline,
            summary=theirs.env._("Dispute to answer"),
            note=theirs.env._(
                "%(customer)s disputes %(amount)s of %(invoice)s.",
                customer=theirs.partner_id.display_name,
                amount=theirs.currency_id.format(theirs.amount),
                invoice=theirs.move_id.name,
            ),
            user_id=self.user_id.id,
        )

    def _route(self, routes, company):
        """The first rule that fits; none when no rule does."""
        self.ensure_one()
        routes = routes.filtered(
            lambda one: not one.company_id
            or one.company_id in (company | company.root_id)
        )
        move = self.move_id.sudo()
        lines = self.line_ids.sudo() or move.invoice_line_ids
        categories = lines.product_id.categ_id
        every = set()
        for category in categories:
            every |= {
                int(part) for part in (category.parent_path or "").split("/") if part
            }
        key = route_for(
            [
                Route(one.id, one.cause_id.id, one.categ_id.id, one.team_id.id)
                for one in routes
            ],
            self.cause_id._origin.id or self.cause_id.id,
            every,
            move.team_id.id,
        )
        return routes.browse(key)

    @api.model
    def _escalate(self, company, today):
        """Open disputes past their deadline: a task for the manager, once.

        :param company: ``res.company``, its branches too
        :param date today: the date there
        """
        late = self.sudo().search(
            [
                ("company_id", "child_of", company.id),
                ("state", "=", "open"),
                ("deadline", "<", today),
                ("escalated_on", "=", False),
            ]
        )
        for dispute in late:
            chief = (
                dispute.manager_id
                or company.sudo().o2c_responsible_id
                or dispute.user_id
            )
            if not chief:
                continue
            dispute.escalated_on = today
            theirs = dispute.with_context(lang=chief.lang)
            theirs.activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=today,
                summary=theirs.env._("Dispute past its deadline"),
                note=theirs.env._(
                    "%(owner)s had until %(day)s to answer %(customer)s.",
                    owner=dispute.user_id.name or theirs.env._("Nobody"),
                    day=format_date(theirs.env, dispute.deadline),
                    customer=dispute.partner_id.display_name,
                ),
                user_id=chief.id,
            )
