import {Component, onWillStart, useState} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";

const WIDTH = 640;
const LEFT = 170;
const RIGHT = 14;
const ROW = 34;
const TOP = 8;

/** Words on trial: what each group paid, and how sure that is. */
export class O2cHoldOut extends Component {
    static template = "o2c_dunning.HoldOut";
    static props = ["*"];

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({board: null});
        this.left = LEFT;
        onWillStart(async () => {
            this.state.board = await this.orm.call(
                "o2c.notice.result",
                "get_hold_out",
                []
            );
        });
    }

    /** A share in percents as a place on the scale. */
    x(percent) {
        return LEFT + (percent / 100) * (WIDTH - LEFT - RIGHT);
    }

    chart(step) {
        const floor = TOP + step.groups.length * ROW;
        return {
            box: `0 0 ${WIDTH} ${floor + 20}`,
            floor,
            axis: floor + 14,
            ticks: [0, 25, 50, 75, 100].map((percent) => ({
                percent,
                x: this.x(percent),
                label: `${percent}%`,
            })),
            bars: step.groups.map((group, index) => {
                const y = TOP + index * ROW + 6;
                return {
                    ...group,
                    y,
                    middle: y + 10,
                    width: group.count ? this.x(group.share) - LEFT : 0,
                    low: this.x(group.low || 0),
                    high: this.x(group.high || 0),
                };
            }),
        };
    }

    tone(step) {
        const tones = {better: "success", worse: "danger", none: "info"};
        return tones[step.verdict] || "secondary";
    }

    async open(step, group) {
        const action = await this.orm.call("o2c.notice.result", "action_open_arm", [
            step.id,
            group.arm,
        ]);
        this.action.doAction(action);
    }

    setUp() {
        this.action.doAction("o2c_dunning.o2c_dunning_step_trial_action");
    }
}

registry.category("actions").add("o2c_dunning.hold_out", O2cHoldOut);
