import {onWillStart} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {SelectCreateDialog} from "@web/views/view_dialogs/select_create_dialog";
import {_t} from "@web/core/l10n/translation";
import {isPressing, isTyping} from "@o2c_base/keyboard/keys";
import {O2cPickedList} from "@o2c_base/keyboard/picked_list";
import {O2cCashLine} from "./cash_line";

const MATCH = "o2c.cash.match";
/** Whose money it may be: no colleagues, who have a partner as every user has. */
const CUSTOMERS = [
    ["parent_id", "=", false],
    "|",
    ["user_ids", "=", false],
    ["partner_share", "=", true],
];

/** Bank lines on the left, what each is for on the right, decided by keyboard. */
export class O2cCashDesk extends O2cPickedList {
    static template = "o2c_cash.Desk";
    static components = {O2cCashLine};
    static model = MATCH;
    static reader = "get_desk_match";

    setup() {
        super.setup();
        this.dialog = useService("dialog");
        onWillStart(() => this.load({}));
    }

    get moreState() {
        return {busy: false};
    }

    /** Read the list again; stay on a line, or open the first one. */
    async load({shown, openId = this.state.openId}) {
        this.state.board = await this.orm.call(MATCH, "get_desk", [], {
            shown: shown || this.state.board?.shown || "todo",
            search: this.state.search,
            limit: this.state.limit,
        });
        await this.openKept(openId);
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

    accept() {
        return this.once(async () => {
            const words = await this.orm.call(MATCH, "desk_accept", [
                [this.state.openId],
            ]);
            await this.moveOn(words);
        });
    }

    dismiss() {
        return this.once(async () => {
            await this.orm.call(MATCH, "desk_dismiss", [[this.state.openId]]);
            await this.moveOn(_t("Dismissed. It waits under Dismissed."));
        });
    }

    reopen() {
        return this.once(async () => {
            await this.orm.call(MATCH, "desk_reopen", [[this.state.openId]]);
            await this.moveOn(_t("It waits for a decision again."));
        });
    }

    again() {
        return this.once(async () => {
            const id = await this.orm.call(MATCH, "desk_again", [[this.state.openId]]);
            await this.load({openId: id});
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
                [[this.state.openId], items],
                {difference}
            );
        });
    }

    /** The payment that the bank took back. */
    chooseOriginal(lineId) {
        return this.once(async () => {
            this.state.record = await this.orm.call(MATCH, "desk_original", [
                [this.state.openId],
                lineId,
            ]);
        });
    }

    async findItems(text) {
        const openId = this.state.openId;
        const record = await this.orm.call(MATCH, "get_desk_match", [[openId]], {
            search: text,
        });
        if (this.state.openId === openId) {
            this.state.record.offered = record.offered;
        }
    }

    chooseCustomer() {
        this.dialog.add(SelectCreateDialog, {
            resModel: "res.partner",
            title: _t("Whose money is it?"),
            domain: CUSTOMERS,
            multiSelect: false,
            noCreate: true,
            onSelected: ([id]) =>
                this.once(async () => {
                    this.state.record = await this.orm.call(MATCH, "desk_customer", [
                        [this.state.openId],
                        id,
                    ]);
                }),
        });
    }

    async ask() {
        const action = await this.orm.call(MATCH, "desk_ask", [[this.state.openId]]);
        return this.action.doAction(action);
    }

    onKeydown(ev) {
        if (ev.key === "Escape" && ev.target.classList?.contains("o_o2c_cash_search")) {
            ev.target.blur();
            return;
        }
        // after a click the focus is on the row that is open: no button to press
        if (isTyping(ev) || (isPressing(ev) && ev.target !== this.openRow)) {
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
        const commands = {...this.moving, f: () => this.search.el?.focus()};
        const record = this.state.record;
        if (record?.state === "proposed") {
            Object.assign(commands, {
                Enter: () => this.accept(),
                d: () => this.dismiss(),
                r: () => this.again(),
                q: () => this.ask(),
                c: () => record.kind !== "payout" && this.chooseCustomer(),
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
