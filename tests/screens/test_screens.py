"""The most important screens, each as the person who works with it."""

import pytest

CONTROLLER = "credit controller"
COLLECTOR = "collector"
COLLECTING = "/odoo/action-o2c_dunning"
ORDERS = "/odoo/action-sale.action_quotations_with_onboarding"


def need(company, name):
    found = company[1][name]
    assert found, f"the demo company has no {name} to show"
    return found


def test_today_of_the_controller(screen):
    page = screen(
        CONTROLLER,
        "/odoo/action-o2c_base.o2c_today_action",
        "today",
        ".o_o2c_today_page",
    )
    assert page.locator("text=€").count(), "no amount on the screen"


def test_a_quote_with_its_verdict_and_why_this_price(screen, company):
    def ask_why(page):
        page.locator("button.o2c_price_why").first.click()
        page.wait_for_selector(".o_popover")

    page = screen(
        "seller",
        f"{ORDERS}/{need(company, 'quote')}",
        "quote",
        ".o_form_view .o_field_widget[name=order_line] .o_data_row",
        prepare=ask_why,
    )
    assert page.locator(".o_popover tr, .o_popover li").count() > 1, "one step only"


def test_the_list_of_quotations_with_its_badges(screen):
    screen("seller", ORDERS, None, ".o_list_view .o_data_row, .o_kanban_record")


def test_a_hold_that_can_be_released(screen, company):
    screen(
        CONTROLLER,
        f"/odoo/action-o2c_credit.o2c_credit_hold_action/{need(company, 'hold')}",
        "hold",
        ".o_form_view .o_form_sheet",
    )


def test_the_customer_is_asked_for_what_is_missing(screen, company):
    def ask(page):
        page.locator("button[name=action_ask_payment]").click()
        page.wait_for_selector(".modal button[name=action_send]")

    page = screen(
        CONTROLLER,
        f"/odoo/action-o2c_credit.o2c_credit_hold_action/{need(company, 'hold')}",
        "ask_payment",
        ".o_form_view .o_form_sheet",
        prepare=ask,
    )
    assert page.locator(".modal [name=body] a").count(), "no link to pay with"


def test_a_risk_profile(screen, company):
    screen(
        CONTROLLER,
        f"/odoo/action-o2c_credit.o2c_risk_profile_action/{need(company, 'profile')}",
        "risk_profile",
        ".o_form_view .o_form_sheet",
    )


def test_the_policy_as_a_matrix(screen):
    page = screen(
        CONTROLLER,
        "/odoo/action-o2c_credit.o2c_credit_policy_matrix_action",
        "policy_matrix",
        ".o_o2c_matrix",
    )
    assert page.locator("text=50%").count(), "no cell tells what it asks up front"


def test_limits_to_decide(screen):
    screen(
        CONTROLLER,
        "/odoo/action-o2c_credit.o2c_limit_change_action",
        "limit_changes",
        ".o_list_view .o_data_row",
    )


def test_what_the_night_found(screen):
    screen(
        CONTROLLER,
        "/odoo/action-o2c_credit.o2c_credit_alert_action",
        "alerts",
        ".o_list_view .o_data_row",
    )


def test_the_billing_queue(screen):
    screen(
        CONTROLLER,
        "/odoo/action-o2c_billing.o2c_billing_event_action",
        "billing_queue",
        ".o_list_view .o_data_row, .o_kanban_record",
    )


def test_a_draft_to_approve(screen, company):
    screen(
        CONTROLLER,
        f"/odoo/action-account.action_move_out_invoice_type/{need(company, 'draft')}",
        "draft_to_approve",
        ".o_form_view .o_form_sheet",
    )


def test_from_delivery_to_invoice_in_days_and_euros(screen):
    page = screen(
        CONTROLLER,
        "/odoo/action-o2c_billing.o2c_lag_board_action",
        "invoicing_lag",
        ".o_o2c_lag",
    )
    assert page.locator(".o_o2c_lag canvas, .o_o2c_lag svg").count(), "no chart"


def test_the_board_of_drafts_that_wait_for_an_approver(screen):
    screen(
        CONTROLLER,
        "/odoo/action-o2c_billing.o2c_check_action",
        "check_board",
        ".o_kanban_record",
    )


def test_contracts_with_their_next_invoice(screen):
    screen(
        CONTROLLER,
        "/odoo/action-o2c_billing.o2c_contract_action",
        "contracts",
        ".o_list_view .o_data_row",
    )


