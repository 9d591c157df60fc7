import {registry} from "@web/core/registry";

const BUTTON = ".o2c_pay_choose button[type=submit]";

/** A customer unticks everything: the button waits until something is chosen. */
registry.category("web_tour.tours").add("o2c_portal_choose", {
    steps: () => [
        {
            content: "open the choice",
            trigger: ".o2c_pay_choose summary:contains(Choose invoices)",
            run: "click",
        },
        {
            content: "untick the first",
            trigger: ".o2c_pay_pick:nth-of-type(1) input:checked",
            run: "click",
        },
        {content: "one is left", trigger: `${BUTTON}:not(:disabled)`},
        {
            content: "untick the second",
            trigger: ".o2c_pay_pick:nth-of-type(2) input:checked",
            run: "click",
        },
        {content: "nothing can be sent", trigger: `${BUTTON}:disabled`},
        {
            content: "and it says why",
            trigger: ".o2c_pay_none:visible:contains(Nothing is chosen)",
        },
        {
            content: "tick the first again",
            trigger: ".o2c_pay_pick:nth-of-type(1) input:not(:checked)",
            run: "click",
        },
        {
            content: "show it",
            trigger: `${BUTTON}:not(:disabled)`,
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "just that one",
            trigger: ".o2c_pay_amount:contains(1,210.00)",
        },
    ],
});
