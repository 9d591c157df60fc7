import {registry} from "@web/core/registry";

const row = (state) => `.o_data_row:contains(${state}) .o_list_record_selector input`;

/** What was sent is not approved or withdrawn any more; what waits is. */
registry.category("web_tour.tours").add("o2c_notice_list", {
    steps: () => [
        {
            content: "a reminder that was sent",
            trigger: row("Sent"),
            run: "click",
        },
        {
            content: "has no button that does nothing",
            trigger:
                ".o_control_panel:has(button:contains(Print letters)):not(:has(button:contains(Approve))):not(:has(button:contains(Withdraw))):not(:has(button:contains(Posted)))",
        },
        {
            content: "together with one that waits",
            trigger: row("Waits"),
            run: "click",
        },
        {
            trigger: ".o_control_panel button:contains(Withdraw)",
        },
        {
            content: "they can be approved",
            trigger:
                ".o_control_panel:not(:has(button:contains(Posted))) button:contains(Approve)",
        },
    ],
});
