import {Component, onWillDestroy, useState} from "@odoo/owl";
import {deserializeDate} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {useRecordObserver} from "@web/model/relational_model/utils";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

import {OfferCheckDialog} from "../offer_check/offer_check_dialog";
import {ClaimModel} from "./claim_model";

const {DateTime} = luxon;

/** Tells in forms which branch has claimed the customer, and until when. */
export class OfferClaim extends Component {
    static template = "offer_repository.OfferClaim";
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.model = useState(
            new ClaimModel((id) =>
                this.orm.silent.call("offer.claim", "claims_of", [id])
            )
        );
        // Not awaited: the form must not wait for it.
        useRecordObserver((record) => {
            this.model.follow(this.customerOf(record));
        });
        onWillDestroy(() => this.model.cancel());
    }

    customerOf(record) {
        if (record.resModel === "res.partner") {
            return record.resId || false;
        }
        return record.data.partner_id?.id || false;
    }

    title(claim) {
        const until = deserializeDate(claim.until).toLocaleString(DateTime.DATE_MED);
        if (claim.is_own) {
            return _t("Your branch has claimed this customer until %(until)s", {until});
        }
        const {branch} = claim;
        return _t("%(branch)s has claimed this customer until %(until)s", {
            branch,
            until,
        });
    }

    open(claim) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "offer.claim",
            res_id: claim.claim_id,
            views: [[false, "form"]],
        });
    }

    askTakeover(claim) {
        const customer = this.model.customerId;
        this.dialog.add(OfferCheckDialog, {
            title: _t("Ask %(branch)s for this customer", {branch: claim.branch}),
            label: _t("Why should your branch have this customer?"),
            confirmLabel: _t("Send Request"),
            confirm: async (reason) => {
                const message = await this.orm.call("offer.claim", "request_takeover", [
                    claim.key,
                    customer,
                    reason,
                ]);
                this.notification.add(message, {type: "success"});
            },
        });
    }
}

registry.category("view_widgets").add("offer_claim", {
    component: OfferClaim,
    fieldDependencies: [],
});
