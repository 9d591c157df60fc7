import {
    Component,
    onWillStart,
    useEffect,
    useExternalListener,
    useRef,
    useState,
} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {useDebounced} from "@web/core/utils/timing";
import {useService} from "@web/core/utils/hooks";
import {SelectCreateDialog} from "@web/views/view_dialogs/select_create_dialog";
import {_t} from "@web/core/l10n/translation";
import {isPressing, isTyping} from "@o2c_base/keyboard/keys";
import {O2cCashLine} from "./cash_line";

const MATCH = "o2c.cash.match";

/** Bank lines on the left, what each is for on the right, decided by keyboard. */
export class O2cCashDesk extends Component {
    static template = "o2c_cash.Desk";
    static components = {O2cCashLine};
    static props = ["*"];

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.list = useRef("list");
        this.search = useRef("search");
        this.state = useState({
            board: null,
            matchId: null,
            record: null,
            help: false,
            busy: false,
            search: "",
            limit: 60,
        });
        this.onSearch = useDebounced(() => this.load({matchId: null}), 300);
        useExternalListener(window, "keydown", (ev) => this.onKeydown(ev));
        onWillStart(() => this.load({}));
        useEffect(
            () => {
                const row = this.list.el?.querySelector(".o_o2c_cash_row.active");
                row?.scrollIntoView({block: "nearest"});
            },
            () => [this.state.matchId]
        );
    }

    /** Read the list again; stay on a line, or open the first one. */
    async load({shown, matchId = this.state.matchId}) {
        this.state.board = await this.orm.call(MATCH, "get_desk", [], {
            shown: shown || this.state.board?.shown || "todo",
            search: this.state.search,
            limit: this.state.limit,
        });
        const rows = this.state.board.rows;
        const kept = rows.find((row) => row.id === matchId) || rows[0];
        await this.open(kept ? kept.id : null);
    }

    async open(matchId) {
        this.state.matchId = matchId;
        if (!matchId) {
            this.state.record = null;
            return;
        }
        const record = await this.orm.call(MATCH, "get_desk_match", [[matchId]]);
        // a later key may have opened another one meanwhile
        if (this.state.matchId === matchId) {
            this.state.record = record;
        }
    }

    get index() {
        return this.state.board.rows.findIndex((row) => row.id === this.state.matchId);
    }

    move(step) {
        const next = this.state.board.rows[this.index + step];
        return next && this.open(next.id);
    }

    /** One thing at a time: a second Enter does not hit the next line. */
    async once(work) {
        if (this.state.busy) {
            return;
        }
        this.state.busy = true;
        try {
            await work();
        } finally {
            this.state.busy = false;
        }
    }

    /** After a decision: say what happened, and open the line that follows. */
    async moveOn(words) {
        const rows = this.state.board.rows;
        const after = rows[this.index + 1] || rows[this.index - 1];
        if (words) {
            this.notification.add(words, {type: "success"});
        }
        await this.load({matchId: after ? after.id : null});
    }

    accept() {
        return this.once(async () => {
            const words = await this.orm.call(MATCH, "desk_accept", [
                [this.state.matchId],
            ]);
            await this.moveOn(words);
        });
    }

    dismiss() {
        return this.once(async () => {
            await this.orm.call(MATCH, "desk_dismiss", [[this.state.matchId]]);
            await this.moveOn(_t("Dismissed. It waits under Dismissed."));
        });
    }

    reopen() {
        return this.once(async () => {
            await this.orm.call(MATCH, "desk_reopen", [[this.state.matchId]]);
            await this.moveOn(_t("It waits for a decision again."));
        });
    }

    again() {
        return this.once(async () => {
            const id = await this.orm.call(MATCH, "desk_again", [[this.state.matchId]]);
            await this.load({matchId: id});
        });
    }

    acceptCertain() {
        return this.once(async () => {
            const ids = this.state.board.rows
                .filter((row) => row.certainty === "certain")
                .map((row) => row.id);
            if (ids.length) {
                await this.orm.call(MATCH, "action_accept_all", [ids]);
                await this.moveOn(
                    _t("%s lines will be booked in a minute.", ids.length)
                );
            }
        });
    }

    /** Items by hand: the server says what becomes of them. */
    choose(items, difference) {
        return this.once(async () => {
            this.state.record = await this.orm.call(
                MATCH,
                "desk_choose",
                [[this.state.matchId], items],
                {difference}
            );
        });
    }

    /** The payment that the bank took back. */
    chooseOriginal(lineId) {
        return this.once(async () => {
            this.state.record = await this.orm.call(MATCH, "desk_original", [
                [this.state.matchId],
                lineId,
            ]);
        });
    }

    async findItems(text) {
        const matchId = this.state.matchId;
        const record = await this.orm.call(MATCH, "get_desk_match", [[matchId]], {
            search: text,
        });
        if (this.state.matchId === matchId) {
            this.state.record.offered = record.offered;
        }
    }

    chooseCustomer() {
        this.dialog.add(SelectCreateDialog, {
            resModel: "res.partner",
            title: _t("Whose money is it?"),
            domain: [["parent_id", "=", false]],
            multiSelect: false,
            noCreate: true,
            onSelected: ([id]) =>
                this.once(async () => {
                    this.state.record = await this.orm.call(MATCH, "desk_customer", [
                        [this.state.matchId],
                        id,
                    ]);
                }),
        });
    }

    async ask() {
        const action = await this.orm.call(MATCH, "desk_ask", [[this.state.matchId]]);
        return this.action.doAction(action);
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
        if (ev.key === "Escape" && ev.target.classList?.contains("o_o2c_cash_search")) {
            ev.target.blur();
            return;
        }
        if (isTyping(ev) || isPressing(ev)) {
            return;
        }
        const command = this.commands[ev.key];
        if (command) {
            ev.preventDefault();
            command();
        }
    }

    /** What each key does here. */
    get commands() {
        const commands = {
            j: () => this.move(1),
            ArrowDown: () => this.move(1),
            k: () => this.move(-1),
            ArrowUp: () => this.move(-1),
            f: () => this.search.el?.focus(),
            "?": () => (this.state.help = !this.state.help),
        };
        const record = this.state.record;
        if (record?.state === "proposed") {
            Object.assign(commands, {
                Enter: () => this.accept(),
                d: () => this.dismiss(),
                r: () => this.again(),
                q: () => this.ask(),
                c: () => this.chooseCustomer(),
                A: () => this.acceptCertain(),
                "/": () => document.querySelector(".o_o2c_cash_find")?.focus(),
            });
        } else if (record) {
            commands.u = () => this.reopen();
        }
        if (record) {
            commands.o = () => this.openRecord(MATCH, record.id);
        }
        return commands;
    }
}

registry.category("actions").add("o2c_cash.desk", O2cCashDesk);
