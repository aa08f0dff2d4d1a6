import {Component, onWillDestroy, useState} from "@odoo/owl";
import {Timeline} from "@contact_history/timeline/timeline";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";
import {useService} from "@web/core/utils/hooks";
import {useRecordObserver} from "@web/model/relational_model/utils";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

const NONE = {customers: [], switch_on: ""};

/** The contact histories of a case's customers, beside each other where there is room. */
export class ConflictHistories extends Component {
    static template = "offer_repository.ConflictHistories";
    static components = {Timeline};
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        this.state = useState({found: NONE});
        this.ticket = 0;
        useRecordObserver((record) => {
            if (record.resId !== this.shown) {
                this.shown = record.resId;
                this.load(record.resId);
            }
        });
        onWillDestroy(() => this.ticket++);
    }

    switchBranchesOn() {
        return user.activateCompanies(user.allowedCompanies.map(({id}) => id));
    }

    /** An answer about a case that was left meanwhile is dropped. */
    async load(conflictId) {
        const ticket = ++this.ticket;
        this.state.found = NONE;
        if (!conflictId) {
            return;
        }
        const found = await this.orm.silent
            .call("offer.conflict", "history_data", [[conflictId]])
            .catch(() => NONE);
        if (ticket === this.ticket) {
            this.state.found = found;
        }
    }
}

registry
    .category("view_widgets")
    .add("offer_conflict_histories", {component: ConflictHistories});
