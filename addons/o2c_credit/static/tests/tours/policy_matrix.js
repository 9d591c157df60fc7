import {registry} from "@web/core/registry";

/** An inherited cell, reached with the arrow keys, becomes an own one and goes again. */
registry.category("web_tour.tours").add("o2c_credit_policy_matrix", {
    steps: () => [
        {
            content: "the row of D under all segments is there",
            trigger: ".o_o2c_matrix_cell[data-key='C-0']",
            run() {
                this.anchor.focus();
                const key = (name) =>
                    document.activeElement.dispatchEvent(
                        new KeyboardEvent("keydown", {key: name, bubbles: true})
                    );
                key("ArrowDown");
                key("ArrowRight");
                if (document.activeElement.dataset.row !== "3") {
                    throw new Error("The arrow keys do not go from cell to cell");
                }
                document.activeElement.click();
            },
        },
        {
            content: "it starts as the cell that it followed",
            trigger: ".modal .o_field_widget[name=down_payment] input:value(25.00)",
            run: "edit 35",
        },
        {trigger: ".modal .o_form_button_save", run: "click"},
        {
            content: "the cell is its own now",
            trigger:
                ".o_o2c_matrix_cell[data-row='3'][data-column='1']:not(.o_o2c_matrix_inherited):contains(35% up front)",
            run: "click",
        },
        {
            content: "and can follow again",
            trigger: ".modal .o_form_button_remove",
            run: "click",
        },
        {
            trigger:
                "body:not(:has(.modal)) .o_o2c_matrix_inherited[data-row='3'][data-column='1']:contains(25% up front)",
        },
    ],
});
