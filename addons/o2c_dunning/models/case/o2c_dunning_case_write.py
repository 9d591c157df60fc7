"""Writing cases, notices and lines: in sets, once by schema."""

import json

from odoo import api, models
from odoo.tools import SQL

from ...policy.message import asks
from ...tools.amount import decimal


class O2cDunningCase(models.Model):
    _inherit = "o2c.dunning.case"

    @api.model
    def _insert(self, model, rows, conflict=None, returning=None, **constants):
        """Insert many rows with one statement.

        :param model: the recordset's model; its columns are written as they are
        :param rows: list of dicts with the same keys and JSON values
        :param conflict: SQL for rows that exist already
        :param returning: SQL of what comes back; the ids when not given
        :param constants: values that are the same in every row
        :return: rows of what ``returning`` names
        """
        if not rows:
            return []
        names = list(rows[0])
        constants = {"create_uid": self.env.uid, "write_uid": self.env.uid} | constants
        columns = [*names, *constants, "create_date", "write_date"]
        definition = [
            SQL("%s %s", SQL.identifier(name), SQL(model._fields[name].column_type[1]))
            for name in names
        ]
        values = [SQL.identifier(name) for name in names]
        values += [SQL("%s", value) for value in constants.values()]
        return self.env.execute_query(
            SQL(
                """
                INSERT INTO %s (%s)
                SELECT %s, now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
                  FROM jsonb_to_recordset(%s::jsonb) AS source (%s)
                %s RETURNING %s
                """,
                SQL.identifier(model._table),
                SQL(", ").join(SQL.identifier(name) for name in columns),
                SQL(", ").join(values),
                json.dumps(rows),
                SQL(", ").join(definition),
                conflict or SQL(),
                returning or SQL("id"),
            )
        )

    @api.model
    def _write_messages(self, run, company, today, planned, state, wait_reason):
        """Cases, notices and lines of a batch of customers.

        :param planned: list of (account, message) with a step
        :param str state: state of the new notices
        :param str wait_reason: why they wait for a person, if they do
        :return: number of notices
        """
        self._open_cases(company, today, planned)
        recipients = self._recipients([account.partner_id for account, _ in planned])
        steps = self._step_values(company, {message.step.key for _, message in planned})
        rows = [
            self._notice_row(account, message, steps, recipients, state, wait_reason)
            for account, message in planned
        ]
        notices = dict(
            self._insert(
                self.env["o2c.dunning.notice"],
                rows,
                conflict=SQL("ON CONFLICT (run_id, case_id) DO NOTHING"),
                returning=SQL("case_id, id"),
                run_id=run.id,
                company_id=company.id,
                date=today,
            )
        )
        lines = [
            line | {"notice_id": notices[account.case_id]}
            for account, message in planned
            if account.case_id in notices
            for line in self._line_rows(account, message, live=state != "preview")
        ]
        if state != "preview":
            self._ask_for_addresses(company, rows, steps)
        if any(verdict.item.history for _, m in planned for verdict in m.verdicts):
            self._supersede([line for line in lines if line["live"]])
        self._insert(self.env["o2c.dunning.notice.line"], lines)
        return len(notices)

    @api.model
    def _ask_for_addresses(self, company, rows, steps):
        """Customers who get a letter for want of an e-mail address: a task to mend it.

        :param rows: values of the notices just written
        """
        contacts = self.env["res.partner"].browse(
            {
                row["contact_id"]
                for row in rows
                if steps[row["step_id"]]["channel"] == "email"
                and row["channel"] != "email"
            }
        )
        note = self.env._("A reminder goes by post for want of one.")
        self.env["o2c.contact.task"].with_context(tracking_disable=True)._open_each(
            dict.fromkeys(contacts, note), company, "email_missing"
        )

    @api.model
    def _supersede(self, lines):
        """Reminders that spoke of an earlier due date make room for the new ladder.

        An invoice that got a later due date starts again; its history stays.
        """
        self.env.execute_query(
            SQL(
                """
                UPDATE o2c_dunning_notice_line l SET live = FALSE
                  FROM jsonb_to_recordset(%s::jsonb)
                       AS new (move_id int, instalment int, due date)
                 WHERE l.live AND l.move_id = new.move_id
                   AND l.instalment = new.instalment AND l.due < new.due
                """,
                json.dumps(lines),
            )
        )

    @api.model
    def _open_cases(self, company, today, planned):
        """Give every customer in the batch his open case."""
        new = [account for account, _message in planned if not account.case_id]
        rows = [
            {"partner_id": one.partner_id, "currency_id": one.currency_id}
            for one in new
        ]
        created = self._insert(
            self,
            rows,
            returning=SQL("partner_id, currency_id, id"),
            company_id=company.id,
            state="open",
            opened_on=today,
            user_id=company.o2c_responsible_id.id or None,
        )
        by_key = {(partner, currency): case for partner, currency, case in created}
        for account in new:
            account.case_id = by_key[account.partner_id, account.currency_id]

    @api.model
    def _step_values(self, company, step_ids):
        """What a notice copies of its step.

        :return: dict of step id to values
        """
        steps = self.env["o2c.dunning.step"].sudo().browse(sorted(step_ids))
        lang = company.partner_id.lang
        return {
            step.id: {
                "step_id": step.id,
                "step_name": step.with_context(lang=lang).name,
                "step_days": step.days,
                "kind": step.kind,
                "tone": step.tone,
                "charge_info": step.charge_info,
                "channel": step.channel,
                "approval": step.approval,
            }
            for step in steps
        }

    @api.model
    def _notice_row(self, account, message, steps, recipients, state, wait_reason):
        """Values of one notice; a step that asks for approval makes it wait."""
        step = dict(steps[message.step.key])
        recipient = recipients[account.partner_id]
        approval = step.pop("approval")
        wish = step | {"wish": account.channel}
        step["channel"] = self._reachable_channel(wish, recipient)
        waits = wait_reason or ("step" if approval else None)
        if state != "preview":
            state = "waiting" if waits else "approved"
        return step | {
            "case_id": account.case_id,
            "partner_id": account.partner_id,
            "contact_id": recipient["contact_id"],
            "email_to": recipient["email"],
            "lang": recipient["lang"] or None,
            "currency_id": account.currency_id,
            "state": state,
            "wait_reason": waits,
            "amount": float(message.total),
            "amount_company": float(round(message.total_company, 2)),
        }

    @api.model
    def _line_rows(self, account, message, live):
        """Values of the lines: what is asked, what is set aside, what was received.

        :param bool live: whether reminded items may not be reminded again
        """
        rows, applied = [], decimal(0)
        for verdict in message.verdicts:
            kind = self._line_kind(verdict)
            if not kind:
                continue
            item, ledger = verdict.item, verdict.item.key
            if kind in ("remind", "open"):
                applied += item.covered
            rows.append(
                self._ledger_values(ledger)
                | {
                    "kind": kind,
                    "amount": float(item.open),
                    "amount_disputed": float(item.disputed),
                    "amount_promised": float(item.promised or 0),
                    "step_id": verdict.step.key if kind == "remind" else None,
                    "step_days": verdict.step.days if kind == "remind" else None,
                    "live": live and kind == "remind",
                }
            )
        return rows + self._credit_rows(account, applied)

    @api.model
    def _line_kind(self, verdict):
        """How an item stands in a message; nothing when it is not named."""
        if verdict.step:
            return "remind"
        if not verdict.overdue:
            return ""
        for kind in ("promised", "disputed"):
            if kind in verdict.reasons:
                return kind
        return "open" if asks(verdict) or "credit_covers" in verdict.reasons else ""

    @api.model
    def _credit_rows(self, account, applied):
        """Credit notes and payments, as far as they pay what is listed."""
        rows = []
        for ledger in account.credits:
            part = min(applied, -decimal(ledger.open_currency))
            if part <= 0:
                continue
            applied -= part
            refund = ledger.move_type == "out_refund"
            rows.append(
                self._ledger_values(ledger)
                | {
                    "kind": "credit" if refund else "payment",
                    "amount": float(-part),
                    "amount_disputed": 0.0,
                    "amount_promised": 0.0,
                    "step_id": None,
                    "step_days": None,
                    "live": False,
                }
            )
        return rows

    @api.model
    def _ledger_values(self, ledger):
        """What a line copies of the ledger."""
        return {
            "move_id": ledger.move_id,
            "move_line_id": ledger.line_id,
            "instalment": ledger.instalment,
            "label": ledger.label,
            "issued": ledger.issued and ledger.issued.isoformat(),
            "due": ledger.due.isoformat(),
        }
