import {Component, onWillDestroy, onWillStart, useRef, useState} from "@odoo/owl";
import {useHotkey} from "@web/core/hotkeys/hotkey_hook";
import {deserializeDateTime} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

import {MatchEvidence} from "./match_evidence";
import {MatchFields} from "./match_fields";
import {MatchRecords} from "./match_records";
import {ReviewModel} from "./review_model";

const {DateTime} = luxon;
const MATCH = "offer.partner.match";

/** Go through pairs of customers side by side and decide, without the mouse. */
export class MatchReview extends Component {
    static template = "offer_repository.MatchReview";
    static props = {...standardActionServiceProps};
    static components = {Layout, MatchEvidence, MatchFields, MatchRecords};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.reasonInput = useRef("reason");
        this.display = {controlPanel: {}};
        this.model = useState(
            new ReviewModel({
                queue: (ids) => this.orm.call(MATCH, "review_queue", [ids]),
                data: (id) => this.orm.call(MATCH, "review_data", [[id]]),
                judge: (id, judgement, reason) =>
                    this.orm.call(MATCH, "judge", [[id], judgement, reason]),
                undo: (id) => this.orm.call(MATCH, "undo", [[id]]),
            })
        );
        onWillStart(() => this.model.start(this.props.action.params?.match_ids));
        onWillDestroy(() => this.model.ticket++);
        this.bindKeys();
    }

    bindKeys() {
        for (const decision of this.decisions) {
            useHotkey(decision.key, () => this.model.judge(decision.judgement));
        }
        useHotkey("u", () => this.model.undo());
        useHotkey("r", () => this.reasonInput.el?.focus());
        for (const key of ["j", "arrowright"]) {
            useHotkey(key, () => this.model.next());
        }
        for (const key of ["k", "arrowleft"]) {
            useHotkey(key, () => this.model.previous());
        }
    }

    get decisions() {
        return [
            {
                judgement: "same",
                key: "s",
                label: _t("Same customer"),
                style: "btn-success",
            },
            {
                judgement: "same_group",
                key: "g",
                label: _t("Same group"),
                style: "btn-secondary",
            },
            {
                judgement: "different",
                key: "d",
                label: _t("Different customers"),
                style: "btn-danger",
            },
            {
                judgement: "later",
                key: "l",
                label: _t("Later"),
                style: "btn-secondary",
            },
        ];
    }

    get progressText() {
        const {index, ids} = this.model;
        return _t("%(position)s of %(total)s", {
            position: index + 1,
            total: ids.length,
        });
    }

    get moreText() {
        const more = this.model.total - this.model.ids.length;
        return more > 0 ? _t("%(more)s more wait after these", {more}) : "";
    }

    get decidedText() {
        return _t("%(count)s decided", {count: this.model.decidedCount});
    }

    get standingText() {
        const {judgement_label: judgement, judged_by: user} = this.model.data;
        return user
            ? _t("%(judgement)s, decided by %(user)s", {judgement, user})
            : judgement;
    }

    timeOf(log) {
        return deserializeDateTime(log.date).toLocaleString(DateTime.DATETIME_MED);
    }

    onReasonKeydown(ev) {
        if (["Enter", "Escape"].includes(ev.key)) {
            ev.preventDefault();
            ev.stopPropagation();
            ev.target.blur(); // the keys decide again
        }
    }

    onOpenList() {
        return this.action.doAction("offer_repository.offer_partner_match_action", {
            clearBreadcrumbs: true,
        });
    }

    async onMerge() {
        const id = this.model.data.id;
        const action = await this.orm.call(MATCH, "action_merge", [[id]]);
        return this.action.doAction(action, {
            onClose: () => this.model.refresh(),
        });
    }
}

registry.category("actions").add("offer_repository.match_review", MatchReview);
