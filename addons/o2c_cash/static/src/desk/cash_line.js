import {Component, useState} from "@odoo/owl";
import {useDebounced} from "@web/core/utils/timing";
import {useNumpadDecimal} from "@web/views/fields/numpad_decimal_hook";
import {parseAmount} from "./amount";

/** One bank line: what it says, what it is for, and what else it may be for. */
export class O2cCashLine extends Component {
    static template = "o2c_cash.Line";
    static props = {
        record: Object,
        busy: Boolean,
        accept: Function,
        dismiss: Function,
        reopen: Function,
        again: Function,
        ask: Function,
        choose: Function,
        chooseOriginal: Function,
        chooseCustomer: Function,
        findItems: Function,
        openRecord: Function,
    };

    setup() {
        this.state = useState({search: "", wrong: null});
        useNumpadDecimal();
        this.onSearch = useDebounced(
            () => this.props.findItems(this.state.search),
            300
        );
    }

    get undecided() {
        return this.props.record.state === "proposed";
    }

    get choosable() {
        return this.undecided && this.props.record.kind === "receipt";
    }

    get items() {
        return this.props.record.chosen.map((item) => ({
            line_id: item.line_id,
            amount: item.value,
        }));
    }

    /** Offered items by what they are: documents first, then registered payments. */
    get offers() {
        return ["document", "payment"]
            .map((sort) => ({
                sort,
                rows: this.props.record.offered.filter((one) => one.sort === sort),
            }))
            .filter((group) => group.rows.length);
    }

    /** Take it; what was looked for is found, so the next search starts empty. */
    add(offer) {
        this.state.search = "";
        return this.props.choose(
            [...this.items, {line_id: offer.line_id, amount: null}],
            "rest"
        );
    }

    remove(item) {
        return this.props.choose(
            this.items.filter((one) => one.line_id !== item.line_id),
            "rest"
        );
    }

    /** Another part of the money for an item: this is how a line is split. */
    setPart(item, ev) {
        let amount = null;
        try {
            amount = parseAmount(ev.target.value);
        } catch {
            this.state.wrong = item.line_id;
            return null;
        }
        this.state.wrong = null;
        const items = this.items.map((one) =>
            one.line_id === item.line_id ? {...one, amount} : one
        );
        return this.props.choose(items, "rest");
    }

    /** All that is open of the items, the difference given up. */
    writeOff() {
        return this.props.choose(
            this.items.map((one) => ({...one, amount: this.openOf(one.line_id)})),
            "write_off"
        );
    }

    openOf(lineId) {
        const item = this.props.record.chosen.find((one) => one.line_id === lineId);
        return item.open_value;
    }

    leaveOpen() {
        return this.props.choose(this.items, "rest");
    }

    onFirst(ev) {
        const first = this.props.record.offered[0];
        if (ev.key === "Enter" && first) {
            ev.preventDefault();
            ev.target.blur();
            this.add(first);
        }
    }
}
