import {registry} from "@web/core/registry";

/** A key on the page itself, as a clerk who types in no field. */
function press(key) {
    return () => {
        document.activeElement?.blur();
        document.body.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true}));
    };
}

/** Accept the certain one, undo it, accept again; choose an item for the next one and
 * write the difference off; dismiss the last. */
registry.category("web_tour.tours").add("o2c_cash_desk", {
    steps: () => [
        {
            content: "the certain line stands first and is open",
            trigger: ".o_o2c_cash_row:first-child.active:contains(Bakkerij Proef)",
        },
        {
            content: "with its reasons and its item",
            trigger: ".o_o2c_cash_reasons li:contains(The text names)",
        },
        {
            trigger: ".o_o2c_cash_chosen tbody tr[data-line]:contains(1,210.00)",
            run: press("Enter"),
        },
        {
            content: "booked, and the next one opens",
            trigger: ".o_o2c_cash_amount:contains(600)",
        },
        {
            trigger: ".o_o2c_cash_filter[data-key=booked]",
            run: "click",
        },
        {
            trigger:
                ".o_o2c_cash_page:contains(Booked) .o_o2c_cash_amount:contains(1,210)",
            run: press("u"),
        },
        {
            content: "undone: nothing booked is left",
            trigger: ".o_o2c_cash_none",
        },
        {
            trigger: ".o_o2c_cash_filter[data-key=certain]",
            run: "click",
        },
        {
            trigger: ".o_o2c_cash_accept",
        },
        {
            trigger: ".o_o2c_cash_page .o_o2c_cash_amount:contains(1,210)",
            run: press("Enter"),
        },
        {
            trigger: ".o_o2c_cash_none",
        },
        {
            trigger: ".o_o2c_cash_filter[data-key=todo]",
            run: "click",
        },
        {
            content: "a slash goes to the open items",
            trigger: ".o_o2c_cash_row:contains(Haven restant)",
            run: "click",
        },
        {
            trigger: ".o_o2c_cash_page .o_o2c_cash_amount:contains(600)",
            run: press("/"),
        },
        {
            trigger: ".o_o2c_cash_find:focus",
            run: "edit Proef Haven",
        },
        {
            trigger: ".o_o2c_cash_offered tr[data-line]:contains(605.00) button",
            run: "click",
        },
        {
            content: "a part of it was chosen; the difference is small",
            trigger: ".o_o2c_cash_write",
            run: "click",
        },
        {
            trigger: ".o_o2c_cash_off:contains(5.00)",
            run: press("Enter"),
        },
        {
            content: "the last one is for none of our customers",
            trigger: ".o_o2c_cash_page .o_o2c_cash_amount:contains(12)",
            run: press("d"),
        },
        {
            trigger: ".o_o2c_cash_none:contains(Nothing to decide)",
        },
    ],
});

/** A part of the money, typed on the numeric pad of a Dutch keyboard. */
function typed(text, shown) {
    return [
        {trigger: ".o_o2c_cash_part", run: `edit ${text} && press Enter`},
        {trigger: `.o_o2c_cash_part:value(${shown})`},
    ];
}

registry.category("web_tour.tours").add("o2c_cash_amounts", {
    steps: () => [
        {
            content: "a click leaves the focus on the row",
            trigger: ".o_o2c_cash_row:contains(Proef tweede)",
            run: "click",
        },
        {
            trigger: ".o_o2c_cash_page .o_o2c_cash_amount:contains(1.600)",
            run: press("/"),
        },
        {
            trigger: ".o_o2c_cash_find:focus",
            run: "edit 2500,00",
        },
        {
            trigger: ".o_o2c_cash_offered tr[data-line]:contains(2.500,00) button",
            run: "click",
        },
        {
            content: "the search starts empty again",
            trigger: ".o_o2c_cash_find:value(/^$/)",
        },
        ...typed("1.50", "1,50"),
        ...typed("50.25", "50,25"),
        ...typed("1.234,56", "1.234,56"),
        {
            content: "what cannot be an amount is refused",
            trigger: ".o_o2c_cash_part",
            run: "edit 1.5.00 && press Enter",
        },
        {trigger: ".o_o2c_cash_wrong"},
        ...typed("1.500", "1.500,00"),
        {
            content: "the amount stands in its field only",
            trigger: "td:has(> .o_o2c_cash_part)",
            run() {
                if (this.anchor.textContent.trim()) {
                    throw new Error(`beside the field: ${this.anchor.textContent}`);
                }
            },
        },
        {
            content: "Enter on the row that was clicked accepts it",
            trigger: ".o_o2c_cash_row.active",
            run() {
                const row = document.querySelector(".o_o2c_cash_row.active");
                row.focus();
                row.dispatchEvent(
                    new KeyboardEvent("keydown", {key: "Enter", bubbles: true})
                );
            },
        },
        {
            trigger: ".o_o2c_cash_page .o_o2c_cash_amount:contains(2.000)",
        },
    ],
});
