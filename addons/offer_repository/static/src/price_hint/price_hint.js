import {Component, onWillDestroy, onWillStart, useState} from "@odoo/owl";
import {usePopover} from "@web/core/popover/popover_hook";
import {deserializeDate} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

import {HintModel} from "./hint_model";

const {DateTime} = luxon;

function idOf(value) {
    return value?.id || false;
}

/** What the customer was offered last for a product. */
export class PriceHintPopover extends Component {
    static template = "offer_repository.PriceHintPopover";
    static props = {
        values: Object,
        close: {type: Function, optional: true},
    };

    setup() {
        const orm = useService("orm");
        this.model = useState(
            new HintModel((values) =>
                orm.silent.call("offer.price.hint", "last_offered", [values])
            )
        );
        // not awaited: the popover is there at once and fills itself
        onWillStart(() => {
            this.model.load(this.props.values);
        });
        onWillDestroy(() => this.model.ticket++);
    }

    since(card) {
        const day = deserializeDate(card.since).toLocaleString(DateTime.DATE_MED);
        return _t("Live since %(day)s", {day});
    }

    discountText(offer) {
        return _t("%(price)s less %(discount)s", {
            price: offer.list_price,
            discount: offer.discount,
        });
    }
}

/** A button on the order line; asks only when it is pressed. */
export class PriceHint extends Component {
    static template = "offer_repository.PriceHint";
    static props = {...standardWidgetProps};

    setup() {
        this.popover = usePopover(PriceHintPopover, {position: "left"});
    }

    get values() {
        const root = this.env.model?.root;
        return {
            partner_id: idOf(root?.data.partner_id),
            product_id: idOf(this.props.record.data.product_id),
            order_id: root?.resId || false,
            company_id: idOf(root?.data.company_id),
        };
    }

    get isUseful() {
        const {partner_id: partnerId, product_id: productId} = this.values;
        return Boolean(partnerId && productId);
    }

    get title() {
        return _t("What was this customer offered last?");
    }

    onClick(ev) {
        this.popover.open(ev.currentTarget, {values: this.values});
    }
}

registry.category("view_widgets").add("offer_price_hint", {
    component: PriceHint,
    fieldDependencies: [{name: "product_id", type: "many2one"}],
});
