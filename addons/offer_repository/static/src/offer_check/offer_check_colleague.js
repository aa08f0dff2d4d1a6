import {Component} from "@odoo/owl";

/** Whom to ask about a card, one click away. */
export class OfferCheckColleague extends Component {
    static template = "offer_repository.OfferCheckColleague";
    static props = {salesperson: String, phone: String, email: String};

    get phoneHref() {
        return `tel:${this.props.phone.replace(/[^\d+]/g, "")}`;
    }

    get mailHref() {
        return `mailto:${encodeURIComponent(this.props.email).replace("%40", "@")}`;
    }
}
