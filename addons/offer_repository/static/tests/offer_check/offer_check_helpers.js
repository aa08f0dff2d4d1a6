/** A card as the server makes it, with only the values a test cares about. */
export function makeCard(values = {}) {
    return {
        key: "a1b2c3",
        branch: "Meridian Warszawa",
        salesperson: "Anna Nowak",
        phone: "+48 600 100 200",
        email: "anna@meridian.example",
        since: "2026-11-12",
        state: "sent",
        state_label: "Sent",
        verdict: "certain",
        verdict_label: "Same customer",
        evidence: ["Same tax number"],
        against: [],
        is_same_record: false,
        ...values,
    };
}

/** A duplicate that the user may read. */
export function makeCustomer(values = {}) {
    return {
        key: "customer-42",
        partner_id: 42,
        name: "Lacznik",
        place: "Radom",
        branch: "Meridian Kraków",
        is_archived: false,
        verdict: "certain",
        verdict_label: "Same customer",
        evidence: ["Same tax number"],
        against: [],
        ...values,
    };
}

/** A duplicate that another branch keeps to itself. */
export function makeMasked(values = {}) {
    return {
        key: "d4e5f6",
        branch: "Meridian Gdańsk",
        salesperson: "Marta Lis",
        phone: "",
        email: "marta@meridian.example",
        verdict: "probable",
        verdict_label: "Probably",
        evidence: ["Same e-mail address"],
        against: [],
        ...values,
    };
}

export function makeAnswer(cards = [makeCard()], values = {}) {
    return {
        cards,
        customers: [],
        policy: false,
        limited: false,
        message: false,
        ...values,
    };
}
