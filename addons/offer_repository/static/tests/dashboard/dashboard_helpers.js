const ACTION = {
    type: "ir.actions.act_window",
    res_model: "offer.conflict.report",
    views: [[false, "list"]],
    domain: [],
};

/** Figures as the server sends them, with only the values a test cares about. */
export function makeFigures(values = {}) {
    return {
        months: 6,
        currency: "EUR",
        is_empty: false,
        can_export: true,
        export_domain: [],
        tiles: [
            {
                code: "given_away",
                label: "Given away",
                value: "10,000 €",
                note: "Below the dearest",
                action: ACTION,
            },
        ],
        charts: [
            {
                code: "conflicts",
                label: "Conflicts by month",
                labels: ["Oct 2026", "Nov 2026"],
                series: [{label: "Conflicts", values: [1, 2], texts: ["1", "2"]}],
                action: ACTION,
            },
            {code: "reasons", label: "Why", labels: [], series: [], action: ACTION},
        ],
        heat: {
            branches: [
                {id: 1, name: "Kraków"},
                {id: 2, name: "Warszawa"},
            ],
            rows: [
                {
                    id: 1,
                    name: "Kraków",
                    cells: [
                        {id: 1, count: 0},
                        {id: 2, count: 3, money: "10,000 €", level: 4, action: ACTION},
                    ],
                },
                {
                    id: 2,
                    name: "Warszawa",
                    cells: [
                        {id: 1, count: 3, money: "10,000 €", level: 4, action: ACTION},
                        {id: 2, count: 0},
                    ],
                },
            ],
        },
        people: [],
        pairs: [],
        ...values,
    };
}
