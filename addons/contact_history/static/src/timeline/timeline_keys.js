import {Component, useExternalListener} from "@odoo/owl";
import {Dialog} from "@web/core/dialog/dialog";
import {_t} from "@web/core/l10n/translation";

/** What the keys do, in the order in which the overlay lists them. */
export const KEYS = [
    {keys: ["j"], label: _t("Next contact"), run: "onNext"},
    {keys: ["k"], label: _t("Contact before"), run: "onPrevious"},
    {keys: ["Enter"], label: _t("Open the document"), run: "onOpenActive"},
    {keys: ["o"], label: _t("Show or hide earlier messages"), run: "onToggleActive"},
    {keys: ["p"], label: _t("Pin or unpin"), run: "onPinActive"},
    {keys: ["l"], label: _t("Log a contact"), run: "onLogContact"},
    {keys: ["/"], label: _t("Search"), run: "onFocusSearch"},
    {keys: ["t"], label: _t("Back to the latest contacts"), run: "onLatest"},
    {keys: ["?"], label: _t("Show these keys"), run: "onShowKeys"},
];

export class KeysDialog extends Component {
    static template = "contact_history.KeysDialog";
    static components = {Dialog};
    static props = {close: Function};

    setup() {
        this.title = _t("Keys of the contact history");
        this.keys = KEYS;
    }
}

/**
 * Let keys work while the timeline, or nothing at all, has the focus.
 *
 * @param {{el: HTMLElement|null}} root the timeline
 * @param {object} target whose methods are called
 */
export function useTimelineKeys(root, target) {
    useExternalListener(window, "keydown", (ev) => {
        const action = KEYS.find(({keys}) => keys.includes(ev.key));
        if (action && isForTimeline(ev, root.el, action)) {
            ev.preventDefault();
            target[action.run]();
        }
    });
}

function isForTimeline(ev, root, {run}) {
    const {target} = ev;
    if (!root || ev.defaultPrevented || ev.ctrlKey || ev.altKey || ev.metaKey) {
        return false;
    }
    const isOutside = target !== document.body && !root.contains(target);
    if (
        isOutside ||
        target.closest("input, textarea, select, [contenteditable=true]")
    ) {
        return false;
    }
    // A button or link that has the focus keeps its own Enter.
    return run !== "onOpenActive" || !target.closest("button, a");
}
