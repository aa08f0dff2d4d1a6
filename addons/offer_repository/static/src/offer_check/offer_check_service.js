import {registry} from "@web/core/registry";

/**
 * Knows the forms that show the check, the one on top last: a dialog that creates a
 * customer hands the one it found to the quotation below, and the dialog of a stop
 * presses the button again that was stopped.
 *
 * A form is {resModel, use(card), retry()}.
 */
export class OfferCheckForms {
    constructor() {
        this.forms = [];
    }

    add(form) {
        this.forms.push(form);
        return () => {
            this.forms = this.forms.filter((other) => other !== form);
        };
    }

    /** The form below another one that has a customer to choose. */
    below(form) {
        const index = this.forms.indexOf(form);
        return this.forms
            .slice(0, Math.max(index, 0))
            .reverse()
            .find((other) => other.resModel === "sale.order");
    }

    /** Press the button again; false when no form is there for the event. */
    retry(event) {
        if (event === "conflict") {
            return false; // What was stopped is the composer, or a report
        }
        const resModel = event === "quotation" ? "sale.order" : "res.partner";
        const form = this.forms[this.forms.length - 1];
        if (form?.resModel !== resModel) {
            return false;
        }
        form.retry();
        return true;
    }
}

registry.category("services").add("offer_check", {start: () => new OfferCheckForms()});
