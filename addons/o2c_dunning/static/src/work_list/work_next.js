import {Component, useEffect, useRef, useState} from "@odoo/owl";
import {useService} from "@web/core/utils/hooks";

/** When the case comes back, and for what. */
export class O2cWorkNext extends Component {
    static template = "o2c_dunning.WorkNext";
    static props = {record: Object, close: Function, done: Function};

    setup() {
        this.orm = useService("orm");
        this.day = useRef("day");
        const {record} = this.props;
        this.state = useState({
            next: record.next_date > record.today ? record.next_date : "",
            action: record.next_action,
            busy: false,
        });
        useEffect(
            () => {
                this.day.el.focus();
            },
            () => []
        );
    }

    onKeydown(ev) {
        if (ev.key === "Enter") {
            ev.preventDefault();
            ev.stopPropagation();
            this.save();
        }
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
                [[this.props.record.id], this.state.next || null],
                {next_action: this.state.action}
            );
            await this.props.done(done.words);
        } finally {
            this.state.busy = false;
        }
    }
}
