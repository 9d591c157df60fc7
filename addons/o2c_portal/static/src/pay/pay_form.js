import {PaymentForm} from "@payment/interactions/payment_form";
import {browser} from "@web/core/browser/browser";
import {_t} from "@web/core/l10n/translation";
import {patch} from "@web/core/utils/patch";

const PAY_PAGE = /^(\/pay\/[^/]+)\/start\//;

/**
 * The payment form on a pay page. Whoever has two windows open, or shares a link, may
 * press a button that is no longer true: his page then opens again and says what is
 * open now, which may be "paid, thank you". Odoo's dialog would speak of a failure.
 */
patch(PaymentForm.prototype, {
    async _initiatePaymentFlow() {
        const [, page] = PAY_PAGE.exec(this.paymentContext.transactionRoute) || [];
        if (!page) {
            await super._initiatePaymentFlow(...arguments);
            return;
        }
        this.o2cHeldBack = [];
        try {
            await super._initiatePaymentFlow(...arguments);
        } catch (error) {
            if (error.exceptionName?.endsWith(".PageIsOld")) {
                this.o2cHeldBack = [];
                browser.location.assign(`${page}?changed=1`);
                return;
            }
            throw error;
        } finally {
            const messages = this.o2cHeldBack;
            this.o2cHeldBack = null;
            for (const message of messages) {
                super._displayErrorDialog(_t("Your payment has not started"), message);
            }
        }
    },

    _displayErrorDialog(title, message) {
        if (this.o2cHeldBack) {
            this.o2cHeldBack.push(message);
        } else {
            super._displayErrorDialog(...arguments);
        }
    },
});
