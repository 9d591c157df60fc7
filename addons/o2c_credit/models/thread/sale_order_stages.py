"""One page per order: its stages from quote to cash."""

from odoo import api, fields, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    o2c_stages_html = fields.Html(
        string="Order to Cash",
        compute="_compute_o2c_stages_html",
        sanitize=False,
    )
    o2c_stage_now = fields.Char(
        string="Stage", compute="_compute_o2c_stages_html", help="What it waits for."
    )

    @api.depends_context("lang", "uid")
    def _compute_o2c_stages_html(self):
        states = self._o2c_stage_states()
        for order in self:
            if not order.id:
                order.o2c_stages_html = False
                order.o2c_stage_now = False
                continue
            stages = order._o2c_stages()
            order.o2c_stage_now = self._o2c_stage_to_show(stages)
            order.o2c_stages_html = self.env["ir.qweb"]._render(
                "o2c_credit.order_stages",
                {
                    "stages": [
                        {
                            **stage,
                            "label": states[stage["state"]],
                            "href": self._o2c_stage_href(stage.get("action")),
                        }
                        for stage in stages
                    ],
                    "today": order.company_id._o2c_today(),
                    "format_date": lambda day: self.env[
                        "ir.qweb.field.date"
                    ].value_to_html(day, {}),
                },
            )

    @api.model
    def _o2c_stage_to_show(self, stages):
        """In a few words where the order stands; what is blocked comes first."""
        for state in ("blocked", "current"):
            for stage in stages:
                if stage["state"] == state:
                    if state == "blocked":
                        return self.env._("Waits: %s", stage["name"])
                    return self.env._("Next: %s", stage["name"])
        return self.env._("Done")

    @api.model
    def _o2c_stage_states(self):
        """What the states of a stage are called."""
        return {
            "done": self.env._("Done"),
            "current": self.env._("Now"),
            "waiting": self.env._("Later"),
            "blocked": self.env._("Waits"),
            "skipped": self.env._("Not needed"),
        }

    @api.model
    def _o2c_stage_href(self, action):
        """Address of the document behind a stage."""
        if not action or not action.get("res_id"):
            return False
        return f"/odoo/{action['res_model']}/{action['res_id']}"

    @api.model
    def _o2c_stage(self, key, name, state, **values):
        """A stage with every key that readers of the list expect.

        :param str key: fixed name of the stage
        :param str name: what the reader sees
        :param str state: done, current, waiting, blocked or skipped
        """
        return {
            "key": key,
            "name": name,
            "state": state,
            "date": False,
            "owner": False,
            "deadline": False,
            "waits_for": False,
            "action": False,
            **values,
        }

    def _o2c_stages(self):
        """The stages of this order, in order. Extend with ``super()``.

        :return: list of dicts with key, name, state (done, current, waiting, blocked,
            skipped), date, owner (user or text), deadline, waits_for (text) and
            action (dict of the document's action)
        """
        self.ensure_one()
        return [
            self._o2c_stage_quoted(),
            self._o2c_stage_verdict(),
            self._o2c_stage_confirmed(),
            self._o2c_stage_delivered(),
        ]

    def _o2c_stage_quoted(self):
        sent = self.state != "draft" or bool(self.sudo().o2c_hold_id)
        return self._o2c_stage(
            "quoted",
            self.env._("Quoted"),
            "done" if sent else "current",
            date=self.create_date.date(),
            owner=self.user_id.name,
            deadline=self.validity_date if not sent else False,
            waits_for=False
            if sent
            else self.env._("Send the quotation or confirm it."),
        )

    def _o2c_stage_verdict(self):
        """The credit check: a hold is shown to everyone, its reasons to credit."""
        name = self.env._("Credit checked")
        hold = self.sudo().o2c_hold_id
        if hold:
            may_read = self.env["o2c.credit.hold"].has_access("read")
            return self._o2c_stage(
                "verdict",
                name,
                "blocked",
                date=hold.opened_on.date(),
                owner=hold.user_id.name,
                deadline=hold.deadline,
                waits_for=hold.reasons_text,
                action=may_read
                and {
                    "type": "ir.actions.act_window",
                    "res_model": "o2c.credit.hold",
                    "res_id": hold.id,
                    "views": [[False, "form"]],
                },
            )
        if self.company_id._o2c_credit_acting() == "off":
            return self._o2c_stage("verdict", name, "skipped")
        if self.state == "sale":
            closed = self.sudo().o2c_hold_ids.filtered(
                lambda one: one.state in ("released", "resolved")
            )[-1:]
            return self._o2c_stage(
                "verdict",
                name,
                "done",
                date=(closed.closed_on or self.date_order).date(),
                owner=closed.released_by_id.name,
            )
        verdict = self.sudo()._o2c_verdict().verdict
        return self._o2c_stage(
            "verdict",
            name,
            "waiting",
            waits_for=dict(
                self._fields["o2c_verdict"]._description_selection(self.env)
            )[verdict],
        )

    def _o2c_stage_confirmed(self):
        name = self.env._("Confirmed")
        if self.state == "sale":
            return self._o2c_stage(
                "confirmed",
                name,
                "done",
                date=self.date_order.date(),
                owner=self.user_id.name,
            )
        if self.state == "cancel":
            return self._o2c_stage("confirmed", self.env._("Cancelled"), "skipped")
        held = bool(self.sudo().o2c_hold_id)
        return self._o2c_stage(
            "confirmed",
            name,
            "current" if self.state == "sent" and not held else "waiting",
            owner=self.user_id.name,
            deadline=self.validity_date,
            waits_for=self.env._("The credit controller's decision.")
            if held
            else self.env._("The customer's yes."),
        )

    def _o2c_stage_delivered(self):
        """Delivered quantities; the stock add-on knows the deliveries themselves."""
        name = self.env._("Delivered")
        lines = self.order_line.filtered(
            lambda line: not line.display_type and not line.is_downpayment
        )
        if self.state != "sale":
            return self._o2c_stage("delivered", name, "waiting")
        missing = lines.filtered(lambda line: line.qty_delivered < line.product_uom_qty)
        promised = self.commitment_date or self.expected_date
        return self._o2c_stage(
            "delivered",
            name,
            "current" if missing else "done",
            deadline=promised.date() if missing and promised else False,
            owner=self.user_id.name,
            waits_for=self.env._("%s lines to deliver.", len(missing))
            if missing
            else False,
        )

    def action_o2c_order_to_cash(self):
        """Open the page from quote to cash of this order."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Order to Cash"),
            "res_model": "sale.order",
            "res_id": self.id,
            "views": [
                [self.env.ref("o2c_credit.sale_order_view_form_stages").id, "form"]
            ],
        }

    def action_o2c_back_to_order(self):
        """Open the order itself."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "sale.order",
            "res_id": self.id,
            "views": [[False, "form"]],
        }
