"""What a collector has on his desk: calls, plans, questions, disputes, claims."""

from datetime import timedelta

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command

#: Consumers who got two reminders and the 14-day letter; days before today.
CONSUMERS = ("brouwersma", "elzinga", "pinkster")
REMINDED_BEFORE = (36, 24, 5)
#: cause, share of the open amount, what the customer says
DISPUTES = [
    ("price", 0.3, "Volgens onze offerte is de prijs per stuk lager."),
    ("delivery", 1.0, "De tweede pallet is nooit aangekomen."),
    ("paid", 1.0, "Deze factuur is vorige maand al betaald."),
]
#: days before today, result, what was said
CALLS = [
    (3, "not_reached", "Voicemail ingesproken."),
    (2, "reached", "Stuurt de factuur door naar de directie."),
    (1, "not_reached", "Receptie: maandag terug."),
    (1, "will_pay", "Betaalt eind van de week."),
    (0, "reached", "Vraagt om een kopie van de pakbon."),
    (0, "wrong_number", "Nummer is van een ander bedrijf."),
]


class O2cDemoCollecting(models.AbstractModel):
    """Deepens the demo with what the collecting screens show."""

    _name = "o2c.demo.collecting"
    _description = "Demo Collecting Desk"

    def _deepen(self, company, customers, today):
        """Weeks of work of two collectors, up to this morning.

        :param company: the demo company, live
        :param dict customers: the cast by its keys
        :param date today: the day of the demo
        """
        story = self.env["o2c.demo.story"]
        self._team(company)
        for days in REMINDED_BEFORE:
            with story._at(today - timedelta(days=days), 8):
                self._remind(company, customers)
        with story._at(today, 7):
            free = self._free(company, today)
        broken, running = next(free, None), next(free, None)
        with story._at(today - timedelta(days=20), 10):
            self._plan(broken, company, 4)
        with story._at(today, 7):
            self._plan(running, company, 3)
            self.env["o2c.payment.plan"].search(
                [("company_id", "=", company.id)]
            )._refresh(today, by_night=True)
            self._disputes(free)
        self._questions(free, story, today)
        self._calls(free, story, today)
        with story._at(today, 8):
            self._hand_over(company, free)
            self.env["o2c.collecting.team"].search([]).action_assign()

    def _free(self, company, today):
        """Overdue invoices of one customer after another, largest debt first.

        The first two customers have a promise and a dispute already.
        """
        overdue = self.env["o2c.demo.today"]._overdue(company, today)
        taken = self.env["o2c.payment.promise"].search([]).partner_id
        taken |= self.env["o2c.dispute"].search([]).partner_id
        firms = [
            (partner, moves)
            for partner, moves in overdue.items()
            if partner not in taken
            and not partner.o2c_segment_id.natural_person
            and partner.o2c_segment_id.code != "public"
        ]
        firms.sort(key=lambda one: (-sum(one[1].mapped("amount_residual")), one[0].id))
        return iter([moves for _partner, moves in firms])

    def _team(self, company):
        """Two collectors who share the cases."""
        users = self.env["o2c.demo.story"]._user
        team = self.env["o2c.collecting.team"].create(
            {
                "name": "Receivables",
                "company_id": company.id,
                "leader_id": users("controller").id,
                "member_ids": [
                    Command.create(
                        {
                            "user_id": users("collector").id,
                            "target_promised": 15000,
                            "target_collected": 10000,
                        }
                    ),
                    Command.create(
                        {"user_id": users("controller").id, "capacity": 40}
                    ),
                ],
            }
        )
        team.with_context(lang="nl_NL").name = "Debiteurenbeheer"

    def _remind(self, company, customers):
        """The reminders of some consumers, chosen by hand and sent at once."""
        chosen = self.env["res.partner"].union(*(customers[key] for key in CONSUMERS))
        controller = self.env["o2c.demo.story"]._user("controller")
        reminders = self.env["o2c.remind.now"].with_user(controller)
        opened = reminders._open_for(company, chosen)
        reminders.browse(opened["res_id"]).action_write()
        notices = self.env["o2c.dunning.notice"]
        waiting = notices.search(
            [("partner_id", "in", chosen.ids), ("state", "=", "waiting")]
        )
        if waiting:
            waiting.with_user(controller).action_approve()
        self.env["o2c.demo.story"]._send_reminders(company)

    def _plan(self, moves, company, count):
        """Instalments from today on; what needs approval gets it."""
        if not moves:
            return
        users = self.env["o2c.demo.story"]._user
        plan = (
            self.env["o2c.payment.plan"]
            .with_user(users("collector"))
            ._propose(moves, count=count, start_date=company._o2c_today())
        )
        plan.action_start()
        if plan.state == "waiting":
            plan.with_user(users("controller")).action_approve()

    def _disputes(self, free):
        for (cause, share, words), moves in zip(DISPUTES, free, strict=False):
            move = moves[:1]
            amount = move.currency_id.round(move.amount_residual * share)
            self.env["o2c.dispute"]._dispute(move, amount, cause, "call", words)

    def _questions(self, free, story, today):
        """One that was answered the next day, one that waits."""
        ask = self.env["o2c.question"]._ask
        moves = next(free, None)
        if moves:
            with story._at(today - timedelta(days=6), 9):
                question = ask(
                    moves.commercial_partner_id,
                    moves[:1],
                    "Bij welke bestelling hoort deze factuur?",
                    source="mail",
                )
            with story._at(today - timedelta(days=5), 11):
                question.with_user(story._user("collector")).action_answered()
        moves = next(free, None)
        if moves:
            with story._at(today - timedelta(days=1), 14):
                ask(
                    moves.commercial_partner_id,
                    moves[:1],
                    "Mag de factuur op naam van onze werkmaatschappij komen?",
                )

    def _calls(self, free, story, today):
        """What came of the calls of these days."""
        for (days, result, words), moves in zip(CALLS, free, strict=False):
            with story._at(today - timedelta(days=days), 9, 30):
                case = self.env["o2c.dunning.case"]._case_of(moves)
                promised = today + timedelta(days=4) if result == "will_pay" else None
                case.with_user(story._user("collector")).log_call(
                    result, note=words, promise_date=promised
                )

    def _hand_over(self, company, free):
        """A registered agency; one claim is proposed to it, one is ready to go."""
        today = company._o2c_today()
        partner = self.env["res.partner"].create(
            {
                "name": "Incassobureau De Sluiswachter",
                "email": "dossiers@sluiswachter.example",
                "is_company": True,
            }
        )
        self.env["o2c.collection.agency"].create(
            {
                "partner_id": partner.id,
                "company_id": company.id,
                "register_number": "WKI-0000",
                "registered_from": today - timedelta(days=400),
                "checked_on": today - timedelta(days=30),
            }
        )
        user = self.env["o2c.demo.story"]._user("controller")
        files = self.env["o2c.collection.file"]
        for moves in free:
            case = self.env["o2c.dunning.case"]._case_of(moves).with_user(user)
            case.action_handover()
            file = case.file_ids[:1]
            if not files:
                files = file
                continue
            try:
                with self.env.cr.savepoint():
                    file.action_prepare()
            except UserError:
                continue  # the law stands against it: it stays a proposal
            break
        files.sudo()._cron_dossier()
