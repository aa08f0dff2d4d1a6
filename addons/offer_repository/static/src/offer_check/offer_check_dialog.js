import {Component, useState} from "@odoo/owl";
import {Dialog} from "@web/core/dialog/dialog";
import {useAutofocus} from "@web/core/utils/hooks";

/** Asks for a few words and does something with them; nothing is sent without any. */
export class OfferCheckDialog extends Component {
    static template = "offer_repository.OfferCheckDialog";
    static components = {Dialog};
    static props = {
        close: Function,
        title: String,
        label: String,
        confirmLabel: String,
        confirm: Function,
    };

    setup() {
        useAutofocus({refName: "text"});
        this.state = useState({text: "", isBusy: false});
    }

    get isEmpty() {
        return !this.state.text.trim();
    }

    async onConfirm() {
        this.state.isBusy = true;
        try {
            await this.props.confirm(this.state.text.trim());
            this.props.close();
        } finally {
            // What was written stays when sending failed.
            this.state.isBusy = false;
        }
    }
}
