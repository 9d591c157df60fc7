"""Runs of this add-on: the nightly one and its preview."""

from odoo import fields, models


class O2cRun(models.Model):
    _inherit = "o2c.run"

    kind = fields.Selection(
        selection_add=[
            ("dunning", "Reminders"),
            ("dunning_preview", "Reminders, preview"),
        ],
        ondelete={"dunning": "cascade", "dunning_preview": "cascade"},
    )
    o2c_notice_ids = fields.One2many("o2c.dunning.notice", "run_id", readonly=True)
    o2c_notice_count = fields.Integer(compute="_compute_o2c_notice_count")
    o2c_waiting_count = fields.Integer(compute="_compute_o2c_notice_count")

    def _compute_o2c_notice_count(self):
        rows = self.env["o2c.dunning.notice"]._read_group(
            [("run_id", "in", self.ids)], ["run_id", "state"], ["__count"]
        )
        total = dict.fromkeys(self.ids, 0)
        waiting = dict.fromkeys(self.ids, 0)
        for run, state, count in rows:
            total[run.id] += count
            waiting[run.id] += count if state == "waiting" else 0
        for run in self:
            run.o2c_notice_count = total.get(run.id, 0)
            run.o2c_waiting_count = waiting.get(run.id, 0)

    def action_o2c_notices(self):
        """The reminders of this run."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "o2c_dunning.o2c_dunning_notice_action"
        )
        return action | {"domain": [("run_id", "=", self.id)], "context": {}}

    def action_o2c_approve(self):
        """Let every waiting reminder of this run go."""
        self.check_access("read")
        self.o2c_notice_ids.action_approve()

    def _o2c_close_when_approved(self):
        """A run that waited is done once nothing of it waits any more."""
        for run in self.filtered(lambda one: one.state == "waiting"):
            if not run.o2c_waiting_count:
                run._finish()
