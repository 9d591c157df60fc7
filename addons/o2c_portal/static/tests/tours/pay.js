import {rpc} from "@web/core/network/rpc";
import {registry} from "@web/core/registry";

/** A customer scans the code on his phone and pays: two taps. */
/** Two windows on one link: what the other one paid is not a failure in this one. */
async function payInTheOtherWindow() {
    const form = document.querySelector("#o_payment_form");
    const radio = form.querySelector("input[data-payment-method-code=ideal]");
    const started = await rpc(form.dataset.transactionRoute, {
        provider_id: Number(radio.dataset.providerId),
        payment_method_id: Number(radio.dataset.paymentOptionId),
        token_id: null,
        amount: Number(form.dataset.amount),
        flow: "direct",
        tokenization_requested: false,
        landing_route: "/pay/back",
        is_validation: false,
        access_token: "",
    });
    await rpc("/payment/demo/simulate_payment", {
        reference: started.reference,
        payment_details: "",
        simulated_state: "done",
    });
    await rpc("/payment/status/poll", {});
}

registry.category("web_tour.tours").add("o2c_portal_second_window", {
    steps: () => [
        {
            content: "iDEAL is chosen already",
            trigger: "input[data-payment-method-code=ideal]:checked",
        },
        {
            content: "paid in the other window",
            trigger:
                ".o2c_pay_form button[name=o_payment_submit_button]:not(:disabled)",
            run: payInTheOtherWindow,
        },
        {
            content: "pay here too",
            trigger:
                ".o2c_pay_form button[name=o_payment_submit_button]:not(:disabled)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "it says thank you, and that nothing was charged again",
            trigger: ".o2c_pay_message:contains(Paid, thank you)",
            timeout: 60000,
        },
        {
            content: "no failure anywhere",
            trigger: ".o2c_pay_message:contains(You were not charged again)",
            run() {
                if (document.querySelector(".modal.show")) {
                    throw new Error("a dialog is open");
                }
            },
        },
    ],
});

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
