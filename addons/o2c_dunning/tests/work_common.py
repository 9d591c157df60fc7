"""Cases on a work list, with two collectors in a team."""

from odoo import Command, fields

from .common import DunningCommon

DAY = "2026-03-04"


class WorkCommon(DunningCommon):
    """Ann and Bob collect; cases are ranked at the end of what happened."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ann = cls.collector
        cls.bob = cls._user("bob", "o2c_base.group_collector")
        cls.today = fields.Date.to_date(DAY)
        cls.weights = cls.env.ref("o2c_dunning.o2c_work_weights_default")

    @classmethod
    def _team(cls, users, **values):
        """A team of collectors, each at full capacity."""
        return cls.env["o2c.collecting.team"].create(
            {
                "name": "Team",
                "company_id": cls.company.id,
                "member_ids": [Command.create({"user_id": user.id}) for user in users],
                **values,
            }
        )

    @classmethod
    def _case(
        cls, name="Klant B.V.", amount=1000, due="2026-02-01", segment="sme", today=None
    ):
        """An open case with one overdue invoice, as the night leaves it."""
        partner = cls._customer(name, segment)
        invoice = cls._due(partner, amount, due)
        case = cls.cases._case_of(invoice)
        case.user_id = False
        case._refresh_amounts(cls.company, today or cls.today)
        return case

    def _settle(self):
        """What the end of a transaction does."""
        self.env.flush_all()
        self.env.cr.precommit.run()

    def _at(self, day=DAY, hour=10):
        """The clock stands on a day."""
        return self.mock_datetime_and_now(f"{day} {hour:02}:00:00")

    def _list(self, user=None, **options):
        """The work list as somebody sees it."""
        model = self.env["o2c.dunning.case"].with_user(user or self.ann)
        return model.with_company(self.company).get_work_list(**options)

    def _names(self, board):
        return [row["name"] for row in board["rows"]]
