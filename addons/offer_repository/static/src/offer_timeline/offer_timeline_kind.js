import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";

/** How an archived offer looks on the customer's contact history. */
registry.category("contact_history.kinds").add("offer", {
    icon: "fa-archive",
    label: _t("Offer"),
    tone: "primary",
});
