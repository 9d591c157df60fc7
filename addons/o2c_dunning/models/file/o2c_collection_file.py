"""The collection file: what leaves our hands, from proposal to the last euro."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.o2c_base.tools.local_form import day_text

#: The file is being worked on; there is one of them per case.
OPEN = ("proposed", "preparing", "ready", "handed_over", "partly_paid")
#: Somebody else collects.
OUTSIDE = ("handed_over", "partly_paid")
#: What a person may still choose before it leaves.
BEFORE = ("proposed", "preparing", "ready")
KINDS = [("agency", "Hand-over to an agency"), ("insolvency", "Claim in insolvency")]
#: Fields that follow from what people do with the buttons.
GUARDED = frozenset(
    (
        "case_id", "partner_id", "company_id", "currency_id", "kind", "state", "origin",
        "decided_by_id", "decided_on", "handed_over_on", "closed_on", "principal",
        "interest", "cost", "calculated_on", "certain", "proposed_on", "outcome",
        "dossier_state", "dossier_hash", "dossier_at", "pdf_id", "zip_id", "item_ids",
        "event_ids", "part_ids", "dossier_sent_on", "counted_on", "handed_over_by_id",
    )
)  # fmt: skip


class O2cCollectionFile(models.Model):
    """A claim that goes to an agency, or to the trustee of an insolvent customer."""

    _name = "o2c.collection.file"
    _description = "Collection File"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _check_company_auto = True

    case_id = fields.Many2one(
        "o2c.dunning.case",
        required=True,
        index=True,
        readonly=True,
        ondelete="restrict",
        check_company=True,
    )
    partner_id = fields.Many2one(
        related="case_id.partner_id", string="Customer", store=True, index=True
    )
    company_id = fields.Many2one(related="case_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="case_id.currency_id", store=True)
    kind = fields.Selection(KINDS, default="agency", required=True, readonly=True)
    state = fields.Selection(
        [
            ("proposed", "Proposed"),
            ("preparing", "Dossier being made"),
            ("ready", "Ready"),
            ("handed_over", "Handed over"),
            ("partly_paid", "Partly paid"),
            ("paid", "Paid"),
            ("withdrawn", "Withdrawn"),
            ("closed", "Closed"),
            ("written_off", "Written off"),
        ],
        default="proposed",
        required=True,
        readonly=True,
        index=True,
        tracking=True,
        group_expand=True,
        help="Handed over: the agency or the trustee has the claim and we do not "
        "remind any more. Withdrawn: we collect ourselves again.",
    )
    origin = fields.Selection(
        [("ladder", "End of the ladder"), ("hand", "By hand")],
        default="hand",
        required=True,
        readonly=True,
    )
    user_id = fields.Many2one(
        "res.users", string="Owner", tracking=True, help="Who works this file."
    )
    agency_id = fields.Many2one(
        "o2c.collection.agency",
        tracking=True,
        ondelete="restrict",
        help="Who collects. For natural persons only agencies in the register.",
    )
    agency_reference = fields.Char(help="Number of this file at the agency.")
    natural_person = fields.Boolean(
        compute="_compute_natural_person",
        help="A consumer, sole trader or partner in a firm: a person decides, with "
        "reason, and only a registered agency may collect.",
    )
    reason = fields.Text(
        string="Why",
        tracking=True,
        help="Why this claim is handed over. Obligatory for natural persons.",
    )
    decided_by_id = fields.Many2one(
        "res.users", readonly=True, tracking=True, ondelete="restrict"
    )
    decided_on = fields.Date(readonly=True)
    proposed_on = fields.Date(readonly=True)
    handed_over_on = fields.Date(readonly=True, tracking=True)
    handed_over_by_id = fields.Many2one(
        "res.users",
        string="Handed Over By",
        readonly=True,
        tracking=True,
        ondelete="restrict",
        help="Who let it leave. Who decided to have the dossier made stands apart, as "
        "in the dossier.",
    )
    closed_on = fields.Date(readonly=True)
    outcome = fields.Char(readonly=True, help="How it ended, in words.")
    insolvent_on = fields.Date(
        string="Insolvency Pronounced On",
        tracking=True,
        help="Interest runs until the day before (art. 23 and 128 Fw).",
    )
    trustee_id = fields.Many2one(
        "res.partner",
        tracking=True,
        ondelete="restrict",
        help="Who administers the insolvency; the claim is submitted to him.",
    )
    item_ids = fields.One2many("o2c.collection.item", "file_id", readonly=True)
    event_ids = fields.One2many("o2c.collection.event", "file_id", readonly=True)
    part_ids = fields.One2many("o2c.dossier.part", "file_id", readonly=True)
    write_off_ids = fields.One2many("o2c.write.off", "file_id", readonly=True)

    _open_uniq = models.UniqueIndex(
        "(case_id) WHERE state IN ('proposed', 'preparing', 'ready', 'handed_over',"
        " 'partly_paid')",
        "This case has an open collection file already. Open that one.",
    )

    @api.depends("partner_id", "kind", "proposed_on")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for file in self:
            file.display_name = " · ".join(
                filter(
                    None,
                    (
                        file.partner_id.display_name,
                        file.agency_id.display_name if file.agency_id else None,
                        day_text(self.env, file.proposed_on),
                    ),
                )
            )

    @api.depends("partner_id", "company_id")
    def _compute_natural_person(self):
        for file in self:
            file.natural_person = file.case_id.sudo()._is_person()

    @api.model_create_multi
    def create(self, vals_list):
        """A file begins as a proposal, made by the run or by a button."""
        if not self.env.su:
            raise AccessError(
                self.env._("Use the button of the case to hand a claim over.")
            )
        return super().create(vals_list)

    def write(self, vals):
        """A file moves on by decisions, and what left is not put together anew."""
        if not self.env.su and GUARDED & vals.keys():
            raise AccessError(
                self.env._("A collection file moves on by its buttons only.")
            )
        outside = self.filtered(lambda file: file.state not in BEFORE)
        if not self.env.su and outside and {"agency_id", "insolvent_on"} & vals.keys():
            raise UserError(
                self.env._(
                    "This file has left. Withdraw it first, then hand it over anew."
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._("Collection files are kept. Withdraw the ones you do not want.")
        )

    def _check_collector(self, manager=False):
        """Who acts on a file: collectors; what leaves the house, their manager."""
        self.env.user._o2c_check_collector(manager)
        self.check_access("write")

    def _expect(self, *states):
        """Refuse what does not fit the state, in words; lock against a second click.

        :param states: states in which the step makes sense
        """
        self.lock_for_update()
        self.invalidate_recordset(["state"])
        names = dict(self._fields["state"]._description_selection(self.env))
        for file in self:
            if file.state not in states:
                raise UserError(
                    self.env._(
                        "The file of %(customer)s is “%(state)s”: this step does not "
                        "fit any more. Renew the page.",
                        customer=file.partner_id.display_name,
                        state=names[file.state],
                    )
                )
