import {Component, onWillDestroy, useState} from "@odoo/owl";
import {deserializeDateTime} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {useRecordObserver} from "@web/model/relational_model/utils";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

import {VersionsModel} from "./versions_model";

const {DateTime} = luxon;

/** An offer's versions as a line, and below it what changed between two of them. */
export class OfferVersions extends Component {
    static template = "offer_repository.OfferVersions";
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.model = useState(
            new VersionsModel({
                read: (id) => this.orm.call("offer.offer", "read_versions", [[id]]),
                compare: (id, older, newer) =>
                    this.orm.call("offer.offer", "compare_revisions", [
                        [id],
                        older,
                        newer,
                    ]),
            })
        );
        useRecordObserver((record) => {
            if (record.resId !== this.shown) {
                this.shown = record.resId;
                this.model.load(record.resId);
            }
        });
        onWillDestroy(() => this.model.ticket++);
    }

    date(version) {
        return deserializeDateTime(version.date).toLocaleString(DateTime.DATE_MED);
    }

    title(version) {
        return _t("Revision %(number)s", {number: version.number});
    }

    mark(version) {
        if (version.is_accepted) {
            return {text: _t("Accepted"), style: "text-bg-success"};
        }
        return version.is_current
            ? {text: _t("Current"), style: "text-bg-info"}
            : {text: _t("Superseded"), style: "text-bg-light"};
    }

    kindText(kind) {
        return {
            added: _t("Added"),
            removed: _t("Removed"),
            changed: _t("Changed"),
        }[kind];
    }

    get equalText() {
        return _t("Equal lines: %(count)s", {count: this.model.equalCount});
    }

    onPick(name, ev) {
        const ids = {olderId: this.model.olderId, newerId: this.model.newerId};
        ids[name] = Number(ev.target.value);
        return this.model.choose(ids.olderId, ids.newerId);
    }

    onOpen(version) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "offer.revision",
            res_id: version.id,
            views: [[false, "form"]],
        });
    }
}

registry.category("view_widgets").add("offer_versions", {component: OfferVersions});
