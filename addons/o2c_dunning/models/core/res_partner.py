"""The customer: his own ladder, and his cases."""

from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    o2c_dunning_ladder_id = fields.Many2one(
        "o2c.dunning.ladder",
        string="Own Ladder",
        company_dependent=True,
        groups="o2c_base.group_collector",
        help="Goes before grade, segment and the company's default ladder. Set it on "
        "the customer itself, not on his contacts.",
    )
    o2c_dunning_case_ids = fields.One2many(
        "o2c.dunning.case", "partner_id", groups="o2c_base.group_collector"
    )
    o2c_dunning_case_count = fields.Integer(
        compute="_compute_o2c_dunning_case_count", groups="o2c_base.group_collector"
    )

    def _compute_o2c_dunning_case_count(self):
        counts = dict(
            self.env["o2c.dunning.case"]._read_group(
                [
                    ("partner_id", "in", self.commercial_partner_id.ids),
                    ("state", "!=", "closed"),
                ],
                ["partner_id"],
                ["__count"],
            )
        )
        for partner in self:
            partner.o2c_dunning_case_count = counts.get(
                partner.commercial_partner_id, 0
            )

    def action_o2c_dunning_cases(self):
        """The cases of this customer, the open one first."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "o2c_dunning.o2c_dunning_case_action"
        )
        cases = self.env["o2c.dunning.case"].search(
            [("partner_id", "=", self.commercial_partner_id.id)]
        )
        open_cases = cases.filtered(lambda case: case.state != "closed")
        if len(open_cases) == 1:
            return self.env["o2c.today"]._open_record(open_cases)
        return action | {"domain": [("id", "in", cases.ids)], "context": {}}
