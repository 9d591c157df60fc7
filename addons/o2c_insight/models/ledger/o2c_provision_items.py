"""Calculating a provision: one statement reads the items, the policy judges them."""

from decimal import Decimal

from odoo import api, fields, models
from odoo.tools import SQL, format_list, groupby

from odoo.addons.o2c_dunning.policy.bad_debt import reclaim_on, split
from odoo.addons.o2c_dunning.tools.amount import decimal

from ...policy.provision import NO_GRADE, ZERO, Item, parts, percentage, provided


class O2cProvision(models.Model):
    _inherit = "o2c.provision"

    def _calculate(self):
        """Write the lines anew, set by set; what people chose by hand is kept."""
        self.ensure_one()
        kept = self._kept()
        items = self._items(self.company_id, self.day)
        rows = self._rows(items, kept)
        self.env.execute_query(
            SQL("DELETE FROM o2c_provision_line WHERE provision_id = %s", self.id)
        )
        self.env["o2c.dunning.case"]._insert(
            self.env["o2c.provision.line"],
            rows,
            provision_id=self.id,
            company_id=self.company_id.id,
            day=self.day,
        )
        self.env["o2c.provision.line"].invalidate_model()
        self.invalidate_recordset(["line_ids"])
        self.write(
            {
                "receivables": float(sum((row["amount"] for row in items), ZERO)),
                "on_account": self._balance(),
                "calculated_at": fields.Datetime.now(),
            }
        )
        self._sum_up()

    def _kept(self):
        """What people chose by hand: in this proposal or, when it has no lines yet, in
        the one of the same month-end that was reversed.

        :return: {(item id, disputed): (percentage, reason, user id, carried over)}
        """
        self.ensure_one()
        source = self if self.line_ids else self._reversed_before()
        return {
            (line.item_id, line.disputed): (
                line.percent,
                line.why,
                line.changed_by_id.id,
                line.carried or source != self,
            )
            for line in source.line_ids.filtered("changed_by_id")
        }

    def _reversed_before(self):
        """The proposal of this month-end that was booked and reversed last."""
        return self.search(
            [
                ("company_id", "=", self.company_id.id),
                ("day", "=", self.day),
                ("state", "=", "reversed"),
                ("id", "!=", self.id),
            ],
            order="id desc",
            limit=1,
        )

    def _tell_carried(self):
        """Say in the discussion what was carried over, and what was not and why."""
        before = self._reversed_before().line_ids.filtered("changed_by_id")
        if not before:
            return
        carried = self.line_ids.filtered("carried")
        told = [
            self.env._(
                "Percentages that people set before the reversal, carried over with "
                "their reasons: %s.",
                len(carried),
            )
        ]
        there = {(line.item_id, line.disputed) for line in carried}
        gone = before.filtered(lambda line: (line.item_id, line.disputed) not in there)
        if gone:
            names = [line.document or line.partner_id.display_name for line in gone]
            told.append(
                self.env._(
                    "Not carried over, because it is no longer open: %s.",
                    format_list(self.env, names),
                )
            )
        self.message_post(body=" ".join(told))

    def _sum_up(self):
        """Totals of the lines, and what is to be booked."""
        for one in self:
            [(total,)] = self.env["o2c.provision.line"]._read_group(
                [("provision_id", "=", one.id)], [], ["amount:sum"]
            )
            total = one.currency_id.round(total or 0)
            one.write({"target": total, "difference": total - one.on_account})

    @api.model
    def _items(self, company, day):
        """What was open on a day, with VAT, grade and insolvency.

        :return: list of dicts, amounts as decimals
        """
        self.env.flush_all()
        companies = self.env["res.company"].search([("id", "child_of", company.id)])
        rows = self.env.execute_query_dict(
            SQL(
                """
                WITH item AS (%(items)s),
                     part AS (
                       SELECT line.id,
                              count(*) OVER (PARTITION BY line.move_id) AS instalments,
                              row_number() OVER (
                                  PARTITION BY line.move_id
                                  ORDER BY line.date_maturity, line.id) AS instalment
                         FROM account_move_line line
                         JOIN account_account account ON account.id = line.account_id
                         JOIN account_move move ON move.id = line.move_id
                        WHERE account.account_type = 'asset_receivable'
                          AND move.move_type <> 'entry'
                          AND move.id IN (SELECT move_id FROM item))
                SELECT item.id, item.partner_id, item.move_id, item.due, item.days_late,
                       item.amount, item.disputed, part.instalment, part.instalments,
                       move.amount_total_signed AS total, move.amount_tax_signed AS tax,
                       COALESCE(history.grade, profile.grade) AS grade,
                       COALESCE(profile.insolvent, FALSE) AS insolvent
                  FROM item
                  JOIN account_move move ON move.id = item.move_id
             LEFT JOIN part ON part.id = item.id
             LEFT JOIN o2c_risk_profile profile
                    ON profile.partner_id = item.partner_id
                   AND profile.company_id = %(company)s
             LEFT JOIN LATERAL (
                       SELECT grade FROM o2c_score_history
                        WHERE profile_id = profile.id AND date <= %(day)s
                        ORDER BY date DESC LIMIT 1) history ON TRUE
                """,
                items=self.env["o2c.receivable.report"]._items_sql(day, companies.ids),
                company=company.id,
                day=day,
            )
        )
        for row in rows:
            for name in ("amount", "disputed", "total", "tax"):
                row[name] = decimal(row[name])
        return rows

    def _rows(self, items, kept):
        """Values of the lines: what is late, or gets a percentage all the same."""
        company = self.company_id
        bands = self.env["o2c.provision.band"]._bands(company)
        insolvent = Decimal(str(company.o2c_provision_insolvent))
        found = []
        for _partner, rows in groupby(items, key=lambda row: row["partner_id"]):
            by_key = {row["id"]: row for row in rows}
            credit = sum((-row["amount"] for row in rows if row["amount"] < 0), ZERO)
            debts = [self._item(row) for row in rows if row["amount"] > 0]
            for part in parts(debts, credit):
                row = by_key[part.item.key]
                answer = percentage(part, bands, insolvent)
                key = (part.item.key, part.disputed)
                if row["days_late"] or answer.percent or key in kept:
                    found.append(self._row(part, answer, row, kept.get(key)))
        return found

    @api.model
    def _item(self, row):
        """An open item as the policy reads it."""
        return Item(
            row["id"],
            row["days_late"],
            row["amount"],
            min(max(row["disputed"], ZERO), row["amount"]),
            row["grade"] or NO_GRADE,
            row["insolvent"],
        )

    def _row(self, part, answer, row, by_hand):
        """Values of one line.

        :param by_hand: what a person chose, see :meth:`_kept`, or None
        """
        company, net, vat = self.company_id, part.at_risk, ZERO
        if company.o2c_provision_net:
            lost = split(part.at_risk, row["total"], row["tax"])
            net, vat = lost.net, lost.vat
        policy = float(answer.percent)
        percent, why, user, carried = by_hand or (policy, None, None, False)
        back = vat and reclaim_on(row["due"], company.o2c_bad_debt_months)
        return {
            "item_id": row["id"],
            "move_id": row["move_id"],
            "partner_id": row["partner_id"],
            "instalment": row["instalment"],
            "instalments": row["instalments"],
            "due": row["due"].isoformat(),
            "days_late": row["days_late"],
            "grade": row["grade"],
            "disputed": part.disputed,
            "open": float(part.open),
            "covered": float(part.covered),
            "vat": float(vat),
            "vat_back_on": back.isoformat() if back else None,
            "base": float(net),
            "reason": answer.reason,
            "days_from": answer.days_from,
            "percent_policy": policy,
            "percent": percent,
            "amount": float(provided(net, Decimal(str(percent)))),
            "why": why,
            "changed_by_id": user,
            "carried": carried,
        }

    def _balance(self):
        """What is on the provision account at the end of the day, as an amount that
        is provided."""
        self.ensure_one()
        account = self.company_id.o2c_provision_account_id
        if not account:
            return 0.0
        companies = self.env["res.company"].search(
            [("id", "child_of", self.company_id.id)]
        )
        [(balance,)] = (
            self.env["account.move.line"]
            .sudo()
            ._read_group(
                [
                    ("account_id", "=", account.id),
                    ("company_id", "in", companies.ids),
                    ("parent_state", "=", "posted"),
                    ("date", "<=", self.day),
                ],
                [],
                ["balance:sum"],
            )
        )
        return -self.currency_id.round(balance or 0) or 0.0
