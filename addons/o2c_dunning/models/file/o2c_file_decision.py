"""What people decide about a file. No machine takes these steps."""

from odoo import fields, models
from odoo.exceptions import UserError

from .o2c_collection_file import BEFORE, OUTSIDE


class O2cCollectionFile(models.Model):
    _inherit = "o2c.collection.file"

    def action_prepare(self):
        """A person agrees with the proposal: the claim is calculated and the dossier
        is made, in the background."""
        self._check_collector()
        self._expect("proposed", "ready")
        for file in self:
            file._check_decision()
        self._check_may_leave(with_agency=False)
        for file in self.sudo():
            file._calculate(file.company_id._o2c_today())
            file.write(
                {
                    "state": "preparing",
                    "decided_by_id": self.env.uid,
                    "decided_on": file.company_id._o2c_today(),
                }
            )
            file._order_dossier()

    def action_hand_over(self):
        """The claim leaves: all is checked once more, the items are set aside."""
        self._check_collector(manager=True)
        self._expect("ready")
        for file in self:
            file._check_decision()
        self._check_may_leave()
        for file in self.sudo():
            file._check_still_right()
            today = file.company_id._o2c_today()
            file.item_ids.write({"live": True})
            file.write(
                {
                    "state": "handed_over",
                    "handed_over_on": today,
                    "handed_over_by_id": self.env.uid,
                }
            )
            to = file.trustee_id if file.kind == "insolvency" else file.agency_id
            file._log(
                "step",
                self.env._(
                    "Handed over to %(who)s by %(user)s",
                    who=to.display_name or self.env._("the trustee"),
                    user=self.env.user.name,
                ),
                file.total,
            )
            file._stop_reminding()
            if file.case_id.id in file.case_id._cases_away(file.company_id, today):
                # the file asks for the agency's report itself
                file.case_id.write({"next_action": False, "next_action_date": False})

    def _check_decision(self):
        """A named person decides; about a natural person he says why."""
        self.ensure_one()
        if self.env.user == self.env.ref("base.user_root"):
            raise UserError(self.env._("A person must decide this."))
        if self.natural_person and not (self.reason or "").strip():
            raise UserError(
                self.env._(
                    "%s is a natural person: write down why you hand the claim over. "
                    "Your name is kept with it.",
                    self.partner_id.display_name,
                )
            )
        if self.kind == "insolvency" and not (self.insolvent_on and self.trustee_id):
            raise UserError(
                self.env._("Fill in the day of the insolvency and the trustee first.")
            )

    def _check_still_right(self):
        """The dossier says what the ledger says: refuse when money came meanwhile."""
        self.ensure_one()
        for item in self.item_ids:
            if self.currency_id.compare_amounts(item.open_amount, item.principal):
                raise UserError(
                    self.env._(
                        "Of %(invoice)s %(now)s is open, the dossier says %(then)s. "
                        "Make the dossier again.",
                        invoice=item.label,
                        now=self.currency_id.format(item.open_amount),
                        then=self.currency_id.format(item.principal),
                    )
                )

    def _stop_reminding(self):
        """Reminders of these items that have not left stay home."""
        notices = self.env["o2c.dunning.notice"].search(
            [
                ("case_id", "in", self.case_id.ids),
                "|",
                ("state", "in", ("waiting", "approved", "failed")),
                "&",
                ("state", "=", "queued"),
                ("channel", "=", "call"),
            ]
        )
        notices._withdraw(self.env._("The claim was handed over"))

    def _end(self, state, outcome):
        """Close the file in a state; its items are ours again.

        :param str outcome: how it ended, for colleagues
        """
        for file in self.sudo():
            file.item_ids.write({"live": False})
            file.write(
                {
                    "state": state,
                    "outcome": outcome,
                    "closed_on": file.company_id._o2c_today(),
                }
            )
            file._log("step", outcome)
            file._close_report_activity()

    def _withdraw(self, reason):
        """We collect ourselves again: the ladder goes on where it was.

        :param str reason: why, for colleagues and the agency
        """
        self._check_collector(manager=bool(self.filtered(lambda f: f.state in OUTSIDE)))
        self._expect(*BEFORE, *OUTSIDE)
        if not (reason or "").strip():
            raise UserError(self.env._("Say why the file is withdrawn."))
        self._end(
            "withdrawn",
            self.env._(
                "Withdrawn by %(user)s: %(reason)s",
                user=self.env.user.name,
                reason=reason,
            ),
        )

    def _returned(self, reason):
        """The agency gave the file back: it could not collect, or stopped.

        :param str reason: what the agency said
        """
        self._check_collector()
        self._expect(*OUTSIDE)
        if not (reason or "").strip():
            raise UserError(self.env._("Write down what the agency said."))
        self._end("closed", self.env._("Given back by the agency: %s", reason))

    def action_withdraw(self):
        """Ask for the reason, then withdraw."""
        return self._ask_reason("withdraw", self.env._("Withdraw"))

    def action_returned(self):
        """Ask what the agency said, then take the file back."""
        return self._ask_reason("returned", self.env._("Given back"))

    def action_money(self):
        """The agency paid out: how much, and what it kept."""
        self.ensure_one()
        self._check_collector()
        return self.case_id._dialog(
            "o2c.agency.money",
            self.env._("Money from the agency"),
            default_file_id=self.id,
        )

    def _ask_reason(self, step, title):
        self.ensure_one()
        self._check_collector()
        return self.case_id._dialog(
            "o2c.file.reason", title, default_file_id=self.id, default_step=step
        )

    def _log(self, kind, text, amount=0.0, **values):
        """A line in the log of the file."""
        self.ensure_one()
        return (
            self.env["o2c.collection.event"]
            .sudo()
            .create(
                {
                    "file_id": self.id,
                    "kind": kind,
                    "text": text,
                    "amount": amount,
                    "date": self.company_id._o2c_today(),
                    "user_id": self.env.uid,
                    **values,
                }
            )
        )

    def action_open_case(self):
        """The case this file came from."""
        self.ensure_one()
        return self.env["o2c.today"]._open_record(self.case_id)

    def _alarm_owner(self):
        """Who must look when something about this file cannot wait."""
        self.ensure_one()
        company = self.company_id
        return (
            self.user_id
            or self.case_id.user_id
            or company.o2c_responsible_id
            or self.env.ref("base.user_admin")
        )

    def _plan_activity(self, summary, day=None):
        """One open activity of this kind per file."""
        self.ensure_one()
        same = self.activity_ids.filtered(lambda one: one.summary == summary)
        if not same:
            self.activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=day or fields.Date.context_today(self),
                summary=summary,
                user_id=self._alarm_owner().id,
            )
