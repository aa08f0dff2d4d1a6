import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";

/* How archived offers look on the contact history. */
registry.category("contact_history.kinds").add("offer", {
    icon: "fa-file-pdf-o",
    label: _t("Offer"),
    tone: "primary",
});
