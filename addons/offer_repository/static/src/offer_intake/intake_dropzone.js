import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {Dropzone} from "@web/core/dropzone/dropzone";
import {registry} from "@web/core/registry";
import {useBus, useService} from "@web/core/utils/hooks";
import {useCustomDropzone} from "@web/core/dropzone/dropzone_hook";

const MODELS = ["offer.offer", "offer.intake"];

export class OfferDropzone extends Dropzone {
    static template = "offer_repository.OfferDropzone";
}

/**
 * Lets files be dropped on every view of the archive and of the to-sort list, and shows
 * how far sending them has come. Stands beside the views, so that none of them has to
 * know of it.
 */
export class IntakeDropzone extends Component {
    static template = "offer_repository.IntakeDropzone";
    static props = {};

    setup() {
        this.action = useService("action");
        this.upload = useService("offer_intake_upload");
        this.state = useState(this.upload.state);
        this.shown = useState({count: 0});
        // The element comes with the first action; asking again is how the hook learns.
        useBus(this.env.bus, "ACTION_MANAGER:UI-UPDATED", () => this.shown.count++);
        const target = {
            get el() {
                return document.querySelector(".o_action_manager");
            },
        };
        useCustomDropzone(
            target,
            OfferDropzone,
            {
                extraClass: "o_offer_repository_dropzone",
                onDrop: (ev) => this.onDrop(ev),
            },
            () => this.isOnArchive
        );
    }

    get isOnArchive() {
        return MODELS.includes(this.action.currentController?.action?.res_model);
    }

    get progress() {
        const {done, total, name} = this.state;
        return _t("Adding %(name)s (%(number)s of %(total)s)…", {
            name,
            number: Math.min(done + 1, total),
            total,
        });
    }

    onDrop(ev) {
        ev.preventDefault();
        const files = [...(ev.dataTransfer?.files || [])];
        if (files.length) {
            this.upload.add(files);
        }
    }
}

registry
    .category("main_components")
    .add("offer_repository.IntakeDropzone", {Component: IntakeDropzone});
