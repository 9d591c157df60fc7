import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

const ICONS = {
    email: "fa-envelope-o",
    einvoice: "fa-exchange",
    portal: "fa-globe",
    post: "fa-print",
    upload: "fa-upload",
    hand: "fa-hand-paper-o",
    link: "fa-link",
    sms: "fa-mobile",
    call: "fa-phone",
};
const TONES = {
    bad: "text-danger",
    busy: "text-muted",
    left: "text-info",
    read: "text-success",
};

/** How a document reached its customer: one sign per way. */
export class DeliverySignsField extends Component {
    static template = "o2c_billing.DeliverySignsField";
    static props = {...standardFieldProps};

    get signs() {
        const signs = this.props.record.data[this.props.name] || [];
        return signs.map((sign) => ({
            ...sign,
            css: `fa ${ICONS[sign.channel]} ${TONES[sign.tone]} me-1`,
        }));
    }
}

export const deliverySignsField = {
    component: DeliverySignsField,
    displayName: _t("How it reached the customer"),
    supportedTypes: ["json"],
};

registry.category("fields").add("o2c_delivery_signs", deliverySignsField);
