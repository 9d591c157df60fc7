import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {usePopover} from "@web/core/popover/popover_hook";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

export class PriceWhyPopover extends Component {
    static template = "o2c_billing.PriceWhyPopover";
    static props = {why: Object, close: Function};
}

/** The question mark beside a price: each step that led to it. */
export class PriceWhyField extends Component {
    static template = "o2c_billing.PriceWhyField";
    static props = {...standardFieldProps};

    setup() {
        this.popover = usePopover(PriceWhyPopover, {position: "left"});
    }

    get why() {
        return this.props.record.data[this.props.name];
    }

    get icon() {
        return {
            info: "fa-eye text-info",
            danger: "fa-exclamation-triangle text-danger",
            warning: "fa-pencil text-warning",
            success: "fa-handshake-o text-success",
            muted: "fa-info-circle text-muted",
        }[this.why.tone];
    }

    get label() {
        return _t("Why this price?");
    }

    show(ev) {
        this.popover.open(ev.currentTarget, {why: this.why});
    }
}

export const priceWhyField = {
    component: PriceWhyField,
    displayName: _t("Why this price?"),
    supportedTypes: ["json"],
};

registry.category("fields").add("o2c_price_why", priceWhyField);
