"""What the rules want to know of drafts, in a fixed number of statements."""

from decimal import Decimal

from odoo import api, models
from odoo.tools import SQL

from odoo.addons.o2c_credit.policy.credit_decision import headroom_of

from ...policy import draft_check as policy
from ...policy import draft_measure as measure
from ...policy.draft_sample import origin_key

ZERO = Decimal(0)
#: Kinds that look at lines.
LINE_KINDS = {policy.MANUAL, policy.PRICE, policy.MARGIN}


class AccountMove(models.Model):
    _inherit = "account.move"

    def _o2c_judge(self):
        """Which drafts need a check, by the rules of their company.

        :return: dict of move to :class:`policy.draft_check.Check`
        """
        verdicts = {}
        for company, moves in self.grouped("company_id").items():
            rules = self.env["o2c.draft.check.rule"]._rules(company)
            facts = moves._o2c_check_facts({rule.kind for rule in rules})
            for move in moves:
                verdicts[move] = policy.check(facts[move.id], rules)
        return verdicts

    def _o2c_check_facts(self, kinds):
        """What the rules want to know, of drafts of one company.

        :param set kinds: kinds of the rules; what none of them asks is not gathered
        :return: dict of move id to :class:`policy.draft_check.Draft`
        """
        self._o2c_flush_check()
        cells = self._o2c_policy_cells(kinds)
        lines, manual = self._o2c_check_lines() if kinds & LINE_KINDS else ({}, set())
        over = self._o2c_check_limits() if policy.LIMIT in kinds else {}
        facts = {}
        for row in self._o2c_check_rows(kinds):
            (key, amount, advanced, kind, foreign, referenced, first) = row[:7]
            (customer, segment, flagged, journal, team, origin) = row[7:]
            grade, asked = cells.get(customer, ("", False))
            facts[key] = policy.Draft(
                key=origin_key(self.company_id.id, origin),
                amount=_exact(amount or 0),
                pass_through=_exact(advanced or 0),
                credit_note=kind == "out_refund",
                foreign=foreign or "",
                referenced=referenced,
                first=first,
                grade=grade,
                manual=key in manual,
                flagged=bool(flagged),
                asked=asked,
                over_limit=over.get(key, ZERO),
                lines=tuple(lines.get(key, ())),
                segment=segment,
                journal=journal,
                team=team,
            )
        return facts

    @api.model
    def _o2c_flush_check(self):
        """Write what the statements are going to read."""
        for model in (
            "account.move",
            "account.move.line",
            "sale.order",
            "sale.order.line",
            "res.partner",
            "product.product",
            "o2c.billing.event",
        ):
            self.env[model].flush_model()

    def _o2c_check_rows(self, kinds):
        """One row per draft.

        The origin is the first event that the draft settles, which stays the same when
        the draft is deleted and made again, else the order, else the draft itself.
        """
        return self.env.execute_query(
            SQL(
                """
                SELECT m.id, m.amount_total_signed, advanced.amount, m.move_type,
                       CASE WHEN m.currency_id <> c.currency_id
                            THEN (SELECT name FROM res_currency
                                   WHERE id = m.currency_id) END,
                       COALESCE(orders.referenced, FALSE)
                       OR COALESCE(m.ref, '') <> ''
                          AND (orders.names IS NULL
                               OR NOT string_to_array(m.ref, ', ') <@ orders.names),
                       %(first)s AND NOT EXISTS (
                           SELECT 1
                             FROM account_move_line l
                             JOIN account_move o ON o.id = l.move_id
                            WHERE l.partner_id = m.commercial_partner_id
                              AND l.company_id = m.company_id
                              AND l.parent_state = 'posted'
                              AND o.move_type = 'out_invoice'
                              AND o.id != m.id),
                       m.commercial_partner_id, p.o2c_segment_id,
                       p.o2c_check_invoices, m.journal_id, m.team_id,
                       COALESCE(
                           (SELECT min(e.source || ':' || e.key)
                              FROM o2c_billing_event e WHERE e.move_id = m.id),
                           'order:' || NULLIF(m.invoice_origin, ''),
                           'draft:' || m.id)
                  FROM account_move m
                  JOIN res_company c ON c.id = m.company_id
             LEFT JOIN res_partner p ON p.id = m.commercial_partner_id
             LEFT JOIN LATERAL (
                       SELECT sum(-l.balance * CASE WHEN l.price_subtotal = 0 THEN 1
                                  ELSE l.price_total / l.price_subtotal END) AS amount
                         FROM account_move_line l
                        WHERE l.move_id = m.id AND l.o2c_pass_through
                          AND l.display_type = 'product') advanced ON TRUE
             LEFT JOIN LATERAL (
                       SELECT bool_or(COALESCE(o.client_order_ref, '') <> '')
                                  AS referenced,
                              array_agg(DISTINCT o.name::text) AS names
                         FROM account_move_line l
                         JOIN sale_order_line_invoice_rel r ON r.invoice_line_id = l.id
                         JOIN sale_order_line s ON s.id = r.order_line_id
                         JOIN sale_order o ON o.id = s.order_id
                        WHERE l.move_id = m.id) orders ON TRUE
                 WHERE m.id = ANY(%(moves)s)
                """,
                first=policy.FIRST in kinds,
                moves=self.ids,
            )
        )

    def _o2c_check_lines(self):
        """Prices of the lines that can be judged, and drafts with a price by hand.

        What was agreed is the price of the order line, which took taxes into account;
        where a person set that one, and without an order, the last step of the price.

        :return: dict of move id to lines, set of move ids
        """
        rows = self.env.execute_query(
            SQL(
                """
                SELECT line.move_id, line.quantity, line.net, line.company_net,
                       line.cost, line.rate,
                       CASE WHEN ordered.net IS NOT NULL AND NOT line.manual
                            THEN ordered.net
                            WHEN line.in_currency THEN line.last_step END,
                       line.manual OR ordered.net <> line.net
                  FROM (%(lines)s) line
             LEFT JOIN LATERAL (
                       SELECT round(s.price_unit
                                    * (1 - COALESCE(s.discount, 0) / 100), 6) AS net
                         FROM sale_order_line_invoice_rel r
                         JOIN sale_order_line s ON s.id = r.order_line_id
                        WHERE r.invoice_line_id = line.id
                          AND s.is_downpayment IS NOT TRUE
                          AND s.currency_id = line.currency_id
                          AND s.product_uom_id = line.product_uom_id
                        ORDER BY s.id LIMIT 1) ordered ON TRUE
                """,
                lines=self._o2c_line_sql(),
            )
        )
        lines, manual = {}, set()
        for move, quantity, price, net, cost, rate, agreed, by_hand in rows:
            figures = map(_exact, (quantity, price, agreed, net, cost, rate))
            lines.setdefault(move, []).append(measure.Line(*figures))
            if by_hand:
                manual.add(move)
        return lines, manual

    def _o2c_line_sql(self):
        """Lines of these drafts, not what was advanced in the customer's name."""
        return SQL(
            """
            SELECT l.id, l.move_id, l.quantity, l.product_uom_id, l.currency_id,
                   round(l.price_unit * (1 - COALESCE(l.discount, 0) / 100), 6) AS net,
                   abs(l.balance) * product_unit.factor::numeric
                       / NULLIF(abs(l.quantity) * unit.factor::numeric, 0)
                       AS company_net,
                   (product.standard_price ->> l.company_id::text)::numeric AS cost,
                   1 / COALESCE(NULLIF(m.invoice_currency_rate, 0), 1) AS rate,
                   COALESCE((l.o2c_price_trace ->> 'manual')::boolean, FALSE) AS manual,
                   (l.o2c_price_trace -> 'currency')::int IS NOT DISTINCT FROM
                       l.currency_id AS in_currency,
                   (l.o2c_price_trace -> 'steps' -> -1 ->> 'amount')::numeric
                       AS last_step
              FROM account_move_line l
              JOIN account_move m ON m.id = l.move_id
         LEFT JOIN product_product product ON product.id = l.product_id
         LEFT JOIN product_template template ON template.id = product.product_tmpl_id
         LEFT JOIN uom_uom product_unit ON product_unit.id = template.uom_id
         LEFT JOIN uom_uom unit ON unit.id = l.product_uom_id
             WHERE l.move_id = ANY(%s)
               AND l.display_type = 'product'
               AND l.o2c_pass_through IS NOT TRUE
            """,
            self.ids,
        )

    def _o2c_policy_cells(self, kinds):
        """Grade of each customer of these moves of one company, and whether his cell
        of the credit policy asks for a look.

        :return: dict of partner id to (grade or "", asked)
        """
        policies = self.env["o2c.credit.policy"].sudo()
        if policy.GRADE not in kinds and not policies._asks_for_looks():
            return {}
        terms = policies._terms_of(self.company_id, self.commercial_partner_id.ids)
        cells = policies.browse({one.cell_id for one in terms.values() if one.cell_id})
        asked = set(cells.filtered("o2c_draft_check").ids)
        return {
            key: (
                one.grade if one.grade and one.grade != "unrated" else "",
                one.cell_id in asked,
            )
            for key, one in terms.items()
        }

    def _o2c_check_limits(self):
        """How far each draft carries its customer over his limit.

        The exposure holds every draft already, and their orders count for what was not
        drafted, so each euro counts once. The older draft fits first.

        :return: dict of move id to amount in company currency
        """
        company = self.company_id
        if company._o2c_credit_acting() == "off":
            return {}
        root = company.root_id
        customers = self.commercial_partner_id.ids
        known = (
            self.env["o2c.risk.profile"]
            .sudo()
            ._credit_facts(root, customers, root._o2c_today())
        )
        drafts = {}
        rows = self.sudo().search_fetch(
            [
                ("state", "=", "draft"),
                ("move_type", "in", ("out_invoice", "out_receipt")),
                ("company_id", "child_of", root.id),
                ("commercial_partner_id", "in", customers),
            ],
            ["commercial_partner_id", "amount_total_signed"],
            order="id",
        )
        for move in rows:
            drafts.setdefault(move.commercial_partner_id.id, []).append(
                (move.id, _exact(move.amount_total_signed))
            )
        over = {}
        for customer, facts in known.items():
            headroom = headroom_of(
                self.env["sale.order"]._o2c_facts(facts, ZERO, ZERO, ())
            )
            over |= measure.over_limit(headroom, drafts.get(customer, ()))
        return over


def _exact(number):
    """A figure of the database without the noise of a float; None stays None."""
    return None if number is None else Decimal(str(number))
