const DAY = 24 * 60 * 60 * 1000;
// What the sign of one event takes of the line, in per cent, on a narrow form.
const ROOM = 11;

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
     * Where the events of a side are drawn: in their order, moved as far as it takes
     * that none hides another.
     *
     * @param {{events: object[]}} side
     * @returns {object} per cent of the line, by the event's code
     */
    placesOf(side) {
        const events = [...side.events].sort(
            (one, two) => Date.parse(one.date) - Date.parse(two.date)
        );
        const places = events.map((event) => this.place(event));
        for (let index = 1; index < places.length; index++) {
            places[index] = Math.max(places[index], places[index - 1] + ROOM);
        }
        let limit = 100;
        for (let index = places.length - 1; index >= 0; index--) {
            places[index] = Math.min(places[index], limit);
            limit = places[index] - ROOM;
        }
        return Object.fromEntries(
            events.map((event, index) => [event.code, places[index]])
        );
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
