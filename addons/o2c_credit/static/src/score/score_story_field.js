import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/** The points behind a score as bars, and what would change the grade. */
export class O2cScoreStoryField extends Component {
    static template = "o2c_credit.ScoreStoryField";
    static props = {...standardFieldProps};

    get story() {
        return this.props.record.data[this.props.name] || {};
    }

    get reasons() {
        const reasons = this.story.reasons || [];
        const most = Math.max(25, ...reasons.map((one) => Math.abs(one.points)));
        return reasons.map((one) => ({
            ...one,
            width: Math.min(50, (50 * Math.abs(one.points)) / most),
            sign: one.points > 0 ? `+${one.points}` : `−${-one.points}`,
        }));
    }

    get better() {
        return (this.story.ways || []).filter((way) => way.up);
    }

    get worse() {
        return (this.story.ways || []).filter((way) => !way.up);
    }
}

registry.category("fields").add("o2c_score_story", {
    component: O2cScoreStoryField,
    displayName: _t("Points of a score"),
    supportedTypes: ["json"],
});
