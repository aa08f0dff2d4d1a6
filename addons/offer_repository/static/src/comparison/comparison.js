import {
    Component,
    onMounted,
    onPatched,
    onWillDestroy,
    onWillStart,
    useRef,
    useState,
} from "@odoo/owl";
import {Dropdown} from "@web/core/dropdown/dropdown";
import {DropdownItem} from "@web/core/dropdown/dropdown_item";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

import {downloadFile} from "../offer_export/download_action";
import {ComparisonColumn} from "./comparison_column";
import {ComparisonModel} from "./comparison_model";

const COMPARISON = "offer.comparison";

/** Two to six offers or versions side by side, over the whole screen. */
export class OfferComparison extends Component {
    static template = "offer_repository.OfferComparison";
    static props = {...standardActionServiceProps};
    // so that what stands behind the address comes back as the action's parameters
    static path = "offer-comparison";
    static displayName = _t("Comparison of Offers");
    static components = {ComparisonColumn, Dropdown, DropdownItem, Layout};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.root = useRef("root");
        this.display = {controlPanel: {}};
        this.dragged = "";
        this.moved = "";
        this.model = useState(
            new ComparisonModel(
                {
                    read: (ids, currencyId) =>
                        this.orm.silent.call(COMPARISON, "read_comparison", [
                            ids,
                            currencyId,
                        ]),
                    candidates: (ids) =>
                        this.orm.call(COMPARISON, "find_candidates", [ids]),
                },
                // of a telephone's width two columns can be read
                useService("ui").isSmall ? 2 : 6
            )
        );
        onWillStart(() => this.model.load(this.askedIds));
        onMounted(() => this.keepInAddress());
        onPatched(() => this.keepFocus());
        onWillDestroy(() => this.model.ticket++);
    }

    /** The versions asked for: by the action, or by the address after a reload. */
    get askedIds() {
        const {params} = this.props.action;
        const kept = String(params?.revisions || "").split(",");
        const ids = params?.revision_ids || kept.map(Number);
        return ids.filter((id) => Number.isInteger(id) && id > 0);
    }

    keepInAddress() {
        if (this.model.ids.length) {
            this.props.updateActionState({revisions: this.model.ids.join(",")});
        }
    }

    get equalText() {
        const count = this.model.equalCount;
        return this.model.hidesEqual
            ? _t("Show equal rows (%(count)s)", {count})
            : _t("Hide equal rows (%(count)s)", {count});
    }

    get errorText() {
        return (
            this.model.error ||
            _t(
                "The offers could not be compared. Go back to the list and choose again."
            )
        );
    }

    hiddenText(column) {
        return _t("Show %(offer)s again", {offer: column.title});
    }

    differenceTitle(difference) {
        return difference.sign < 0
            ? _t("Lower than the base of the comparison")
            : _t("Higher than the base of the comparison");
    }

    cellClass(cell, column) {
        const difference = this.model.differenceOf(cell);
        const tone = difference && (difference.sign < 0 ? "less" : "more");
        return {
            o_offer_repository_comparison_base: column.key === this.model.baseKey,
            [`o_offer_repository_comparison_${tone}`]: Boolean(tone),
        };
    }

    onDrop(targetKey) {
        if (this.dragged) {
            this.model.moveTo(this.dragged, targetKey);
        }
        this.dragged = "";
    }

    /** Moved by keyboard, the grip keeps the focus, so that one can go on. */
    keepFocus() {
        if (this.moved) {
            this.root.el
                ?.querySelector(`[data-column="${this.moved}"] button`)
                ?.focus();
            this.moved = "";
        }
    }

    onMove(key, step) {
        this.moved = key;
        this.model.move(key, step);
    }

    async onAdd(id) {
        await this.model.add(id);
        this.model.show(String(id));
        this.keepInAddress();
    }

    onOpen(column) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "offer.offer",
            res_id: column.offer_id,
            views: [[false, "form"]],
        });
    }

    onOpenList() {
        return this.action.doAction("offer_repository.offer_offer_action", {
            clearBreadcrumbs: true,
        });
    }

    onDownload(kind) {
        const url = `/offer_repository/comparison/${kind}`;
        return downloadFile(this.env, url, this.model.request);
    }
}

registry.category("actions").add("offer_repository.comparison", OfferComparison);
