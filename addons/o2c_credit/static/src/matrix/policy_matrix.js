import {Component, onWillStart, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {Layout} from "@web/search/layout";
import {FormViewDialog} from "@web/views/view_dialogs/form_view_dialog";

/** The form of one cell; who may only read it has nothing to save. */
export class O2cPolicyCell extends FormViewDialog {
    setup() {
        super.setup();
        if (this.props.readonly) {
            this.viewProps.buttonTemplate = "o2c_credit.PolicyCell.NoButtons";
        }
    }
}

/** The credit policy as grades down, segments across. */
export class O2cPolicyMatrix extends Component {
    static template = "o2c_credit.PolicyMatrix";
    static components = {Layout};
    static props = ["*"];

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.display = {controlPanel: {}};
        this.state = useState({matrix: null});
        onWillStart(() => this.load(null));
    }

    async load(companyId) {
        this.state.matrix = await this.orm.call("o2c.credit.policy", "get_matrix", [
            companyId,
        ]);
    }

    reload() {
        return this.load(this.state.matrix.company_id);
    }

    onCompany(ev) {
        return this.load(parseInt(ev.target.value, 10));
    }

    openList() {
        this.action.doAction("o2c_credit.o2c_credit_policy_action");
    }

    segmentName(index) {
        return this.state.matrix.segments[index].name;
    }

    /** What a screen reader says of a cell. */
    label(row, cell, index) {
        const effects = cell.effects.map((effect) => effect.text).join(", ");
        return [row.name, this.segmentName(index), cell.inherited, effects]
            .filter(Boolean)
            .join(": ");
    }

    title(cell) {
        if (!this.state.matrix.may_change) {
            return "";
        }
        return cell.cell_id
            ? _t("Change this cell")
            : _t("Give this place a cell of its own");
    }

    /** The form of a cell; of an inherited one a new cell that starts as it is. */
    open(cell) {
        const mayChange = this.state.matrix.may_change;
        const resId = cell.cell_id || (mayChange ? false : cell.source_id);
        if (!resId && !mayChange) {
            return;
        }
        const props = {
            resModel: "o2c.credit.policy",
            resId,
            context: resId ? {} : cell.defaults,
            title: resId ? _t("Credit policy") : _t("Own cell of the credit policy"),
            readonly: !mayChange,
            preventEdit: !mayChange,
            preventCreate: !mayChange,
            canExpand: false,
            onRecordSaved: () => this.reload(),
        };
        if (cell.cell_id && mayChange && cell.removable) {
            props.removeRecord = async () => {
                await this.orm.unlink("o2c.credit.policy", [cell.cell_id]);
                await this.reload();
            };
        }
        this.dialog.add(O2cPolicyCell, props);
    }

    /** Arrow keys go from cell to cell. */
    onKeydown(ev) {
        const steps = {
            ArrowLeft: [0, -1],
            ArrowRight: [0, 1],
            ArrowUp: [-1, 0],
            ArrowDown: [1, 0],
        };
        const step = steps[ev.key];
        const place = ev.target.closest("[data-row]");
        if (!step || !place) {
            return;
        }
        const row = parseInt(place.dataset.row, 10) + step[0];
        const column = parseInt(place.dataset.column, 10) + step[1];
        const next = ev.currentTarget.querySelector(
            `[data-row="${row}"][data-column="${column}"]`
        );
        if (next) {
            ev.preventDefault();
            next.focus();
        }
    }
}

registry.category("actions").add("o2c_credit.policy_matrix", O2cPolicyMatrix);
