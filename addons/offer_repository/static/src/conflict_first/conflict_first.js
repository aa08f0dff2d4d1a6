import {Component, onWillDestroy, useState} from "@odoo/owl";
import {deserializeDate} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {useRecordObserver} from "@web/model/relational_model/utils";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

import {FirstModel} from "./first_model";

const {DateTime} = luxon;
const ICONS = {inquiry: "fa-question", contact: "fa-comment", offer: "fa-file-text-o"};

/** Who was asked, in touch and with an offer first, as a line of time a side. */
export class ConflictFirst extends Component {
    static template = "offer_repository.ConflictFirst";
    static props = {...standardWidgetProps};

    setup() {
        const orm = useService("orm");
        this.model = useState(
            new FirstModel((id) =>
                orm.silent.call("offer.conflict", "first_data", [[id]])
            )
        );
        useRecordObserver((record) => {
            if (record.resId !== this.shown) {
                this.shown = record.resId;
                this.model.load(record.resId);
            }
        });
        onWillDestroy(() => this.model.ticket++);
    }

    icon(event) {
        return ICONS[event.code];
    }

    label(event) {
        return _t("%(what)s: %(date)s", {
            what: event.label,
            date: this.day(event.date),
        });
    }

    day(date) {
        return deserializeDate(date).toLocaleString(DateTime.DATE_MED);
    }

    edge(moment) {
        return this.day(moment.toISOString().slice(0, 10));
    }
}

registry
    .category("view_widgets")
    .add("offer_conflict_first", {component: ConflictFirst});
