import {_t} from "@web/core/l10n/translation";
import {presentationOf} from "./timeline_presenters";

const LABELS = {call: _t("Call"), email: _t("Write an e-mail")};
const BARRED = {
    refused: _t("the customer does not want this"),
    no_consent: _t("the customer has not agreed to this"),
};

/** A way to turn to the customer, as the server sends it, in words. */
export function shownWay(way) {
    const look = presentationOf(way);
    return {
        ...way,
        icon: look.icon,
        label: LABELS[way.channel] || look.label,
        barred: way.barred && (BARRED[way.barred] || BARRED.refused),
    };
}

/** The action that opens Odoo's composer for it. */
export function composerFor(way) {
    return {
        type: "ir.actions.act_window",
        name: _t("Write an e-mail"),
        res_model: "mail.compose.message",
        views: [[false, "form"]],
        target: "new",
        context: {
            default_composition_mode: "comment",
            default_model: "res.partner",
            default_res_ids: [way.partner_id],
            default_partner_ids: [way.partner_id],
        },
    };
}
