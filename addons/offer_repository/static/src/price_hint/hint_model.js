/** State of a price hint: what is known, or why nothing is. Knows neither DOM nor OWL. */
export class HintModel {
    /**
     * @param {(values: object) => Promise<object>} fetch
     */
    constructor(fetch) {
        this.fetch = fetch;
        this.status = "loading";
        this.offers = [];
        this.others = [];
        this.message = "";
        this.ticket = 0;
    }

    /**
     * Ask; an answer to an older question is dropped.
     *
     * @param {object} values customer, product, quotation and branch
     */
    async load(values) {
        const ticket = ++this.ticket;
        let answer = null;
        try {
            answer = await this.fetch(values);
        } catch {
            answer = null;
        }
        if (ticket !== this.ticket) {
            return;
        }
        this.offers = answer?.offers || [];
        this.others = answer?.others || [];
        this.message = answer?.message || "";
        this.status = this.statusOf(answer);
    }

    statusOf(answer) {
        if (!answer) {
            return "error";
        }
        const isEmpty = !this.offers.length && !this.others.length && !this.message;
        return isEmpty ? "empty" : "ready";
    }
}
