import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/** A letter from A to E in its colour; a dash when nobody was graded yet. */
export class O2cGradeField extends Component {
    static template = "o2c_credit.GradeField";
    static props = {...standardFieldProps};

    get grade() {
        return this.props.record.data[this.props.name] || "";
    }

    get title() {
        return this.grade ? _t("Grade %s", this.grade) : _t("Not rated yet");
    }
}

registry.category("fields").add("o2c_grade", {
    component: O2cGradeField,
    displayName: _t("Credit grade"),
    supportedTypes: ["selection"],
});
