import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

const WIDTH = 640;
const HEIGHT = 260;
const LEFT = 28;
const BOTTOM = 26;
const DAY = 24 * 3600 * 1000;
// a young history still fills a quarter of a year
const SHORTEST = 90 * DAY;

/** The score in time as a step line over bands of the grades. */
export class O2cScoreChartField extends Component {
    static template = "o2c_credit.ScoreChartField";
    static props = {...standardFieldProps};

    setup() {
        this.box = `0 0 ${WIDTH} ${HEIGHT}`;
        this.left = LEFT;
        this.width = WIDTH - LEFT;
        this.axis = HEIGHT - 7;
    }

    get chart() {
        return this.props.record.data[this.props.name] || null;
    }

    get end() {
        return new Date(this.chart.today).getTime();
    }

    get begin() {
        const first = new Date(this.chart.points[0].date).getTime();
        return Math.min(first, this.end - SHORTEST);
    }

    x(date) {
        const part = (new Date(date).getTime() - this.begin) / (this.end - this.begin);
        return LEFT + part * (WIDTH - LEFT - 12);
    }

    y(score) {
        return 8 + (1 - score / 100) * (HEIGHT - BOTTOM - 8);
    }

    get bands() {
        let top = 100;
        return [...this.chart.bounds, ["E", 0]].map(([grade, bound]) => {
            const band = {
                grade,
                y: this.y(top),
                height: this.y(bound) - this.y(top),
                middle: (this.y(bound) + this.y(top)) / 2 + 4,
            };
            top = bound;
            return band;
        });
    }

    get line() {
        const points = this.chart.points;
        let path = "";
        points.forEach((point, index) => {
            const [x, y] = [this.x(point.date), this.y(point.score)];
            path += index ? ` H ${x} V ${y}` : `M ${x} ${y}`;
        });
        return `${path} H ${this.x(this.chart.today)}`;
    }

    get dots() {
        return this.chart.points.map((point) => ({
            x: this.x(point.date),
            y: this.y(point.score),
            title: _t("%(date)s: score %(score)s, grade %(grade)s", {
                date: point.label,
                score: point.score,
                grade: point.grade || "–",
            }),
        }));
    }

    get months() {
        const {DateTime} = luxon;
        const span = (this.end - this.begin) / DAY;
        const step = span > 500 ? 4 : span > 250 ? 2 : 1;
        const found = [];
        let month = DateTime.fromMillis(this.begin).startOf("month").plus({months: 1});
        while (month.toMillis() < this.end) {
            found.push({
                x: this.x(month.toISODate()),
                label: month.toFormat(month.month <= step ? "LLL yyyy" : "LLL"),
            });
            month = month.plus({months: step});
        }
        return found;
    }
}

registry.category("fields").add("o2c_score_chart", {
    component: O2cScoreChartField,
    displayName: _t("Score in time"),
    supportedTypes: ["json"],
});
