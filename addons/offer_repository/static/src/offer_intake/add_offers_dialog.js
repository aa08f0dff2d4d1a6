import {Component, useRef} from "@odoo/owl";
import {Dialog} from "@web/core/dialog/dialog";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {ACCEPTED} from "./intake_upload_service";

/** Chooses files for the archive with the keyboard, or takes a picture with a phone. */
export class AddOffersDialog extends Component {
    static template = "offer_repository.AddOffersDialog";
    static components = {Dialog};
    static props = {close: Function};

    setup() {
        this.upload = useService("offer_intake_upload");
        this.files = useRef("files");
        this.camera = useRef("camera");
        this.accepted = ACCEPTED;
    }

    choose() {
        this.files.el.click();
    }

    photograph() {
        this.camera.el.click();
    }

    onChange(ev) {
        const files = [...ev.target.files];
        if (files.length) {
            this.props.close();
            this.upload.add(files);
        }
    }
}

function addOffers(env) {
    env.services.dialog.add(AddOffersDialog);
}

registry.category("actions").add("offer_repository_add_offers", addOffers);
