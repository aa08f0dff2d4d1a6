/**
 * State of the header, without DOM and without OWL. What cannot be read is not
 * shown: the history below says why.
 */
export class HeaderModel {
    /**
     * @param {Function} fetchHeader takes the id of the customer, returns a promise
     */
    constructor(fetchHeader) {
        this.fetchHeader = fetchHeader;
        this.header = null;
        this.question = 0;
    }

    get isShown() {
        const {header} = this;
        return Boolean(
            header &&
                (header.waiting ||
                    header.last.incoming ||
                    header.last.outgoing ||
                    header.planned ||
                    header.responsible ||
                    header.ways.length ||
                    header.facts.length ||
                    header.notices.length)
        );
    }

    async load(partnerId) {
        const question = ++this.question;
        let header = null;
        try {
            header = await this.fetchHeader(partnerId);
        } catch {
            // See above.
        }
        if (question === this.question) {
            this.header = header;
        }
    }
}
