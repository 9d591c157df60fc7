import {Component, useEffect, useExternalListener, useRef, useState} from "@odoo/owl";
import {useDebounced} from "@web/core/utils/timing";
import {useService} from "@web/core/utils/hooks";

/** Rows that are read at a time. */
const PAGE = 60;

/**
 * A list on the left, one record of it on the right, moved through by keyboard.
 *
 * A screen names `model` and `reader` (the method that reads one record), and has
 * `load({openId})`, which reads `state.board` with its `rows` and ends with
 * `openKept(openId)`.
 */
export class O2cPickedList extends Component {
    static props = ["*"];
    static model = "";
    static reader = "";

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.list = useRef("list");
        this.search = useRef("search");
        this.state = useState({
            board: null,
            openId: null,
            record: null,
            help: false,
            search: "",
            limit: PAGE,
            ...this.moreState,
        });
        this.onSearch = useDebounced(() => this.load({openId: null}), 300);
        useExternalListener(window, "keydown", (ev) => this.onKeydown(ev));
        useEffect(
            () => {
                // what it gives back is no clean-up: some browsers give a promise
                this.openRow?.scrollIntoView({block: "nearest"});
            },
            () => [this.state.openId]
        );
    }

    /** What a screen remembers besides. */
    get moreState() {
        return {};
    }

    /** The row of the record that is open, on the screen. */
    get openRow() {
        return this.list.el?.querySelector(".o_o2c_picked_row.active");
    }

    get index() {
        return this.state.board.rows.findIndex((row) => row.id === this.state.openId);
    }

    /** After reading the list: stay on a record, or open the first one. */
    openKept(openId) {
        const rows = this.state.board.rows;
        const kept = rows.find((row) => row.id === openId) || rows[0];
        return this.open(kept ? kept.id : null);
    }

    async open(openId) {
        const {model, reader} = this.constructor;
        this.state.openId = openId;
        if (!openId) {
            this.state.record = null;
            return;
        }
        const record = await this.orm.call(model, reader, [[openId]]);
        // a later key may have opened another one meanwhile
        if (this.state.openId === openId) {
            this.state.record = record;
        }
    }

    move(step) {
        const next = this.state.board.rows[this.index + step];
        return next && this.open(next.id);
    }

    /** After a decision: say what happened, and open the one that follows. */
    async moveOn(words) {
        const rows = this.state.board.rows;
        const after = rows[this.index + 1] || rows[this.index - 1];
        if (words) {
            this.notification.add(words, {type: "success"});
        }
        await this.load({openId: after ? after.id : null});
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
        this.state.limit += PAGE;
        return this.load({});
    }

    /** Keys that every such list has. */
    get moving() {
        return {
            j: () => this.move(1),
            ArrowDown: () => this.move(1),
            k: () => this.move(-1),
            ArrowUp: () => this.move(-1),
            "?": () => (this.state.help = !this.state.help),
        };
    }
}
