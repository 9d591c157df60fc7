import {Component} from "@odoo/owl";
import {O2cWorkCall} from "./work_call";
import {O2cWorkNext} from "./work_next";

/** One customer: who he is, what he owes and why, what was said, what to do. */
export class O2cWorkCase extends Component {
    static template = "o2c_dunning.WorkCase";
    static components = {O2cWorkCall, O2cWorkNext};
    static props = {
        record: Object,
        form: {type: [String, {value: null}], optional: true},
        openForm: Function,
        closeForm: Function,
        press: Function,
        readAnswer: Function,
        openCase: Function,
        openRecord: Function,
        moveOn: Function,
        back: Function,
    };

    get phoneUrl() {
        return `tel:${this.props.record.phone.replace(/[^+0-9]/g, "")}`;
    }

    get mailUrl() {
        return `mailto:${this.props.record.email}`;
    }
}
