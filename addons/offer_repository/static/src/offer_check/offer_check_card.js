import {Component} from "@odoo/owl";
import {deserializeDate} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";

import {OfferCheckActions} from "./offer_check_actions";
import {OfferCheckColleague} from "./offer_check_colleague";

const {DateTime} = luxon;

/** What one colleague of another branch has going with the customer. */
export class OfferCheckCard extends Component {
    static template = "offer_repository.OfferCheckCard";
    static components = {OfferCheckActions, OfferCheckColleague};
    static props = {
        card: {
            type: Object,
            shape: {
                key: String,
                branch: String,
                salesperson: String,
                phone: String,
                email: String,
                since: String,
                state: String,
                state_label: String,
                verdict: String,
                verdict_label: String,
                evidence: {type: Array, element: String},
                against: {type: Array, element: String},
                is_same_record: Boolean,
                // managers only
                offer_id: {type: Number, optional: true},
                amount: {type: Number, optional: true},
                currency: {type: String, optional: true},
                customer: {type: String, optional: true},
            },
        },
        openOffer: {type: Function, optional: true},
        ask: {type: Function, optional: true},
        handover: {type: Function, optional: true},
        different: {type: Function, optional: true},
    };

    get actions() {
        const {card, ask, handover, different} = this.props;
        const bind = (intent) => intent && (() => intent(card));
        const actions = {ask: bind(ask), handover: bind(handover)};
        return card.is_same_record ? actions : {...actions, different: bind(different)};
    }

    get initials() {
        const words = this.props.card.branch.split(/\s+/).filter(Boolean);
        const last = words[words.length - 1] || "?";
        return [...last].slice(0, 2).join("").toUpperCase();
    }

    get headline() {
        const date = deserializeDate(this.props.card.since).toLocaleString(
            DateTime.DATE_MED
        );
        return this.props.card.state === "sent"
            ? _t("Live offer since %(date)s", {date})
            : _t("%(state)s offer of %(date)s", {
                  state: this.props.card.state_label,
                  date,
              });
    }

    get amount() {
        const {amount, currency} = this.props.card;
        return new Intl.NumberFormat(luxon.Settings.defaultLocale, {
            style: "currency",
            currency,
        }).format(amount);
    }

    get verdictClass() {
        return this.props.card.verdict === "certain"
            ? "text-bg-warning"
            : "text-bg-light border";
    }
}
