import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

import {OfferCheckCard} from "../offer_check/offer_check_card";

/** Whether other branches work with the customer, asked only when somebody presses. */
export class FindElsewhere extends Component {
    static template = "offer_repository.FindElsewhere";
    static components = {OfferCheckCard};
    static props = {
        text: String,
        answer: {type: [Object, {value: null}]},
        ask: Function,
        openOffer: Function,
    };

    get question() {
        return _t("Does another branch have a live offer out to “%(customer)s”?", {
            customer: this.props.text,
        });
    }
}
