import {
    Component,
    onWillStart,
    onWillUpdateProps,
    useEffect,
    useExternalListener,
    useRef,
    useState,
} from "@odoo/owl";
import {serializeDateTime, today} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {user} from "@web/core/user";
import {useService} from "@web/core/utils/hooks";
import {useDebounced} from "@web/core/utils/timing";
import {FormViewDialog} from "@web/views/view_dialogs/form_view_dialog";
import {TimelineEntry} from "./timeline_entry";
import {asRemembered, fromRemembered} from "./timeline_filters";
import {TimelineHeader} from "./timeline_header";
import {KeysDialog, useTimelineKeys} from "./timeline_keys";
import {useTimelineLive} from "./timeline_live";
import {TimelineModel} from "./timeline_model";
import {TimelineToolbar} from "./timeline_toolbar";

// How near to the end of the list reading on starts, in pixels.
const NEAR_END = 200;
// Filters are kept once one has stopped choosing, in milliseconds.
const CHOOSING = 1500;
const KEPT = "contact_history_filters";
const ACTION = "contact_history.contact_history_timeline_action";

/** Frame of the timeline: its parts, its days, and every state it can be in. */
export class Timeline extends Component {
    static template = "contact_history.Timeline";
    static components = {TimelineEntry, TimelineHeader, TimelineToolbar};
    static props = {
        partnerId: Number,
        isFullScreen: {type: Boolean, optional: true},
    };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.root = useRef("root");
        this.list = useRef("list");
        this.skeletonRows = [1, 2, 3];
        const saveSoon = useDebounced(
            (filters) => user.setUserSettings(KEPT, filters),
            CHOOSING,
            {execBeforeUnmount: true}
        );
        const saveFilters = (filters) => {
            // At once for the next timeline of this tab, soon for the next day.
            user.updateUserSettings(KEPT, asRemembered(filters));
            saveSoon(asRemembered(filters));
        };
        const fetchPage = (partnerId, params) =>
            this.orm.silent.call("res.partner", "contact_history_page", [[partnerId]], {
                ...params,
            });
        this.model = useState(
            new TimelineModel(fetchPage, {
                filters: fromRemembered(user.settings[KEPT]),
                saveFilters,
            })
        );
        this.state = useState({version: 0});
        onWillStart(() => {
            // Not awaited: the skeleton shows while the first page is read.
            this.model.load(this.props.partnerId);
        });
        onWillUpdateProps((nextProps) => {
            if (nextProps.partnerId !== this.props.partnerId) {
                this.model.load(nextProps.partnerId);
            }
        });
        useTimelineLive(
            () => this.props.partnerId,
            () => this.onNews()
        );
        useTimelineKeys(this.root, this);
        // In the list on wide screens, of the page on narrow ones.
        useExternalListener(document, "scroll", () => this.onScroll(), {capture: true});
        this.keepPlace();
    }

    /** What is put above the reader must not push away what he reads. */
    keepPlace() {
        let height = 0;
        useEffect(
            (first, isAbove) => {
                const list = this.list.el;
                if (isAbove && height && list.scrollTop < NEAR_END) {
                    list.scrollTop += list.scrollHeight - height;
                }
                height = list?.scrollHeight || 0;
            },
            () => [this.model.entries[0]?.key, Boolean(this.model.start)]
        );
    }

    get announcement() {
        const {entries, newCount} = this.model;
        return newCount
            ? _t("New contacts: %(count)s", {count: newCount})
            : _t("Contacts shown: %(count)s", {count: entries.length});
    }

    dayLabel({moment}) {
        const now = today();
        const days = Math.round(moment.startOf("day").diff(now, "days").days);
        const near = {"-1": _t("Yesterday"), 0: _t("Today"), 1: _t("Tomorrow")};
        if (days in near) {
            return near[days];
        }
        const format = {weekday: "long", day: "numeric", month: "long"};
        if (moment.year !== now.year) {
            format.year = "numeric";
        }
        return moment.toLocaleString(format);
    }

    onScroll() {
        const below = this.root.el?.querySelector(".o_contact_history_more");
        if (below && isNear(below)) {
            this.model.loadMore();
        }
        const above = this.root.el?.querySelector(".o_contact_history_newer");
        if (above && isNear(above)) {
            this.model.loadNewer();
        }
    }

    async onNews() {
        this.state.version++;
        await this.model.refresh();
    }

    onLogContact() {
        this.dialog.add(FormViewDialog, {
            resModel: "contact.interaction",
            title: _t("Log a contact"),
            context: {default_partner_id: this.props.partnerId},
            onRecordSaved: () => this.onNews(),
        });
    }

    onRefresh() {
        this.state.version++;
        return this.model.reload();
    }

    /** @param {luxon.DateTime|false} day */
    onJump(day) {
        const end = day && day.startOf("day").plus({days: 1});
        return this.model.jumpTo(end ? serializeDateTime(end) : null);
    }

    async onLatest() {
        if (this.model.start || this.model.isStale) {
            await this.model.jumpTo(null);
        }
        this.list.el.scrollTop = 0;
    }

    onFullScreen() {
        return this.action.doAction(ACTION, {
            additionalContext: {active_id: this.props.partnerId},
        });
    }

    onShowKeys() {
        this.dialog.add(KeysDialog);
    }

    onFocusSearch() {
        this.root.el.querySelector(".o_contact_history_search")?.focus();
    }

    async onPin(entry) {
        const id = Number(entry.key.split(":")[1]);
        const method = entry.is_pinned ? "action_unpin" : "action_pin";
        await this.orm.call("contact.interaction", method, [[id]]);
        await this.model.refresh();
    }

    onOpenDocument(entry) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: entry.res_model,
            res_id: entry.res_id,
            views: [[false, "form"]],
        });
    }

    // ------------------------------------------------------------------
    // By keys: the entry that has the focus is the active one
    // ------------------------------------------------------------------

    get articles() {
        return [...this.root.el.querySelectorAll("article")];
    }

    get active() {
        const article = document.activeElement?.closest("article");
        return article && this.model.find(article.dataset.key);
    }

    move(step) {
        const {articles} = this;
        const place = articles.indexOf(document.activeElement?.closest("article"));
        const next = articles[place < 0 ? 0 : place + step];
        next?.focus();
        next?.scrollIntoView({block: "nearest"});
    }

    onNext() {
        this.move(1);
    }

    onPrevious() {
        this.move(-1);
    }

    onOpenActive() {
        return this.active?.res_id && this.onOpenDocument(this.active);
    }

    onToggleActive() {
        return this.active?.thread && this.model.toggleThread(this.active);
    }

    onPinActive() {
        return this.active?.can_pin && this.onPin(this.active);
    }
}

function isNear(element) {
    const {top, bottom} = element.getBoundingClientRect();
    return top - NEAR_END < window.innerHeight && bottom + NEAR_END > 0;
}
