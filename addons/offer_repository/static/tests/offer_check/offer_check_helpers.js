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
        ...values,
    };
}

export function makeAnswer(cards = [makeCard()], values = {}) {
    return {cards, limited: false, message: false, ...values};
}
