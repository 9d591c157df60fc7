import {registry} from "@web/core/registry";

/** A customer scans the code on his phone and pays: two taps. */
registry.category("web_tour.tours").add("o2c_portal_pay", {
    steps: () => [
        {
            content: "the amount that is open today",
            trigger: ".o2c_pay_amount:contains(1,000.00)",
        },
        {
            content: "iDEAL is chosen already",
            trigger: "input[data-payment-method-code=ideal]:checked",
        },
        {
            content: "pay",
            trigger:
                ".o2c_pay_form button[name=o_payment_submit_button]:not(:disabled)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "back on the page: thank you",
            trigger: ".o2c_pay_message h1:contains(Paid, thank you)",
            timeout: 60000,
        },
    ],
});
