import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";
import {useService} from "@web/core/utils/hooks";
import {useRecordObserver} from "@web/model/relational_model/utils";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

const DAY = 24 * 3600 * 1000;
const WIDTH = 1000;
const MARGIN = 40;
/** Height of the line, of one row of labels, and of its rows below and above. */
const LINE = 96;
const LABEL = 150;

const FIELDS = [
    "name",
    "days",
    "kind",
    "channel",
    "min_interval",
    "charge_info",
    "pay_within",
    "min_amount",
    "debtor_kind",
    "billed_kind",
];

/** A ladder on a time line, for an invoice that nobody ever pays. */
export class LadderSimulator extends Component {
    static template = "o2c_dunning.LadderSimulator";
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        this.state = useState({
            drawing: null,
            error: "",
            options: {
                debtor: this.likelyDebtor,
                bills: this.likelyKind,
                by: "",
                agreed: true,
            },
        });
        this.asked = 0;
        useRecordObserver((record) => {
            this.steps = record.data.step_ids.records.map((step, index) => {
                const values = {
                    id: index + 1,
                    working_days: record.data.working_days,
                };
                for (const name of FIELDS) {
                    values[name] = step.data[name];
                }
                return values;
            });
            return this.draw();
        });
    }

    /** A ladder with a 14-day letter is one for consumers. */
    get likelyDebtor() {
        const steps = this.props.record.data.step_ids.records;
        return steps.some((step) => step.data.kind === "wik") ? "consumer" : "business";
    }

    /** The first thing that a step is for. */
    get likelyKind() {
        const steps = this.props.record.data.step_ids.records;
        return steps.map((step) => step.data.billed_kind).find(Boolean) || "";
    }

    async draw() {
        const asked = ++this.asked;
        try {
            const drawing = await this.orm.silent.call(
                "o2c.dunning.ladder",
                "simulate",
                [this.steps, {...this.state.options}]
            );
            if (asked === this.asked) {
                this.state.drawing = drawing;
                this.state.error = "";
            }
        } catch (error) {
            this.state.error = error.data?.message || _t("This could not be drawn.");
        }
    }

    change(name, event) {
        const target = event.target;
        const value = target.type === "checkbox" ? target.checked : target.value;
        this.state.options[name] =
            target.type === "number" ? Number(value || 0) : value;
        return this.draw();
    }

    get kinds() {
        return [
            ["business", _t("Business")],
            ["consumer", _t("Consumer")],
            ["public", _t("Public body")],
        ];
    }

    /** What an invoice may bill, when a step asks for it. */
    get billed() {
        if (!this.steps.some((step) => step.billed_kind)) {
            return [];
        }
        return [
            ["", _t("Something else")],
            ["goods", _t("Goods")],
            ["service", _t("Services")],
            ["subscription", _t("Terms of contracts")],
            ["charge", _t("Cost and interest")],
        ];
    }

    get ways() {
        return [
            ["", _t("As each step says")],
            ["letter", _t("Everything by post")],
            ["email", _t("Everything by e-mail")],
        ];
    }

    /** From the invoice to a week after the last thing that happens. */
    get span() {
        const {issued, due, points} = this.state.drawing;
        const days = [issued.on, due.on];
        for (const point of points) {
            days.push(point.on, point.free || point.on);
        }
        const times = days.map((day) => Date.parse(day));
        return [Math.min(...times) - 2 * DAY, Math.max(...times) + 4 * DAY];
    }

    x(day) {
        const [first, last] = this.span;
        const part = (Date.parse(day) - first) / (last - first);
        return MARGIN + part * (WIDTH - 2 * MARGIN);
    }

    /** Weekends and holidays as strips, when there is room to see them. */
    get daysOff() {
        const [first, last] = this.span;
        const holidays = new Set(this.state.drawing.holidays);
        const width = ((WIDTH - 2 * MARGIN) * DAY) / (last - first);
        const strips = [];
        for (let time = first; time < last; time += DAY) {
            const day = new Date(time);
            const iso = day.toISOString().slice(0, 10);
            const weekend = [0, 6].includes(day.getUTCDay());
            if (weekend || holidays.has(iso)) {
                strips.push({iso, x: this.x(iso), width, holiday: holidays.has(iso)});
            }
        }
        return strips;
    }

    get months() {
        const [first, last] = this.span;
        const months = [];
        let month = luxon.DateTime.fromMillis(first, {zone: "utc"}).startOf("month");
        month = month.plus({months: 1});
        while (month.toMillis() < last) {
            months.push({
                iso: month.toISODate(),
                x: this.x(month.toISODate()),
                label: month.setLocale(user.lang || "en").toFormat("LLLL"),
            });
            month = month.plus({months: 1});
        }
        return months;
    }

    /** Labels below the line, in as many rows as it takes not to overlap. */
    get points() {
        const ends = [];
        return this.state.drawing.points.map((point) => {
            const x = this.x(point.on);
            const left = Math.min(Math.max(x, LABEL / 2), WIDTH - LABEL / 2);
            let row = ends.findIndex((end) => left - LABEL / 2 >= end);
            if (row < 0) {
                row = ends.length;
            }
            ends[row] = left + LABEL / 2;
            return {
                ...point,
                x,
                left,
                row,
                y: LINE + 44 + row * 46,
                asksX: point.moved ? this.x(point.asks) : x,
                freeX: point.free ? this.x(point.free) : x,
            };
        });
    }

    get height() {
        const rows = Math.max(0, ...this.points.map((point) => point.row));
        return LINE + 44 + rows * 46 + 34;
    }

    get width() {
        return WIDTH;
    }

    get line() {
        return LINE;
    }

    color(point) {
        return (
            {
                handover: "var(--danger, #dc3545)",
                wik: "var(--warning, #e99d00)",
                default: "var(--info, #17a2b8)",
            }[point.kind] || "var(--primary, #714b67)"
        );
    }

    icon(weight) {
        return {
            bad: "fa-times-circle text-danger",
            warn: "fa-exclamation-triangle text-warning",
            good: "fa-check-circle text-success",
        }[weight];
    }
}

registry.category("view_widgets").add("o2c_ladder_simulator", {
    component: LadderSimulator,
    fieldDependencies: [{name: "working_days", type: "boolean"}],
});
