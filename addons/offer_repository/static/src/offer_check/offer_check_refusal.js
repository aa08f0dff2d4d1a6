import {Component, useState} from "@odoo/owl";
import {Dialog} from "@web/core/dialog/dialog";
import {standardErrorDialogProps} from "@web/core/errors/error_dialogs";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useAutofocus, useService} from "@web/core/utils/hooks";

import {OfferCheckCard} from "./offer_check_card";
import {OfferCheckCustomer} from "./offer_check_customer";

/**
 * Shown when the policy stops saving or sending. The form below keeps what was typed;
 * once the reason is given, the button that was stopped is pressed again.
 */
export class OfferCheckRefusal extends Component {
    static template = "offer_repository.OfferCheckRefusal";
    static components = {Dialog, OfferCheckCard, OfferCheckCustomer};
    static props = {...standardErrorDialogProps};

    setup() {
        this.orm = useService("orm");
        this.notification = useService("notification");
        this.forms = useService("offer_check");
        useAutofocus({refName: "text"});
        this.state = useState({text: "", isBusy: false});
    }

    get stop() {
        return this.props.data.context;
    }

    get title() {
        return this.stop.event === "conflict" ? _t("Held") : _t("Known already");
    }

    get message() {
        return this.props.data.message;
    }

    get needsReason() {
        return this.stop.code === "offer_check_reason";
    }

    get needsApproval() {
        return this.stop.code === "offer_check_approval";
    }

    get isEmpty() {
        return !this.state.text.trim();
    }

    async onGoOn() {
        await this.answer("give_reason");
        if (!this.forms.retry(this.stop.event)) {
            this.notification.add(_t("Thank you. Please try again now."), {
                type: "info",
            });
        }
    }

    async onAskManager() {
        await this.answer("request_approval");
        this.notification.add(
            _t("Your manager was asked. You will get an activity with the answer."),
            {type: "success"}
        );
    }

    async answer(method) {
        this.state.isBusy = true;
        try {
            const args = [this.stop.token, this.state.text.trim()];
            await this.orm.call("offer.check.override", method, args);
            this.props.close();
        } finally {
            this.state.isBusy = false;
        }
    }
}

registry
    .category("error_dialogs")
    .add(
        "odoo.addons.offer_repository.models.offer_check_refusal.OfferCheckRefusal",
        OfferCheckRefusal
    );
