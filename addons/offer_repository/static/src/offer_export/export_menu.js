import {Component} from "@odoo/owl";
import {DropdownItem} from "@web/core/dropdown/dropdown_item";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";
import {STATIC_ACTIONS_GROUP_NUMBER} from "@web/search/action_menus/action_menus";

import {downloadFile} from "./download_action";

const KINDS = {
    "offer.offer": "offers",
    "offer.revision.line": "lines",
    "offer.price.report": "prices",
    "offer.conflict.report": "conflicts",
    "offer.loss.report": "losses",
};

/** Entry of a list's menu: all that is found, as a sheet. */
export class OfferExportMenu extends Component {
    static template = "offer_repository.OfferExportMenu";
    static props = {};
    static components = {DropdownItem};

    /** What the reader chose, in words, for the head of the sheet. */
    get about() {
        return this.env.searchModel.facets
            .map((facet) =>
                [facet.title, facet.values.join(", ")].filter(Boolean).join(": ")
            )
            .join("; ");
    }

    async onExport() {
        const {domain, resModel} = this.env.searchModel;
        await downloadFile(this.env, "/offer_repository/export", {
            kind: KINDS[resModel],
            domain,
            about: this.about,
        });
    }
}

registry.category("cogMenu").add(
    "offer_repository_export",
    {
        Component: OfferExportMenu,
        groupNumber: STATIC_ACTIONS_GROUP_NUMBER,
        isDisplayed: async ({config, searchModel}) =>
            searchModel?.resModel in KINDS &&
            config.viewType !== "form" &&
            (await user.hasGroup("base.group_allow_export")),
    },
    {sequence: 20}
);
