import {Component, onWillStart, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";

const WIDTH = 760;
const HEIGHT = 250;
const LEFT = 34;
/** Beside the bars: room for the words at the lines. */
const WORDS = 92;
const TOP = 12;
const BOTTOM = 28;

/** The invoicing lag per month, where it comes from, and what is stuck now. */
export class O2cLagBoard extends Component {
    static template = "o2c_billing.LagBoard";
    static props = ["*"];

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({board: null});
        this.box = `0 0 ${WIDTH} ${HEIGHT}`;
        this.left = LEFT;
        this.right = WIDTH - WORDS;
        this.axis = HEIGHT - 9;
        this.floor = HEIGHT - BOTTOM;
        onWillStart(async () => {
            this.state.board = await this.orm.call(
                "o2c.invoicing.lag",
                "get_board",
                []
            );
        });
    }

    /** The highest value of the chart, in whole days. */
    get top() {
        const {months, benchmark, target} = this.state.board;
        const values = months.flatMap((month) => [
            month.weighted || 0,
            month.median || 0,
        ]);
        return Math.ceil(Math.max(...values, benchmark, target, 1) * 1.1);
    }

    y(days) {
        return TOP + (1 - days / this.top) * (this.floor - TOP);
    }

    get ticks() {
        const step = Math.max(1, Math.ceil(this.top / 5));
        const found = [];
        for (let days = 0; days <= this.top; days += step) {
            found.push({days, y: this.y(days)});
        }
        return found;
    }

    get bars() {
        const {months, target, benchmark} = this.state.board;
        const slot = (WIDTH - WORDS - LEFT) / months.length;
        return months.map((month, index) => {
            const days = month.weighted || 0;
            const tone = days <= target ? "good" : days < benchmark ? "warn" : "bad";
            return {
                ...month,
                x: LEFT + index * slot + slot * 0.22,
                middle: LEFT + (index + 0.5) * slot,
                width: slot * 0.56,
                y: this.y(days),
                height: this.floor - this.y(days),
                class: `o_o2c_lag_bar o_o2c_lag_${tone}`,
                dot: month.median === null ? null : this.y(month.median),
                title: _t(
                    "%(month)s: %(weighted)s days weighted, %(median)s days median, %(count)s invoiced",
                    {
                        month: month.name,
                        weighted: month.weighted_label,
                        median: month.median_label,
                        count: month.count,
                    }
                ),
            };
        });
    }

    get lines() {
        const {target, benchmark, target_label, benchmark_label} = this.state.board;
        // two words at nearly the same height stand one under the other
        const [low, high] = [this.y(target), this.y(benchmark)];
        const near = Math.max(0, 14 - Math.abs(low - high)) / 2;
        const side = low >= high ? near : -near;
        return [
            {
                key: "target",
                y: low,
                word: low + 4 + side,
                label: _t("Target: %s", target_label),
                class: "o_o2c_lag_target",
            },
            {
                key: "benchmark",
                y: high,
                word: high + 4 - side,
                label: _t("Others: %s", benchmark_label),
                class: "o_o2c_lag_benchmark",
            },
        ];
    }

    get empty() {
        return !this.state.board.figures.count;
    }

    open(action) {
        this.action.doAction(action);
    }
}

registry.category("actions").add("o2c_billing.lag_board", O2cLagBoard);
