"""Who gets which case, and who stands in for whom."""

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .work_common import WorkCommon


@tagged("post_install", "-at_install")
class TestWorkTeam(WorkCommon):
    def _assign(self, today=None):
        return self.cases._assign_cases(self.company, today or self.today)

    def test_without_a_team_every_case_stays_where_it_is(self):
        case = self._case()
        case.sudo().write({"user_id": self.bob.id, "assigned_by_hand": False})
        self.assertEqual(self._assign(), 0)
        self.assertEqual(case.user_id, self.bob)

    def test_the_night_divides_cases_and_gives_the_large_ones_to_their_team(self):
        carla = self._user("carla", "o2c_base.group_collector")
        large = self._team([carla], sequence=1, amount_from=5000)
        small = self._team([self.ann, self.bob], sequence=2, amount_to=5000)
        cases = [self._case(f"Klant {n}", 1000 + n) for n in range(4)]
        big = self._case("Groot", 5000)
        self._nightly("2026-03-04")
        self.assertEqual((big.team_id, big.user_id), (large, carla))
        owners = [case.user_id for case in cases]
        self.assertEqual(owners.count(self.ann), 2)
        self.assertEqual(owners.count(self.bob), 2)
        self.assertEqual({case.team_id for case in cases}, {small})
        self.assertEqual(self._assign(), 0)

    def test_segments_decide_and_who_fits_nowhere_keeps_the_company_s_person(self):
        consumers = self.env.ref("o2c_base.o2c_customer_segment_consumer")
        team = self._team([self.ann], segment_ids=consumers.ids)
        fits = self._case("P. Persoon", segment="consumer")
        other = self._case("Bedrijf B.V.")
        self._assign()
        self.assertEqual((fits.user_id, fits.team_id), (self.ann, team))
        self.assertFalse(other.team_id)

    def test_whom_a_person_chose_keeps_the_case(self):
        self._team([self.ann])
        case = self._case()
        case.with_user(self.manager).user_id = self.bob
        self.assertTrue(case.assigned_by_hand)
        self._assign()
        self.assertEqual(case.user_id, self.bob)
        case.with_user(self.manager).user_id = False
        self._assign()
        self.assertEqual(case.user_id, self.ann)

    def test_who_is_away_gets_no_new_cases_and_keeps_his_own(self):
        self._team([self.ann, self.bob])
        old = self._case("Oud B.V.")
        old.sudo().write(
            {
                "user_id": self.bob.id,
                "team_id": self.env["o2c.collecting.team"].search([]).id,
                "assigned_by_hand": False,
            }
        )
        self.env["o2c.collector.absence"].create(
            {
                "user_id": self.bob.id,
                "deputy_id": self.ann.id,
                "date_from": "2026-03-04",
                "date_to": "2026-03-04",
            }
        )
        new = [self._case(f"Nieuw {n}") for n in range(3)]
        self._assign()
        self.assertEqual(old.user_id, self.bob)
        self.assertEqual({case.user_id for case in new}, {self.ann})

    def test_who_left_the_team_gives_his_cases_back(self):
        team = self._team([self.ann, self.bob])
        case = self._case()
        self._assign()
        leaver = case.user_id
        team.member_ids.filtered(lambda one: one.user_id == leaver).unlink()
        self._assign()
        self.assertNotEqual(case.user_id, leaver)
        self.assertTrue(case.user_id)

    def test_only_collectors_of_the_company_are_in_a_team(self):
        seller = self._user("seller", "sales_team.group_sale_salesman")
        with self.assertRaisesRegex(ValidationError, "no collector"):
            self._team([seller])
        other = self.setup_other_company(name="Derde Test B.V.")["company"]
        with self.assertRaisesRegex(ValidationError, "may not work"):
            self._team([self.ann], company_id=other.id)

    def test_a_collector_says_only_his_own_absence(self):
        values = {
            "user_id": self.bob.id,
            "deputy_id": self.ann.id,
            "date_from": "2026-03-04",
            "date_to": "2026-03-04",
        }
        absences = self.env["o2c.collector.absence"]
        with self.assertRaisesRegex(AccessError, "yourself"):
            absences.with_user(self.ann).create(values)
        own = absences.with_user(self.bob).create(values)
        with self.assertRaises(AccessError):
            own.with_user(self.ann).write({"date_to": "2026-12-31"})
        with self.assertRaises(AccessError):
            own.with_user(self.ann).unlink()
        absences.with_user(self.manager).create(values | {"user_id": self.manager.id})
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            own.with_user(self.manager).write({"date_to": "2026-03-01"})
            self.env.flush_all()

    def test_rights_per_role(self):
        team = self._team([self.ann])
        with self.assertRaises(AccessError):
            team.with_user(self.ann).write({"name": "Mijn team"})
        with self.assertRaises(AccessError):
            self.weights.with_user(self.ann).write({"answered": 9})
        with self.assertRaises(AccessError):
            team.with_user(self.ann).action_assign()
        team.with_user(self.manager).action_assign()
        seller = self._user("seller", "sales_team.group_sale_salesman")
        for model in ("o2c.collecting.team", "o2c.call.result", "o2c.notice.result"):
            with self.assertRaises(AccessError):
                self.env[model].with_user(seller).search([])
