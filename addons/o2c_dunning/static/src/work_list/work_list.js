import {
    Component,
    onWillStart,
    status,
    useEffect,
    useExternalListener,
    useRef,
    useState,
} from "@odoo/owl";
import {ConfirmationDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useDebounced} from "@web/core/utils/timing";
import {useService} from "@web/core/utils/hooks";
import {O2cWorkCase} from "./work_case";
import {isTyping} from "@o2c_base/keyboard/keys";

const CASE = "o2c.dunning.case";

/** The collector's day: a ranked list, one case at a time, by keyboard. */
export class O2cWorkList extends Component {
    static template = "o2c_dunning.WorkList";
    static components = {O2cWorkCase};
    static props = ["*"];

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.dialog = useService("dialog");
        this.list = useRef("list");
        this.search = useRef("search");
        this.state = useState({
            board: null,
            caseId: null,
            record: null,
            form: null,
            phone: false,
            help: false,
            search: "",
            limit: 60,
        });
        this.onSearch = useDebounced(() => this.load({caseId: null}), 300);
        useExternalListener(window, "keydown", (ev) => this.onKeydown(ev));
        onWillStart(() => this.load({}));
        useEffect(
            () => {
                const row = this.list.el?.querySelector(".o_o2c_work_row.active");
                row?.scrollIntoView({block: "nearest"});
            },
            () => [this.state.caseId]
        );
    }

    /** Read the list again; stay on a case, or open the best one. */
    async load({scope, shown, caseId = this.state.caseId}) {
        const board = this.state.board;
        this.state.board = await this.orm.call(CASE, "get_work_list", [], {
            scope: scope || board?.scope || null,
            shown: shown || board?.shown || "due",
            search: this.state.search,
            limit: this.state.limit,
        });
        const rows = this.state.board.rows;
        const kept = rows.find((row) => row.id === caseId) || rows[0];
        await this.open(kept ? kept.id : null);
    }

    async open(caseId) {
        this.state.form = null;
        this.state.caseId = caseId;
        if (!caseId) {
            this.state.record = null;
            return;
        }
        const record = await this.orm.call(CASE, "get_work_case", [[caseId]]);
        // a later key may have opened another one meanwhile
        if (this.state.caseId === caseId) {
            this.state.record = record;
        }
    }

    choose(row) {
        this.state.phone = true;
        return this.open(row.id);
    }

    get index() {
        return this.state.board.rows.findIndex((row) => row.id === this.state.caseId);
    }

    move(step) {
        const next = this.state.board.rows[this.index + step];
        return next && this.open(next.id);
    }

    /** After an action: say when it comes back, and open the one that follows. */
    async moveOn(words) {
        const rows = this.state.board.rows;
        const after = rows[this.index + 1] || rows[this.index - 1];
        if (words) {
            this.notification.add(words, {type: "success"});
        }
        await this.load({caseId: after ? after.id : null});
    }

    openForm(name) {
        if (this.state.record && this.state.record.state !== "closed") {
            this.state.form = this.state.form === name ? null : name;
        }
    }

    closeForm() {
        this.state.form = null;
    }

    /** Ask first where the case says so: with the agency, vulnerable. */
    async press(button) {
        if (!button.ask) {
            return this.go(button);
        }
        return this.dialog.add(ConfirmationDialog, {
            title: button.label,
            body: button.ask,
            confirmLabel: _t("Go on"),
            confirm: () => this.go(button),
            cancel: () => {
                // nothing was done
            },
        });
    }

    /** The dialog of another part; when something was done there, the case moves on. */
    async go(button) {
        const {id, stamp} = this.state.record;
        const action = await this.orm.call(CASE, "run_work_button", [
            [id],
            button.name,
        ]);
        if (!action) {
            return this.settle(id, stamp);
        }
        // the dialog waits for what onClose gives back, and would stay when this screen
        // goes away meanwhile: nothing is given back
        const onClose = () => {
            this.settle(id, stamp);
        };
        return this.action.doAction(action, {onClose});
    }

    async settle(id, stamp) {
        // noted also when another screen opened: hence not the service of this one
        const {orm} = this.env.services;
        const after = await orm.call(CASE, "after_work", [[id], stamp]);
        if (after.done && status(this) !== "destroyed") {
            await this.moveOn(after.words);
        }
    }

    async readAnswer() {
        const {id} = this.state.record;
        await this.orm.call(CASE, "read_answer", [[id]]);
        await this.load({caseId: id});
    }

    openCase() {
        this.openRecord(CASE, this.state.caseId);
    }

    openRecord(model, id) {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: model,
            res_id: id,
            views: [[false, "form"]],
        });
    }

    showMore() {
        this.state.limit += 60;
        return this.load({});
    }

    onKeydown(ev) {
        if (ev.key === "Escape" && (this.state.form || this.state.help)) {
            this.state.form = null;
            this.state.help = false;
            return;
        }
        if (ev.key === "Escape" && ev.target === this.search.el) {
            this.leaveSearch();
            return;
        }
        if (isTyping(ev)) {
            return;
        }
        const command = this.commands[ev.key] || this.commands[ev.key.toLowerCase()];
        if (command) {
            ev.preventDefault();
            command();
        }
    }

    /** Back from the search to the list, where the keys work again. */
    leaveSearch() {
        const row = this.list.el?.querySelector(".o_o2c_work_row.active");
        this.search.el.blur();
        row?.focus();
    }

    /** What each key does here. */
    get commands() {
        const commands = {
            j: () => this.move(1),
            ArrowDown: () => this.move(1),
            k: () => this.move(-1),
            ArrowUp: () => this.move(-1),
            "/": () => this.search.el?.focus(),
            "?": () => (this.state.help = !this.state.help),
        };
        const record = this.state.record;
        if (!record) {
            return commands;
        }
        for (const button of record.buttons) {
            commands[button.hotkey] = () => this.press(button);
        }
        commands.o = () => this.openCase();
        commands.c = () => this.openForm("call");
        commands.n = () => this.openForm("next");
        if (record.state === "answered" || record.news) {
            commands.a = () => this.readAnswer();
        }
        return commands;
    }
}

registry.category("actions").add("o2c_dunning.work_list", O2cWorkList);
