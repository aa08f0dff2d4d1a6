import {Component, onWillDestroy, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {useRecordObserver} from "@web/model/relational_model/utils";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

import {ReadinessModel} from "./readiness_model";

const ICONS = {
    ok: "fa-check-circle text-success",
    open: "fa-exclamation-circle text-warning",
    unknown: "fa-minus-circle text-muted",
};

/** A checklist in the quotation; changes nothing and never makes the form wait. */
export class OfferReadiness extends Component {
    static template = "offer_repository.OfferReadiness";
    static props = {...standardWidgetProps};

    setup() {
        const orm = useService("orm");
        const read = (id) => orm.silent.call("sale.order", "offer_readiness", [[id]]);
        this.model = useState(new ReadinessModel(read));
        useRecordObserver((record) => {
            // Not awaited: the form must not wait for it.
            this.model.follow(record.resId, record.dirty);
        });
        onWillDestroy(() => this.model.stop());
    }

    get summary() {
        const count = this.model.openPoints.length;
        if (!count) {
            return _t("Ready to send");
        }
        return count === 1
            ? _t("Ready to send? 1 point is open")
            : _t("Ready to send? %(count)s points are open", {count});
    }

    icon(point) {
        return ICONS[point.state];
    }

    stateLabel(point) {
        return {ok: _t("Done"), open: _t("Open"), unknown: _t("Cannot be told")}[
            point.state
        ];
    }
}

registry.category("view_widgets").add("offer_readiness", {component: OfferReadiness});
