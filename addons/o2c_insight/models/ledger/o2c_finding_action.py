"""One click on a finding: write off, apply credit, merge, plan, dismiss."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class O2cLedgerFinding(models.Model):
    _inherit = "o2c.ledger.finding"

    def _expect(self, kind):
        """These rows, of one kind and still so; an error says what to do."""
        self.check_access("read")
        self._check_worker()
        if any(one.kind != kind for one in self):
            raise UserError(
                self.env._("Choose rows of one kind: this button is not for all.")
            )
        return self.sudo().exists()

    def action_write_off(self):
        """Write the rest off; decided at once where it is within one's authority."""
        offs = self.env["o2c.write.off"]
        for one in self._expect("small"):
            move = self.env["account.move"].browse(one.facts["moves"])
            off = offs.create(
                {
                    "move_id": move.id,
                    "reason": "uneconomic",
                    "note": self.env._("Small old balance: %s", one.detail),
                }
            )
            offs += off
            off._decide_if_within()
            one.unlink()
        waits = len(offs.filtered(lambda off: off.state == "proposed"))
        return self._tell(
            self.env._(
                "%(count)s written off, %(waits)s of them wait for somebody with more "
                "authority.",
                count=len(offs),
                waits=waits,
            )
            if waits
            else self.env._(
                "%s written off; bookkeeping posts what is in draft.", len(offs)
            )
        )

    def action_apply_credit(self):
        """Set the credit against the oldest invoices; a credit note first against the
        invoice that it was made for."""
        rows = self._expect("credit")
        if not self.env.user.has_group("account.group_account_invoice"):
            raise AccessError(
                self.env._("Matching credit needs the rights of an invoicer.")
            )
        for one in rows:
            lines = self.env["account.move.line"].browse(one.facts["lines"]).exists()
            lines = lines.sudo().filtered(
                lambda line: not line.reconciled
                and line.parent_state == "posted"
                and line.account_id.reconcile
            )
            lines.check_access("read")
            self._match_own(lines)
            left = lines.filtered(lambda line: not line.reconciled)
            if len({line.balance > 0 for line in left}) == 2:
                left.sorted("date_maturity").reconcile()
            one.unlink()
        return self._tell(
            self.env._("Credit was set against the oldest invoices of %s.", len(rows))
        )

    @api.model
    def _match_own(self, lines):
        """Credit notes with the invoices that they take back."""
        for line in lines.filtered(lambda one: one.balance < 0):
            own = lines.filtered(
                lambda one, line=line: one.move_id == line.move_id.reversed_entry_id
                and not one.reconciled
            )
            if own and not line.reconciled:
                (line + own).reconcile()

    def action_merge(self):
        """Odoo's own screen to merge contacts, with these."""
        self.ensure_one()
        one = self._expect("double")
        ids = self.env["res.partner"].browse(one.facts["partners"]).exists().ids
        if len(ids) < 2:
            one.unlink()
            return self._tell(self.env._("They were merged already."))
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "base.action_partner_merge"
        )
        return action | {
            "context": {"active_model": "res.partner", "active_ids": ids},
        }

    def action_follow_up(self):
        """Ask who does what and when."""
        self._expect("loose")
        return self._ask("follow_up")

    def action_dismiss(self):
        """Ask why; it is not shown again until it changes."""
        self.check_access("read")
        self._check_worker()
        return self._ask("dismiss")

    def action_reopen(self):
        """Show it again."""
        self.check_access("read")
        self._check_worker()
        self.sudo().write({"state": "open", "dismiss_reason": False})

    def _ask(self, what):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Plan a Follow-Up")
            if what == "follow_up"
            else self.env._("Dismiss"),
            "res_model": "o2c.finding.handling",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_what": what, "default_finding_ids": self.ids},
        }

    def _follow_up(self, user, day, action):
        """Plan the next action on the case of each customer."""
        for one in self._expect("loose"):
            moves = self.env["account.move"].browse(one.facts["moves"]).exists()
            case = self.env["o2c.dunning.case"]._case_of(moves)
            case.write(
                {"user_id": user.id, "next_action": action, "next_action_date": day}
            )
            one.unlink()

    def _dismiss(self, reason):
        """Leave it; who did and why is kept with it."""
        self.check_access("read")
        self._check_worker()
        self.sudo().write(
            {
                "state": "dismissed",
                "dismiss_reason": reason,
                "dismissed_by_id": self.env.uid,
                "dismissed_on": fields.Date.context_today(self),
            }
        )

    def action_open_documents(self):
        """The documents or customers behind it."""
        self.ensure_one()
        facts = self.facts or {}
        model, ids = "account.move", facts.get("moves")
        if self.kind == "double":
            model, ids = "res.partner", facts.get("partners")
        return {
            "type": "ir.actions.act_window",
            "name": self.detail,
            "res_model": model,
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", ids)],
        }

    @api.model
    def _tell(self, message):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": message,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }


class O2cWriteOff(models.Model):
    _inherit = "o2c.write.off"

    def _decide_if_within(self):
        """Approve, and post, as far as the present user may; else it waits."""
        self.ensure_one()
        try:
            self._check_authority()
        except AccessError:
            return
        self.action_approve()
        if self.env.user.has_group("account.group_account_invoice"):
            self.entry_id.action_post()
