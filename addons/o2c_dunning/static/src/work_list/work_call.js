import {Component, useEffect, useRef, useState} from "@odoo/owl";
import {useService} from "@web/core/utils/hooks";

/** What came of a call: a result, a note, the day on which the case comes back. */
export class O2cWorkCall extends Component {
    static template = "o2c_dunning.WorkCall";
    static props = {record: Object, close: Function, done: Function, press: Function};

    setup() {
        this.orm = useService("orm");
        this.box = useRef("box");
        this.state = useState({
            result: "",
            note: "",
            next: "",
            action: "",
            promised: "",
            amount: this.props.record.promisable,
            busy: false,
        });
        useEffect(
            () => {
                this.box.el.querySelector("button").focus();
            },
            () => []
        );
    }

    choose(result) {
        this.state.result = result;
        this.box.el.querySelector("textarea").focus();
    }

    onKeydown(ev) {
        if (ev.key === "Enter" && ev.ctrlKey) {
            ev.preventDefault();
            ev.stopPropagation();
            this.save();
        }
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

    async save() {
        if (!this.state.result || this.state.busy) {
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
                    next_date: this.state.next || null,
                    next_action: this.state.action,
                    promise_date: this.state.promised || null,
                    promise_amount: parseFloat(this.state.amount) || 0,
                }
            );
            const dispute = record.buttons.find((one) => one.name === "action_dispute");
            if (this.state.result === "disputes" && dispute) {
                this.props.close();
                return this.props.press(dispute);
            }
            await this.props.done(done.words);
        } finally {
            this.state.busy = false;
        }
    }
}
