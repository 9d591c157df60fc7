"""What we remember about documents: reminders, deliveries, disputes, promises."""

from collections import defaultdict

from odoo import api, models
from odoo.tools import SQL

from ...policy.ladder import BOUNCED, SENT, UNSENT, Reminded


class O2cDunningCase(models.Model):
    _inherit = "o2c.dunning.case"

    @api.model
    def _item_facts(self, company, move_ids, today):
        """What we remember about these documents, one statement per table."""
        move_ids = list(set(move_ids))
        return {
            "history": self._reminder_history(company, move_ids),
            "delivery": self._deliveries(company, move_ids),
            "disputed": self._disputed_amounts(company),
            "promised": self._promised_moves(company, today),
            "paying": self._payments_under_way(company, move_ids),
            "aside": self._set_aside(company, move_ids, today),
        }

    @api.model
    def _set_aside(self, company, move_ids, today):
        """Documents that are dealt with in another way than by the ladder.

        One statement for all sources, whatever the number of documents.

        :param company: the root company that collects
        :param date today: the date there
        :return: dict of move id to fields of ``policy.may_remind.OpenItem`` that
            differ; ``facts`` among them is a dict of reason code to what a person is
            told (see ``o2c.remind.verdict._sentence``)
        """
        sources = self._aside_sources(company, list(move_ids))
        aside = {}
        if not sources or not move_ids:
            return aside
        rows = self.env.execute_query(SQL(" UNION ALL ").join(sources))
        for move_id, code, told in rows:
            known = aside.setdefault(move_id, {"facts": {}})
            known[code] = True
            known["facts"].setdefault(
                code, {name: value for name, value in told.items() if value}
            )
        return aside

    @api.model
    def _aside_sources(self, company, move_ids):
        """Hook: where it says that a document is dealt with in another way.

        :param company: the root company that collects
        :param list move_ids: the documents that are asked about
        :return: list of ``SQL`` that select the move's id, the field of ``OpenItem``
            that is set, and as jsonb what a person is told about it
        """
        return []

    @api.model
    def _reminder_history(self, company, move_ids):
        """Earlier reminders per item: what was sent when, or waits, or came back."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT l.move_id, l.instalment, l.step_days, l.due, n.state, n.sent_on
                  FROM o2c_dunning_notice_line l
                  JOIN o2c_dunning_notice n ON n.id = l.notice_id
                 WHERE l.live AND l.move_id = ANY(%s) AND n.company_id = %s
                """,
                move_ids,
                company.id,
            )
        )
        states = {"sent": SENT, "bounced": BOUNCED}
        history = defaultdict(list)
        for move_id, instalment, days, due, state, sent_on in rows:
            history[move_id, instalment].append(
                Reminded(days, due, states.get(state, UNSENT), sent_on)
            )
        return history

    @api.model
    def _deliveries(self, company, move_ids):
        """Whether each document arrived by any way, and on which date it first did.

        :return: dict of move id to ("sent" or "bounced", date)
        """
        rows = self.env.execute_query(
            SQL(
                """
                SELECT res_id, channel, event,
                       (at AT TIME ZONE 'UTC' AT TIME ZONE %s)::date
                  FROM o2c_delivery_log
                 WHERE res_model = 'account.move' AND res_id = ANY(%s)
                   AND event IN ('sent', 'accepted', 'bounced', 'rejected', 'seen')
                 ORDER BY res_id, at, id
                """,
                company.partner_id.tz or "Europe/Amsterdam",
                move_ids,
            )
        )
        ways = {}
        for move_id, channel, event, day in rows:
            way = move_id, channel
            if event in ("bounced", "rejected"):
                ways[way] = "bounced", None
            elif ways.get(way, ("bounced",))[0] == "bounced":
                ways[way] = "sent", day
        found = {}
        for (move_id, _channel), way in ways.items():
            known = found.get(move_id)
            if not known or known[0] == "bounced":
                found[move_id] = way
            elif way[0] == "sent":  # by two ways: the first one counts
                found[move_id] = "sent", min(known[1], way[1])
        return found

    @api.model
    def _disputed_amounts(self, company, move_ids=None):
        """Amount in dispute per invoice, in its currency: never more than is open.

        :param move_ids: only these invoices; all of the company when not given
        """
        some = SQL("AND d.move_id = ANY(%s)", move_ids) if move_ids else SQL()
        self.env["account.move"].flush_model(["amount_residual"])
        return dict(
            self.env.execute_query(
                SQL(
                    """
                    SELECT d.move_id, LEAST(sum(d.amount), abs(m.amount_residual))
                      FROM o2c_dispute d
                      JOIN account_move m ON m.id = d.move_id
                      JOIN res_company c ON c.id = d.company_id
                     WHERE (d.state = 'open' OR d.untold)
                       AND split_part(c.parent_path, '/', 1) = %s %s
                     GROUP BY d.move_id, m.amount_residual
                    """,
                    str(company.root_id.id),
                    some,
                )
            )
        )

    @api.model
    def _payments_under_way(self, company, move_ids):
        """Hook: day on which an online payment of an invoice was started and is
        neither booked nor ended yet. Wire transfers announced online do not count.

        :return: dict of move id to date
        """
        return dict(
            self.env.execute_query(
                SQL(
                    """
                    SELECT r.invoice_id, max(t.last_state_change)::date
                      FROM account_invoice_transaction_rel r
                      JOIN payment_transaction t ON t.id = r.transaction_id
                      JOIN payment_provider p ON p.id = t.provider_id
                     WHERE r.invoice_id = ANY(%s) AND p.code <> 'custom'
                       AND (t.state IN ('pending', 'authorized')
                            OR t.state = 'done' AND t.is_post_processed IS NOT TRUE)
                     GROUP BY r.invoice_id
                    """,
                    move_ids,
                )
            )
        )
