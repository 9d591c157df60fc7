"""Contact data that must be mended before it costs a month."""

from datetime import timedelta

from odoo import api, fields, models

#: Days that the owner of a task has.
DAYS = 3


class O2cContactTask(models.Model):
    """All that is wrong with a customer's data, in one task with one owner."""

    _name = "o2c.contact.task"
    _description = "Contact Data Task"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "state, deadline, id desc"
    _rec_name = "partner_id"
    _check_company_auto = True

    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
        help="The customer as a company; the lines say which contact it is about.",
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, ondelete="cascade"
    )
    problem_ids = fields.One2many("o2c.contact.problem", "task_id", string="What")
    problem = fields.Selection(
        selection="_problems",
        compute="_compute_problem",
        store=True,
        string="First Problem",
        help="The oldest problem that is still open.",
    )
    words = fields.Char(
        string="Problems",
        compute="_compute_words",
        help="Everything that is wrong now.",
    )
    note = fields.Text(
        string="Noticed",
        compute="_compute_words",
        help="What is missing or wrong, and where it was noticed.",
    )
    state = fields.Selection(
        [("open", "Open"), ("done", "Done")],
        default="open",
        required=True,
        index=True,
        tracking=True,
    )
    user_id = fields.Many2one(
        "res.users", string="Owner", tracking=True, help="Who mends it."
    )
    deadline = fields.Date(
        help="Until then documents for this customer may wait; it is the owner's to "
        "keep."
    )
    done_on = fields.Datetime(readonly=True)

    _open_uniq = models.UniqueIndex(
        "(partner_id, company_id) WHERE state = 'open'",
        "There is already an open task for this customer: add the problem to it.",
    )

    @api.model
    def _problems(self):
        problem = self.env["o2c.contact.problem"]._fields["problem"]
        return problem._description_selection(self.env)

    @api.depends("problem_ids.problem", "problem_ids.solved_on")
    def _compute_problem(self):
        for task in self:
            lines = task.problem_ids
            still = lines.filtered(lambda line: not line.solved_on) or lines
            task.problem = still.sorted("id")[:1].problem

    @api.depends("problem_ids.problem", "problem_ids.solved_on", "problem_ids.note")
    @api.depends_context("lang")
    def _compute_words(self):
        line = self.env["o2c.contact.problem"]
        names = dict(line._fields["problem"]._description_selection(self.env))
        for task in self:
            still = task.problem_ids.filtered(lambda one: not one.solved_on)
            shown = (still or task.problem_ids).sorted("id")
            kinds = dict.fromkeys(shown.mapped("problem"))
            task.words = ", ".join(names[one] for one in kinds if one)
            task.note = "\n".join(one for one in shown.mapped("note") if one)

    @api.model
    def _open(self, partner, company, problem, note):
        """Put a problem on the task of the customer; open one when there is none.

        :param partner: the customer or contact whose data is wrong
        :param company: ``res.company`` that noticed
        :param str problem: a value of ``o2c.contact.problem.problem``
        :param str note: what is missing, for a person
        :return: the open task of the customer
        """
        return self._open_each({partner: note}, company, problem)

    @api.model
    def _open_each(self, notes, company, problem):
        """The same for many contacts, in a few statements.

        :param dict notes: what is missing, per contact
        :return: the open tasks
        """
        tasks = self.sudo().with_context(mail_create_nosubscribe=True)
        customers = self.env["res.partner"].union(
            *(one.commercial_partner_id for one in notes)
        )
        found = tasks.search(
            [
                ("partner_id", "in", customers.ids),
                ("company_id", "=", company.id),
                ("state", "=", "open"),
            ]
        )
        missing = customers - found.partner_id
        deadline = company._o2c_today() + timedelta(days=DAYS) if missing else None
        found += tasks.create(
            [
                {
                    "partner_id": one.id,
                    "company_id": company.id,
                    "user_id": (one.user_id or company.o2c_responsible_id).id,
                    "deadline": deadline,
                }
                for one in missing
            ]
        )
        by_customer = found.grouped("partner_id")
        new = []
        for partner, note in notes.items():
            task = by_customer[partner.commercial_partner_id]
            known = task.problem_ids.filtered(
                lambda line, partner=partner: (
                    line.partner_id == partner
                    and line.problem == problem
                    and not line.solved_on
                )
            )
            if not known:
                values = {"partner_id": partner.id, "problem": problem, "note": note}
                new.append({"task_id": task.id, **values})
            elif note and note not in (known.note or ""):
                known.note = f"{known.note}\n{note}" if known.note else note
        self.env["o2c.contact.problem"].sudo().create(new)
        return found

    @api.model
    def _closed_ways(self, company, partners):
        """Which contacts have which open problems; for many at once.

        :return: dict of contact id to set of problems
        """
        lines = (
            self.env["o2c.contact.problem"]
            .sudo()
            .search(
                [
                    ("partner_id", "in", partners.ids),
                    ("company_id", "=", company.id),
                    ("solved_on", "=", False),
                ]
            )
        )
        return {
            partner.id: set(found.mapped("problem"))
            for partner, found in lines.grouped("partner_id").items()
        }

    def action_done(self):
        """Everything was mended: what waits for it goes on."""
        self.check_access("write")
        self.problem_ids.filtered(lambda line: not line.solved_on).action_solved()
        self._close()

    def _close(self):
        """Close tasks without open problems."""
        ready = self.filtered(
            lambda task: task.state == "open"
            and all(task.problem_ids.mapped("solved_on"))
        )
        ready.write({"state": "done", "done_on": fields.Datetime.now()})

    def action_reopen(self):
        """The data is still wrong."""
        self.check_access("write")
        for task in self.filtered(lambda one: one.state == "done"):
            last = max(task.problem_ids.filtered("solved_on").mapped("solved_on"))
            task.problem_ids.filtered(
                lambda line, last=last: line.solved_on == last
            ).sudo().write({"solved_on": False})
            task.write({"state": "open", "done_on": False})

    def _mended(self, problems):
        """Hook: these problems of these customers are solved; what waited goes on.

        :param problems: ``o2c.contact.problem`` records
        """
