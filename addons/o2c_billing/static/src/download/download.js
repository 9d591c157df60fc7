import {download} from "@web/core/network/download";
import {registry} from "@web/core/registry";

/**
 * Save a file of a record and read the screen it was asked from again: a plain
 * address (ir.actions.act_url) would leave the form as it was before.
 */
export async function o2cDownload(env, action) {
    await download({url: "/web/content", data: action.params});
    return {type: "ir.actions.act_window_close"};
}

registry.category("actions").add("o2c_billing.download", o2cDownload);
