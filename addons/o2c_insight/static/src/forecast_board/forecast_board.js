import {Component, onWillStart, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";

const WIDTH = 1040;
const HEIGHT = 280;
const LEFT = 62;
const TOP = 12;
const BOTTOM = 28;
const STEPS = [1, 2, 2.5, 5, 10];

/** Expected cash per week between its bounds, and how wrong that was before. */
export class O2cForecastBoard extends Component {
    static template = "o2c_insight.ForecastBoard";
    static props = ["*"];

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({board: null, busy: false});
        this.box = `0 0 ${WIDTH} ${HEIGHT}`;
        this.left = LEFT;
        this.right = WIDTH;
        this.axis = HEIGHT - 9;
        this.floor = HEIGHT - BOTTOM;
        onWillStart(() => this.load());
    }

    async load() {
        this.state.board = await this.orm.call("o2c.cash.forecast", "get_board", []);
    }

    get forecast() {
        return Boolean(this.state.board.id);
    }

    /** Four or five round steps up to the highest bound. */
    get step() {
        const {weeks} = this.state.board;
        const most = Math.max(
            ...weeks.flatMap((week) => [week.high, week.expected, week.on_due]),
            1
        );
        const rough = most / 4;
        const ten = 10 ** Math.floor(Math.log10(rough));
        return ten * STEPS.find((one) => one * ten >= rough);
    }

    get top() {
        const {weeks} = this.state.board;
        const most = Math.max(
            ...weeks.flatMap((week) => [week.high, week.expected, week.on_due]),
            1
        );
        return Math.ceil(most / this.step) * this.step;
    }

    y(amount) {
        return TOP + (1 - amount / this.top) * (this.floor - TOP);
    }

    get ticks() {
        const found = [];
        for (let amount = 0; amount <= this.top; amount += this.step) {
            found.push({
                amount,
                y: this.y(amount),
                label: this.short(amount),
            });
        }
        return found;
    }

    /** The colour of an error, by the rule under the table of errors. */
    color(judged) {
        const colors = {good: "text-success", fair: "text-warning", bad: "text-danger"};
        return colors[judged];
    }

    short(amount) {
        const number = new Intl.NumberFormat(document.documentElement.lang || "en", {
            notation: "compact",
            maximumFractionDigits: 1,
        });
        return number.format(amount);
    }

    get bars() {
        const {weeks} = this.state.board;
        const slot = (WIDTH - LEFT) / weeks.length;
        return weeks.map((week, index) => {
            const x = LEFT + index * slot + slot * 0.2;
            let sum = 0;
            const parts = week.parts.map((part) => {
                sum += part.amount;
                const y = this.y(sum);
                return {
                    ...part,
                    y,
                    height: this.y(sum - part.amount) - y,
                    class: `o_o2c_forecast_${part.key}`,
                };
            });
            return {
                ...week,
                bars: parts,
                x,
                width: slot * 0.6,
                slot: {x: LEFT + index * slot, width: slot},
                middle: x + slot * 0.3,
                low_y: this.y(week.low),
                high_y: this.y(week.high),
                due_y: this.y(week.on_due),
                title: _t(
                    "Week of %(week)s: %(expected)s expected, %(low)s to %(high)s; by due dates %(due)s",
                    {
                        week: week.name,
                        expected: week.words.expected,
                        low: week.words.low,
                        high: week.words.high,
                        due: week.words.on_due,
                    }
                ),
            };
        });
    }

    async openWeek(id) {
        const action = await this.orm.call(
            "o2c.cash.forecast.week",
            "action_open_shares",
            [[id]]
        );
        this.action.doAction(action);
    }

    async open(method, ...more) {
        const action = await this.orm.call("o2c.cash.forecast", method, [
            [this.state.board.id],
            ...more,
        ]);
        this.action.doAction(action);
    }

    show(action) {
        this.action.doAction(action);
    }

    async take() {
        this.state.busy = true;
        try {
            await this.orm.call("o2c.cash.forecast", "action_take", [[]]);
            await this.load();
        } finally {
            this.state.busy = false;
        }
    }
}

registry.category("actions").add("o2c_insight.forecast_board", O2cForecastBoard);
