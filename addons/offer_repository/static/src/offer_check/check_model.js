import {TYPED_FIELDS, isWorthAsking, queryOf} from "./check_query";
import {browser} from "@web/core/browser/browser";

export {TYPED_FIELDS, queryOf};

/** Long enough not to ask for every key, short enough to be there before the next field. */
export const CHECK_DELAY = 300;

/**
 * What is known about the customer of one form: duplicates of it, and other branches'
 * offers to it.
 *
 * Knows neither DOM nor OWL: the component tells it what the form holds and reads what to
 * show. Asking never blocks anybody; answers about what the form no longer holds are
 * dropped.
 */
export class CheckModel {
    /**
     * @param {(query: object) => Promise<{cards: object[], customers: object[],
     *     policy: {level: string, message: string}|false, limited: boolean, message: string|false}>} ask
     */
    constructor(ask) {
        this.ask = ask;
        this.cards = [];
        this.customers = [];
        this.policy = false;
        this.dismissed = [];
        this.limited = false;
        this.message = "";
        this.hasFailed = false;
        this.seen = {};
        this.typed = {};
        this.query = null;
        this.ticket = 0;
        this.timer = null;
    }

    get isEmpty() {
        return (
            !this.cards.length &&
            !this.customers.length &&
            !this.limited &&
            !this.hasFailed
        );
    }

    /** What the user has judged different, for the record to remember when saved. */
    get judgements() {
        return JSON.stringify(this.dismissed);
    }

    /** Whether any duplicate is this customer for certain. */
    get isKnown() {
        return this.customers.some((card) => card.verdict === "certain");
    }

    /** Whether any card is about this customer for certain. */
    get isCertain() {
        return this.cards.some((card) => card.verdict === "certain");
    }

    /**
     * Take note of what the record holds now.
     *
     * @param {{resModel: string, resId: number|false, data: object}} record
     */
    follow(record) {
        const seen = queryOf(record);
        if (seen.res_id !== this.seen.res_id) {
            this.typed = {};
            this.dismissed = [];
        }
        for (const name of TYPED_FIELDS) {
            if (seen[name] !== this.seen[name]) {
                delete this.typed[name];
            }
        }
        this.seen = seen;
        this.update({...this.seen, ...this.typed});
    }

    /**
     * Take note of what is being typed: the record learns of it when the field is left,
     * and may change meanwhile in other fields.
     *
     * @param {string} name of the field
     * @param {string} value
     */
    type(name, value) {
        this.typed[name] = value;
        this.update({...this.seen, ...this.typed});
    }

    /** Take a card away that the user says is about somebody else. */
    dismiss(card, reason) {
        const name = card.partner_id ? {partner_id: card.partner_id} : {key: card.key};
        this.dismissed.push({...name, reason});
        this.hide();
    }

    /** Show a card again that was taken away by mistake. */
    restore(card) {
        const isIt = (item) =>
            card.partner_id
                ? item.partner_id === card.partner_id
                : item.key === card.key;
        this.dismissed = this.dismissed.filter((item) => !isIt(item));
        return this.run(this.query);
    }

    hide() {
        const gone = new Set(this.dismissed.map((item) => item.key || item.partner_id));
        const isLeft = (card) => !gone.has(card.partner_id || card.key);
        this.cards = this.cards.filter(isLeft);
        this.customers = this.customers.filter(isLeft);
    }

    /** Ask about a customer, once the question rests. */
    update(query) {
        if (JSON.stringify(query) === JSON.stringify(this.query)) {
            return;
        }
        if (!this.isSameCustomer(query)) {
            this.clear();
        }
        this.query = query;
        this.cancel();
        if (!isWorthAsking(query)) {
            this.clear();
            return;
        }
        this.timer = browser.setTimeout(() => this.run(query), CHECK_DELAY);
    }

    /** Forget the question and whatever answer is on its way. */
    cancel() {
        this.ticket++;
        browser.clearTimeout(this.timer);
    }

    async run(query) {
        const ticket = ++this.ticket;
        let answer = null;
        try {
            answer = await this.ask(query);
        } catch {
            // Whatever went wrong, it must not come between the user and the form; the
            // model says that nothing is known, the server's log says why.
        }
        if (ticket === this.ticket) {
            this.show(answer);
        }
    }

    show(answer) {
        this.cards = answer?.cards || [];
        this.customers = answer?.customers || [];
        this.policy = answer?.policy || false;
        this.limited = Boolean(answer?.limited);
        this.message = answer?.message || "";
        this.hasFailed = !answer;
        this.hide();
    }

    clear() {
        this.show({cards: []});
    }

    isSameCustomer(query) {
        const names = ["model", "res_id", "partner_id", "parent_id"];
        return this.query && names.every((name) => this.query[name] === query[name]);
    }
}
