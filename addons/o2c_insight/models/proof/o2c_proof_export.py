"""An export for the auditor: ordered for a period, made in the background, signed."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import format_date, format_list

GROUPS = ("o2c_insight.group_auditor", "account.group_account_manager")


class O2cProofExport(models.Model):
    """Who ordered which period, and what came of it."""

    _name = "o2c.proof.export"
    _description = "Export for the Auditor"
    _order = "id desc"
    _rec_name = "first"

    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.company.root_id,
        domain="[('parent_id', '=', False)]",
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    first = fields.Date(
        string="From",
        required=True,
        default=lambda self: fields.Date.subtract(
            fields.Date.context_today(self).replace(day=1, month=1), years=1
        ),
        help="First day of the period.",
    )
    last = fields.Date(
        string="To",
        required=True,
        default=lambda self: fields.Date.subtract(
            fields.Date.context_today(self).replace(day=1, month=1), days=1
        ),
        help="Last day of the period.",
    )
    lang = fields.Selection(
        lambda self: self.env["res.lang"].get_installed(),
        string="Language",
        compute="_compute_lang",
        store=True,
        readonly=False,
        precompute=True,
        help="Language of the workbook: names of sheets, headings and explanations.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Ordered By",
        readonly=True,
        default=lambda self: self.env.user,
    )
    state = fields.Selection(
        [("ordered", "Being made"), ("done", "Made"), ("failed", "Failed")],
        default="ordered",
        required=True,
        readonly=True,
        index=True,
    )
    run_id = fields.Many2one(
        "o2c.run", readonly=True, ondelete="set null", index="btree_not_null"
    )
    progress = fields.Float(related="run_id.progress")
    row_count = fields.Integer(string="Rows", readonly=True)
    error = fields.Text(string="What Went Wrong", readonly=True)
    attachment_id = fields.Many2one(
        "ir.attachment", string="File", readonly=True, ondelete="set null"
    )
    sha256 = fields.Char(
        string="SHA-256", readonly=True, help="Of the ZIP file as a whole."
    )
    key_id = fields.Many2one(
        "o2c.proof.key", string="Signed With", readonly=True, ondelete="restrict"
    )
    opening = fields.Monetary(
        string="Receivables Before", readonly=True, help="On the accounts, before."
    )
    invoiced = fields.Monetary(readonly=True)
    credited = fields.Monetary(readonly=True)
    paid = fields.Monetary(readonly=True, help="With discounts and small differences.")
    written_off = fields.Monetary(readonly=True)
    exchange = fields.Monetary(string="Exchange Differences", readonly=True)
    other = fields.Monetary(
        string="Other Entries", readonly=True, help="Opening balances, corrections."
    )
    closing = fields.Monetary(
        string="Receivables After", readonly=True, help="On the accounts, at the end."
    )
    unexplained = fields.Monetary(
        string="Not Explained",
        readonly=True,
        help="What the accounts say beyond this sum, or beyond the list of open items.",
    )

    _ordered_uniq = models.UniqueIndex(
        "(company_id, first, last, lang) WHERE state = 'ordered'",
        "This export is being made already.",
    )
    _period = models.Constraint(
        "CHECK(first <= last)", "The period ends before it begins."
    )

    @api.depends("company_id")
    def _compute_lang(self):
        installed = dict(self.env["res.lang"].get_installed())
        for export in self:
            lang = export.company_id.sudo().partner_id.lang
            export.lang = lang if lang in installed else self.env.lang

    @api.depends("first", "last")
    def _compute_display_name(self):
        for export in self:
            export.display_name = " - ".join(
                format_date(self.env, day) for day in (export.first, export.last) if day
            )

    @api.constrains("last")
    def _check_past(self):
        for export in self:
            if export.last > export.company_id._o2c_today():
                raise ValidationError(
                    self.env._(
                        "The period is not over yet: choose a last day that is past."
                    )
                )

    @api.constrains("lang")
    def _check_lang(self):
        installed = dict(self.env["res.lang"].get_installed())
        for export in self:
            if export.lang and export.lang not in installed:
                raise ValidationError(
                    self.env._(
                        "The language %(code)s is not installed. Choose one of: "
                        "%(languages)s.",
                        code=export.lang,
                        languages=format_list(self.env, installed.values()),
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        """Ordering an export is all there is to do."""
        if not self.env.su:
            self._check_auditor()
            free = {"company_id", "first", "last", "lang"}
            vals_list = [
                {name: value for name, value in vals.items() if name in free}
                for vals in vals_list
            ]
        exports = super().create(vals_list)
        self.env.ref("o2c_insight.ir_cron_proof_export").sudo()._trigger()
        return exports

    def write(self, vals):
        if not self.env.su:
            raise UserError(self.env._("An export is kept as it was made."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never_made(self):
        if any(export.state != "failed" for export in self):
            raise UserError(self.env._("An export is kept as it was made."))

    @api.model
    def _check_auditor(self):
        if not any(self.env.user.has_group(group) for group in GROUPS):
            raise AccessError(
                self.env._("An accounting manager or an auditor orders an export.")
            )

    def action_again(self):
        """Try once more what failed."""
        self._check_auditor()
        self.check_access("read")
        if any(export.state != "failed" for export in self):
            raise UserError(self.env._("Only an export that failed is made again."))
        self.sudo().write({"state": "ordered", "error": False})
        self.env.ref("o2c_insight.ir_cron_proof_export").sudo()._trigger()

    def action_download(self):
        """Have the ZIP."""
        self.ensure_one()
        self._check_auditor()
        self.check_access("read")
        if not self.attachment_id:
            raise UserError(self.env._("The export is still being made."))
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self.attachment_id.id}?download=true",
            "target": "self",
        }
