/** A version as the server sends it, with only the values a test cares about. */
export function makeVersion(number, values = {}) {
    return {
        id: 10 + number,
        number,
        date: `2026-11-0${number} 10:00:00`,
        reason: "Sent",
        user: "Anna Nowak",
        total: `$ ${100 - number}`,
        is_current: false,
        is_accepted: false,
        is_material: true,
        files: 1,
        news: number > 1 ? ["Lines changed: 1"] : [],
        ...values,
    };
}

export function makeChange(values = {}) {
    return {
        field: "price_unit",
        label: "Unit price",
        before: "$ 100",
        after: "$ 95",
        percent: "-5 %",
        is_less: true,
        ...values,
    };
}

export function makeDifference(values = {}) {
    return {
        terms: [],
        totals: [makeChange({field: "total", label: "Total"})],
        lines: [
            {kind: "changed", label: "Lathe", changes: [makeChange()]},
            {kind: "removed", label: "Training", changes: []},
            {kind: "equal", label: "Delivery", changes: []},
        ],
        ...values,
    };
}
