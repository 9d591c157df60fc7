"""What a collector has on his desk: calls, plans, questions, disputes, claims."""

from datetime import timedelta

from odoo import models
from odoo.fields import Command

from odoo.addons.o2c_dunning.policy.working_days import is_working_day

from .o2c_demo_reminded import PAYING

#: customer, days overdue, article, units: what was never paid, beside the book
LATE = [
    ("rietkraag", 47, "POMP-65", 1),
    ("noordster", 41, "ONTH-200", 1),
    ("dolfijn", 38, "POMP-40", 9),
    ("fietsbel", 29, "POMP-65", 2),
    ("kersenboom", 33, "UV-36", 4),
    ("spiegelmeer", 27, "UV-36", 3),
    ("ijsvogel", 26, "FILT-10", 12),
    ("molensteen", 31, "POMP-65", 3),
    ("loodgans", 22, "POMP-40", 5),
    ("bouwlust", 44, "POMP-65", 8),
    ("blauwebrug", 19, "REGEL-2", 4),
    ("krakeling", 16, "VAT-35", 6),
    ("zonnewende", 24, "UV-36", 7),
    ("pannenkoek", 88, "POMP-40", 2),
    ("schuimkraag", 97, "POMP-65", 3),
    ("brouwersma", 46, "FILT-10", 3),
    ("elzinga", 52, "POMP-40", 1),
    ("pinkster", 49, "UV-36", 1),
]
#: They were reminded so many days before the demo, or on the working day before that:
#: no ladder takes a step on a Sunday, and the demo may be made on any day.
REMINDED_BEFORE = (38, 26, 2)
#: customer, cause, share of the open amount, what he says
DISPUTES = [
    ("dolfijn", "price", 0.3, "Volgens onze offerte is de prijs per stuk lager."),
    ("fietsbel", "delivery", 1.0, "De tweede pallet is nooit aangekomen."),
    ("kersenboom", "paid", 1.0, "Deze factuur is vorige maand al betaald."),
]
#: customer, days before today, result, what was said
CALLS = [
    ("molensteen", 3, "not_reached", "Voicemail ingesproken."),
    ("loodgans", 2, "reached", "Stuurt de factuur door naar de directie."),
    ("bouwlust", 1, "not_reached", "Receptie: maandag terug."),
    ("molensteen", 1, "will_pay", "Betaalt eind van de week."),
    ("blauwebrug", 0, "reached", "Vraagt om een kopie van de pakbon."),
    ("krakeling", 0, "wrong_number", "Nummer is van een ander bedrijf."),
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
        late = self._late(company, customers, today, LATE)
        reminded = self.env["o2c.demo.reminded"]
        paying = reminded._owe(company, customers, today)
        for days in REMINDED_BEFORE:
            day = self._working_day(company, today - timedelta(days=days))
            if days == REMINDED_BEFORE[-1]:
                # before the last reminder, which gives everybody some days more
                with story._at(day - timedelta(days=1), 8):
                    self._hand_over(company, late)
            with story._at(day, 8):
                self._remind(company, customers)
            reminded._pay_after(paying, days, day)
        with story._at(today - timedelta(days=20), 10):
            self._plan(late["rietkraag"], company, 4)
        with story._at(today, 7):
            self._plan(late["noordster"], company, 3)
            plans = self.env["o2c.payment.plan"]
            plans.search([("company_id", "=", company.id)])._refresh(
                today, by_night=True
            )
            self._disputes(late)
        self._questions(late, story, today)
        self._calls(late, story, today)
        with story._at(today, 8):
            teams = self.env["o2c.collecting.team"]
            teams.search([("company_id", "=", company.id)]).action_assign()

    def _working_day(self, company, day):
        """The day itself, or the last working day before it."""
        holidays = company._o2c_holidays(day - timedelta(days=14), day)
        while not is_working_day(day, holidays):
            day -= timedelta(days=1)
        return day

    def _late(self, company, customers, today, owed):
        """Invoices that were not paid in time.

        :param owed: rows as those of ``LATE``
        :return: {customer: ``account.move``}
        """
        story, found = self.env["o2c.demo.story"], {}
        for key, days, code, units in owed:
            due = today - timedelta(days=days)
            day = due - timedelta(days=30)
            article = code.lower().replace("-", "_")
            product = self.env.ref(f"o2c_demo.product_{article}")
            with story._at(day, 9):
                move = self.env["account.move"].create(
                    {
                        "move_type": "out_invoice",
                        "company_id": company.id,
                        "partner_id": customers[key].id,
                        "invoice_date": day,
                        "invoice_payment_term_id": False,
                        "invoice_date_due": due,
                        "invoice_line_ids": [
                            Command.create(
                                {"product_id": product.id, "quantity": units}
                            )
                        ],
                    }
                )
                self._post(move)
                move.is_move_sent = True
            found[key] = move
        return found

    def _post(self, move):
        """Post it; what a second person must see is approved by him."""
        if not move._o2c_judge()[move].needed:
            move.action_post()
            return
        move.action_o2c_ask_approval()
        controller = self.env["o2c.demo.story"]._user("controller")
        move.with_user(controller).action_o2c_approve()

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
                    Command.create({"user_id": users("controller").id, "capacity": 40}),
                ],
            }
        )
        team.with_context(lang="nl_NL").name = "Debiteurenbeheer"

    def _remind(self, company, customers):
        """The reminders of these customers, chosen by hand and sent at once."""
        late = [customers[one[0]] for one in (*LATE, *PAYING)]
        chosen = self.env["res.partner"].union(*late)
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
        users = self.env["o2c.demo.story"]._user
        plan = (
            self.env["o2c.payment.plan"]
            .with_user(users("collector"))
            ._propose(moves, count=count, start_date=company._o2c_today())
        )
        plan.action_start()
        if plan.state == "waiting":
            plan.with_user(users("controller")).action_approve()

    def _disputes(self, late):
        for key, cause, share, words in DISPUTES:
            move = late[key]
            amount = move.currency_id.round(move.amount_residual * share)
            self.env["o2c.dispute"]._dispute(move, amount, cause, "call", words)

    def _questions(self, late, story, today):
        """One that was answered the next day, one that waits."""
        ask = self.env["o2c.question"]._ask
        answered, waits = late["spiegelmeer"], late["ijsvogel"]
        with story._at(today - timedelta(days=6), 9):
            question = ask(
                answered.partner_id,
                answered,
                "Bij welke bestelling hoort deze factuur?",
                source="mail",
            )
        with story._at(today - timedelta(days=5), 11):
            question.with_user(story._user("collector")).action_answered()
        with story._at(today - timedelta(days=1), 14):
            ask(
                waits.partner_id,
                waits,
                "Mag de factuur op naam van onze vestiging in Zutphen komen?",
            )

    def _calls(self, late, story, today):
        """What came of the calls of these days."""
        for key, days, result, words in CALLS:
            with story._at(today - timedelta(days=days), 9, 30):
                case = self.env["o2c.dunning.case"]._case_of(late[key])
                promised = today + timedelta(days=4) if result == "will_pay" else None
                case.with_user(story._user("collector")).log_call(
                    result, note=words, promise_date=promised
                )

    def _hand_over(self, company, late):
        """A registered agency; one claim is proposed to it, one is ready to go."""
        today = company._o2c_today()
        partner = self.env["res.partner"].create(
            {
                "name": "Incassobureau De Sluiswachter",
                "email": "dossiers@sluiswachter.example",
                "lang": "nl_NL",
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
        for key, ready in (("pannenkoek", False), ("schuimkraag", True)):
            case = self.env["o2c.dunning.case"]._case_of(late[key]).with_user(user)
            case.action_handover()
            if ready:
                case.file_ids.action_prepare()
        self.env["o2c.collection.file"]._cron_dossier()
