import {Component, onMounted, onWillUnmount, xml} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

const SECONDS = 3;

/** Looks again every few seconds while a dossier is being made. */
export class DossierWatch extends Component {
    static template = xml`<t/>`;
    static props = {...standardWidgetProps};

    setup() {
        onMounted(() => {
            this.timer = setInterval(() => this.look(), SECONDS * 1000);
        });
        onWillUnmount(() => clearInterval(this.timer));
    }

    async look() {
        const record = this.props.record;
        if (
            record.data.dossier_state === "making" &&
            !document.hidden &&
            !(await record.isDirty())
        ) {
            await record.load();
        }
    }
}

registry.category("view_widgets").add("o2c_dossier_watch", {
    component: DossierWatch,
    fieldDependencies: [{name: "dossier_state", type: "selection"}],
});