def test_what_a_source_did_not_send(screen):
    screen(
        CONTROLLER,
        "/odoo/action-o2c_billing.o2c_source_day_action",
        "completeness",
        ".o_list_view .o_data_row",
    )


def test_the_ways_documents_leave(screen):
    screen(
        CONTROLLER,
        "/odoo/action-o2c_billing.o2c_sending_action",
        "sending",
        ".o_list_view .o_data_row",
    )


def test_the_reminders_of_tonight(screen):
    screen(
        CONTROLLER,
        "/odoo/action-o2c_dunning.o2c_dunning_notice_action",
        "reminders",
        ".o_list_view .o_data_row, .o_kanban_record, .o_group_header",
    )


def test_a_case_with_everything_about_a_debtor(screen, company):
    screen(
        CONTROLLER,
        f"/odoo/action-o2c_dunning.o2c_dunning_case_action/{need(company, 'case')}",
        "case",
        ".o_form_view .o_form_sheet",
    )


def test_the_work_list_with_the_next_customer(screen):
    page = screen(
        COLLECTOR,
        f"{COLLECTING}.o2c_work_list_action",
        "work_list",
        ".o_o2c_work_row",
    )
    assert page.locator("text=€").count(), "no amount on the screen"


#: action of collecting, name of the picture: lists of the collector
LISTS = [
    ("o2c_payment_plan_action", "plans"),
    ("o2c_question_action", "questions"),
    ("o2c_dispute_action", "disputes"),
    ("o2c_collection_file_action", "collection_files"),
    ("o2c_call_result_action", "calls"),
    ("o2c_remind_verdict_action", "why_or_why_not"),
]


@pytest.mark.parametrize(("action", "name"), LISTS)
def test_a_list_of_the_collector_has_something_to_show(screen, action, name):
    screen(
        COLLECTOR,
        f"{COLLECTING}.{action}",
        name,
        ".o_data_row, .o_group_header, .o_kanban_record:not(.o_kanban_ghost)",
    )


#: action of collecting, record of the demo: what a collector opens
FORMS = [
    ("o2c_payment_plan_action", "plan"),
    ("o2c_question_action", "question"),
    ("o2c_dispute_action", "dispute"),
    ("o2c_collection_file_action", "file"),
    ("o2c_dunning_ladder_action", "ladder"),
]


@pytest.mark.parametrize(("action", "name"), FORMS)
def test_a_form_of_collecting_opens(screen, company, action, name):
    screen(
        CONTROLLER,
        f"{COLLECTING}.{action}/{need(company, name)}",
        f"collecting_{name}",
        ".o_form_view .o_form_sheet",
    )


def test_the_account_of_a_customer_on_the_portal(screen):
    page = screen("portal customer", "/my/account-overview", "portal_account", "main")
    assert "€" in page.inner_text("main")


def test_the_pay_page_on_a_phone(screen, company):
    ready = "main button[name=o_payment_submit_button]:not([disabled])"
    page = screen(None, need(company, "pay"), "pay_page", ready, phone=True)
    assert "€" in page.inner_text("main")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("role", ["administrator", "seller", CONTROLLER, COLLECTOR])
def test_every_menu_of_order_to_cash_opens(screen, role):
    """A click on each menu entry: no traceback, no error in the console."""
    page = screen(
        role,
        "/odoo/action-o2c_base.o2c_today_action",
        None,
        ".o_o2c_today_page",
    )
    menus = page.evaluate(
        """async () => {
            const menus = await (await fetch("/web/webclient/load_menus")).json();
            const root = Object.values(menus).find(
                (menu) => menu.xmlid === "o2c_base.o2c_menu");
            const found = [];
            const walk = (menu) => menu.children.forEach((id) => {
                if (menus[id].actionID) found.push(menus[id].actionID);
                walk(menus[id]);
            });
            if (root) walk(root);
            return [...new Set(found)];
        }"""
    )
    assert menus or role == "seller"
    for action in menus:
        # what a click on the entry does; it is over when the screen stands
        page.evaluate(
            "(action) => odoo.__WOWL_DEBUG__.root.env.services.action.doAction("
            "action, {clearBreadcrumbs: true})",
            action,
        )
        page.wait_for_selector(".o_action_manager > *, .modal", timeout=60000)
        page.wait_for_timeout(200)
        dialog = page.locator(".o_error_dialog")
        assert dialog.count() == 0, dialog.first.inner_text()
