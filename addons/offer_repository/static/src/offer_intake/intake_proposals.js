import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {deserializeDate, formatDate} from "@web/core/l10n/dates";
import {formatFloat} from "@web/core/utils/numbers";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

const SURE = 0.8;
const LIKELY = 0.5;

/** Which field of the form takes a value that was read, and how. */
const TAKES = {
    amount_total: ["amount_total", Number],
    amount_untaxed: ["amount_untaxed", Number],
    date: ["date", deserializeDate],
    validity: ["date_valid_until", deserializeDate],
    number: ["external_number", String],
};

/**
 * Lists what was read from a document: the value, how sure it is, and the line it was
 * read from. A click puts it into the form.
 */
export class IntakeProposals extends Component {
    static template = "offer_repository.IntakeProposals";
    static props = {...standardFieldProps};

    get labels() {
        return {
            amount_total: _t("Total"),
            amount_untaxed: _t("Untaxed amount"),
            currency: _t("Currency"),
            customer: _t("Customer"),
            date: _t("Offer date"),
            email: _t("E-mail"),
            number: _t("Offer number"),
            phone: _t("Phone"),
            quotation: _t("Quotation"),
            validity: _t("Valid until"),
            vat: _t("Tax number"),
        };
    }

    get proposals() {
        return (this.props.record.data[this.props.name] || []).map((proposal) => ({
            ...proposal,
            label: this.labels[proposal.field],
            shown: this.shown(proposal),
            sureness: this.sureness(proposal.confidence),
            isUsable: this.isUsable(proposal),
        }));
    }

    shown({field, value}) {
        if (field.startsWith("amount")) {
            return formatFloat(Number(value), {digits: [16, 2]});
        }
        return ["date", "validity"].includes(field)
            ? formatDate(deserializeDate(value))
            : value;
    }

    sureness(confidence) {
        if (confidence >= SURE) {
            return {text: _t("Sure"), style: "text-bg-success"};
        }
        return confidence >= LIKELY
            ? {text: _t("Likely"), style: "text-bg-info"}
            : {text: _t("A guess"), style: "text-bg-warning"};
    }

    isUsable({field, value}) {
        if (!(field in TAKES) || this.props.record.data.state !== "new") {
            return false;
        }
        const [name, read] = TAKES[field];
        const held = this.props.record.data[name];
        return (
            String(held?.toISODate?.() || held) !==
            String(read(value).toISODate?.() || read(value))
        );
    }

    use({field, value}) {
        const [name, read] = TAKES[field];
        return this.props.record.update({[name]: read(value)});
    }
}

registry.category("fields").add("offer_intake_proposals", {
    component: IntakeProposals,
    displayName: _t("What was read"),
    supportedTypes: ["json"],
});
