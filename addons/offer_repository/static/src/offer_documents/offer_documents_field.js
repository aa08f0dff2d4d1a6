import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {FileModel} from "@web/core/file_viewer/file_model";
import {useFileViewer} from "@web/core/file_viewer/file_viewer_hook";
import {registry} from "@web/core/registry";
import {url} from "@web/core/utils/urls";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/**
 * Shows archived documents as buttons. A click opens the file in Odoo's viewer where
 * that can show it, and downloads it otherwise. Read only: the archive never changes.
 */
export class OfferDocumentsField extends Component {
    static template = "offer_repository.OfferDocumentsField";
    static props = {...standardFieldProps};

    setup() {
        this.fileViewer = useFileViewer();
    }

    get files() {
        return this.props.record.data[this.props.name].records.map((record) =>
            Object.assign(new FileModel(), {
                id: record.resId,
                name: record.data.name,
                mimetype: record.data.mimetype,
                type: "binary",
            })
        );
    }

    iconClass(file) {
        if (file.isPdf) {
            return "fa-file-pdf-o";
        }
        return file.isImage ? "fa-file-image-o" : "fa-file-o";
    }

    title(file) {
        return file.isViewable
            ? _t("Open %(name)s", {name: file.name})
            : _t("Download %(name)s", {name: file.name});
    }

    onClick(file) {
        if (!file.isViewable) {
            window.location.assign(url(file.urlRoute, {download: true}));
            return;
        }
        const files = this.files;
        this.fileViewer.open(
            files.find((other) => other.id === file.id),
            files
        );
    }
}

export const offerDocumentsField = {
    component: OfferDocumentsField,
    displayName: _t("Offer documents"),
    supportedTypes: ["one2many", "many2many"],
    relatedFields: [
        {name: "name", type: "char"},
        {name: "mimetype", type: "char"},
    ],
};

registry.category("fields").add("offer_documents", offerDocumentsField);
