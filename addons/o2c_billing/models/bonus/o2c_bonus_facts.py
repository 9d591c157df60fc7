"""The figures of bonuses: one statement for all, policy for the rest."""

from collections import defaultdict
from decimal import Decimal

from odoo import api, models
from odoo.tools import SQL

from ...policy import volume_bonus as policy


class O2cVolumeBonus(models.Model):
    _inherit = "o2c.volume.bonus"

    @api.model
    def _cron_figures(self):
        """Every company where billing is on, as the scheduler runs it."""
        cron = self.env["ir.cron"]
        for company in self.env["res.company"]._o2c_companies(
            "billing", modes=("watch", "live")
        ):
            today = company._o2c_today()
            own = (
                self.sudo()
                .with_company(company)
                .with_context(allowed_company_ids=company.ids)
            )
            running = own.search(
                [("company_id", "=", company.id), ("state", "=", "running")]
            )
            running._refresh(today)
            cron._commit_progress(processed=1)
            if company._o2c_mode("billing") == "live":
                running._propose_due(today)

    def _refresh(self, today):
        """Work out the figures of these bonuses of one company.

        :param date today: until when purchases count
        """
        sums = self._bought(today)
        for bonus in self:
            parts = sums.get(bonus.id, {})
            bought = policy.Bought(
                sum((part[0] for part in parts.values()), Decimal(0)),
                sum((part[1] for part in parts.values()), Decimal(0)),
            )
            terms = bonus._terms()
            earned = policy.bonus(terms, bought)
            pace = policy.at_this_pace(bought, bonus.date_from, bonus.date_to, today)
            bonus.sudo().write(
                {
                    "turnover": float(bought.turnover),
                    "units": float(bought.units),
                    "tier_reached": float(earned.tier or 0),
                    "accrued": float(earned.amount),
                    "next_tier": float(earned.next or 0),
                    "to_go": float(earned.to_go or 0),
                    "forecast_turnover": float(pace.turnover) if pace else 0.0,
                    "forecast": float(policy.bonus(terms, pace).amount) if pace else 0,
                    "figures_on": today,
                }
            )
        self._keep_month(today)

    def _keep_month(self, today):
        """Remember how far they are this month, in one statement."""
        self.flush_recordset()
        if not self:
            return
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO o2c_volume_bonus_month AS kept
                       (bonus_id, company_id, partner_id, month, turnover, accrued)
                SELECT id, company_id, partner_id,
                       date_trunc('month', LEAST(%(today)s::date, date_to))::date,
                       turnover, accrued
                  FROM o2c_volume_bonus
                 WHERE id = ANY(%(ids)s) AND date_from <= %(today)s
                    ON CONFLICT (bonus_id, month) DO UPDATE
                   SET turnover = excluded.turnover, accrued = excluded.accrued
                 WHERE (kept.turnover, kept.accrued)
                    IS DISTINCT FROM (excluded.turnover, excluded.accrued)
                """,
                today=today,
                ids=list(self.ids),
            )
        )
        self.invalidate_recordset(["month_ids"])
        self.env["o2c.volume.bonus.month"].invalidate_model()

    def _terms(self):
        """What was agreed, as the policy reads it; floats become decimals here only."""
        self.ensure_one()
        return policy.Terms(
            tuple(
                policy.Tier(Decimal(str(tier.threshold)), Decimal(str(tier.rate)))
                for tier in self.tier_ids
            ),
            measure=self.measure,
            reward=self.reward,
            excess=self.excess,
        )

    def _bought(self, until):
        """Turnover and units per set of taxes and account, for all at once.

        :param date until: last day that counts
        :return: {bonus id: {(tax ids, account id): (turnover, units)}}
        """
        found = defaultdict(dict)
        if not self:
            return found
        self.flush_model()
        for model in ("account.move", "account.move.line", "product.template"):
            self.env[model].flush_model()
        for bonus, taxes, account, turnover, units in self.env.execute_query(
            self._bought_sql(until)
        ):
            found[bonus][(tuple(taxes), account)] = (
                Decimal(str(turnover)).quantize(policy.CENT),
                Decimal(str(units)),
            )
        return found

    def _bought_sql(self, until):
        return SQL(
            """
            WITH bonus AS (
                SELECT * FROM o2c_volume_bonus WHERE id = ANY(%(ids)s)
            ), member AS (%(members)s
            ), article AS (%(articles)s
            ), sold AS (
                SELECT bonus.id AS bonus, item.id AS line, item.account_id,
                       -item.balance AS turnover,
                       CASE WHEN move.move_type = 'out_refund' THEN -1 ELSE 1 END
                       * item.quantity * COALESCE(uom.factor / own.factor, 1) AS units,
                       CASE WHEN bonus.basis = 'paid'
                             AND move.move_type = 'out_invoice'
                             AND move.amount_total != 0
                            THEN 1 - move.amount_residual / move.amount_total
                            ELSE 1 END AS share
                  FROM bonus
                  JOIN account_move move
                    ON move.company_id = bonus.company_id
                   AND move.state = 'posted'
                   AND move.move_type IN ('out_invoice', 'out_refund')
                   AND move.o2c_bonus_settlement_id IS NULL
                   AND move.invoice_date BETWEEN bonus.date_from
                                             AND LEAST(bonus.date_to, %(until)s)
                  JOIN account_move_line item
                    ON item.move_id = move.id AND item.display_type = 'product'
             LEFT JOIN product_product product ON product.id = item.product_id
             LEFT JOIN product_template template
                    ON template.id = product.product_tmpl_id
             LEFT JOIN uom_uom uom ON uom.id = item.product_uom_id
             LEFT JOIN uom_uom own ON own.id = template.uom_id
                 WHERE EXISTS (
                       SELECT 1 FROM member
                        WHERE member.bonus = bonus.id
                          AND member.partner = move.commercial_partner_id
                          AND move.invoice_date BETWEEN member.since AND member.until)
                   AND (NOT EXISTS (SELECT 1 FROM article
                                     WHERE article.bonus = bonus.id)
                        OR EXISTS (SELECT 1 FROM article
                                    WHERE article.bonus = bonus.id
                                      AND article.template = template.id
                                      AND COALESCE(article.product, product.id)
                                        = product.id))
                       %(passed_on)s
            )
            SELECT sold.bonus,
                   ARRAY(SELECT tax.account_tax_id
                           FROM account_move_line_account_tax_rel tax
                          WHERE tax.account_move_line_id = sold.line
                          ORDER BY tax.account_tax_id) AS taxes,
                   sold.account_id,
                   sum(sold.turnover * sold.share), sum(sold.units * sold.share)
              FROM sold
             GROUP BY 1, 2, 3
            """,
            ids=list(self.ids),
            until=until,
            members=self._member_sql(),
            articles=self._article_sql(),
            passed_on=self._passed_on_sql(),
        )

    def _passed_on_sql(self):
        """What was advanced in the customer's name is no turnover of ours."""
        if "o2c_pass_through" in self.env["account.move.line"]._fields:
            return SQL("AND item.o2c_pass_through IS NOT TRUE")
        return SQL()

    def _member_sql(self):
        """Whose purchases count, from which day until which."""
        return SQL(
            """
            SELECT id AS bonus, partner_id AS partner, date_from AS since,
                   date_to AS until
              FROM bonus WHERE scope = 'customer'
             UNION ALL
            SELECT bonus.id, member.partner_id, date_from, date_to
              FROM bonus
              JOIN o2c_credit_group_member member ON member.group_id = bonus.group_id
             WHERE scope = 'holding'
             UNION ALL
            SELECT bonus.id, agreed.partner_id,
                   GREATEST(bonus.date_from, agreed.date_from),
                   LEAST(bonus.date_to, COALESCE(agreed.date_until, bonus.date_to))
              FROM bonus
              JOIN o2c_payment_agreement agreed
                ON agreed.buying_group_id = bonus.partner_id
               AND agreed.state IN ('confirmed', 'ended')
             WHERE scope = 'buying_group'
            """
        )

    def _article_sql(self):
        """Which articles count; no rows for a bonus on everything."""
        fields = self._fields
        return SQL(
            """
            SELECT chosen.%(bonus_a)s AS bonus, product.product_tmpl_id AS template,
                   product.id AS product
              FROM %(articles)s chosen
              JOIN product_product product ON product.id = chosen.%(article)s
             UNION ALL
            SELECT chosen.%(bonus_c)s, template.id, NULL
              FROM %(categories)s chosen
              JOIN product_category above ON above.id = chosen.%(category)s
              JOIN product_category category
                ON category.parent_path LIKE above.parent_path || '%%'
              JOIN product_template template ON template.categ_id = category.id
             UNION ALL
            SELECT chosen.%(bonus_g)s, template.id, NULL
              FROM %(groups)s chosen
              JOIN product_template template
                ON template.o2c_discount_group_id = chosen.%(group)s
            """,
            **{
                f"{name}": SQL.identifier(value)
                for name, value in {
                    "articles": fields["product_ids"].relation,
                    "bonus_a": fields["product_ids"].column1,
                    "article": fields["product_ids"].column2,
                    "categories": fields["categ_ids"].relation,
                    "bonus_c": fields["categ_ids"].column1,
                    "category": fields["categ_ids"].column2,
                    "groups": fields["article_group_ids"].relation,
                    "bonus_g": fields["article_group_ids"].column1,
                    "group": fields["article_group_ids"].column2,
                }.items()
            },
        )
