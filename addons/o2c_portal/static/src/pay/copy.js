import {browser} from "@web/core/browser/browser";
import {registry} from "@web/core/registry";
import {Interaction} from "@web/public/interaction";

/** Copies an IBAN or a reference. The button stays hidden without JavaScript. */
export class CopyButton extends Interaction {
    static selector = ".o2c_copy";
    dynamicContent = {
        _root: {"t-on-click": this.copy},
    };

    setup() {
        this.label = this.el.textContent;
        this.el.hidden = false;
    }

    async copy() {
        await this.waitFor(browser.navigator.clipboard.writeText(this.el.dataset.copy));
        this.el.textContent = this.el.dataset.done;
        this.waitForTimeout(() => {
            this.el.textContent = this.label;
        }, 2000);
    }
}

registry.category("public.interactions").add("o2c_portal.copy", CopyButton);
