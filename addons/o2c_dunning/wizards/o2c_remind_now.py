"""Remind by hand: who would hear what, who would not and why, and then do it."""

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError

from ..models.case.o2c_dunning_case_hand import Selection
from ..models.case.o2c_remind_verdict import REASONS
from ..policy.message import asks


class O2cRemindNow(models.TransientModel):
    """A run for what somebody chose, shown before it writes."""

    _name = "o2c.remind.now"
    _description = "Remind by Hand"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="cascade"
    )
    partner_ids = fields.Many2many("res.partner", string="Customers", readonly=True)
    move_ids = fields.Many2many("account.move", string="Invoices", readonly=True)
    line_ids = fields.One2many("o2c.remind.now.line", "wizard_id", readonly=True)
    remind_count = fields.Integer(
        string="Reminders",
        compute="_compute_remind_count",
        help="One per customer and currency, at its highest step.",
    )
    item_count = fields.Integer(
        string="Items Reminded", compute="_compute_remind_count"
    )

    what_words = fields.Char(
        string="What Leaves",
        compute="_compute_remind_count",
        help="How many reminders leave, about how many items.",
    )

    @api.depends("line_ids")
    @api.depends_context("lang")
    def _compute_remind_count(self):
        for wizard in self:
            reminded = wizard.line_ids.filtered(lambda one: one.reason == "remind")
            wizard.item_count = len(reminded)
            wizard.remind_count = len(
                reminded.grouped(lambda one: (one.partner_id, one.currency_id))
            )
            wizard.what_words = wizard._what_words()

    def _what_words(self):
        """Reminders and items, each as one or as several."""
        if self.remind_count == 1:
            reminders = self.env._("1 reminder")
        else:
            reminders = self.env._("%s reminders", self.remind_count)
        if self.item_count == 1:
            items = self.env._("1 item")
        else:
            items = self.env._("%s items", self.item_count)
        return self.env._(
            "%(reminders)s for %(items)s.", reminders=reminders, items=items
        )

    @api.model
    def _open_for(self, company, partners, moves=None):
        """The screen for customers or invoices.

        :param company: ``res.company`` that collects
        :param partners: commercial partners
        :param moves: only these documents take their step; all when not given
        """
        self._check_collector(company)
        if company._o2c_mode("dunning") != "live":
            raise UserError(
                self.env._(
                    "Collecting is not live in %s. Start it first, or look at Preview "
                    "Tonight.",
                    company.name,
                )
            )
        wizard = self.create(
            {
                "company_id": company.id,
                "partner_ids": [Command.set(partners.ids)],
                "move_ids": [Command.set(moves.ids if moves else [])],
            }
        )
        wizard._foresee()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Remind by Hand"),
            "res_model": self._name,
            "res_id": wizard.id,
            "views": [(False, "form")],
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }

    @api.model
    def _check_collector(self, company):
        """Only collectors, and only in their own companies."""
        self.env.user._o2c_check_collector()
        if company.root_id not in self.env.user.company_ids.root_id:
            raise AccessError(self.env._("You do not work in %s.", company.sudo().name))

    def _selection(self):
        """What was chosen, as the run reads it."""
        return Selection(tuple(self.partner_ids.ids), tuple(self.move_ids.ids))

    def _foresee(self):
        """Fill the list: what the run would do with every item of these customers."""
        self.ensure_one()
        company = self.company_id.sudo()
        today = company._o2c_today()
        rules = company._o2c_dunning_rules(today)
        cases = self.env["o2c.dunning.case"]
        verdicts = self.env["o2c.remind.verdict"].sudo()
        rows = []
        for account, message in cases._foresee(company, today, self._selection()):
            for verdict in message.verdicts:
                if verdicts._far_away(verdict, today):
                    continue
                facts = verdicts._told(account, verdict, rules)
                currency = self.env["res.currency"].browse(account.currency_id)
                step = self.env["o2c.dunning.step"].browse(
                    verdict.step.key if verdict.step else ()
                )
                rows.append(
                    {
                        "partner_id": account.partner_id,
                        "currency_id": account.currency_id,
                        "move_id": verdict.item.key.move_id,
                        "label": verdict.item.key.label,
                        "due": verdict.item.due,
                        "amount_open": float(verdict.item.open),
                        "amount_asked": float(verdict.asked) if asks(verdict) else 0.0,
                        "step_id": step.id,
                        "reason": verdict.reasons[0] if verdict.reasons else "remind",
                        "explanation": verdicts._explain(
                            verdict.reasons or ("remind",),
                            facts
                            | {"remind": {"text": step.sudo().display_name or ""}},
                            currency,
                        ),
                    }
                )
        self.line_ids = [Command.clear(), *[Command.create(row) for row in rows]]

    def action_write(self):
        """Send the reminders; what a step or the company wants approved waits.

        Whoever presses the button looked at them: he is the one who approved.
        """
        self.ensure_one()
        company = self.company_id
        self._check_collector(company)
        run = self.env["o2c.dunning.case"]._run(
            company, company._o2c_today(), selection=self._selection()
        )
        if run.kind != "dunning_hand":
            raise UserError(
                self.env._("The nightly run is busy. Try again when it has ended.")
            )
        written = self.env["o2c.dunning.notice"].sudo()
        written.search([("run_id", "=", run.id), ("state", "=", "approved")]).write(
            {"approved_by_id": self.env.uid, "approved_at": fields.Datetime.now()}
        )
        self.env.ref("o2c_dunning.ir_cron_send").sudo()._trigger()
        return self.env["o2c.today"]._open_record(run)


class O2cRemindNowLine(models.TransientModel):
    """One open item: reminded or not, and why."""

    _name = "o2c.remind.now.line"
    _description = "Remind by Hand: Item"
    _order = "partner_id, due, id"
    _rec_name = "label"

    wizard_id = fields.Many2one("o2c.remind.now", required=True, ondelete="cascade")
    company_id = fields.Many2one(related="wizard_id.company_id")
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    move_id = fields.Many2one("account.move", string="Invoice", readonly=True)
    label = fields.Char(string="Number", readonly=True)
    due = fields.Date(string="Due Date", readonly=True)
    amount_open = fields.Monetary(string="Open", readonly=True)
    amount_asked = fields.Monetary(string="Asked", readonly=True)
    step_id = fields.Many2one("o2c.dunning.step", string="Step", readonly=True)
    reason = fields.Selection(REASONS, readonly=True)
    explanation = fields.Char(string="Why", readonly=True)


class O2cDunningCase(models.Model):
    _inherit = "o2c.dunning.case"

    def action_remind_now(self):
        """Remind the customers of these cases by hand, after a look."""
        company = self.company_id
        if len(company) != 1:
            raise UserError(self.env._("Choose cases of one company."))
        return self.env["o2c.remind.now"]._open_for(company, self.partner_id)


class AccountMove(models.Model):
    _inherit = "account.move"

    def action_o2c_remind_now(self):
        """Remind of these invoices by hand, after a look."""
        company = self.company_id.root_id
        if len(company) != 1:
            raise UserError(self.env._("Choose invoices of one company."))
        sales = self.filtered(lambda move: move.move_type == "out_invoice")
        if not sales:
            raise UserError(self.env._("Choose invoices to customers."))
        return self.env["o2c.remind.now"]._open_for(
            company, sales.commercial_partner_id, sales
        )
