"""S10: a customer with 5,000 invoices costs no more questions than one with five."""

from odoo.tests import tagged
from odoo.tools import SQL

from .common import PayHttpCommon

MANY = 5000
#: Columns that a copy may not share.
OWN = {"id", "move_id"}


@tagged("post_install", "-at_install")
class TestBigCustomer(PayHttpCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.o2c_pay_links = True
        cls.small = cls._customer_with_five("Klein B.V.", "small")
        cls.big = cls._customer_with_five("Groot B.V.", "big")
        cls._copy(cls._documents(cls.big))

    @classmethod
    def _customer_with_five(cls, name, login):
        """A customer with a login, two invoices to pay, two paid, one credit note."""
        partner = cls._customer(name, "sme")
        invoices = [
            cls._invoice(partner, 100.0 + number, "2026-01-05") for number in range(4)
        ]
        for invoice in invoices[2:]:
            cls._pay(invoice)
        cls._invoice(partner, 10.0, "2026-02-01", move_type="out_refund")
        cls._portal_user(login, partner)
        return partner

    @classmethod
    def _documents(cls, partner):
        types = ("out_invoice", "out_refund")
        return cls.env["account.move"].search(
            [("partner_id", "=", partner.id), ("move_type", "in", types)]
        )

    @classmethod
    def _copy(cls, moves):
        """Rows of these documents again and again, until there are MANY of them."""
        times = MANY // len(moves)
        cls.env.flush_all()
        for table, key in (("account_move", "id"), ("account_move_line", "move_id")):
            cls.env.cr.execute(
                "SELECT column_name FROM information_schema.columns"
                " WHERE table_name = %s",
                (table,),
            )
            names = [name for (name,) in cls.env.cr.fetchall() if name not in OWN]
            values = [
                SQL("source.name || '-' || n")
                if table == "account_move" and name == "name"
                else SQL("source.%s", SQL.identifier(name))
                for name in names
            ]
            if table == "account_move":
                ids = SQL("source.id + 1000000 * n")
                columns = [SQL.identifier("id")]
            else:
                ids = SQL("source.move_id + 1000000 * n")
                columns = [SQL.identifier("move_id")]
            cls.env.cr.execute(
                SQL(
                    "INSERT INTO %s (%s) SELECT %s FROM %s source,"
                    " generate_series(1, %s) n WHERE source.%s = ANY(%s)",
                    SQL.identifier(table),
                    SQL(", ").join(
                        [*columns, *(SQL.identifier(name) for name in names)]
                    ),
                    SQL(", ").join([ids, *values]),
                    SQL.identifier(table),
                    times - 1,
                    SQL.identifier(key),
                    moves.ids,
                )
            )
        cls.env.invalidate_all()

    def _count(self, path):
        """Queries of a page that was opened before."""
        self.url_open(path)
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        answer = self.url_open(path)
        self.assertEqual(answer.status_code, 200, path)
        return self.env.cr.sql_log_count - before, answer

    def _paths(self, partner):
        own = self.links._for(partner)
        one = self.links._for(self._documents(partner).sorted("id")[:1])
        overview = "/my/account-overview"
        return {
            "account page": overview,
            "all documents": f"{overview}?show=all&sort=amount",
            "a search": f"{overview}?show=all&search=INV",
            "home": "/my/home",
            "all I owe": self._path(own),
            "one invoice": self._path(one),
            "statement": f"{overview}/statement?kind=csv&since=2025-01-01",
            "choice as CSV": f"{self._path(own)}/selection.csv",
        }

    def test_every_page_of_a_big_customer(self):
        found = {}
        for login, partner in (("small", self.small), ("big", self.big)):
            self.authenticate(login, login)
            for name, path in self._paths(partner).items():
                found.setdefault(name, []).append(self._count(path))
        for name, ((few, _small), (many, _big)) in found.items():
            with self.subTest(name):
                self.assertLessEqual(many, few * 1.2, f"{few} queries became {many}")
        big = {name: answers[1][1] for name, answers in found.items()}
        # all of it is there, not only quick: 2,000 open of each of two amounts
        self.assertGreater(big["statement"].text.count("INV/"), 3900)
        self.assertGreater(big["choice as CSV"].text.count("INV/"), 1900)
        self.assertIn("201,000.00", self._text(big["account page"]))
