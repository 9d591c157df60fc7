import {Component, onWillStart, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";
import {useService} from "@web/core/utils/hooks";

/** The Today screen: per role, what needs a person now. */
export class O2cToday extends Component {
    static template = "o2c_base.Today";
    static props = ["*"];

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({today: null});
        onWillStart(() => this.load());
    }

    async load() {
        this.state.today = await this.orm.call("o2c.today", "get_today", []);
    }

    get dateLabel() {
        const date = luxon.DateTime.fromISO(this.state.today.date);
        return date
            .setLocale(user.lang || "en")
            .toLocaleString(luxon.DateTime.DATE_HUGE);
    }

    get watching() {
        return this.state.today.modes.filter((part) => part.mode === "watch").length;
    }

    get nothingOn() {
        const modes = this.state.today.modes;
        return modes.length > 0 && modes.every((part) => part.mode === "off");
    }

    get emptyText() {
        return _t("Nothing waits for you. Enjoy it.");
    }

    open(action) {
        if (action) {
            this.action.doAction(action);
        }
    }
}

registry.category("actions").add("o2c_base.today", O2cToday);
