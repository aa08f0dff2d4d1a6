/**
 * State of a comparison: what is shown, or why nothing is. Knows neither DOM nor OWL.
 */
export class CompareModel {
    /**
     * @param {(conflictId: number) => Promise<object>} fetch
     */
    constructor(fetch) {
        this.fetch = fetch;
        this.status = "loading";
        this.data = null;
        this.ticket = 0;
    }

    /**
     * Load a case; an answer about a case that was left meanwhile is dropped.
     *
     * @param {number|false} conflictId
     */
    async load(conflictId) {
        const ticket = ++this.ticket;
        let data = null;
        try {
            data = conflictId ? await this.fetch(conflictId) : null;
        } catch {
            data = null;
        }
        if (ticket !== this.ticket) {
            return;
        }
        this.data = data;
        this.status = data ? this.statusOf(data) : "error";
    }

    statusOf(data) {
        return data.sides.length ? "ready" : "empty";
    }

    get sides() {
        return this.data.sides;
    }

    get currencyId() {
        return this.data.currency.id;
    }

    get sharedRows() {
        return this.data.rows.filter((row) => row.level);
    }

    get singleRows() {
        return this.data.rows.filter((row) => !row.level);
    }

    /** The largest gap in per cent of a row, 0 where nothing can be compared. */
    gapOf(row) {
        return Math.max(0, ...row.cells.map((cell) => cell.percent_below || 0));
    }
}
