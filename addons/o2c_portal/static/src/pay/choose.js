import {registry} from "@web/core/registry";
import {Interaction} from "@web/public/interaction";

/** Nothing ticked cannot be sent. Without JavaScript the server says so. */
export class ChooseInvoices extends Interaction {
    static selector = ".o2c_pay_choose form:has(input[name=item])";
    dynamicContent = {
        _root: {"t-on-change": this.look},
    };

    start() {
        this.look();
    }

    look() {
        const ticked = this.el.querySelector("input[name=item]:checked");
        this.el.querySelector("button[type=submit]").disabled = !ticked;
        this.el.querySelector(".o2c_pay_none").hidden = Boolean(ticked);
    }
}

registry.category("public.interactions").add("o2c_portal.choose", ChooseInvoices);
