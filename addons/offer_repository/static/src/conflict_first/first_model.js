const DAY = 24 * 60 * 60 * 1000;

/**
 * Places the first events of each side on one line of time. Knows neither DOM nor OWL.
 */
export class FirstModel {
    /**
     * @param {(conflictId: number) => Promise<object[]>} fetch
     */
    constructor(fetch) {
        this.fetch = fetch;
        this.sides = [];
        this.ticket = 0;
    }

    /**
     * Load a case; an answer about a case that was left meanwhile is dropped, and
     * without one the sentences beside the picture say it all.
     *
     * @param {number|false} conflictId
     */
    async load(conflictId) {
        const ticket = ++this.ticket;
        let sides = [];
        try {
            sides = conflictId ? await this.fetch(conflictId) : [];
        } catch {
            sides = [];
        }
        if (ticket === this.ticket) {
            this.sides = sides;
        }
    }

    get events() {
        return this.sides.flatMap((side) => side.events);
    }

    get first() {
        return this.edge(Math.min);
    }

    get last() {
        return this.edge(Math.max);
    }

    edge(choose) {
        const moments = this.events.map((event) => Date.parse(event.date));
        return moments.length ? new Date(choose(...moments)) : null;
    }

    /**
     * Where an event stands, in per cent of the line.
     *
     * @param {{date: string}} event
     */
    place(event) {
        const days = (this.last - this.first) / DAY;
        return days ? ((Date.parse(event.date) - this.first) / DAY / days) * 100 : 50;
    }

    /**
     * Tell whether an event is the very first of all.
     *
     * @param {{date: string}} event
     */
    isFirst(event) {
        return Date.parse(event.date) === this.first.getTime();
    }
}
