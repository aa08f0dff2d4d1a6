/** A side as the server sends it, with only the values a test cares about. */
export function makeSide(values = {}) {
    return {
        key: 1,
        offer: "S00001",
        branch: "Warszawa",
        salesperson: "Anna Nowak",
        customer: "ŁĄCZNIK",
        state: "sent",
        state_label: "Sent",
        is_live: true,
        date_sent: "2026-11-12 10:00:00",
        date_valid_until: "2026-12-12",
        total: 100,
        own_total: 100,
        own_currency_id: 1,
        is_foreign_currency: false,
        is_in_charge: false,
        ...values,
    };
}

export function makeCell(values = {}) {
    return {
        exists: true,
        label: "Lathe",
        quantity: 1,
        unit_price: 100,
        amount: 100,
        mark: "",
        percent_below: 0,
        ...values,
    };
}

export function makeComparison(values = {}) {
    return {
        case: "OC/1",
        currency: {id: 1, name: "USD"},
        sides: [makeSide(), makeSide({key: 2, branch: "Kraków", total: 90})],
        rows: [
            {
                key: 0,
                label: "Lathe",
                level: "product",
                cells: [
                    makeCell({mark: "highest"}),
                    makeCell({mark: "lowest", unit_price: 90, percent_below: 10}),
                ],
            },
            {key: 1, label: "Tools", level: "", cells: [makeCell(), {exists: false}]},
        ],
        spread: {amount: 10, percent: 10, basis: "products", overlap: 100},
        ...values,
    };
}
