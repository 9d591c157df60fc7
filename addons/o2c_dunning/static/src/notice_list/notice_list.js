import {ListController} from "@web/views/list/list_controller";
import {evaluateBooleanExpr} from "@web/core/py_js/py";
import {listView} from "@web/views/list/list_view";
import {registry} from "@web/core/registry";

/** Reminders: a button stands there when it does something with what was chosen. */
export class O2cNoticeListController extends ListController {
    evalViewModifier(modifier) {
        const root = this.model.root;
        const chosen = root.selection.map((record) => record.data);
        const some = (...states) => chosen.some((one) => states.includes(one.state));
        const context = {
            ...root.evalContext.context,
            o2c_approvable: some("waiting"),
            o2c_postable: chosen.some(
                (one) =>
                    one.state === "queued" && ["letter", "call"].includes(one.channel)
            ),
            o2c_withdrawable: some("waiting", "approved", "failed"),
        };
        return evaluateBooleanExpr(modifier, {...root.evalContext, context});
    }
}

registry.category("views").add("o2c_notice_list", {
    ...listView,
    Controller: O2cNoticeListController,
});
