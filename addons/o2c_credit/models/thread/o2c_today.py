"""Today: what the controller and the seller should look at."""

from datetime import timedelta

from odoo import api, models
from odoo.tools import format_date

ROWS = 5


class O2cToday(models.AbstractModel):
    _inherit = "o2c.today"

    @api.model
    def _cards(self, company, today):
        cards = super()._cards(company, today)
        root = company.root_id
        if root._o2c_mode("credit") == "off":
            return cards
        controls = self.env.user.has_group("o2c_base.group_credit_controller")
        if controls:
            cards += [
                self._card_holds(company, today),
                self._card_limits(root),
                self._card_over_limit(root),
                self._card_overdue(root),
                self._card_money_in(root, today),
            ]
        if self.env.user.has_group("sales_team.group_sale_salesman"):
            own = [
                self._card_my_holds(company, today),
                self._card_newly_overdue(root),
                self._card_can_sell(root),
            ]
            # who also controls and sells nothing himself is spared the empty cards
            cards += [card for card in own if card["rows"] or not controls]
        return cards

    @api.model
    def _card_holds(self, company, today):
        """Orders that wait, by the day they should ship."""
        holds = self.env["o2c.credit.hold"].search(
            [("state", "=", "open"), ("company_id", "child_of", company.root_id.id)]
        )
        late = holds.filtered(lambda hold: hold.deadline and hold.deadline < today)
        return {
            "key": "credit_holds",
            "section": "credit",
            "sequence": 100,
            "title": self.env._("Orders on hold"),
            "value": str(len(holds)),
            "hint": self.env._("%s past their deadline", len(late)) if late else "",
            "tone": "bad" if late else "warn" if holds else "good",
            "action": "o2c_credit.o2c_credit_hold_action",
            "rows": [self._hold_row(hold, today) for hold in holds[:ROWS]],
            "empty": self.env._("No order waits for you."),
        }

    @api.model
    def _card_over_limit(self, root):
        """Customers who use more than their limit."""
        snapshots = self.env["o2c.customer.snapshot"].search(
            [("company_id", "=", root.id), ("over_limit", ">", 0)],
            order="over_limit desc",
        )
        return {
            "key": "credit_over_limit",
            "section": "credit",
            "sequence": 110,
            "title": self.env._("Over the limit"),
            "value": str(len(snapshots)),
            "hint": self._as_of(snapshots),
            "tone": "warn" if snapshots else "good",
            "action": self._snapshot_action({"search_default_over_limit": 1}),
            "rows": [
                self._snapshot_row(one, one.over_limit, "bad")
                for one in snapshots[:ROWS]
            ],
            "empty": self.env._("Everybody is within his limit."),
        }

    @api.model
    def _card_overdue(self, root):
        """Who should have paid already, largest first."""
        snapshots = self.env["o2c.customer.snapshot"].search(
            [("company_id", "=", root.id), ("overdue", ">", 0)],
            order="overdue desc",
        )
        told = (
            self.env._("%s customers", len(snapshots)),
            self._as_of(snapshots),
            self.env._("credit not used is taken off"),
        )
        return self._overdue_card(
            self._money(sum(snapshots.mapped("overdue")), root.currency_id),
            " · ".join(filter(None, told)),
            self._snapshot_action({"search_default_overdue": 1}),
            [self._snapshot_row(one, one.overdue, "warn") for one in snapshots[:ROWS]],
        )

    @api.model
    def _overdue_card(self, value, hint, action, rows):
        """The card, whoever counted."""
        return {
            "key": "credit_overdue",
            "section": "credit",
            "sequence": 120,
            "title": self.env._("Overdue"),
            "value": value,
            "hint": hint,
            "tone": "warn" if rows else "good",
            "action": action,
            "rows": rows,
            "empty": self.env._("Nothing is overdue."),
        }

    @api.model
    def _card_money_in(self, root, today):
        """Money from customers since yesterday, and how old the bank's news is."""
        domain = [
            ("account_id.account_type", "=", "asset_receivable"),
            ("parent_state", "=", "posted"),
            ("journal_id.type", "in", ("bank", "cash", "credit")),
            ("company_id", "child_of", root.id),
        ]
        lines = self.env["account.move.line"].sudo()
        recent = [
            *domain,
            ("date", ">=", today - timedelta(days=1)),
            ("credit", ">", 0),
        ]
        [(total, count)] = lines._read_group(recent, [], ["credit:sum", "__count"])
        newest = lines.search(recent, order="credit desc", limit=ROWS)
        last = (
            self.env["account.bank.statement.line"]
            .sudo()
            .search(
                [("company_id", "child_of", root.id), ("state", "=", "posted")],
                order="date desc",
                limit=1,
            )
        )
        return {
            "key": "money_in",
            "section": "cash",
            "sequence": 300,
            "title": self.env._("Received since yesterday"),
            "value": self._money(total or 0.0, root.currency_id),
            "hint": self.env._("Last bank line: %s", format_date(self.env, last.date))
            if last
            else self.env._("No bank line yet"),
            "tone": "good" if count else "neutral",
            "action": {
                "type": "ir.actions.act_window",
                "name": self.env._("Received since yesterday"),
                "res_model": "account.move.line",
                "domain": recent,
                "views": [
                    [self.env.ref("o2c_credit.account_move_line_view_list").id, "list"]
                ],
            },
            "rows": [
                {
                    "label": line.partner_id.display_name
                    or line.name
                    or line.move_name,
                    "value": self._money(line.credit, root.currency_id),
                    "tone": "good",
                    "action": self._open_record(line.move_id),
                }
                for line in newest
            ],
            "empty": self.env._("Nothing came in yet."),
        }

    @api.model
    def _card_my_holds(self, company, today):
        """My orders that wait for a decision."""
        holds = (
            self.env["o2c.credit.hold"]
            .sudo()
            .search(
                [
                    ("state", "=", "open"),
                    ("seller_id", "=", self.env.user.id),
                    ("company_id", "child_of", company.root_id.id),
                ]
            )
        )
        return {
            "key": "my_holds",
            "section": "sales",
            "sequence": 10,
            "title": self.env._("My orders that wait"),
            "value": str(len(holds)),
            "tone": "warn" if holds else "good",
            "action": {
                "type": "ir.actions.act_window",
                "name": self.env._("My orders that wait"),
                "res_model": "sale.order",
                "domain": [("id", "in", holds.order_id.ids)],
                "views": [[False, "list"], [False, "form"]],
            },
            "rows": [
                self._hold_row(hold, today)
                | {"action": self._open_record(hold.order_id)}
                for hold in holds[:ROWS]
            ],
            "empty": self.env._("None of your orders waits."),
        }

    @api.model
    def _card_newly_overdue(self, root):
        """My customers who fell behind in the last week: call before they get a
        reminder."""
        snapshots = self._my_snapshots(
            root, [("overdue", ">", 0), ("overdue_days", "<=", 7)], "overdue desc"
        )
        return {
            "key": "my_overdue",
            "section": "sales",
            "sequence": 20,
            "title": self.env._("My customers, just overdue"),
            "value": str(len(snapshots)),
            "hint": self.env._("A friendly call now saves a reminder."),
            "tone": "warn" if snapshots else "good",
            "action": self._partner_action(
                self.env._("Just overdue"), snapshots.partner_id
            ),
            "rows": [
                {
                    "label": one.partner_id.display_name,
                    "value": self._money(one.overdue, root.currency_id),
                    "tone": "warn",
                    "action": self._open_record(one.partner_id),
                }
                for one in snapshots[:ROWS]
            ],
            "empty": self.env._("Your customers are up to date."),
        }

    @api.model
    def _card_can_sell(self, root):
        """My good payers with room left."""
        snapshots = self._my_snapshots(
            root,
            [("grade", "in", ("A", "B")), ("headroom", ">", 0), ("overdue", "=", 0)],
            "headroom desc",
        )
        return {
            "key": "can_sell",
            "section": "sales",
            "sequence": 30,
            "title": self.env._("You can still sell"),
            "value": self._money(sum(snapshots.mapped("headroom")), root.currency_id),
            "hint": self.env._("Good payers with room left."),
            "tone": "good" if snapshots else "neutral",
            "action": self._partner_action(
                self.env._("You can still sell"), snapshots.partner_id
            ),
            "rows": [
                {
                    "label": one.partner_id.display_name,
                    "value": self._money(one.headroom, root.currency_id),
                    "tone": "good",
                    "action": self._open_record(one.partner_id),
                }
                for one in snapshots[:ROWS]
            ],
            "empty": self.env._("No good payer with a limit is yours yet."),
        }

    @api.model
    def _my_snapshots(self, root, domain, order):
        """Figures of the customers of the present seller; sudo for his own only."""
        return (
            self.env["o2c.customer.snapshot"]
            .sudo()
            .search(
                [
                    ("company_id", "=", root.id),
                    ("user_id", "=", self.env.user.id),
                    *domain,
                ],
                order=order,
                limit=200,
            )
        )

    @api.model
    def _snapshot_row(self, snapshot, amount, tone):
        return {
            "label": snapshot.partner_id.display_name,
            "value": self._money(amount, snapshot.currency_id),
            "tone": tone,
            "action": self._open_record(snapshot),
        }

    @api.model
    def _snapshot_action(self, context):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "o2c_credit.o2c_customer_snapshot_action"
        )
        return action | {"context": context}

    @api.model
    def _partner_action(self, name, partners):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": "res.partner",
            "domain": [("id", "in", partners.ids)],
            "views": [[False, "list"], [False, "form"]],
        }

    @api.model
    def _as_of(self, snapshots):
        """How old the figures are."""
        day = max((one.as_of for one in snapshots if one.as_of), default=None)
        return self.env._("Figures of %s", format_date(self.env, day)) if day else ""
