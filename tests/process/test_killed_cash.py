"""Booking bank lines is killed half way and started again: no line is booked twice."""

import pytest

from process.test_killed import kill_when

CAME_IN = """
env = env(user=env.ref("base.user_admin").id)
company = env.company
company.sudo().o2c_cash_automatic = True
journal = env["account.journal"].search(
    [("type", "=", "bank"), ("company_id", "=", company.id)], limit=1)
invoices = env["account.move"].search(
    [("move_type", "=", "out_invoice"), ("partner_id.name", "like", "Late betaler")])
assert len(invoices) == 30
env["account.bank.statement.line"].sudo().create([
    {"journal_id": journal.id, "date": company._o2c_today(), "amount": 500.0,
     "payment_ref": f"betaling {invoice.name}"}
    for invoice in invoices])
"""
# small batches with a pause between them, so that there is a half way
SLOWLY = """
import time
from odoo.addons.o2c_cash.models import o2c_cash_queue as queue
queue.BATCH = 3
def slowly(self, *args, _work=queue.O2cCashMatch._book_apart, **kwargs):
    result = _work(self, *args, **kwargs)
    time.sleep(0.4)
    return result
queue.O2cCashMatch._book_apart = slowly
"""
NIGHT = """
company = env.ref("base.user_admin").company_id
env["o2c.cash.match"]._run(company, company._o2c_today())
env.cr.commit()
"""
BOOKED = "select count(*) from o2c_cash_match where state = 'booked'"
# every line pays one invoice, every invoice is paid by one line
RIGHT = """
select count(*), count(distinct p.debit_move_id), count(distinct p.credit_move_id)
  from account_partial_reconcile p
  join account_move_line l on l.id = p.credit_move_id
  join account_move m on m.id = l.move_id
 where m.statement_line_id is not null
"""
OPEN = "select count(*) from account_bank_statement_line where not is_reconciled"


@pytest.fixture
def weekend(late_payers):
    late_payers.shell(CAME_IN)
    return late_payers


def test_a_killed_run_books_every_line_once(weekend):
    kill_when(weekend, SLOWLY + NIGHT, BOOKED, 3)
    half = int(weekend.value(BOOKED))
    assert 3 <= half < 30, half

    weekend.shell(NIGHT)
    assert [tuple(row) for row in weekend.rows(RIGHT)] == [("30", "30", "30")]
    assert weekend.value(OPEN) == "0"
    runs = weekend.rows("select state from o2c_run where kind = 'cash'")
    assert {state for (state,) in runs} == {"done"}, runs

    weekend.shell(NIGHT)
    assert [tuple(row) for row in weekend.rows(RIGHT)] == [("30", "30", "30")]


def test_two_runs_at_once_book_every_line_once(weekend):
    first = weekend.start(SLOWLY + NIGHT)
    second = weekend.start(SLOWLY + NIGHT)
    assert first.wait(240) == 0, first.stdout.read()
    assert second.wait(240) == 0, second.stdout.read()
    weekend.shell(NIGHT)
    assert [tuple(row) for row in weekend.rows(RIGHT)] == [("30", "30", "30")]
    twice = (
        "select statement_line_id from o2c_cash_match where state <> 'undone' "
        "group by 1 having count(*) > 1"
    )
    assert weekend.rows(twice) == []


def test_a_clerk_and_the_run_at_once_book_it_once(weekend):
    """The queue proposes, and while it books a clerk accepts the same lines."""
    weekend.shell(
        """
company = env.ref("base.user_admin").company_id
env["o2c.cash.match"]._propose(company)
"""
    )
    clerk = """
import time
from psycopg2 import OperationalError
from odoo.exceptions import UserError
env = env(user=env.ref("base.user_admin").id)
ids = env["o2c.cash.match"].search([("state", "=", "proposed")], order="id").ids
for one in ids:
    for attempt in range(5):
        try:
            env["o2c.cash.match"].browse(one).action_accept()
            env.cr.commit()
            break
        except OperationalError:
            env.cr.rollback()
            env.invalidate_all()
            time.sleep(0.1)
        except UserError:
            env.cr.rollback()
            env.invalidate_all()
            break
"""
    first = weekend.start(SLOWLY + NIGHT)
    second = weekend.start(clerk)
    first.wait(240)
    assert second.wait(240) == 0, second.stdout.read()
    weekend.shell(NIGHT)
    assert [tuple(row) for row in weekend.rows(RIGHT)] == [("30", "30", "30")]
