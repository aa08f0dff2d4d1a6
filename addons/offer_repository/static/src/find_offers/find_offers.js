import {
    Component,
    onMounted,
    onWillDestroy,
    onWillStart,
    useRef,
    useState,
} from "@odoo/owl";
import {useHotkey} from "@web/core/hotkeys/hotkey_hook";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useAutofocus, useService} from "@web/core/utils/hooks";
import {useDebounced} from "@web/core/utils/timing";
import {useSetupAction} from "@web/search/action_hook";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

import {FindElsewhere} from "./find_elsewhere";
import {FindModel} from "./find_model";
import {FindPreview} from "./find_preview";
import {FindResult} from "./find_result";

const SEARCH = "offer.search";
const WAIT = 250;

/** One box over everything that offers say, what it finds, and a look at each. */
export class FindOffers extends Component {
    static template = "offer_repository.FindOffers";
    static props = {...standardActionServiceProps};
    static components = {FindElsewhere, FindPreview, FindResult, Layout};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.list = useRef("list");
        this.input = useAutofocus({refName: "input"});
        this.display = {controlPanel: {}};
        const call = (model, method, args) => this.orm.silent.call(model, method, args);
        this.model = useState(
            new FindModel({
                find: (...args) => call(SEARCH, "find", args),
                preview: (id) => call(SEARCH, "preview", [id]),
                elsewhere: (text) => call("offer.check", "find_elsewhere", [text]),
            })
        );
        this.searchSoon = useDebounced((text) => this.model.search(text), WAIT);
        const {state, action} = this.props;
        // Written into the box once, and not by the template, which would write it again
        // with every answer: that must not undo what is being typed.
        this.initialText = state?.text || action.params?.text || "";
        onWillStart(() => this.model.search(this.initialText));
        onMounted(() => {
            this.input.el.value = this.initialText;
        });
        useSetupAction({getLocalState: () => ({text: this.model.text})});
        onWillDestroy(() => {
            this.model.ticket++;
            this.model.previewTicket++;
        });
        useHotkey("alt+f", () => this.input.el?.focus(), {
            bypassEditableProtection: true,
        });
    }

    get totalText() {
        const {total, isCapped, text} = this.model;
        if (isCapped) {
            return _t("More than %(total)s offers, the newest of them", {total});
        }
        if (!text.trim() && !this.model.isNarrowed) {
            return _t("Newest offers");
        }
        return total === 1 ? _t("1 offer") : _t("%(total)s offers", {total});
    }

    get isAskable() {
        return this.model.text.trim().length > 2;
    }

    onInput(ev) {
        this.searchSoon(ev.target.value);
    }

    async onKeydown(ev) {
        const steps = {ArrowDown: 1, ArrowUp: -1};
        if (ev.key in steps) {
            ev.preventDefault();
            await this.model.move(steps[ev.key]);
            this.showSelected();
        } else if (ev.key === "Enter") {
            ev.preventDefault();
            if (this.model.selected) {
                await this.open(this.model.selectedId);
            } else {
                await this.model.move(1);
            }
        } else if (ev.key === "Escape" && this.model.selected) {
            ev.stopPropagation();
            this.model.clearPreview();
        }
    }

    showSelected() {
        this.list.el
            ?.querySelector(`[data-id="${this.model.selectedId}"]`)
            ?.scrollIntoView({block: "nearest"});
    }

    open(id) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "offer.offer",
            res_id: id,
            views: [[false, "form"]],
        });
    }

    openList() {
        const text = this.model.text.trim();
        return this.action.doAction("offer_repository.offer_offer_action", {
            additionalContext: text ? {search_default_search_text: text} : {},
        });
    }
}

registry.category("actions").add("offer_repository.find_offers", FindOffers);
