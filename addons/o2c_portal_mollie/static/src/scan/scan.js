import {PaymentForm} from "@payment/interactions/payment_form";
import {browser} from "@web/core/browser/browser";
import {patch} from "@web/core/utils/patch";
import {registry} from "@web/core/registry";
import {Interaction} from "@web/public/interaction";

/** A screen that another device can scan; a phone goes to its bank at once. */
const BIG_SCREEN = "(min-width: 768px) and (not (pointer: coarse))";
const ASK_EVERY = 3000;

patch(PaymentForm.prototype, {
    _processRedirectFlow(providerCode, optionId, methodCode, processingValues) {
        const url = processingValues.o2c_scan_url;
        if (url && browser.matchMedia(BIG_SCREEN).matches) {
            browser.location.assign(url);
            return;
        }
        super._processRedirectFlow(...arguments);
    },
});

/** Waits before the bank's code until the payment has ended, whichever way. */
export class BankScan extends Interaction {
    static selector = ".o2c_scan";

    start() {
        this.waitForTimeout(() => this.ask(), ASK_EVERY);
    }

    async ask() {
        let next = "";
        try {
            const answer = await this.waitFor(
                browser.fetch(this.el.dataset.stateUrl, {cache: "no-store"})
            );
            if (answer.ok) {
                next = (await this.waitFor(answer.json())).next;
            }
        } catch {
            // No connection for a moment: asked again like everything else
        }
        if (next) {
            browser.location.assign(next);
        } else {
            this.waitForTimeout(() => this.ask(), ASK_EVERY);
        }
    }
}

registry.category("public.interactions").add("o2c_portal_mollie.scan", BankScan);
