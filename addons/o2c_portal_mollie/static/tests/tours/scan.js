import {registry} from "@web/core/registry";

/** On a computer: the bank's code is shown, and the page goes on when it was paid. */
registry.category("web_tour.tours").add("o2c_portal_mollie_scan", {
    steps: () => [
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
            content: "the bank's code",
            trigger: ".o2c_scan img.o2c_scan_code",
            expectUnloadPage: true,
        },
        {
            content: "the customer paid on his phone: thank you",
            trigger: ".o2c_pay_message h1:contains(Paid, thank you)",
            timeout: 60000,
        },
    ],
});
