import {Component, useEffect, useRef, useState} from "@odoo/owl";
import {DateTimeInput} from "@web/core/datetime/datetime_input";
import {useService} from "@web/core/utils/hooks";
import {isoDay, saveByKey} from "./work_keys";

/** When the case comes back, and for what. */
export class O2cWorkNext extends Component {
    static template = "o2c_dunning.WorkNext";
    static components = {DateTimeInput};
    static props = {record: Object, close: Function, done: Function};

    setup() {
        this.orm = useService("orm");
        this.box = useRef("box");
        const {record} = this.props;
        this.state = useState({
            next:
                record.next_date > record.today &&
                luxon.DateTime.fromISO(record.next_date),
            action: record.next_action,
            busy: false,
        });
        useEffect(
            () => {
                this.box.el.querySelector("input").focus();
            },
            () => []
        );
    }

    get today() {
        return luxon.DateTime.fromISO(this.props.record.today);
    }

    onKeydown(ev) {
        saveByKey(ev, () => this.save());
    }

    async save() {
        if (this.state.busy) {
            return;
        }
        this.state.busy = true;
        try {
            const done = await this.orm.call(
                "o2c.dunning.case",
                "plan_next",
                [[this.props.record.id], isoDay(this.state.next)],
                {next_action: this.state.action}
            );
            await this.props.done(done.words);
        } finally {
            this.state.busy = false;
        }
    }
}
