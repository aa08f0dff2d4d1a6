import {Component, onWillDestroy, useEffect, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {useRecordObserver} from "@web/model/relational_model/utils";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

import {CheckModel, TYPED_FIELDS} from "./check_model";
import {OfferCheckCard} from "./offer_check_card";

/**
 * Warns in quotation and customer forms that another branch has a live offer for the
 * customer. Shows nothing while it asks, and never touches the record.
 */
export class OfferCheck extends Component {
    static template = "offer_repository.OfferCheck";
    static components = {OfferCheckCard};
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.root = useRef("root");
        this.model = useState(new CheckModel((query) => this.ask(query)));
        // Not awaited: the form must not wait for the check.
        useRecordObserver((record) => this.model.follow(record));
        useEffect(
            (form) => {
                const onInput = (ev) => this.onInput(ev);
                form?.addEventListener("input", onInput);
                return () => form?.removeEventListener("input", onInput);
            },
            () => [this.root.el?.closest(".o_form_renderer")]
        );
        onWillDestroy(() => this.model.cancel());
    }

    ask(query) {
        return this.orm.silent.call("offer.check", "check_customer", [query]);
    }

    onInput(ev) {
        const name = ev.target.closest?.(".o_field_widget[name]")?.getAttribute("name");
        if (
            this.props.record.resModel === "res.partner" &&
            TYPED_FIELDS.includes(name)
        ) {
            this.model.type(name, ev.target.value);
        }
    }

    get title() {
        return this.model.isCertain
            ? _t("Another branch already has an offer out to this customer")
            : _t("Another branch may already have an offer out to this customer");
    }

    openOffer(offerId) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "offer.offer",
            res_id: offerId,
            views: [[false, "form"]],
            target: "new",
        });
    }
}

registry.category("view_widgets").add("offer_check", {component: OfferCheck});
