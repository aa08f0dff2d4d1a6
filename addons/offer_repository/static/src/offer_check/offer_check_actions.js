import {Component} from "@odoo/owl";

/** What a user can do about a card, as a row of buttons. */
export class OfferCheckActions extends Component {
    static template = "offer_repository.OfferCheckActions";
    static props = {
        use: {type: Function, optional: true},
        ask: {type: Function, optional: true},
        handover: {type: Function, optional: true},
        different: {type: Function, optional: true},
    };
}
