"""Going live: from which day, and what becomes of what was late before it."""

from collections import defaultdict

from markupsafe import Markup

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError

from ..models.core.o2c_dunning_entry import AGE_BANDS, ENTRIES
from ..policy.going_live import band
from ..tools.amount import decimal


class O2cGoingLive(models.TransientModel):
    """One screen before the first reminder: what is there, and what is chosen."""

    _name = "o2c.going.live"
    _description = "Start Collecting"
    _rec_name = "company_id"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="cascade"
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    mode = fields.Selection(related="company_id.o2c_dunning_mode", string="Now")
    start_date = fields.Date(
        string="Start On",
        required=True,
        help="What falls due from this day on is reminded. What was late before it is "
        "listed below.",
    )
    line_ids = fields.One2many("o2c.going.live.band", "wizard_id", readonly=False)
    general_count = fields.Integer(
        string="Opening Balances",
        readonly=True,
        help="Open items of customers in general journals, such as an opening balance.",
    )
    general_amount = fields.Monetary(string="Open on Them", readonly=True)
    general_choice = fields.Selection(
        [
            ("keep", "As each item says"),
            ("out", "Leave all of them out"),
            ("in", "Remind all of them like invoices"),
        ],
        required=True,
        default="keep",
        help="Each item says whether it is followed up: open the list to choose one by "
        "one.",
    )
    checks = fields.Html(
        string="Before You Start", compute="_compute_checks", sanitize=False
    )

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        company = self.env.company.root_id
        start = company.o2c_dunning_start_date or company._o2c_today()
        return values | {"company_id": company.id, "start_date": start}

    @api.model
    def action_open(self):
        """Open the screen for the company that is active."""
        self._check_manager()
        wizard = self.create({})
        wizard._count()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Start Collecting"),
            "res_model": self._name,
            "res_id": wizard.id,
            "views": [(False, "form")],
            "target": "current",
        }

    def _check_manager(self):
        """Starting is for the manager, whichever way the call came."""
        self.env.user._o2c_check_collector(manager=True)
        if self.company_id - self.env.user.company_ids:
            raise AccessError(self.env._("You do not work in this company."))

    def write(self, vals):
        result = super().write(vals)
        if "start_date" in vals:
            self._count()
        return result

    def action_count(self):
        """Count again, after another start date was chosen."""
        self._check_manager()
        self._count()
        return self._again()

    def _again(self):
        """Stay on this screen."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Start Collecting"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "current",
        }

    def _count(self):
        """What is late on the start date per age band, and what is in general journals.

        Choices already made in this screen stay; the company's own come first.
        """
        for wizard in self:
            company = wizard.company_id
            chosen = {
                line.band: line.choice for line in company.sudo().o2c_dunning_entry_ids
            } | {line.band: line.choice for line in wizard.line_ids}
            bands = wizard._bands()
            wizard.write(
                {
                    "line_ids": [Command.clear()]
                    + [
                        Command.create(
                            {
                                "band": code,
                                "choice": chosen.get(code, "out"),
                                **bands[code],
                            }
                        )
                        for code, _label in AGE_BANDS
                    ],
                    "general_count": bands["general"]["items"],
                    "general_amount": bands["general"]["amount"],
                }
            )

    def _bands(self):
        """Figures per age band, one statement for the book.

        :return: dict of band, and "general", to items, customers and amount
        """
        self.ensure_one()
        self.env.flush_all()
        cases = self.env["o2c.dunning.case"].sudo()
        found = defaultdict(lambda: {"items": 0, "customers": set(), "amount": 0})
        for row in cases._ledger_rows(self.company_id):
            if row.open_currency <= 0 or row.incoming:
                continue
            codes = [band(row.due, self.start_date)]
            if row.move_type == "entry":
                codes = ["general"] if row.excluded else [*codes, "general"]
            for code in codes:
                found[code]["items"] += 1
                found[code]["customers"].add(row.partner_id)
                found[code]["amount"] += decimal(row.open)
        keys = [code for code, _label in AGE_BANDS] + ["general"]
        return {
            key: found[key]
            | {
                "customers": len(found[key]["customers"]),
                "amount": float(found[key]["amount"]),
            }
            for key in keys
        }

    @api.depends("company_id", "start_date")
    def _compute_checks(self):
        for wizard in self:
            wizard.checks = Markup("<ul class='mb-0'>%s</ul>") % Markup().join(
                Markup("<li><i class='fa %s me-2'></i>%s</li>")
                % (
                    "fa-check text-success" if good else "fa-warning text-warning",
                    text,
                )
                for good, text in wizard._checklist()
            )

    def _checklist(self):
        """What a company should have in order before its first reminder.

        :return: list of (whether it is in order, sentence)
        """
        self.ensure_one()
        company = self.company_id.sudo()
        sender = company.o2c_dunning_email or company.email
        ladder = company._o2c_dunning_ladder()
        banks = company._o2c_stale_banks(company._o2c_today())
        names = ", ".join(name for name, _day in banks)
        return [
            (
                bool(sender),
                self.env._(
                    "Reminders come from %s; answers must be read there.", sender
                )
                if sender
                else self.env._(
                    "Reminders have no sender: give the company an address."
                ),
            ),
            (
                bool(company.alias_domain_id),
                self.env._("Answers land on the case, and pause it.")
                if company.alias_domain_id
                else self.env._(
                    "There is no incoming mail: answers are not seen here, and do not "
                    "pause a case. Set an alias domain up."
                ),
            ),
            (
                bool(ladder.step_ids),
                self.env._("Ladder of who has no other: %s", ladder.display_name)
                if ladder.step_ids
                else self.env._("There is no default ladder with steps."),
            ),
            (
                not banks,
                self.env._("The bank data is recent.")
                if not banks
                else self.env._("The bank data is too old: %s", names),
            ),
            (
                bool(company.o2c_responsible_id),
                self.env._(
                    "New cases go to %s.", company.o2c_responsible_id.display_name
                )
                if company.o2c_responsible_id
                else self.env._("Nobody is responsible for what nobody owns."),
            ),
        ]

    def action_general_items(self):
        """The items in general journals, to choose one by one."""
        self.ensure_one()
        self.env.flush_all()
        cases = self.env["o2c.dunning.case"].sudo()
        ids = [
            row.line_id
            for row in cases._ledger_rows(self.company_id)
            if row.move_type == "entry" and row.open_currency > 0 and not row.incoming
        ]
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Opening Balances"),
            "res_model": "account.move.line",
            "view_mode": "list",
            "views": [
                (self.env.ref("o2c_dunning.o2c_general_item_view_list").id, "list")
            ],
            "domain": [("id", "in", ids)],
            "context": {"create": False},
        }

    def action_preview(self):
        """Keep the choices, and show what the first night would do."""
        self._check_manager()
        company = self.company_id
        if company._o2c_mode("dunning") == "live":
            raise UserError(
                self.env._("Collecting is live already: look at Preview Tonight.")
            )
        self._keep("watch")
        return self.env["o2c.remind.verdict"].action_preview()

    def action_go_live(self):
        """Keep the choices and switch live; the first run still waits for a person."""
        self._check_manager()
        self._keep("live")
        return self.env["ir.actions.act_window"]._for_xml_id(
            "o2c_dunning.o2c_remind_verdict_action"
        )

    def _keep(self, mode):
        """Write the start date, the choices and the switch of the company."""
        self.ensure_one()
        company = self.company_id.sudo()
        entries = self.env["o2c.dunning.entry"].sudo()
        known = {entry.band: entry for entry in company.o2c_dunning_entry_ids}
        for line in self.line_ids:
            if line.band in known:
                known[line.band].write({"choice": line.choice, "user_id": self.env.uid})
            else:
                entries.create(
                    {
                        "company_id": company.id,
                        "band": line.band,
                        "choice": line.choice,
                        "user_id": self.env.uid,
                    }
                )
        if self.general_choice != "keep":
            lines = self.env["account.move.line"].sudo()
            lines = lines.search(self.action_general_items()["domain"])
            lines.no_followup = self.general_choice == "out"
        company.write(
            {"o2c_dunning_start_date": self.start_date, "o2c_dunning_mode": mode}
        )


class O2cGoingLiveBand(models.TransientModel):
    """One age band: how much there is, and what becomes of it."""

    _name = "o2c.going.live.band"
    _description = "Older Invoices by Age"
    _rec_name = "band"

    wizard_id = fields.Many2one("o2c.going.live", required=True, ondelete="cascade")
    company_id = fields.Many2one(related="wizard_id.company_id")
    currency_id = fields.Many2one(related="wizard_id.currency_id")
    band = fields.Selection(AGE_BANDS, string="Age", required=True, readonly=True)
    items = fields.Integer(readonly=True, help="Open items, instalments apart.")
    customers = fields.Integer(readonly=True)
    amount = fields.Monetary(string="Open", readonly=True, help="In company currency.")
    choice = fields.Selection(
        ENTRIES,
        string="What Happens",
        required=True,
        default="out",
        help="Leave out: never reminded by itself. From the first step: the friendly "
        "one, however old. At the step they have reached: only when another system "
        "sent the steps before.",
    )
