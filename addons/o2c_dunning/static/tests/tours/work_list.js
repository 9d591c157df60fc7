import {registry} from "@web/core/registry";

/** A key on the page itself, as a collector who types in no field. */
function press(key) {
    return () => {
        document.activeElement?.blur();
        document.body.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true}));
    };
}

/** Arrow down, note a call with a next day: the case moves, the next one opens. */
registry.category("web_tour.tours").add("o2c_work_list", {
    steps: () => [
        {
            content: "the best case stands first and is open",
            trigger:
                ".o_o2c_work_row:first-child.active:contains(Groot Proef) .fw-bold",
        },
        {
            content: "with its items and the reason of each",
            trigger: ".o_o2c_work_case:contains(Open items) td:contains(€)",
            run: press("ArrowDown"),
        },
        {
            content: "the arrow opens the second one",
            trigger: ".o_o2c_work_name:contains(Midden Proef)",
            run: press("k"),
        },
        {
            trigger: ".o_o2c_work_name:contains(Groot Proef)",
            run: press("j"),
        },
        {
            content: "a slash goes to the search",
            trigger: ".o_o2c_work_name:contains(Midden Proef)",
            run: press("/"),
        },
        {
            content: "and Escape goes back to the list",
            trigger: ".o_o2c_work_list input:focus",
            run() {
                this.anchor.dispatchEvent(
                    new KeyboardEvent("keydown", {key: "Escape", bubbles: true})
                );
            },
        },
        {
            trigger: ".o_o2c_work_row.active:focus",
        },
        {
            content: "a key opens the form of a call",
            trigger: ".o_o2c_work_name:contains(Midden Proef)",
            run: press("c"),
        },
        {
            content: "a number chooses the result",
            trigger: ".o_o2c_work_form button[data-result=not_reached]",
            run() {
                const first = document.querySelector(".o_o2c_work_form button");
                first.dispatchEvent(
                    new KeyboardEvent("keydown", {key: "2", bubbles: true})
                );
            },
        },
        {
            trigger: ".o_o2c_work_form button.btn-primary[data-result=not_reached]",
        },
        {
            content: "who will pay is asked for a day first",
            trigger: ".o_o2c_work_form button[data-result=will_pay]",
            run: "click",
        },
        {
            trigger: ".o_o2c_work_form #o2c_work_promised:focus",
        },
        {
            trigger: ".o_o2c_work_form button[data-result=not_reached]",
            run: "click",
        },
        {
            trigger: ".o_o2c_work_form textarea[name=note]",
            run: "edit Voicemail ingesproken",
        },
        {
            content: "a day, counted from today",
            trigger: ".o_o2c_work_form #o2c_work_day",
            run: "edit +10d",
        },
        {
            trigger: ".o_o2c_work_form textarea[name=note]",
            run() {
                this.anchor.focus();
                this.anchor.dispatchEvent(
                    new KeyboardEvent("keydown", {
                        key: "Enter",
                        ctrlKey: true,
                        bubbles: true,
                    })
                );
            },
        },
        {
            content: "the next case opens by itself, the one of the call is gone",
            trigger:
                ".o_o2c_work:not(:has(.o_o2c_work_row:contains(Midden Proef))) .o_o2c_work_name:contains(Klein Proef)",
        },
        {
            content: "it waits among all open cases",
            trigger: ".o_o2c_work_filter[data-key=everything]",
            run: "click",
        },
        {
            trigger: ".o_o2c_work_row:contains(Midden Proef)",
            run: "click",
        },
        {
            content: "with the call in its line of time",
            trigger: ".o_o2c_work_call:contains(Voicemail ingesproken)",
        },
        {
            content: "a promise is made in the dialog of the case",
            trigger: ".o_o2c_work_buttons button[data-name=action_promise]",
            run: "click",
        },
        {
            content: "a letter typed there is no command",
            trigger: ".modal .o_field_widget[name=amount] input",
            run: "edit 50",
        },
        {trigger: ".modal .o_form_button_save", run: "click"},
        {
            content: "and the list moved on",
            trigger:
                "body:not(:has(.modal)) .o_o2c_work_name:not(:contains(Midden Proef))",
        },
    ],
});
