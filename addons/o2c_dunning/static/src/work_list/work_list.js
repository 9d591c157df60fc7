import {onWillStart, status} from "@odoo/owl";
import {ConfirmationDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {O2cWorkCase} from "./work_case";
import {isTyping} from "@o2c_base/keyboard/keys";
import {O2cPickedList} from "@o2c_base/keyboard/picked_list";

const CASE = "o2c.dunning.case";

/** The collector's day: a ranked list, one case at a time, by keyboard. */
export class O2cWorkList extends O2cPickedList {
    static template = "o2c_dunning.WorkList";
    static components = {O2cWorkCase};
    static model = CASE;
    static reader = "get_work_case";

    setup() {
        super.setup();
        this.dialog = useService("dialog");
        onWillStart(() => this.load({}));
    }

    get moreState() {
        return {form: null, phone: false};
    }

    /** Read the list again; stay on a case, or open the best one. */
    async load({scope, shown, openId = this.state.openId}) {
        const board = this.state.board;
        this.state.board = await this.orm.call(CASE, "get_work_list", [], {
            scope: scope || board?.scope || null,
            shown: shown || board?.shown || "due",
            search: this.state.search,
            limit: this.state.limit,
        });
        await this.openKept(openId);
    }

    open(openId) {
        this.state.form = null;
        return super.open(openId);
    }

    choose(row) {
        this.state.phone = true;
        return this.open(row.id);
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
        await this.load({openId: id});
    }

    openCase() {
        this.openRecord(CASE, this.state.openId);
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
        this.search.el.blur();
        this.openRow?.focus();
    }

    /** What each key does here. */
    get commands() {
        const commands = {...this.moving, "/": () => this.search.el?.focus()};
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
