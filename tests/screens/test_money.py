"""What comes in, what it all shows, and the customer at home."""

import pytest

CONTROLLER = "credit controller"
INSIGHT = "/odoo/action-o2c_insight"
ROWS = ".o_data_row, .o_group_header, .o_kanban_record:not(.o_kanban_ghost)"


def test_the_cash_desk_has_the_weekend(screen):
    page = screen(
        CONTROLLER,
        "/odoo/action-o2c_cash.o2c_cash_desk_action",
        "cash_desk",
        ".o_o2c_cash_chosen",
    )
    assert page.locator("text=€").count(), "no amount on the screen"


def test_money_that_will_come(screen):
    page = screen(
        CONTROLLER,
        f"{INSIGHT}.o2c_cash_forecast_board_action",
        "cash_forecast",
        ".o_o2c_forecast_page canvas, .o_o2c_forecast_page svg",
    )
    assert page.locator("text=€").count(), "no amount on the screen"


#: action of insight, name of the picture, what has to be there
LISTS = [
    ("o2c_kpi_snapshot_action", "key_figures", "canvas"),
    ("o2c_receivable_report_action", "receivables", "canvas, .o_pivot td"),
    ("o2c_ledger_finding_action", "clean_ledger", ROWS),
    ("o2c_provision_action", "provisions", ROWS),
    ("o2c_what_if_action", "what_ifs", ROWS),
]


@pytest.mark.parametrize(("action", "name", "ready"), LISTS)
def test_a_list_of_insight_has_something_to_show(screen, action, name, ready):
    screen("administrator", f"{INSIGHT}.{action}", name, ready)


#: action of insight, name of the picture, what its form has to show
FORMS = [
    ("o2c_what_if_action", "what_if", "polyline"),
    ("o2c_provision_action", "provision", ".o_form_sheet .o_data_row"),
]


@pytest.mark.parametrize(("action", "name", "ready"), FORMS)
def test_a_form_of_insight_shows_its_figures(screen, company, action, name, ready):
    found = company[1][name]
    screen(
        "administrator", f"{INSIGHT}.{action}/{found}", name, f".o_form_view {ready}"
    )


#: page of the customer's desk, name of the picture
DESK = [
    ("/my/account-overview", "account_on_a_phone"),
    ("/my/account-overview/plan", "plan_on_a_phone"),
    ("/my/account-overview/dispute", "dispute_on_a_phone"),
]


@pytest.mark.parametrize(("path", "name"), DESK)
def test_the_customer_on_his_phone(screen, path, name):
    page = screen("portal customer", path, name, "main", phone=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
