import {Component} from "@odoo/owl";
import {formatCurrency} from "@web/core/currency";
import {deserializeDateTime} from "@web/core/l10n/dates";
import {useService} from "@web/core/utils/hooks";
import {TimelineEntry} from "@contact_history/timeline/timeline_entry";
import {momentOf} from "@contact_history/timeline/timeline_days";

const {DateTime} = luxon;

/** What there is to both customers: offers and contacts, as far as one may see. */
export class MatchRecords extends Component {
    static template = "offer_repository.MatchRecords";
    static props = {data: Object};
    static components = {TimelineEntry};

    setup() {
        this.action = useService("action");
    }

    money(offer) {
        return formatCurrency(offer.amount, offer.currency_id);
    }

    sentOn(offer) {
        return offer.date
            ? deserializeDateTime(offer.date).toLocaleString(DateTime.DATE_MED)
            : "";
    }

    dayOf(entry) {
        return momentOf(entry).toLocaleString(DateTime.DATE_MED);
    }

    openRecord(model, id) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: model,
            res_id: id,
            views: [[false, "form"]],
        });
    }
}
