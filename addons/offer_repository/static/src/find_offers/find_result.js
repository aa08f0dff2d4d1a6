import {Component} from "@odoo/owl";

const STATE_STYLES = {
    sent: "text-bg-info",
    won: "text-bg-success",
    lost: "text-bg-danger",
    expired: "text-bg-warning",
};

/** One offer found, with what was found in it marked. */
export class FindResult extends Component {
    static template = "offer_repository.FindResult";
    static props = {
        result: Object,
        isSelected: Boolean,
        select: Function,
        open: Function,
    };

    get stateClass() {
        return STATE_STYLES[this.props.result.state] || "text-bg-light border";
    }
}
