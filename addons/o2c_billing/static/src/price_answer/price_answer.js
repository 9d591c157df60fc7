import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {formatFloat} from "@web/core/utils/numbers";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/** The answer of a simulation: a card per article. */
export class PriceAnswerField extends Component {
    static template = "o2c_billing.PriceAnswerField";
    static props = {...standardFieldProps};

    get articles() {
        return this.props.record.data[this.props.name] || [];
    }

    kind(article) {
        return article.kind === "service" ? _t("Service") : _t("Goods");
    }

    difference(article) {
        const rounded = Math.round(article.difference * 10) / 10;
        const shown = formatFloat(rounded, {digits: [16, 1], trailingZeros: false});
        return `${rounded > 0 ? "+" : ""}${shown}%`;
    }
}

export const priceAnswerField = {
    component: PriceAnswerField,
    displayName: _t("Prices and why"),
    supportedTypes: ["json"],
};

registry.category("fields").add("o2c_price_answer", priceAnswerField);
