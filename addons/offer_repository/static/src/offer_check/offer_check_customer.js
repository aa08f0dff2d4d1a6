import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

import {OfferCheckActions} from "./offer_check_actions";
import {OfferCheckColleague} from "./offer_check_colleague";

/** A customer who may be the one of the form: one's own, or masked of another branch. */
export class OfferCheckCustomer extends Component {
    static template = "offer_repository.OfferCheckCustomer";
    static components = {OfferCheckActions, OfferCheckColleague};
    static props = {
        card: {
            type: Object,
            shape: {
                key: String,
                branch: String,
                verdict: String,
                verdict_label: String,
                evidence: {type: Array, element: String},
                against: {type: Array, element: String},
                // readable ones; managers are told the name of the others too
                name: {type: String, optional: true},
                partner_id: {type: Number, optional: true},
                place: {type: String, optional: true},
                is_archived: {type: Boolean, optional: true},
                // those of other branches
                salesperson: {type: String, optional: true},
                phone: {type: String, optional: true},
                email: {type: String, optional: true},
            },
        },
        use: {type: Function, optional: true},
        ask: {type: Function, optional: true},
        handover: {type: Function, optional: true},
        different: {type: Function, optional: true},
    };

    get isReadable() {
        return Boolean(this.props.card.partner_id);
    }

    get title() {
        const {name, branch} = this.props.card;
        return name || _t("A customer of %(branch)s", {branch});
    }

    get place() {
        const {place, branch, is_archived} = this.props.card;
        const words = [place, branch, is_archived ? _t("archived") : ""];
        return words.filter(Boolean).join(" · ");
    }

    get actions() {
        const {card, use, ask, handover, different} = this.props;
        const bind = (intent) => intent && (() => intent(card));
        return this.isReadable
            ? {use: bind(use), different: bind(different)}
            : {ask: bind(ask), handover: bind(handover), different: bind(different)};
    }

    get verdictClass() {
        return this.props.card.verdict === "certain"
            ? "text-bg-warning"
            : "text-bg-light border";
    }
}
