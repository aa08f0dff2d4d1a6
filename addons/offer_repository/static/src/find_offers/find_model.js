const PAGE = 20;

/**
 * State of the search for offers: the question, its results, which one is looked at.
 * Knows neither DOM nor OWL.
 */
export class FindModel {
    /**
     * @param {object} server
     * @param {(text: string, facets: object, offset: number, limit: number) => Promise<object>} server.find
     * @param {(id: number) => Promise<object>} server.preview
     * @param {(text: string) => Promise<object>} server.elsewhere
     */
    constructor(server) {
        this.server = server;
        this.status = "loading";
        this.text = "";
        this.chosen = {};
        this.results = [];
        this.facets = [];
        this.total = 0;
        this.isCapped = false;
        this.isSimilar = false;
        this.isLoadingMore = false;
        this.selectedId = false;
        this.preview = null;
        this.previewStatus = "none";
        this.elsewhere = null;
        this.ticket = 0;
        this.previewTicket = 0;
    }

    /** Ask for a text; an answer that a later question has overtaken is dropped. */
    async search(text) {
        if (text !== this.text) {
            this.chosen = {};
            this.elsewhere = null;
        }
        this.text = text;
        const ticket = ++this.ticket;
        const answer = await this.ask(0);
        if (ticket !== this.ticket) {
            return;
        }
        if (!answer) {
            this.status = "error";
            return;
        }
        this.take(answer, answer.results);
        this.status = this.results.length ? "ready" : "empty";
        if (!this.selected) {
            this.clearPreview();
        }
    }

    async more() {
        if (!this.hasMore || this.isLoadingMore) {
            return;
        }
        const ticket = this.ticket;
        this.isLoadingMore = true;
        const answer = await this.ask(this.results.length);
        this.isLoadingMore = false;
        if (answer && ticket === this.ticket) {
            this.take(answer, [...this.results, ...answer.results]);
        }
    }

    async ask(offset) {
        try {
            return await this.server.find(this.text, this.chosen, offset, PAGE);
        } catch {
            return null;
        }
    }

    take(answer, results) {
        this.results = results;
        this.facets = answer.facets;
        this.total = answer.total;
        this.isCapped = answer.is_capped;
        this.isSimilar = answer.is_similar;
    }

    get hasMore() {
        return this.results.length < this.total;
    }

    get isNarrowed() {
        return Object.values(this.chosen).some((values) => values.length);
    }

    /** Keep only offers with this value of a facet, or no longer only those. */
    async toggle(name, value) {
        const values = this.chosen[name] || [];
        const others = values.filter((other) => other !== value);
        const next = others.length < values.length ? others : [...values, value];
        this.chosen = {...this.chosen, [name]: next};
        await this.search(this.text);
    }

    async clear() {
        this.chosen = {};
        await this.search(this.text);
    }

    // ------------------------------------------------------------------
    // Preview
    // ------------------------------------------------------------------

    get selected() {
        return this.results.find((result) => result.id === this.selectedId);
    }

    clearPreview() {
        this.previewTicket++;
        this.selectedId = false;
        this.preview = null;
        this.previewStatus = "none";
    }

    async select(id) {
        const ticket = ++this.previewTicket;
        this.selectedId = id;
        this.previewStatus = this.preview ? this.previewStatus : "loading";
        let preview = null;
        try {
            preview = await this.server.preview(id);
        } catch {
            preview = null;
        }
        if (ticket === this.previewTicket) {
            this.preview = preview;
            this.previewStatus = preview ? "ready" : "error";
        }
    }

    /** Look at the result so many places further, and fetch more at the end. */
    async move(step) {
        const place = this.results.indexOf(this.selected);
        const next = this.results[place < 0 ? 0 : place + step];
        if (!next) {
            return;
        }
        if (next === this.results.at(-1)) {
            this.more();
        }
        await this.select(next.id);
    }

    // ------------------------------------------------------------------
    // Other branches
    // ------------------------------------------------------------------

    /** Ask whether other branches work with a customer of this name. */
    async askElsewhere() {
        const text = this.text;
        this.elsewhere = {status: "loading", cards: [], message: ""};
        let answer = null;
        try {
            answer = await this.server.elsewhere(text);
        } catch {
            answer = null;
        }
        if (text === this.text) {
            this.elsewhere = answer
                ? {status: "ready", cards: answer.cards, message: answer.message || ""}
                : {status: "error", cards: [], message: ""};
        }
    }
}
