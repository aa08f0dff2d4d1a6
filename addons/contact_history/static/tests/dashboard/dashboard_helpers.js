const LINK = {to: "contacts", domain: [["id", ">", 0]], name: "Contacts"};

/** Figures as the server sends them, with only the values a test cares about. */
export function makeFigures(values = {}) {
    return {
        choice: {period: "month", company_ids: [], channels: [], mine: false},
        options: {
            periods: [
                {code: "week", label: "7 days"},
                {code: "month", label: "30 days"},
            ],
            companies: [
                {id: 1, name: "North"},
                {id: 2, name: "South"},
            ],
            channels: [
                {code: "call", label: "Call"},
                {code: "chat", label: "Chat"},
            ],
        },
        lists: {
            contacts: {
                type: "ir.actions.act_window",
                res_model: "contact.interaction",
                views: [[false, "list"]],
            },
        },
        tiles: [
            {
                code: "waiting",
                label: "Waiting for us now",
                value: "3",
                note: "",
                before: "",
                trend: false,
                link: LINK,
                parts: [
                    {code: "red", tone: "red", label: "Late", value: "1", link: LINK},
                    {code: "green", tone: "green", label: "Ok", value: "2", link: LINK},
                ],
            },
        ],
        sections: [
            {
                kind: "chart",
                code: "times",
                type: "line",
                label: "Time to answer",
                labels: ["9 Mar", "10 Mar"],
                links: [LINK, {...LINK, name: "10 Mar"}],
                unit: "minutes",
                series: [
                    {
                        code: "median",
                        label: "Median",
                        values: [1, 2],
                        texts: ["1 min", "2 min"],
                    },
                ],
                link: LINK,
            },
            {
                kind: "heat",
                code: "hours",
                label: "When customers ask",
                note: "",
                hours: ["09"],
                rows: [
                    {
                        id: "1",
                        name: "Monday",
                        cells: [
                            {
                                id: "09",
                                count: "4",
                                level: 4,
                                text: "Monday, 9:00: 4 questions",
                                link: LINK,
                            },
                        ],
                    },
                ],
            },
            {
                kind: "mix",
                code: "mix",
                label: "How customers come to us",
                note: "",
                headline: "Customers move: Call -25, Chat +25 percentage points.",
                ways: [{code: "chat", label: "Chat"}],
                groups: [
                    {
                        code: "all",
                        label: "All",
                        rows: [
                            {
                                id: 0,
                                name: "All",
                                count: "4",
                                link: LINK,
                                cells: [
                                    {
                                        way: "chat",
                                        share: "50 %",
                                        points: "+25",
                                        tone: "up",
                                        link: LINK,
                                    },
                                ],
                            },
                        ],
                    },
                ],
            },
            {
                kind: "moves",
                code: "moves",
                label: "Customers who changed their way",
                note: "",
                rows: [
                    {
                        id: "call-chat",
                        source: "call",
                        target: "chat",
                        from: "Call",
                        to: "Chat",
                        count: "7",
                    },
                ],
            },
            {kind: "table", code: "team", label: "By team", columns: [], rows: []},
        ],
        can_export: true,
        is_empty: false,
        ...values,
    };
}
