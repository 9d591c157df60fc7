"""How the lots fell: every document that took part in a random sample."""

from odoo import api, fields, models
from odoo.tools import SQL


class O2cDraftCheckDraw(models.Model):
    """One document in one sample, drawn or not: the proof for an auditor."""

    _name = "o2c.draft.check.draw"
    _description = "Draw of a Random Sample"
    _order = "drawn_at desc, id desc"
    _rec_name = "key"

    rule_id = fields.Many2one(
        "o2c.draft.check.rule", required=True, readonly=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )
    key = fields.Char(
        string="Document",
        required=True,
        readonly=True,
        help="Company and origin: what was delivered or ordered, else the draft.",
    )
    move_id = fields.Many2one(
        "account.move",
        string="Invoice",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    partner_id = fields.Many2one(related="move_id.partner_id", string="Customer")
    seed = fields.Char(required=True, readonly=True)
    percentage = fields.Float(digits=(5, 2), readonly=True, aggregator="avg")
    lot = fields.Float(
        digits=(5, 2),
        readonly=True,
        aggregator=None,
        help="Follows from seed, company and origin. Drawn when it is below the "
        "percentage.",
    )
    chosen = fields.Boolean(string="Looked At", readonly=True)
    share = fields.Float(
        string="Share Looked At (%)",
        readonly=True,
        aggregator="avg",
        help="100 when drawn, 0 when not: the average is the share.",
    )
    drawn_at = fields.Datetime(string="Drawn On", readonly=True)

    _document_uniq = models.Constraint(
        "UNIQUE(rule_id, company_id, key)",
        "A document takes part in a sample once.",
    )

    @api.model
    def _record(self, verdicts):
        """Remember the lots of these drafts; judged again, a draft keeps its one line.

        :param verdicts: dict of move to :class:`policy.draft_check.Check`
        """
        rows = [
            SQL(
                "(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
                draw.rule,
                move.company_id.id,
                draw.key,
                move.id,
                draw.seed,
                draw.percentage,
                draw.lot,
                draw.chosen,
                100 if draw.chosen else 0,
                fields.Datetime.now(),
            )
            for move, verdict in verdicts.items()
            for draw in verdict.draws
        ]
        if not rows:
            return
        self.env["account.move"].flush_model()
        self.env["o2c.draft.check.rule"].flush_model()
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO o2c_draft_check_draw
                       (rule_id, company_id, key, move_id, seed, percentage, lot,
                        chosen, share, drawn_at)
                VALUES %s
                ON CONFLICT (rule_id, company_id, key) DO UPDATE
                   SET move_id = EXCLUDED.move_id, percentage = EXCLUDED.percentage,
                       seed = EXCLUDED.seed, lot = EXCLUDED.lot,
                       chosen = EXCLUDED.chosen, share = EXCLUDED.share
                """,
                SQL(", ").join(rows),
            )
        )
        self.invalidate_model()
