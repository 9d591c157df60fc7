"""Contact data that must be mended before it costs a month."""

from odoo import api, fields, models


class O2cContactTask(models.Model):
    """What is wrong with a customer's data, once, with an owner."""

    _name = "o2c.contact.task"
    _description = "Contact Data Task"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "state, id desc"
    _rec_name = "partner_id"
    _check_company_auto = True

    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, ondelete="cascade"
    )
    problem = fields.Selection(
        [
            ("email_missing", "E-mail address missing"),
            ("email_bounced", "E-mail comes back"),
            ("registration_missing", "Registration number missing"),
            ("address_missing", "Postal address incomplete"),
            ("post_returned", "Post comes back"),
            ("einvoice_rejected", "E-invoice refused"),
            ("other", "Other"),
        ],
        required=True,
        tracking=True,
    )
    note = fields.Text(help="What is missing or wrong, and where it was noticed.")
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
    done_on = fields.Datetime(readonly=True)

    _open_uniq = models.UniqueIndex(
        "(partner_id, company_id, problem) WHERE state = 'open'",
        "There is already an open task for this problem of this customer.",
    )

    @api.model
    def _open(self, partner, company, problem, note):
        """Open a task, or add the note to the one that is open already.

        :param partner: the customer or contact whose data is wrong
        :param company: ``res.company`` that noticed
        :param str problem: a value of :attr:`problem`
        :param str note: what is missing, for a person
        :return: the open task
        """
        tasks = self.sudo()
        task = tasks.search(
            [
                ("partner_id", "=", partner.id),
                ("company_id", "=", company.id),
                ("problem", "=", problem),
                ("state", "=", "open"),
            ],
            limit=1,
        )
        if not task:
            return tasks.create(
                {
                    "partner_id": partner.id,
                    "company_id": company.id,
                    "problem": problem,
                    "note": note,
                    "user_id": (partner.user_id or company.o2c_responsible_id).id,
                }
            )
        if note and note not in (task.note or ""):
            task.note = f"{task.note}\n{note}" if task.note else note
        return task

    def action_done(self):
        """The data was mended."""
        self.check_access("write")
        self.write({"state": "done", "done_on": fields.Datetime.now()})

    def action_reopen(self):
        """The data is still wrong."""
        self.check_access("write")
        self.write({"state": "open", "done_on": False})
