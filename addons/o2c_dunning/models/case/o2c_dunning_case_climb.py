"""Which steps of his ladder a customer meets, and by which way he is reached."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from math import ceil

from odoo import api, models
from odoo.tools import SQL

from ...policy.channel import reachable, way
from ...policy.ladder import Climber, steps_for
from ...policy.may_remind import ZERO

#: Fewer payments than this say nothing about when somebody usually pays.
USUAL_PAYMENTS = 3
#: Grades that are not waited for.
BAD_GRADES = ("D", "E")


@dataclass
class Climbing:
    """What the customers of a company have in common: its holidays, read when a ladder
    asks for working days, and its ladders with these put in."""

    company: object
    since: date
    until: date
    ladders: dict = field(default_factory=dict)

    def steps(self, ladder_id, steps):
        """The steps of a ladder, on working days where it wants that."""
        if ladder_id not in self.ladders:
            if any(step.holidays is not None for step in steps):
                days = self.company._o2c_holidays(self.since, self.until)
                steps = tuple(replace(step, holidays=days) for step in steps)
            self.ladders[ladder_id] = steps
        return self.ladders[ladder_id]


class O2cDunningCase(models.Model):
    _inherit = "o2c.dunning.case"

    @api.model
    def _add_ladders(self, company, accounts, today):
        """Also: what decides which steps each customer meets."""
        result = super()._add_ladders(company, accounts, today)
        since, until = today - timedelta(days=60), today + timedelta(days=400)
        climbing = Climbing(company, since, until)
        climbers = self._climbers(company, {partner for partner, _money in accounts})
        for (partner_id, _currency), account in accounts.items():
            account.climbing = climbing
            account.climber = climbers.get(partner_id, Climber())
        return result

    @api.model
    def _add_kinds(self, accounts, steps):
        """What each open document bills, when a step asks for it: few statements.

        :param dict steps: ladder id to its steps
        """
        asking = {key for key, those in steps.items() if any(s.bills for s in those)}
        accounts = [one for one in accounts if one.ladder_id in asking]
        if not accounts:
            return
        documents = {item.key.move_id for one in accounts for item in one.items}
        kinds = self.env["account.move"]._o2c_billed_kinds(list(documents))
        for account in accounts:
            account.items = [
                replace(item, kinds=frozenset(kinds[item.key.move_id]))
                if item.key.move_id in kinds
                else item
                for item in account.items
            ]

    @api.model
    def _climbers(self, company, partner_ids):
        """Segment, kind of debtor and usual day of these customers: one statement.

        :return: dict of partner id to :class:`policy.ladder.Climber`
        """
        rows = self.env.execute_query(
            SQL(
                """
                SELECT c.id, COALESCE(c.o2c_segment_id, 0),
                       CASE WHEN s.public_body THEN 'public'
                            WHEN s.natural_person THEN 'consumer'
                            ELSE 'business' END,
                       CASE WHEN n.payments >= %(least)s
                             AND COALESCE(p.grade, '') <> ALL(%(bad)s)
                            THEN n.days_late - COALESCE(n.disputed_days, 0) END
                  FROM res_partner c
                  LEFT JOIN o2c_customer_segment s ON s.id = c.o2c_segment_id
                  LEFT JOIN o2c_risk_profile p
                    ON p.partner_id = c.id AND p.company_id = %(company)s
                  LEFT JOIN o2c_customer_snapshot n
                    ON n.partner_id = c.id AND n.company_id = %(company)s
                 WHERE c.id = ANY(%(partners)s)
                """,
                least=USUAL_PAYMENTS,
                bad=list(BAD_GRADES),
                company=company.root_id.id,
                partners=list(partner_ids),
            )
        )
        return {
            partner_id: Climber(
                segment=segment,
                debtor=debtor,
                usual_days=None if late is None else ceil(late),
            )
            for partner_id, segment, debtor, late in rows
        }

    @api.model
    def _judge_account(self, account, rules, steps):
        """On the steps that hold for this customer."""
        if account.climbing and account.ladder_id in steps:
            mine = account.climbing.steps(account.ladder_id, steps[account.ladder_id])
            climber = account.climber
            if any(step.min_amount for step in mine):
                climber = replace(climber, overdue=self._overdue(account, rules.today))
            steps = {account.ladder_id: steps_for(mine, climber)}
        return super()._judge_account(account, rules, steps)

    @api.model
    def _overdue(self, account, today):
        """What a customer owes overdue, in company currency, less what is unapplied."""
        late = [item for item in account.items if item.due < today]
        rate = late[0].rate if late else 1
        return sum((item.open * item.rate for item in late), ZERO) - (
            account.credit * rate
        )

    @api.model
    def _recipients(self, partner_ids):
        """Also: by which ways each of them can be reached, as ``ways``."""
        recipients = super()._recipients(partner_ids)
        contacts = {one["contact_id"] for one in recipients.values()}
        if not contacts:
            return recipients
        rows = self.env.execute_query(
            SQL(
                """
                SELECT c.id, COALESCE(NULLIF(c.phone, ''), p.phone, ''),
                       COALESCE(NULLIF(c.street, ''), p.street, ''),
                       COALESCE(NULLIF(c.zip, ''), NULLIF(c.city, ''),
                                NULLIF(p.zip, ''), p.city, '')
                  FROM res_partner c
                  LEFT JOIN res_partner p ON p.id = c.commercial_partner_id
                 WHERE c.id = ANY(%s)
                """,
                list(contacts),
            )
        )
        known = {contact: facts for contact, *facts in rows}
        for one in recipients.values():
            one["ways"] = reachable(one["email"], *known[one["contact_id"]])
        return recipients

    @api.model
    def _reachable_channel(self, step, recipient):
        """The way by which a step reaches this customer.

        :param dict step: values of the step, see ``_step_values``
        :param dict recipient: see ``_recipients``
        """
        wanted = self.env["o2c.dunning.step"].sudo().browse(step["step_id"])._channels()
        if step.get("wish"):  # the customer asked for it
            wanted = (step["wish"], *wanted)
        return way(wanted, recipient["ways"])
