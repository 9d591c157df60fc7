import {Component, useEffect, useRef, useState} from "@odoo/owl";
import {DateTimeInput} from "@web/core/datetime/datetime_input";
import {useService} from "@web/core/utils/hooks";
import {isoDay, saveByKey} from "./work_keys";

/** What came of a call: a result, a note, the day on which the case comes back. */
export class O2cWorkCall extends Component {
    static template = "o2c_dunning.WorkCall";
    static components = {DateTimeInput};
    static props = {record: Object, close: Function, done: Function, press: Function};

    setup() {
        this.orm = useService("orm");
        this.box = useRef("box");
        this.state = useState({
            result: "",
            note: "",
            next: false,
            action: "",
            promised: false,
            amount: this.props.record.promisable,
            busy: false,
            tried: false,
        });
        useEffect(
            () => {
                this.box.el.querySelector("button").focus();
            },
            () => []
        );
        // a promise is a day first of all; what was said can wait
        useEffect(
            (result) => {
                const first = result === "will_pay" ? "#o2c_work_promised" : "textarea";
                if (result) {
                    this.box.el.querySelector(first).focus();
                }
            },
            () => [this.state.result]
        );
    }

    get today() {
        return luxon.DateTime.fromISO(this.props.record.today);
    }

    choose(result) {
        this.state.result = result;
    }

    onKeydown(ev) {
        saveByKey(ev, () => this.save());
        // the numbers choose, as long as nobody is typing
        if (ev.target.tagName === "BUTTON") {
            const chosen = this.props.record.results.find(
                (one) => one.hotkey === ev.key
            );
            if (chosen) {
                ev.preventDefault();
                ev.stopPropagation();
                this.choose(chosen.key);
            }
        }
    }

    /** A promise is about an amount; empty is no promise of everything. */
    get lacksAmount() {
        return this.state.result === "will_pay" && !(parseFloat(this.state.amount) > 0);
    }

    async save() {
        if (!this.state.result || this.state.busy) {
            return;
        }
        this.state.tried = true;
        if (this.lacksAmount) {
            this.box.el.querySelector("input[name=amount]").focus();
            return;
        }
        this.state.busy = true;
        try {
            const {record} = this.props;
            const done = await this.orm.call(
                "o2c.dunning.case",
                "log_call",
                [[record.id], this.state.result],
                {
                    note: this.state.note,
                    next_date: isoDay(this.state.next),
                    next_action: this.state.action,
                    promise_date: isoDay(this.state.promised),
                    promise_amount: parseFloat(this.state.amount) || 0,
                }
            );
            const dispute = record.buttons.find((one) => one.name === "action_dispute");
            if (this.state.result === "disputes" && dispute) {
                this.props.close();
                await this.props.press(dispute);
            } else {
                await this.props.done(done.words);
            }
        } finally {
            this.state.busy = false;
        }
    }
}
