"""The Today screen: per role, what needs a person now."""

from odoo import api, models
from odoo.exceptions import AccessError


class O2cToday(models.AbstractModel):
    """Collects the cards that the add-ons offer to the user who asks."""

    _name = "o2c.today"
    _description = "Today"

    @api.model
    def get_today(self):
        """What the Today screen shows to the present user in his company.

        :return: dict with ``company``, ``date`` and ``cards``
        """
        if not self.env.user._is_internal():
            raise AccessError(self.env._("Only colleagues can open this screen."))
        company = self.env.company
        today = company._o2c_today()
        cards = sorted(
            self._cards(company, today), key=lambda card: card.get("sequence", 100)
        )
        return {
            "company": company.name,
            "user": self.env.user.name,
            "date": today.isoformat(),
            "sections": self._sections(cards),
            "modes": [
                {"part": part, "mode": company._o2c_mode(part)}
                for part in company._o2c_parts()
            ],
        }

    @api.model
    def _section_names(self):
        """Titles of the sections, in the order of the screen."""
        return {
            "sales": self.env._("Sales"),
            "credit": self.env._("Credit"),
            "billing": self.env._("Billing"),
            "collecting": self.env._("Collecting"),
            "cash": self.env._("Money in"),
            "floor": self.env._("Needs attention"),
        }

    @api.model
    def _sections(self, cards):
        """Cards grouped by section, empty sections left out."""
        sections = []
        for key, title in self._section_names().items():
            own = [card for card in cards if card.get("section") == key]
            if own:
                sections.append({"key": key, "title": title, "cards": own})
        return sections

    @api.model
    def _cards(self, company, today):
        """Hook: cards for the present user. Extend with ``super()``.

        A card is a dict with ``key``, ``section``, ``sequence``, ``title``,
        ``value`` (text already formatted for the user), ``hint``, ``tone``
        (good, neutral, warn, bad), ``action`` (an action dict or an xmlid), ``rows``
        (list of dicts with label, value, tone, action; ``text`` stands under the label
        and may be long, ``title`` says more on pointing at it) and ``empty`` (text
        when there are no rows).

        :param company: ``res.company`` of the screen
        :param date today: date in that company
        :return: list of cards
        """
        return self._floor_cards(company, today)

    @api.model
    def _floor_cards(self, company, today):
        """Contact data to mend and runs that failed."""
        cards = []
        if self.env["o2c.contact.task"].has_access("read"):
            tasks = self.env["o2c.contact.task"].search(
                [("company_id", "=", company.id), ("state", "=", "open")], limit=50
            )
            if tasks:
                cards.append(
                    {
                        "key": "contact_tasks",
                        "section": "floor",
                        "sequence": 800,
                        "title": self.env._("Contact data to mend"),
                        "value": str(len(tasks)),
                        "tone": "warn",
                        "action": "o2c_base.o2c_contact_task_action",
                        "rows": [
                            {
                                "label": task.partner_id.display_name,
                                "text": task.words,
                                "action": self._open_record(task),
                            }
                            for task in tasks[:5]
                        ],
                    }
                )
        if self.env["o2c.run"].has_access("read"):
            failed = self.env["o2c.run"].search(
                [
                    ("company_id", "=", company.id),
                    ("state", "in", ("partly", "waiting")),
                    ("date", ">=", "today -7d"),
                ],
                limit=5,
            )
            if failed:
                cards.append(
                    {
                        "key": "runs",
                        "section": "floor",
                        "sequence": 810,
                        "title": self.env._("Runs that need a look"),
                        "value": str(len(failed)),
                        "tone": "warn",
                        "action": "o2c_base.o2c_run_action",
                        "rows": [
                            {
                                "label": run.display_name,
                                "value": dict(
                                    run._fields["state"]._description_selection(
                                        self.env
                                    )
                                )[run.state],
                                "action": self._open_record(run),
                            }
                            for run in failed
                        ],
                    }
                )
        return cards

    @api.model
    def _open_record(self, record):
        """Action that opens one record in its form.

        :param record: one record
        :return: action dict
        """
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "views": [[False, "form"]],
            "target": "current",
        }

    @api.model
    def _money(self, amount, currency):
        """Amount as the user reads it, in whole units.

        :param float amount: amount in ``currency``
        :param currency: ``res.currency`` record
        :return: text such as "€ 4,200"
        """
        lang = self.env["res.lang"]._lang_get(self.env.user.lang or "en_US")
        number = lang.format("%.0f", amount, grouping=True)
        if currency.position == "before":
            return f"{currency.symbol}\N{NO-BREAK SPACE}{number}"
        return f"{number}\N{NO-BREAK SPACE}{currency.symbol}"
