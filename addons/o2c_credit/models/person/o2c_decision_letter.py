"""The letter to a person about a decision: main reasons, who decides, how to contest.

GDPR art. 22(3) (human intervention, contest) and art. 15(1)(h) (meaningful information
about the logic), https://eur-lex.europa.eu/eli/reg/2016/679/art_15/oj; the CJEU asks
for the procedure in intelligible words, not for a formula (C-203/22, 27-2-2025,
https://curia.europa.eu/juris/liste.jsf?num=C-203/22). Have the text checked by counsel
before you use it.
"""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import email_normalize, format_date


class O2cDecisionLetter(models.Model):
    """Printed or mailed by a person, never by itself; the text stays for the file."""

    _name = "o2c.decision.letter"
    _description = "Letter About a Decision"
    _inherit = ["mail.thread"]
    _order = "date desc, id desc"
    _rec_name = "partner_id"
    _check_company_auto = True
    _check_company_domain = models.check_company_domain_parent_of

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
    source_ref = fields.Reference(selection="_selection_source", string="Decision")
    subject_kind = fields.Selection(
        [
            ("review", "His order waits for a decision"),
            ("refused", "A higher limit was refused"),
            ("lowered", "His limit was lowered"),
        ],
        string="About",
        required=True,
        default="review",
    )
    reference = fields.Char(help="Number of the order, as the customer knows it.")
    date = fields.Date(required=True, default=fields.Date.context_today)
    decided_by_id = fields.Many2one(
        "res.users",
        string="Decided By",
        required=True,
        default=lambda self: self.env.user,
        help="The colleague who decided, or will decide: the letter names him.",
    )
    reasons = fields.Text(
        string="Main Reasons",
        required=True,
        help="In the customer's language. Read them over before the letter leaves.",
    )
    lang = fields.Char(compute="_compute_lang")
    email = fields.Char(related="partner_id.email")
    state = fields.Selection(
        [("draft", "Not sent"), ("sent", "Sent")],
        default="draft",
        required=True,
        readonly=True,
        tracking=True,
    )
    sent_on = fields.Datetime(readonly=True)

    @api.model
    def _selection_source(self):
        contests = self.env["o2c.decision.contest"]
        return contests._selection_source()

    @api.depends("partner_id.lang", "company_id")
    def _compute_lang(self):
        installed = dict(self.env["res.lang"].get_installed())
        for letter in self:
            wanted = letter.partner_id.lang or letter.company_id.partner_id.lang
            letter.lang = wanted if wanted in installed else "en_US"

    @api.depends("partner_id", "date")
    def _compute_display_name(self):
        for letter in self:
            letter.display_name = self.env._(
                "Letter to %(customer)s of %(date)s",
                customer=letter.partner_id.display_name or "",
                date=format_date(self.env, letter.date),
            )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals |= {"state": "draft", "sent_on": False}
        return super().create(vals_list)

    def write(self, vals):
        guarded = {"state", "sent_on", "partner_id", "company_id", "source_ref"}
        if not self.env.su:
            if guarded & vals.keys():
                raise AccessError(self.env._("A letter is sent with its button."))
            if {"reasons", "date", "decided_by_id", "subject_kind"} & vals.keys():
                if "sent" in self.mapped("state"):
                    raise UserError(
                        self.env._("This letter has left: write a new one instead.")
                    )
        return super().write(vals)

    @api.model
    def _write_for(self, source, kind, decided_by=None):
        """A draft letter about a decision, in the customer's language.

        :param source: a hold or a limit change
        :param str kind: a value of :attr:`subject_kind`
        :return: the letter
        """
        if not self.env.user.has_group("o2c_base.group_credit_controller"):
            raise AccessError(
                self.env._("Only a credit controller writes this letter.")
            )
        source.check_access("read")
        partner = source.sudo().partner_id.commercial_partner_id
        company = source.sudo().company_id.root_id
        lang = partner.lang or company.partner_id.lang or "en_US"
        reasons = self.with_context(lang=lang)._main_reasons(source, kind)
        order = "order_id" in source._fields and source.sudo().order_id
        return self.create(
            {
                "partner_id": partner.id,
                "company_id": company.id,
                "source_ref": f"{source._name},{source.id}",
                "subject_kind": kind,
                "reference": order.name if order else False,
                "decided_by_id": (decided_by or self.env.user).id,
                "reasons": reasons,
                "date": company._o2c_today(),
            }
        )

    def action_print(self):
        """The letter as PDF, to post; noted in the delivery log."""
        self.ensure_one()
        self.check_access("write")
        self._left("post", "sent", self.partner_id.contact_address or "")
        return self.env.ref("o2c_credit.o2c_decision_letter_report").report_action(self)

    def action_mail(self):
        """Mail the letter to the customer, with the PDF."""
        self.ensure_one()
        self.check_access("write")
        address = email_normalize(self.partner_id.email)
        if not address:
            raise UserError(
                self.env._("This customer has no e-mail address: print the letter.")
            )
        template = self.env.ref("o2c_credit.mail_template_decision_letter")
        template.sudo().send_mail(self.id)
        self._left("email", "queued", address)
        return True

    def _left(self, channel, event, detail):
        self.env["o2c.delivery.log"]._log(
            self, channel, event, detail=detail.replace("\n", ", ")[:200]
        )
        self.sudo().write({"state": "sent", "sent_on": fields.Datetime.now()})

    def action_contest(self):
        """Record that the customer does not agree."""
        self.ensure_one()
        return self.env["o2c.decision.contest"]._form_for(
            self.partner_id, self.company_id, self.source_ref
        )

    def _open(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [[False, "form"]],
        }


class O2cDecisionContest(models.Model):
    _inherit = "o2c.decision.contest"

    @api.model
    def _form_for(self, partner, company, source=None):
        """A new contest to fill in."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Contested Decision"),
            "res_model": "o2c.decision.contest",
            "views": [[False, "form"]],
            "context": {
                "default_partner_id": partner.commercial_partner_id.id,
                "default_company_id": company.root_id.id,
                "default_contested_by": partner.name,
                "default_source_ref": f"{source._name},{source.id}"
                if source
                else False,
            },
        }


class O2cCreditHold(models.Model):
    _inherit = "o2c.credit.hold"

    person_hold = fields.Boolean(
        related="profile_id.natural_person", string="About a Natural Person"
    )

    def action_letter(self):
        """Write the letter about this hold."""
        self.ensure_one()
        letter = self.env["o2c.decision.letter"]._write_for(
            self, "review", self.released_by_id or self.user_id
        )
        return letter._open()

    def action_contest(self):
        """Record that the customer does not agree."""
        self.ensure_one()
        return self.env["o2c.decision.contest"]._form_for(
            self.partner_id, self.company_id, self
        )


class O2cLimitChange(models.Model):
    _inherit = "o2c.limit.change"

    def action_letter(self):
        """Write the letter about a limit that was refused or lowered."""
        self.ensure_one()
        kind = "refused" if self.state == "refused" else "lowered"
        letter = self.env["o2c.decision.letter"]._write_for(self, kind, self.decider_id)
        return letter._open()

    def action_contest(self):
        """Record that the customer does not agree."""
        self.ensure_one()
        return self.env["o2c.decision.contest"]._form_for(
            self.partner_id, self.company_id, self
        )
