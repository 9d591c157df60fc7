"""One click on a finding: write off, apply credit, merge, plan, dismiss."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

#: Rows that a message names; the others are counted.
NAMED = 4


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
        offs, told = self.env["o2c.write.off"], []
        for one in self._expect("small"):
            told.append(one._who_and_how_much())
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
                "Written off: %(what)s. Of these %(waits)s wait for somebody with more "
                "authority.",
                what=self._some(told),
                waits=waits,
            )
            if waits
            else self.env._(
                "Written off: %(what)s. Bookkeeping posts what is in draft.",
                what=self._some(told),
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
        told = []
        for one in rows:
            told.append(one._who_and_how_much())
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
            self.env._(
                "Credit was set against the oldest invoices: %(what)s.",
                what=self._some(told),
            )
        )

    def _who_and_how_much(self):
        """Customer and amount, as a message names them."""
        return f"{self.partner_id.display_name} {self._money(self.amount)}"

    @api.model
    def _some(self, told):
        """The first of them in words, the others as a number."""
        named = "; ".join(told[:NAMED])
        more = len(told) - NAMED
        if more <= 0:
            return named
        return self.env._("%(named)s and %(more)s more", named=named, more=more)

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
        """Plan the next action on the case of each customer.

        :return: whom that is about and how much, as a message names them
        """
        told = []
        for one in self._expect("loose"):
            told.append(one._who_and_how_much())
            moves = self.env["account.move"].browse(one.facts["moves"]).exists()
            case = self.env["o2c.dunning.case"]._case_of(moves)
            case.write(
                {"user_id": user.id, "next_action": action, "next_action_date": day}
            )
            one.unlink()
        return self._some(told)

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
        """The documents or customers behind it: one at once, more as a list in which
        nothing is made."""
        self.ensure_one()
        facts = self.facts or {}
        model, ids = "account.move", facts.get("moves")
        if self.kind == "double":
            model, ids = "res.partner", facts.get("partners")
        found = self.env[model].browse(ids or []).exists()
        if len(found) == 1:
            return self.env["o2c.today"]._open_record(found)
        view = self.env.ref(f"o2c_insight.o2c_finding_{found._table}_view_list")
        return {
            "type": "ir.actions.act_window",
            "name": f"{self.partner_id.display_name}: {self.detail}",
            "res_model": model,
            "views": [(view.id, "list"), (False, "form")],
            "domain": [("id", "in", found.ids)],
            "context": {"create": False},
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
