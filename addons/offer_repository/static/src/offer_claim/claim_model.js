/** The claims on the customer that a form is about; late answers are dropped. */
export class ClaimModel {
    constructor(fetch) {
        this.fetch = fetch;
        this.claims = [];
        this.customerId = false;
        this.ticket = 0;
    }

    /** Ask when the customer is another one than before. */
    async follow(customerId) {
        if (customerId === this.customerId) {
            return;
        }
        this.customerId = customerId;
        this.claims = [];
        const ticket = ++this.ticket;
        if (!customerId) {
            return;
        }
        let claims = [];
        try {
            claims = await this.fetch(customerId);
        } catch {
            // A banner that cannot be shown must not stop whoever fills in the form.
            claims = [];
        }
        if (ticket === this.ticket) {
            this.claims = claims;
        }
    }

    cancel() {
        this.ticket++;
    }
}
