"""Who looks at a contested decision again: somebody who had no hand in it.

Human intervention means little when the same human intervenes: GDPR art. 22(3),
https://eur-lex.europa.eu/eli/reg/2016/679/art_22/oj. A firm of one must be able to
answer, and the record says that nobody else could.
"""

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, ValidationError


class O2cDecisionContest(models.Model):
    _inherit = "o2c.decision.contest"

    reviewer_id = fields.Many2one(
        compute="_compute_reviewer_id",
        store=True,
        readonly=False,
        precompute=True,
    )
    reviewed_alone = fields.Boolean(
        string="Nobody Else Could",
        readonly=True,
        help="Who answered had a hand in the decision: nobody else could look at it "
        "again.",
    )

    @api.depends("source_ref", "partner_id", "company_id")
    def _compute_reviewer_id(self):
        for contest in self:
            company = contest.company_id or self.env.company.root_id
            usual = company._o2c_credit_owner()
            involved = contest._involved()
            if contest.reviewer_id and contest.reviewer_id not in involved:
                continue
            if usual in involved:
                usual = contest._other_reviewers(involved)[:1] or usual
            contest.reviewer_id = usual

    @api.constrains("reviewer_id", "source_ref")
    def _check_reviewer(self):
        for contest in self:
            reviewer = contest.reviewer_id
            if not reviewer.has_group("o2c_base.group_credit_controller"):
                raise ValidationError(
                    self.env._("Who looks again must be a credit controller.")
                )
            involved = contest._involved()
            others = contest._other_reviewers(involved)
            if reviewer in involved and others:
                raise ValidationError(
                    self.env._(
                        "%(name)s took this decision or has to take it: somebody else "
                        "looks again, such as %(other)s.",
                        name=reviewer.name,
                        other=others[0].name,
                    )
                )

    def _check_answerer(self):
        """Who answers had no hand in the decision.

        :return: whether he had, and nobody else could
        """
        self.ensure_one()
        involved = self._involved()
        if self.env.user not in involved:
            return False
        others = self._other_reviewers(involved)
        if others:
            raise AccessError(
                self.env._(
                    "You took this decision or have to take it: somebody else answers, "
                    "such as %s. Name him as reviewer.",
                    others[0].name,
                )
            )
        return True

    def _involved(self):
        """Who took the contested decision or has to take it, as far as it is known.

        Without a named decision: who owns the open holds of this customer.
        """
        self.ensure_one()
        source = self.source_ref and self.source_ref.sudo()
        if not source:
            source = (
                self.env["o2c.credit.hold"]
                .sudo()
                .search(
                    [
                        ("partner_id", "=", self.partner_id.id),
                        ("company_id", "child_of", self.company_id.ids),
                        ("state", "=", "open"),
                    ]
                )
            )
        users = self.env["res.users"]
        for name in ("released_by_id", "decider_id", "proposer_id", "user_id"):
            if name in source._fields:
                users |= source[name]
        return users.sudo(False)

    def _other_reviewers(self, involved):
        """People of this company who could look again with fresh eyes.

        :param involved: ``res.users`` who had a hand in the decision
        """
        self.ensure_one()
        company = self.company_id or self.env.company.root_id
        return (
            self.env["res.users"]
            .sudo()
            .search(
                [
                    ("all_group_ids", "in", company._o2c_controller_group().ids),
                    ("company_ids", "in", company.ids),
                    ("share", "=", False),
                    ("id", "not in", [*involved.ids, SUPERUSER_ID]),
                ],
                order="id",
            )
        )
