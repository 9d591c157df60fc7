import {registry} from "@web/core/registry";

/** A customer on his phone: asks a plan, disputes a line, asks a question. */
registry.category("web_tour.tours").add("o2c_portal_desk", {
    steps: () => [
        {
            content: "from the account to the calculator",
            trigger: ".o2c_desk_kinds a[href*='/plan']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "only the first invoice",
            trigger: ".o2c_desk_calculator label.o2c_desk_pick:nth-of-type(2) input",
            run: "click",
        },
        {
            content: "in five months",
            trigger: ".o2c_desk_calculator select[name=months]",
            run: "select 5",
        },
        {
            content: "calculate",
            trigger: ".o2c_desk_calculator button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "five times 120",
            trigger: "#o2c_desk_preview tbody tr:nth-child(5) td:contains(120.00)",
        },
        {
            content: "agree",
            trigger: "#o2c_desk_preview button:contains(Agree to this plan)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "the plan runs, its instalment can be paid",
            trigger:
                "body:has(.o2c_desk_good:contains(Your plan is agreed)) a:contains(Pay the instalment)",
        },
        {
            content: "to all requests",
            trigger: ".o2c_desk a:contains(All your requests)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "the plan stands there",
            trigger: ".o2c_desk_talks a:contains(Payment plan)",
        },
        {
            content: "something is wrong",
            trigger: ".o2c_desk_kinds a[href*='/dispute']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "with the second invoice",
            trigger: "select[name=document]",
            run: "selectByIndex 1",
        },
        {
            content: "go on",
            trigger: ".o2c_desk_form button:contains(Go on)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "some lines",
            trigger: "input[name=scope][value=lines]",
            run: "click",
        },
        {
            content: "this line",
            trigger: "#o2c_field_line label:contains(Bakplaten) input",
            run: "click",
        },
        {
            content: "because of its quality",
            trigger: "select[name=cause]",
            run: "select quality",
        },
        {
            content: "explain",
            trigger: "textarea[name=text]",
            run: "edit They are bent",
        },
        {
            content: "send",
            trigger: ".o2c_desk_form button:contains(Send)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "it is looked into",
            trigger: ".o2c_desk_good:contains(We received it and look into it)",
        },
        {
            content: "to all requests again",
            trigger: ".o2c_desk a:contains(All your requests)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "a question",
            trigger: ".o2c_desk_kinds a[href*='/question']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "ask",
            trigger: "textarea[name=text]",
            run: "edit When do you open?",
        },
        {
            content: "send the question",
            trigger: ".o2c_desk_form button:contains(Send)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "it is answered soon",
            trigger: ".o2c_desk_good:contains(We received your question)",
        },
    ],
});
